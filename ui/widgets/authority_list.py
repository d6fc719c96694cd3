"""The authorities of a contact: what for, until when, by which document."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain import formats, phone
from console.domain.contact import Authority
from console.domain.register_fields import register_field, words_of
from console.texts import _
from ui.widgets.parts import button, row
from ui.widgets.plain_table import PlainTable


class AuthorityList(QWidget):
    """A short table with its buttons; a double click edits."""

    add_requested = Signal()
    edit_requested = Signal(object)
    delete_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heads = [_("Actions"), _("Numbers"), _("Cost centres"), _("Valid until"), _("Mandate")]
        self._table = PlainTable(_("Authorities"), heads)
        self._table.doubleClicked.connect(lambda _index: self._edit())
        self._known: list[Authority] = []
        buttons = row(
            button(_("Add"), self.add_requested.emit, "plus"),
            button(_("Edit"), self._edit, "pencil"),
            button(_("Remove"), self._delete, "trash-2"),
            None,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self._table, 1)
        layout.addWidget(buttons)

    def show_authorities(self, found: Sequence[Authority]) -> None:
        """Show these authorities."""
        self._known = list(found)
        self._table.show_rows([_texts(authority) for authority in found])

    def _chosen(self) -> Authority | None:
        number = self._table.currentRow()
        return self._known[number] if 0 <= number < len(self._known) else None

    def _edit(self) -> None:
        if (chosen := self._chosen()) is not None:
            self.edit_requested.emit(chosen)

    def _delete(self) -> None:
        if (chosen := self._chosen()) is not None:
            self.delete_requested.emit(chosen)


def _texts(authority: Authority) -> list[str]:
    labels = dict(words_of(register_field("authorities", "actions")))
    until = formats.day(authority.revoked_on or authority.valid_until)
    return [
        ", ".join(labels[word] for word in authority.actions) or _("every one"),
        ", ".join(map(phone.pretty, authority.numbers)) or _("every one"),
        ", ".join(authority.cost_centres) or _("every one"),
        _("revoked {day}").format(day=until) if authority.revoked_on else until,
        authority.mandate,
    ]
