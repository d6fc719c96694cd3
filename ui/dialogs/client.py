"""A client: adding one, changing one, giving it an agreement."""

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QWidget

from console.domain.client import Client
from console.services import clients
from console.services.shipped import shipped, shipped_keys
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog


class ClientDialog(FormDialog):
    """The form of a client; the agreement holds from today."""

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, client: Client | None = None
    ) -> None:
        title = _("Edit client") if client else _("New client")
        super().__init__(desk, title, _("Save"), parent)
        self._client = client
        shown = client or Client(name="", ico="")
        self.name = self.add_text(_("Name"), shown.name)
        self.ico = self.add_text(_("IČO"), shown.ico, 12)
        self.dic = self.add_text(_("DIČ"), shown.dic, 14)
        self.seat = self.add_text(_("Seat"), shown.seat)
        self.billing = self.add_text(_("Billing address"), shown.billing_address)
        self.data_box = self.add_text(_("Data box"), shown.data_box, 20)
        self.account = self.add_text(_("Customer account"), shown.customer_account, 40)
        self.note = self.add_text(_("Note"), shown.note)
        self.agreement = QComboBox()
        self.agreement.setAccessibleName(_("Agreement"))
        self.agreement.addItem(_("leave as it is") if client else _("none"), "")
        for key in shipped_keys():
            self.agreement.addItem(shipped(key).name.shown, key)
        self.form.addRow(_("Agreement from today"), self.agreement)
        self.ico.setReadOnly(client is not None)

    def submit(self) -> None:
        """Store the client and its agreement as one action."""
        client = replace(
            self._client or Client(name="", ico=""),
            name=self.name.text().strip(),
            ico=self.ico.text().replace(" ", ""),
            dic=self.dic.text().strip(),
            seat=self.seat.text().strip(),
            billing_address=self.billing.text().strip(),
            data_box=self.data_box.text().strip(),
            customer_account=self.account.text().strip(),
            note=self.note.text().strip(),
        )
        agreement = self.agreement.currentData()
        self.save(lambda workspace: clients.save_client(workspace, client, agreement))
