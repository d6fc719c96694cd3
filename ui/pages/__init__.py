"""One file per page. A page is imported and made when it is first needed."""

from importlib import import_module
from typing import Any, Final

from console.texts import N_
from ui.desk import Desk

_CLASSES: Final = {
    "overview": "OverviewPage",
    "clients": "ClientsPage",
    "client": "ClientPage",
    "contacts": "ContactsPage",
    "lines": "LinesPage",
    "sims": "SimsPage",
    "devices": "DevicesPage",
    "requests": "RequestsPage",
    "orders": "OrdersPage",
    "tariffs": "TariffsPage",
    "usage": "UsagePage",
    "expiry": "ExpiryPage",
    "documents": "DocumentsPage",
    "settings": "SettingsPage",
}
NAMES: Final = tuple(_CLASSES)
SIDEBAR: Final = (
    ("overview", N_("Overview"), "layout-dashboard"),
    ("clients", N_("Clients"), "building-2"),
    ("contacts", N_("Contacts"), "users"),
    ("lines", N_("Numbers"), "smartphone"),
    ("sims", N_("SIM cards"), "card-sim"),
    ("devices", N_("Devices"), "tablet-smartphone"),
    ("requests", N_("Requests"), "ticket-check"),
    ("orders", N_("Orders"), "shopping-cart"),
    ("tariffs", N_("Tariffs"), "receipt"),
    ("usage", N_("Usage"), "chart-column"),
    ("expiry", N_("What ends"), "calendar-days"),
    ("documents", N_("Documents"), "file-text"),
    ("settings", N_("Settings"), "settings"),
)
"""The pages that the sidebar and the menu list: name, label and icon."""
BY_DIGIT: Final = (
    "overview",
    "clients",
    "lines",
    "sims",
    "devices",
    "requests",
    "tariffs",
    "expiry",
    "documents",
    "settings",
)
"""Pages that open by Ctrl and a digit, from 1 to 0."""
BY_LETTER: Final = {"contacts": "Ctrl+Alt+C", "orders": "Ctrl+Alt+O", "usage": "Ctrl+Alt+U"}
"""Keys of the pages that came when all digits were taken."""


def make(name: str, desk: Desk) -> Any:
    """Make a page.

    Args:
        name: one of NAMES, which is also the name of its file.
        desk: the way to the services.
    """
    return getattr(import_module(f"ui.pages.{name}"), _CLASSES[name])(desk)
