"""What was changed on both sides: shown side by side, and decided one by one."""

import json
from typing import Final

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.conflict import Conflict, Decision
from console.domain.field_names import field_name
from console.services import conflicts
from console.texts import N_, _
from ui.desk import Desk
from ui.one_change import OneChange
from ui.widgets.parts import Banner, button, wrapped
from ui.widgets.plain_table import PlainTable

_HEADS: Final = (N_("What"), N_("Field"), N_("Before"), N_("Here"), N_("Deputy"), N_("Who"))
_NOUNS: Final = {
    "clients": N_("Client"),
    "contacts": N_("Contact"),
    "lines": N_("Number"),
    "sims": N_("SIM card"),
    "tariffs": N_("Tariff"),
    "devices": N_("Device"),
    "requests": N_("Request"),
    "entries": N_("Entry"),
    "deadlines": N_("Deadline"),
    "orders": N_("Order"),
    "meetings": N_("Meeting"),
    "documents": N_("Document"),
    "attachments": N_("Attachment"),
}
_SECRET: Final = frozenset({"puk"})


class ConflictsDialog(QDialog):
    """Closes by itself when nothing is left to decide."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Changed on both sides"))
        self.setModal(True)
        self._desk = desk
        self._change_once = OneChange(desk.tasks)
        self._found: list[Conflict] = []
        self.banner = Banner()
        self.table = PlainTable(
            _("Changed on both sides"), [_(head) for head in _HEADS], stretched=4
        )
        self.table.itemSelectionChanged.connect(self._on_selected)
        self.mine = button(
            _("Keep what is here"), lambda: self.decide(Decision.MINE), "circle-check"
        )
        self.theirs = button(
            _("Take the deputy's"), lambda: self.decide(Decision.THEIRS), "download"
        )
        buttons = QHBoxLayout()
        buttons.addWidget(self.mine)
        buttons.addWidget(self.theirs)
        buttons.addStretch(1)
        buttons.addWidget(button(_("Close"), self.reject))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.addWidget(self.banner)
        layout.addWidget(wrapped(_("Nothing of this is lost: choose which value holds."), "muted"))
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)
        self.resize(860, 420)
        self.reload()

    def reload(self) -> None:
        """Read what is left to decide."""
        self._desk.tasks.query(conflicts.open_conflicts, self._show, self.banner.show_error)

    def _show(self, found: list[Conflict]) -> None:
        self._found = found
        self.table.show_rows([_row(one) for one in found])
        if found:
            self.table.selectRow(0)
        else:
            self.banner.show_text(_("Nothing is left to decide."), "good")
        self._on_selected()

    def _on_selected(self) -> None:
        for one in (self.mine, self.theirs):
            one.setEnabled(bool(self._found) and bool(self.table.selectedIndexes()))

    def decide(self, decision: Decision) -> None:
        """Decide about the one that is chosen."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        if not rows:
            return
        chosen = self._found[rows[0]]
        self.banner.hide()
        self._change_once.run(
            lambda w: conflicts.decide(w, chosen, decision),
            lambda _changes: self.reload(),
            self._on_failed,
        )

    def _on_failed(self, error: Exception) -> None:
        self.banner.show_error(error)

    def done(self, result: int) -> None:
        """Close, and forget the values."""
        self._found = []
        self.table.show_rows([])
        super().done(result)


def _row(one: Conflict) -> tuple[str, ...]:
    if not one.field:
        name = _("The whole record is here already")
        return _noun(one.noun), name, "", _shown(one.mine), _named(one.theirs), one.by
    is_secret = one.field in _SECRET
    values = ("••••" if is_secret else _shown(v) for v in (one.base, one.mine, one.theirs))
    return (_noun(one.noun), field_name(one.field), *values, one.by)


def _noun(table: str) -> str:
    return _(_NOUNS[table]) if table in _NOUNS else table


def _shown(value: str) -> str:
    found = json.loads(value)
    return "" if found is None else str(found)


def _named(value: str) -> str:
    """Return what a record is told by: its name, number or subject."""
    record = json.loads(value)
    names = ("name", "msisdn", "number", "subject", "model", "code")
    return next((str(record[name]) for name in names if record.get(name)), "")
