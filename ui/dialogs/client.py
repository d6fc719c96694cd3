"""A client: adding one, changing one, giving it an agreement."""

from typing import cast

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from console.domain.client import Client
from console.domain.journal import Changes
from console.services import clients, records
from console.services.shipped import shipped, shipped_keys
from console.texts import _
from console.workspace import Workspace
from ui.desk import Desk
from ui.dialogs.record import RecordDialog
from ui.kept_fields import KeptField
from ui.widgets.register_fields import as_written


class ClientDialog(RecordDialog):
    """The form of a client; the agreement holds from today."""

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, client: Client | None = None
    ) -> None:
        self.agreement = QComboBox()
        self.agreement.setAccessibleName(_("Agreement"))
        self.agreement.addItem(_("leave as it is") if client else _("none"), "")
        for key in shipped_keys():
            self.agreement.addItem(shipped(key).name.shown, key)
        super().__init__(desk, records.plain(client or Client(name="", ico="")), parent)
        self.form.addRow(_("Agreement from today"), self.agreement)

    def kept(self) -> dict[str, QWidget | KeptField]:
        """Return what is kept while it is typed, the agreement too."""
        return {**super().kept(), "agreement": self.agreement}

    def submit(self) -> None:
        """Store the client and its agreement as one action."""
        shown, values = self.shown, as_written(self.known_fields, self.row)
        agreement = self.agreement.currentData()

        def work(workspace: Workspace) -> Changes:
            client = cast("Client", records.entered(workspace, shown, values))
            return clients.save_client(workspace, client, agreement)

        self.save(work, self.tell)

    @property
    def name(self) -> QLineEdit:
        """The field of the name."""
        return cast("QLineEdit", self.fields.editor("name"))

    @property
    def ico(self) -> QLineEdit:
        """The field of the IČO, which only a new client has."""
        return cast("QLineEdit", self.fields.editor("ico"))
