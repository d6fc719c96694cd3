"""The list of clients."""

from PySide6.QtWidgets import QWidget

from console.domain.listing import ListQuery
from console.texts import _
from ui.desk import Desk
from ui.dialogs.client import ClientDialog
from ui.models import columns
from ui.pages.list_page import ListPage
from ui.widgets.parts import button
from ui.widgets.register_view import RegisterView


class ClientsPage(ListPage):
    """All clients; opening one shows its dossier."""

    nouns = frozenset({"clients", "contacts", "lines", "requests", "agreements"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        view = RegisterView(
            desk,
            "clients",
            _("Clients"),
            columns.CLIENTS,
            ListQuery(noun="clients", sort="name"),
            empty=_("No client yet. Add the first one with the button above."),
        )
        super().__init__(desk, view, parent=parent)
        view.tools.insertWidget(2, button(_("New client"), self._add, "plus"))
        view.record_opened.connect(lambda client: desk.client_requested.emit(client.id))

    def _add(self) -> None:
        ClientDialog(self.desk, self).open()
