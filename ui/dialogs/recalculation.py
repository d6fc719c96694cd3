"""Counting open requests anew: what would change, to be agreed to request by request."""

from typing import Final

from PySide6.QtWidgets import QWidget

from console.domain import formats
from console.domain.recalculation import Recalculation, RecalculationRow
from console.services import recalculation
from console.texts import N_, _, ngettext
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.parts import wrapped
from ui.widgets.plain_table import PlainTable

_HEADS: Final = (N_("Number"), N_("Subject"), N_("Received"), N_("Due before"), N_("Due after"))


class RecalculationDialog(FormDialog):
    """Shows first, then does; undo takes it back."""

    def __init__(self, desk: Desk, client_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Recalculate open requests"), _("Recalculate"), parent)
        self._preview: Recalculation | None = None
        self._summary = wrapped(_("Counting…"), "heading")
        self.body.addWidget(
            wrapped(
                _(
                    "Open requests would be counted by the agreement and the closures of today. "
                    "Issued reports never change."
                ),
                "muted",
            )
        )
        self.table = PlainTable(
            _("Requests whose deadline moves"), [_(head) for head in _HEADS], stretched=1
        )
        self.body.addWidget(self._summary)
        self.body.addWidget(self.table, 1)
        self.action.setEnabled(False)
        self.resize(820, 480)
        desk.tasks.query(
            lambda w: recalculation.recalculation(w, client_id),
            self._show_preview,
            self.banner.show_error,
        )

    def _show_preview(self, found: Recalculation) -> None:
        self._preview = found
        count = len(found.rows)
        self._summary.setText(
            ngettext("{n} deadline would move.", "{n} deadlines would move.", count).format(n=count)
            if count
            else _("No deadline would move.")
        )
        self.table.show_rows([_cells(row) for row in found.rows], are_checked=True)
        self.action.setEnabled(bool(count))

    def submit(self) -> None:
        """Count those anew whose box is checked."""
        preview = self._preview
        if preview is None:
            return
        chosen = [preview.rows[number].request_id for number in self.table.checked()]
        if not chosen:
            self.banner.show_text(_("No request is chosen. Nothing was changed."))
            return
        self.save(
            lambda w: recalculation.recalculate(w, preview, chosen),
            lambda _changes: self.desk.message.emit(
                _("The requests are recalculated. Ctrl+Z takes it back.")
            ),
        )


def _cells(row: RecalculationRow) -> tuple[str, ...]:
    return (
        row.number,
        row.subject,
        formats.moment(row.received),
        formats.moment(row.due_before) or "–",
        formats.moment(row.due_after) or "–",
    )
