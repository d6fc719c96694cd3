"""A contact: adding one, changing one, and what it has authority for."""

from functools import partial
from typing import cast

from PySide6.QtWidgets import QLineEdit, QWidget

from console.domain.contact import Authority, Contact
from console.domain.journal import Changes
from console.services import authorities, records
from console.texts import _
from ui.desk import Desk
from ui.dialogs.record import RecordDialog
from ui.widgets.authority_list import AuthorityList


class ContactDialog(RecordDialog):
    """The form of a contact; one that is known has its authorities beside it."""

    def __init__(
        self,
        desk: Desk,
        client_id: int,
        parent: QWidget | None = None,
        contact: Contact | None = None,
    ) -> None:
        shown = records.plain(contact or Contact(client_id=client_id, name=""))
        super().__init__(desk, shown, parent)
        if contact is None:
            return
        self._contact = contact
        self.authorities = AuthorityList()
        self.authorities.add_requested.connect(self._add)
        self.authorities.edit_requested.connect(self._edit)
        self.authorities.delete_requested.connect(self._delete)
        self.tabs.insertTab(1, self.authorities, _("Authorities"))
        desk.tasks.records_changed.connect(self._on_records_changed)
        self._reload()

    @property
    def name(self) -> QLineEdit:
        """The field of the name."""
        return cast("QLineEdit", self.fields.editor("name"))

    def _on_records_changed(self, changes: Changes) -> None:
        if "authorities" in changes.nouns:
            self._reload()

    def _reload(self) -> None:
        contact_id = self._contact.id
        self.desk.tasks.query(
            lambda w: authorities.authorities_of(w, contact_id), self.authorities.show_authorities
        )

    def _add(self) -> None:
        contact = self._contact
        self._open(Authority(client_id=contact.client_id, contact_id=contact.id))

    def _edit(self, authority: Authority) -> None:
        self._open(authority)

    def _open(self, authority: Authority) -> None:
        RecordDialog(self.desk, records.plain(authority), self).open()

    def _delete(self, authority: Authority) -> None:
        delete = partial(records.delete, noun="authorities", record_ids=[authority.id])
        self.desk.tasks.change(delete, None, self.banner.show_error)
