"""Recording that an authorised person confirmed a request."""

from PySide6.QtWidgets import QComboBox, QWidget

from console.domain.authority import is_authorised
from console.domain.contact import Contact
from console.domain.request import Request
from console.services import confirmations, contacts
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.dates import today
from ui.widgets.parts import heading


class ConfirmRequestDialog(FormDialog):
    """Who confirmed it, and how; the person's own authority is checked."""

    def __init__(self, desk: Desk, request: Request, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Record the confirmation"), _("Record"), parent)
        self._request = request
        self._people: list[Contact] = []
        self.form.addRow(heading(f"{request.number} · {request.subject}"))
        self.person = QComboBox()
        self.person.setAccessibleName(_("Confirmed by"))
        self.form.addRow(_("Confirmed by"), self.person)
        self.how = self.add_text(_("How it was confirmed"))
        self.how.setPlaceholderText(_("letter of 3 March, signed form, data message…"))
        self.action.setEnabled(False)
        desk.tasks.query(lambda w: contacts.contacts_of(w, request.client_id), self._show)
        fields = {"person": self.person, "how": self.how}
        self._draft = self.keep_typed(f"confirm-{request.id}", request.client_id, fields)

    def _show(self, found: list[Contact]) -> None:
        self._people = found
        with self._draft.filling():
            for person in found:
                self.person.addItem(person.name, person.id)
            first = next((n for n, person in enumerate(found) if _may_confirm(person)), 0)
            self.person.setCurrentIndex(first)
        self.action.setEnabled(bool(found))
        if not found:
            self.banner.show_text(_("The client has no contacts. Add the authorised person first."))

    def submit(self) -> None:
        """Store it; a request that waited goes on."""
        request, how = self._request, self.how.text()
        by = self._people[self.person.currentIndex()]
        self.save(lambda w: confirmations.confirm(w, request, by, how))


def _may_confirm(person: Contact) -> bool:
    return is_authorised(person, today())
