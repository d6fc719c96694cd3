"""One file per page. A page is imported and made when it is first needed."""

from importlib import import_module
from typing import Any, Final

from ui.desk import Desk

_CLASSES: Final = {
    "overview": "OverviewPage",
    "clients": "ClientsPage",
    "client": "ClientPage",
    "lines": "LinesPage",
    "requests": "RequestsPage",
    "tariffs": "TariffsPage",
    "documents": "DocumentsPage",
    "settings": "SettingsPage",
}
NAMES: Final = tuple(_CLASSES)


def make(name: str, desk: Desk) -> Any:
    """Make a page.

    Args:
        name: one of NAMES, which is also the name of its file.
        desk: the way to the services.
    """
    return getattr(import_module(f"ui.pages.{name}"), _CLASSES[name])(desk)
