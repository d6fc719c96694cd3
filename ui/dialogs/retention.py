"""Rules of retention with a preview: whose time is over, and who of them is erased."""

from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QTableWidgetItem, QWidget

from console.domain import formats
from console.domain.client import RetentionClass
from console.domain.retention import FEWEST_MONTHS, MOST_MONTHS, Overdue
from console.services import retention
from console.texts import N_, _, ngettext
from ui.desk import Desk
from ui.dialogs.numbers import NumbersDialog
from ui.widgets.parts import button, row
from ui.widgets.plain_table import PlainTable

_HEADS: Final = (N_("Person"), N_("Client"), N_("Since"), N_("Kept until"))


class RetentionDialog(NumbersDialog):
    """Nobody is erased before somebody was chosen and it was confirmed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("Retention"),
            _("Erase the chosen"),
            _(
                "People are kept for so many months behind the end of their authority or behind"
                " the last thing that they asked for."
            ),
            _("months of keeping"),
            (FEWEST_MONTHS, MOST_MONTHS),
            parent,
        )
        self._found: list[Overdue] = []
        self.table = PlainTable(_("Whose time is over"), [_(h) for h in _HEADS], stretched=0)
        self.body.addWidget(row(None, button(_("Save the months"), self._save_rules, "save")))
        self.body.addWidget(self.table, 1)
        self.is_meant = QCheckBox(_("I know that this cannot be taken back"))
        self.is_meant.toggled.connect(lambda: self._on_chosen())
        self.body.addWidget(self.is_meant)
        self.table.itemChanged.connect(self._on_item_changed)
        self.resize(640, 560)
        names: dict[Any, str] = {one: one.label for one in RetentionClass}
        desk.tasks.query(retention.rules, lambda found: self.show_numbers(found, names))
        self._load()

    def _load(self) -> None:
        self.desk.tasks.query(retention.overdue, self._show, self.banner.show_error)

    def _show(self, found: list[Overdue]) -> None:
        self._found = found
        self.table.show_rows(
            [
                (one.name, one.client, formats.day(one.since), formats.day(one.until))
                for one in found
            ],
            are_checked=True,
        )
        for number in range(self.table.rowCount()):
            item = self.table.item(number, 0)
            if item is not None:
                item.setCheckState(Qt.CheckState.Unchecked)
        if not found:
            self.banner.show_text(_("Nobody's time is over."), "good")
        self._on_chosen()

    def _on_item_changed(self, _item: QTableWidgetItem) -> None:
        self._on_chosen()

    def _on_chosen(self) -> None:
        self.action.setEnabled(bool(self.table.checked()) and self.is_meant.isChecked())

    def _save_rules(self) -> None:
        changed: dict[Any, int] = self.numbers()
        self.change(lambda w: retention.change_rules(w, changed), lambda _changes: self._load())

    def submit(self) -> None:
        """Erase whom was chosen."""
        chosen = [self._found[number].contact_id for number in self.table.checked()]
        self.save(lambda w: retention.apply_rules(w, chosen), self._on_erased)

    def _on_erased(self, changes: Any) -> None:
        count: int = changes.result
        text = ngettext("{n} person was erased.", "{n} people were erased.", count)
        self.desk.message.emit(text.format(n=count))
