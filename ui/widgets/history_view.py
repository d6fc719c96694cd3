"""The history of a record: who changed what and when."""

from collections.abc import Sequence

from PySide6.QtWidgets import QListWidget, QWidget

from console.domain import formats
from console.domain.field_names import field_name
from console.domain.journal import JournalEntry
from console.domain.shown_table import ShownTable
from console.services.history import readable
from console.texts import _
from ui.widgets.action_names import action_name


class HistoryView(QListWidget):
    """A plain list, the newest change first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("results")
        self.setAccessibleName(_("History"))
        self.setWordWrap(True)
        self._entries: list[JournalEntry] = []

    def show_entries(self, entries: Sequence[JournalEntry]) -> None:
        """Show the changes of a record."""
        self.clear()
        self._entries = list(entries)
        for entry in entries:
            head = "  ·  ".join(part for part in _parts(entry) if part)
            self.addItem("\n".join([head, *_changed(entry)]))

    def clear(self) -> None:
        """Forget the changes."""
        self._entries = []
        super().clear()

    def shown_table(self) -> ShownTable:
        """Return the changes for a file."""
        heads = (_("When"), _("Action"), _("Who"), _("What changed"))
        rows = tuple((*_parts(entry), "\n".join(_changed(entry))) for entry in self._entries)
        return ShownTable("history", _("History"), heads, rows)

    def chosen(self) -> JournalEntry | None:
        """Return the change that is chosen, or None."""
        row = self.currentRow()
        return self._entries[row] if 0 <= row < len(self._entries) else None


def _parts(entry: JournalEntry) -> tuple[str, str, str]:
    unit = entry.unit
    return formats.moment(unit.at), action_name(unit.action), unit.actor


def _changed(entry: JournalEntry) -> list[str]:
    if entry.operation != "update":
        return []
    return [
        f"{field_name(name)}: {old or '–'} → {new or '–'}"
        for name, (old, new) in readable(entry).items()
    ]
