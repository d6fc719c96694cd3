"""Issuing what is kept about a person."""

from console.domain.contact import Contact
from console.services import contacts, papers
from console.texts import _
from ui.dialogs.papers import ClientPaperDialog


class PrivacyExtractDialog(ClientPaperDialog):
    """Chooses the person."""

    def make_fields(self) -> None:
        """Add the choice of the person."""
        self.contact = self.add_choice(_("Person"))

    def load(self) -> None:
        """Read the client's contacts."""
        client = self.chosen
        if client:
            self.desk.tasks.query(lambda w: contacts.contacts_of(w, client.id), self._show)

    def _show(self, found: list[Contact]) -> None:
        self.contact.clear()
        for contact in found:
            self.contact.addItem(contact.name, contact)
        self.action.setEnabled(bool(found))
        if found:
            self.banner.hide()
        else:
            self.banner.show_text(_("The client has no contacts yet. Add one first."))

    def submit(self) -> None:
        """Issue it."""
        contact: Contact | None = self.contact.currentData()
        if contact:
            self.issue(lambda w: papers.issue_privacy_extract(w, contact))
