"""Giving a field of many records one value, with a preview of what would change."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QWidget

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
from ui.widgets.dates import DayField
from ui.widgets.field_form import FieldForm
from ui.widgets.parts import wrapped
from ui.widgets.plain_table import PlainTable
from ui.widgets.register_fields import as_row, as_written, form_field

_DELAY_MS: Final = 150
_SHOWN: Final = 500


class ChangeManyDialog(FormDialog):
    """Choose the field, give the value, look at the preview, do it.

    Args:
        desk: the way to the services.
        noun: whose records.
        record_ids: which.
        parent: as in Qt.
    """

    def __init__(
        self, desk: Desk, noun: str, record_ids: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, _("Change many"), _("Change them"), parent)
        self._noun = noun
        self._ids = list(record_ids)
        self._fields = [field for field in FIELDS[noun] if field.for_many]
        self.field = QComboBox()
        self.field.setAccessibleName(_("Field"))
        for known in self._fields:
            self.field.addItem(known.label, known.name)
        self.effective = DayField(_("Holds from"))
        self._value = QWidget()
        self.form.addRow(_("Field"), self.field)
        self.form.addRow(_("Holds from"), self.effective)
        self.summary = wrapped("", "heading")
        self.preview = PlainTable(
            _("What would change"), [_("Which record"), _("Before"), _("Afterwards")]
        )
        self.body.addWidget(self._value)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.preview, 1)
        self._delay = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._delay.timeout.connect(self._look)
        self.field.currentIndexChanged.connect(self._choose)
        self.resize(680, 560)
        self._choose(0)

    @property
    def _chosen(self) -> RegisterField:
        return self._fields[self.field.currentIndex()]

    def _choose(self, _index: int) -> None:
        """Offer the editor of the chosen field, empty."""
        field = self._chosen
        is_list = field.holds.name in ("MANY", "LIST")
        empty: Written = () if is_list else ""
        self._row = as_row([field], {field.name: empty})
        self.value = FieldForm([form_field(field)])
        self.value.show_row(self._row)
        self.value.changed.connect(self._wait)
        self.body.replaceWidget(self._value, self.value)
        self._value.hide()
        self._value.deleteLater()
        self._value = self.value
        self.form.setRowVisible(self.effective, field.is_tracked)
        self._wait()

    def _wait(self) -> None:
        self.action.setEnabled(False)
        self._delay.start()

    def _written(self) -> Written:
        field = self._chosen
        return as_written([field], self._row)[field.name]

    def _look(self) -> None:
        noun, ids, name, written = self._noun, self._ids, self._chosen.name, self._written()
        self.desk.tasks.query(
            lambda w: many.plan(w, noun, ids, name, written), self._show, self._on_wrong
        )

    def _on_wrong(self, error: Exception) -> None:
        """Say what does not fit in place of the preview; nothing typed is lost."""
        self.preview.show_rows([])
        is_known = isinstance(error, KnownError)
        self.summary.setText(error.message if is_known else type(error).__name__)  # type: ignore[attr-defined]

    def _show(self, plan: Plan) -> None:
        self.preview.show_rows(
            [(d.title, d.before or "–", d.after or "–") for d in plan.differences[:_SHOWN]]
        )
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
        """Change all of them as one action."""
        noun, ids, name, written = self._noun, self._ids, self._chosen.name, self._written()
        day = self.effective.day
        self.save(lambda w: many.change(w, noun, ids, name, written, day), self._tell)

    def _tell(self, changes: Changes) -> None:
        done: Any = changes.result
        text = ngettext("{n} record changed.", "{n} records changed.", done)
        self.desk.message.emit(
            f"{text.format(n=formats.whole(done))} " + _("Ctrl+Z takes it back.")
        )
