"""Duplicates of the register: look at each group, choose what stays, see the result, merge."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QComboBox, QWidget

from console.domain.duplicates import NOUNS, Group, MergedField
from console.domain.journal import Changes
from console.domain.register_fields import register_field
from console.services import duplicates
from console.texts import N_, _, ngettext
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.parts import label, wrapped
from ui.widgets.plain_table import PlainTable

_NAMES: Final = {
    "lines": N_("Numbers"),
    "contacts": N_("Contacts"),
    "sims": N_("SIM cards"),
    "clients": N_("Clients"),
}


class DuplicatesDialog(FormDialog):
    """Works the groups off one by one; the dialog stays open until all are seen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Duplicates"), _("Merge"), parent)
        self._groups: list[Group] = []
        self.noun = QComboBox()
        self.noun.setAccessibleName(_("What"))
        for word in NOUNS:
            self.noun.addItem(_(_NAMES[word]), word)
        self.form.addRow(_("What"), self.noun)
        self.summary = wrapped("", "heading")
        self.groups = PlainTable(_("Groups"), [_("Have in common"), _("Records")])
        self.records = PlainTable(_("Which one stays"), [_("Which record"), _("Client"), _("Note")])
        self.outcome = PlainTable(
            _("What it will hold"), [_("Field"), _("Value"), _("Goes into the note")], stretched=1
        )
        self.body.addWidget(self.summary)
        self.body.addWidget(self.groups, 3)
        self.body.addWidget(label(_("Which one stays"), "muted"))
        self.body.addWidget(self.records, 2)
        self.body.addWidget(label(_("What it will hold"), "muted"))
        self.body.addWidget(self.outcome, 3)
        self.resize(820, 700)
        self.noun.currentIndexChanged.connect(self._find)
        self.groups.currentCellChanged.connect(lambda *_cells: self._show_group())
        self.records.currentCellChanged.connect(lambda *_cells: self._look())
        self.action.setEnabled(False)
        self._find()

    def _find(self) -> None:
        noun = self.noun.currentData()
        self.action.setEnabled(False)
        self.desk.tasks.query(lambda w: duplicates.find(w, noun), self._show)

    def _show(self, found: Sequence[Group]) -> None:
        self._groups = list(found)
        text = ngettext("{n} group looks alike", "{n} groups look alike", len(found))
        self.summary.setText(text.format(n=len(found)) if found else _("Nothing stands twice."))
        self.groups.show_rows(
            [(g.why, ", ".join(record.title for record in g.records)) for g in found]
        )
        self.groups.setCurrentCell(0 if found else -1, 0)
        self._show_group()

    def _group(self) -> Group | None:
        row = self.groups.currentRow()
        return self._groups[row] if 0 <= row < len(self._groups) else None

    def _show_group(self) -> None:
        group = self._group()
        found = group.records if group else ()
        self.records.blockSignals(True)
        self.records.show_rows([(r.title, r.client, r.values.get("note", "")) for r in found])
        self.records.setCurrentCell(0 if found else -1, 0)
        self.records.blockSignals(False)
        self._look()

    def _chosen(self) -> tuple[str, int, list[int]] | None:
        """Return the noun, the record that stays and the others."""
        group, row = self._group(), self.records.currentRow()
        if group is None or not 0 <= row < len(group.records):
            return None
        ids = [record.id for record in group.records]
        return group.noun, ids[row], [one for one in ids if one != ids[row]]

    def _look(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            self.outcome.show_rows([])
            self.action.setEnabled(False)
            return
        noun, kept, others = chosen
        self.desk.tasks.query(
            lambda w: duplicates.preview(w, noun, kept, others),
            self._show_result,
            self.banner.show_error,
        )

    def _show_result(self, merged: Sequence[MergedField]) -> None:
        noun = self.noun.currentData()
        self.outcome.show_rows(
            [
                (register_field(noun, m.name).label, m.value, ", ".join(filter(None, m.noted)))
                for m in merged
            ]
        )
        self.action.setEnabled(True)

    def submit(self) -> None:
        """Merge the group as one action, and go on with the next one."""
        chosen = self._chosen()
        if chosen is None:
            return
        noun, kept, others = chosen
        self.change(lambda w: duplicates.merge(w, noun, kept, others), self._on_merged)

    def _on_merged(self, _changes: Changes) -> None:
        self.desk.message.emit(_("Merged. Ctrl+Z takes it back."))
        self._find()
