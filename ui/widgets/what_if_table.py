"""How other terms would have treated requests: a sentence, and the requests that move."""

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain import formats
from console.domain.what_if import WhatIf, WhatIfRow
from console.texts import N_, _, ngettext
from ui.widgets.parts import wrapped
from ui.widgets.plain_table import PlainTable

_HEADS: Final = (
    N_("Number"),
    N_("Subject"),
    N_("Received"),
    N_("Resolved"),
    N_("Due before"),
    N_("Due after"),
    N_("Kept before"),
    N_("Kept after"),
)
_SHOWN: Final = 1000


class WhatIfTable(QWidget):
    """Empty until something was looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = wrapped("", "heading")
        self.table = PlainTable(
            _("Requests whose deadline moves"), [_(head) for head in _HEADS], stretched=1
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)

    def show_found(self, found: WhatIf) -> None:
        """Show what a look back found."""
        moved = [row for row in found.rows if row.is_moved]
        counted = ngettext(
            "{moved} of {n} request would be due at another time",
            "{moved} of {n} requests would be due at another time",
            len(found.rows),
        ).format(moved=len(moved), n=len(found.rows))
        kept = _("kept {before} → {after}, missed {missed_before} → {missed_after}").format(
            before=found.met_before,
            after=found.met_after,
            missed_before=found.missed_before,
            missed_after=found.missed_after,
        )
        self.summary.setText(f"{counted}; {kept}.")
        self.table.show_rows([_cells(row) for row in moved[:_SHOWN]])


def _cells(row: WhatIfRow) -> tuple[str, ...]:
    return (
        row.number,
        row.subject,
        formats.moment(row.received),
        formats.moment(row.resolved),
        formats.moment(row.due_before) or "–",
        formats.moment(row.due_after) or "–",
        formats.yes_no(row.met_before),
        formats.yes_no(row.met_after),
    )
