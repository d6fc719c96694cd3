"""The numbers that a request is about: each can be taken out again before it is logged."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from console.domain import formats, phone
from console.texts import _, ngettext
from ui.widgets.parts import button, label, row

_ROWS_SHOWN = 4
_MARGIN = 8


class _List(QListWidget):
    """A list whose rows Delete and Backspace take out."""

    removal_requested = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ask for the removal of what is chosen."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_requested.emit()
        else:
            super().keyPressEvent(event)


class NumberList(QWidget):
    """Distinct numbers in the order in which they came, with their count."""

    removed = Signal()
    """The person took some out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = _List()
        self.list.setObjectName("results")
        self.list.setAccessibleName(_("Numbers of the request"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setUniformItemSizes(True)
        self._count = label("", "muted")
        self._remove = button(_("Take out"), self._take_out, "x")
        self._remove.setToolTip(_("Take the chosen numbers out of the request (Delete)"))
        self.list.removal_requested.connect(self._take_out)
        self.list.itemSelectionChanged.connect(self._show_whether_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        layout.addWidget(row(self._count, None, self._remove))
        self._show_count()

    @property
    def numbers(self) -> list[str]:
        """The numbers, E.164."""
        items = (self.list.item(at) for at in range(self.list.count()))
        return [str(item.data(Qt.ItemDataRole.UserRole)) for item in items]

    def set_numbers(self, numbers: Iterable[str]) -> None:
        """Show these and no others."""
        self.list.clear()
        for number in dict.fromkeys(numbers):
            item = QListWidgetItem(phone.pretty(number))
            item.setData(Qt.ItemDataRole.UserRole, number)
            self.list.addItem(item)
        self._show_count()

    def add(self, numbers: Iterable[str]) -> None:
        """Put further ones behind those that are there."""
        self.set_numbers([*self.numbers, *numbers])

    def _take_out(self) -> None:
        chosen = self.list.selectedItems()
        if not chosen:
            return
        at = self.list.row(chosen[0])
        for item in chosen:
            self.list.takeItem(self.list.row(item))
        self.list.setCurrentRow(min(at, self.list.count() - 1))
        self._show_count()
        self.removed.emit()

    def _show_whether_chosen(self) -> None:
        self._remove.setEnabled(bool(self.list.selectedItems()))

    def _show_count(self) -> None:
        count = self.list.count()
        text = ngettext("{n} number", "{n} numbers", count)
        self._count.setText(text.format(n=formats.whole(count)))
        height = max(20, self.list.sizeHintForRow(0)) if count else 20
        self.list.setFixedHeight(height * min(max(1, count), _ROWS_SHOWN) + _MARGIN)
        self._show_whether_chosen()
