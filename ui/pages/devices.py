"""The list of devices of all clients."""

from PySide6.QtWidgets import QWidget

from console.domain.listing import ListQuery
from console.texts import _
from ui.desk import Desk
from ui.dialogs.open_record import add_record
from ui.models import columns
from ui.pages.list_page import ListPage
from ui.widgets.parts import button
from ui.widgets.register_view import RegisterView


class DevicesPage(ListPage):
    """All phones, modems and accessories."""

    nouns = frozenset({"devices", "lines", "orders", "clients"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        view = RegisterView(
            desk,
            "devices",
            _("Devices"),
            columns.DEVICES,
            ListQuery(noun="devices", sort="model"),
            empty=_("No device yet. Add the first one with the button above."),
        )
        super().__init__(desk, view, parent=parent)
        add = button(
            _("New device"), lambda: add_record(desk, "devices", {"client_id": 0}, self), "plus"
        )
        view.tools.insertWidget(2, add)
        view.record_opened.connect(lambda _device: view.edit_current())
