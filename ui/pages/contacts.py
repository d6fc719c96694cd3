"""The list of the contacts of all clients, with the person beside it."""

from dataclasses import replace
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from console.domain.listing import ListQuery
from console.texts import _
from ui.desk import Desk
from ui.dialogs.open_record import add_record
from ui.models import columns
from ui.pages.list_page import ListPage
from ui.widgets.parts import button
from ui.widgets.person_card import PersonCardView
from ui.widgets.record_view import Choice
from ui.widgets.register_view import RegisterView

_SHOWN: Final = frozenset({"name", "client", "function", "mobile", "authorised"})
"""Columns that have room beside the card; the others are a click away."""


def contact_choices() -> list[Choice]:
    """Return the filters of a list of contacts."""
    return [
        (_("All contacts"), ()),
        (_("Authorised persons"), (("authorised", 1),)),
        (_("Others"), (("authorised", 0),)),
    ]


class ContactsPage(ListPage):
    """All people of all clients."""

    nouns = frozenset({"contacts", "authorities", "clients"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        view = RegisterView(
            desk,
            "contacts",
            _("Contacts"),
            [replace(column, shown=column.name in _SHOWN) for column in columns.CONTACTS],
            ListQuery(noun="contacts", sort="name"),
            contact_choices(),
            _("No contact yet. Add the first one with the button above."),
        )
        self._card = PersonCardView(desk)
        self._card.clear()
        super().__init__(desk, view, self._card, parent, side_width=420)
        add = button(
            _("New contact"), lambda: add_record(desk, "contacts", {"client_id": 0}, self), "plus"
        )
        view.tools.insertWidget(2, add)
        view.record_selected.connect(self._on_selected)
        view.record_opened.connect(lambda _contact: view.edit_current())

    def _on_selected(self, contact: Any) -> None:
        if contact is not None:
            self._card.show_person(contact.id)

    def clear(self) -> None:
        """Forget every record, for locking."""
        super().clear()
        self._card.clear()
