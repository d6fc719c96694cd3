"""Giving fields of many records the same values, with a preview of what would change."""

import threading
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QMenu, QProgressBar, QWidget

from console.domain import formats
from console.domain.journal import Changes
from console.domain.register_fields import FIELDS, RegisterField
from console.errors import KnownError
from console.services import many
from console.services.field_values import Written
from console.services.many import Plan
from console.texts import _, ngettext
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.form_draft import name_for
from ui.kept_fields import KeptField
from ui.widgets.dates import DayField
from ui.widgets.field_form import FieldForm, Row
from ui.widgets.parts import button, row, wrapped
from ui.widgets.plain_table import PlainTable
from ui.widgets.register_fields import as_row, as_written, form_field

_DELAY_MS: Final = 150
_SHOWN: Final = 500


class ChangeManyDialog(FormDialog):
    """Choose the fields, give the values, look at the preview, do it.

    Args:
        desk: the way to the services.
        noun: whose records.
        record_ids: which.
        parent: as in Qt.
    """

    progressed = Signal(int, int)
    edited = Signal()
    """Another field was chosen, or a value was typed."""

    def __init__(
        self, desk: Desk, noun: str, record_ids: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, _("Change many"), _("Change them"), parent)
        self._noun = noun
        self._ids = list(record_ids)
        self._fields = [field for field in FIELDS[noun] if field.for_many]
        self._others: list[RegisterField] = []
        self._row: Row = {}
        self._cancelled = threading.Event()
        self.field = QComboBox()
        self.field.setAccessibleName(_("Field"))
        for known in self._fields:
            self.field.addItem(known.label, known.name)
        self.effective = DayField(_("Holds from"))
        self._value = QWidget()
        self.form.addRow(_("Field"), self.field)
        self.form.addRow(_("Holds from"), self.effective)
        self._lay_out()
        self._delay = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._delay.timeout.connect(self._look)
        self.field.currentIndexChanged.connect(self._choose)
        self.progressed.connect(self._on_progressed)
        self.resize(860, 600)
        self._choose(0)
        kept: dict[str, QWidget | KeptField] = {
            "values": KeptField(self._as_plain, self._show_plain, self.edited),
            "effective": self.effective,
        }
        self.keep_typed(name_for(f"many-{noun}", sorted(self._ids)), 0, kept)

    def _as_plain(self) -> dict[str, Any]:
        """Return the chosen fields in their order, each with its value."""
        return {field.name: self._row[field.name] for field in self._chosen}

    def _show_plain(self, plain: dict[str, Any]) -> None:
        by_name = {field.name: field for field in self._fields}
        known = {name: value for name, value in plain.items() if name in by_name}
        if not known:
            return
        first, *others = known
        self.field.setCurrentIndex(self.field.findData(first))
        self._others = [by_name[name] for name in others]
        self._row = known
        self._show_fields()

    def _lay_out(self) -> None:
        self._more = button(_("Another field"), lambda: None, "plus")
        self._more.setMenu(QMenu(self._more))
        self._more.menu().aboutToShow.connect(self._offer)
        self._fewer = button(_("Without the last field"), self._drop, "x")
        self.summary = wrapped("", "heading")
        self.preview = PlainTable(
            _("What would change"), [_("Which record"), _("Before"), _("Afterwards")], 2
        )
        self._progress = QProgressBar()
        self._progress.hide()
        self.body.addWidget(self._value)
        self.body.addWidget(row(self._more, self._fewer, None))
        self.body.addWidget(self.summary)
        self.body.addWidget(self.preview, 1)
        self.body.addWidget(self._progress)

    @property
    def _chosen(self) -> list[RegisterField]:
        return [self._fields[self.field.currentIndex()], *self._others]

    def _choose(self, _index: int) -> None:
        """Offer the editor of the chosen field, empty."""
        first = self._chosen[0]
        self._row.pop(first.name, None)
        self._others = [field for field in self._others if field is not first]
        self._show_fields()

    def _offer(self) -> None:
        """Fill the menu with the fields that are not chosen yet."""
        menu = self._more.menu()
        menu.clear()
        for field in self._fields:
            if field not in self._chosen:
                menu.addAction(field.label, partial(self.add_field, field.name))

    def add_field(self, name: str) -> None:
        """Change another field, too."""
        self._others += [field for field in self._fields if field.name == name]
        self._show_fields()
        self.value.focus_field(name)

    def _drop(self) -> None:
        if self._others:
            self._row.pop(self._others.pop().name, None)
            self._show_fields()

    def _show_fields(self) -> None:
        """Show the editors of the chosen fields; what was typed into them stays."""
        chosen = self._chosen
        blank = as_row(chosen, {field.name: _nothing(field) for field in chosen})
        self._row = {name: self._row.get(name, empty) for name, empty in blank.items()}
        self.value = FieldForm([form_field(field) for field in chosen])
        self.value.show_row(self._row)
        self.value.changed.connect(self._wait)
        self.body.replaceWidget(self._value, self.value)
        self._value.hide()
        self._value.deleteLater()
        self._value = self.value
        self.form.setRowVisible(self.effective, any(field.is_tracked for field in chosen))
        self._fewer.setVisible(bool(self._others))
        self._more.setEnabled(len(chosen) < len(self._fields))
        self._wait()

    def _wait(self) -> None:
        self.action.setEnabled(False)
        self._delay.start()
        self.edited.emit()

    def _written(self) -> dict[str, Written]:
        return as_written(self._chosen, self._row)

    def _look(self) -> None:
        if self._is_saving:
            return
        noun, ids, values = self._noun, self._ids, self._written()
        self.desk.tasks.query(lambda w: many.plan(w, noun, ids, values), self._show, self._on_wrong)

    def _on_wrong(self, error: Exception) -> None:
        """Say what does not fit in place of the preview; nothing typed is lost."""
        self.preview.show_rows([])
        is_known = isinstance(error, KnownError)
        self.summary.setText(error.message if is_known else type(error).__name__)  # type: ignore[attr-defined]

    def _show(self, plan: Plan) -> None:
        self.preview.show_rows([(d.title, d.before, d.after) for d in plan.differences[:_SHOWN]])
        count = len(plan.differences)
        text = ngettext("{n} record changes", "{n} records change", count)
        parts = [text.format(n=formats.whole(count))]
        if plan.unchanged:
            parts.append(_("{n} have the value already").format(n=formats.whole(plan.unchanged)))
        if plan.missing:
            parts.append(_("{n} are gone").format(n=formats.whole(plan.missing)))
        if count > _SHOWN:
            parts.append(_("the first {n} are shown").format(n=_SHOWN))
        self.summary.setText(" · ".join(parts))
        self.action.setEnabled(count > 0)

    def submit(self) -> None:
        """Change all of them as one action; cancelling leaves everything as it was."""
        noun, ids, values = self._noun, self._ids, self._written()
        day = self.effective.day
        self._cancelled.clear()
        self._progress.setRange(0, 0)
        self._progress.show()
        self.save(lambda w: many.change(w, noun, ids, values, day, self._report), self._tell)

    def _report(self, done: int, total: int) -> None:
        """Run on the worker: pass progress on, and stop where the person cancelled."""
        self.progressed.emit(done, total)
        if self._cancelled.is_set():
            raise KnownError("change-cancelled")

    def _on_progressed(self, done: int, total: int) -> None:
        self._progress.setRange(0, max(1, total))
        self._progress.setValue(done)

    def _on_failed(self, error: Exception) -> None:
        self._progress.hide()
        super()._on_failed(error)

    def reject(self) -> None:
        """Cancel what is under way; otherwise close."""
        if self._is_saving:
            self._cancelled.set()
        else:
            super().reject()

    def _tell(self, changes: Changes) -> None:
        done: Any = changes.result
        text = ngettext("{n} record changed.", "{n} records changed.", done)
        self.desk.message.emit(
            f"{text.format(n=formats.whole(done))} " + _("Ctrl+Z takes it back.")
        )


def _nothing(field: RegisterField) -> Written:
    return () if field.holds.name in ("MANY", "LIST") else ""
