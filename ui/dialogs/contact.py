"""A contact: adding one, changing one."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from console.domain.contact import Contact
from console.domain.journal import Changes
from console.services import contacts
from console.texts import _
from console.workspace import Workspace
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.dates import DayField


class ContactDialog(FormDialog):
    """The form of a contact."""

    def __init__(
        self,
        desk: Desk,
        client_id: int,
        parent: QWidget | None = None,
        contact: Contact | None = None,
    ) -> None:
        title = _("Edit contact") if contact else _("New contact")
        super().__init__(desk, title, _("Save"), parent)
        self._client_id = client_id
        self._contact = contact
        shown = contact or Contact(client_id=client_id, name="")
        self.name = self.add_text(_("Full name"), shown.name)
        self._texts = {
            "function": self.add_text(_("Function"), shown.function),
            "department": self.add_text(_("Department"), shown.department),
            "mobile": self.add_text(_("Mobile"), shown.mobile, 30),
            "landline": self.add_text(_("Landline"), shown.landline, 30),
            "fax": self.add_text(_("Fax"), shown.fax, 30),
            "email": self.add_text(_("E-mail"), shown.email),
            "note": self.add_text(_("Note"), shown.note),
        }
        self.authorised = QCheckBox(_("Authorised person"))
        self.authorised.setChecked(shown.authorised)
        self.may_order = QCheckBox(_("May order devices and SIM cards"))
        self.may_order.setChecked(bool(shown.may_order))
        self.ends = QCheckBox(_("The authority ends on"))
        self.until = DayField(_("Valid until"), shown.valid_until)
        self.ends.setChecked(shown.valid_until is not None)
        self.until.setEnabled(shown.valid_until is not None)
        self.ends.toggled.connect(self.until.setEnabled)
        self.form.addRow(self.authorised)
        self.form.addRow(self.may_order)
        self.form.addRow(self.ends, self.until)

    def _may_order(self) -> bool | None:
        """Return what the box says; unsaid stays unsaid where nobody touched it."""
        is_unsaid = self._contact is not None and self._contact.may_order is None
        return self.may_order.isChecked() or (None if is_unsaid else False)

    def submit(self) -> None:
        """Store the contact."""
        until = self.until.day if self.ends.isChecked() else None
        values: dict[str, Any] = {
            "name": self.name.text().strip(),
            **{name: field.text().strip() for name, field in self._texts.items()},
            "authorised": self.authorised.isChecked(),
            "may_order": self._may_order(),
            "valid_until": until,
        }
        known, client_id = self._contact, self._client_id

        def work(workspace: Workspace) -> Changes:
            if known:
                return contacts.change_contact(workspace, known, **values)
            return contacts.add_contact(workspace, Contact(client_id=client_id, **values))

        self.save(work)
