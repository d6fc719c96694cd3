"""The list of tariffs of all clients."""

from PySide6.QtWidgets import QWidget

from console.domain.listing import ListQuery
from console.texts import _
from ui.desk import Desk
from ui.dialogs.open_record import add_record
from ui.models import columns
from ui.pages.list_page import ListPage
from ui.widgets.parts import button
from ui.widgets.register_view import RegisterView


class TariffsPage(ListPage):
    """All price lists."""

    nouns = frozenset({"tariffs", "lines", "clients"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        view = RegisterView(
            desk,
            "tariffs",
            _("Tariffs"),
            columns.TARIFFS,
            ListQuery(noun="tariffs", sort="name"),
            empty=_("No tariff yet. Import the client's price list."),
        )
        super().__init__(desk, view, parent=parent)
        add = button(
            _("New tariff"), lambda: add_record(desk, "tariffs", {"client_id": 0}, self), "plus"
        )
        view.tools.insertWidget(2, add)
        view.record_opened.connect(lambda tariff: desk.client_requested.emit(tariff.client_id))
