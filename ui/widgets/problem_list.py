"""What is wrong with a file and what it changes, each thing at its row and column."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtWidgets import QListWidget, QWidget

from console.texts import _

_SHOWN: Final = 500


class ProblemList(QListWidget):
    """A plain list in the order of the file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("results")
        self.setAccessibleName(_("Problems and changes"))
        self.setMinimumHeight(120)

    def show_problems(self, problems: Sequence[Any]) -> None:
        """Show problems and changes: whatever has a row and a message."""
        self.clear()
        for problem in problems[:_SHOWN]:
            where = _("Row {row}").format(row=problem.row)
            column = getattr(problem, "column", "")
            column = f" · {column}" if column else ""
            self.addItem(f"{where}{column}: {problem.message}")
        more = len(problems) - _SHOWN
        if more > 0:
            self.addItem(_("and {count} more").format(count=more))
