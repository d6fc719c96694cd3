"""One file per page."""

from typing import Any

from ui.desk import Desk


def build(desk: Desk) -> dict[str, Any]:
    """Make all pages; imported and made when a workspace is first open."""
    from ui.pages.client import ClientPage
    from ui.pages.clients import ClientsPage
    from ui.pages.documents import DocumentsPage
    from ui.pages.lines import LinesPage
    from ui.pages.overview import OverviewPage
    from ui.pages.requests import RequestsPage
    from ui.pages.settings import SettingsPage
    from ui.pages.tariffs import TariffsPage

    return {
        "overview": OverviewPage(desk),
        "clients": ClientsPage(desk),
        "client": ClientPage(desk),
        "lines": LinesPage(desk),
        "requests": RequestsPage(desk),
        "tariffs": TariffsPage(desk),
        "documents": DocumentsPage(desk),
        "settings": SettingsPage(desk),
    }
