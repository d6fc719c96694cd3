"""The history of a record: who changed what and when."""

from collections.abc import Sequence

from PySide6.QtWidgets import QListWidget, QWidget

from console.domain import formats
from console.domain.field_names import field_name
from console.domain.journal import JournalEntry
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
            unit = entry.unit
            parts = (formats.moment(unit.at), action_name(unit.action), unit.actor)
            head = "  ·  ".join(part for part in parts if part)
            changed = [
                f"{field_name(name)}: {old or '–'} → {new or '–'}"
                for name, (old, new) in readable(entry).items()
                if entry.operation == "update"
            ]
            self.addItem("\n".join([head, *changed]))

    def chosen(self) -> JournalEntry | None:
        """Return the change that is chosen, or None."""
        row = self.currentRow()
        return self._entries[row] if 0 <= row < len(self._entries) else None
