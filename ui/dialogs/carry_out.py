"""Carrying out a request: which numbers, from which day, with which value."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QWidget

from console.domain import phone
from console.domain.request import Request, RequestState
from console.domain.tariff import Tariff
from console.domain.workflow import EFFECTS, Value
from console.services import carrying_out, requests, tariffs
from console.services.carrying_out import NumberPlan
from console.texts import N_, _, ngettext
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.dates import DayField
from ui.widgets.parts import button, heading
from ui.widgets.plain_table import PlainTable

_DELAY_MS: Final = 120
_HEADS: Final = (N_("Number"), N_("Holder"), N_("What will happen"))


class CarryOutDialog(FormDialog):
    """Shows for each number what would happen, then does it as one action.

    Args:
        desk: the way to the services.
        request: what is to be carried out.
        parent: as in Qt.
        left: where it was to be resolved, how many of its numbers would stay as they are.
    """

    def __init__(
        self, desk: Desk, request: Request, parent: QWidget | None = None, left: int = 0
    ) -> None:
        super().__init__(desk, _("Carry out"), _("Carry out"), parent)
        self._request = request
        self._value = EFFECTS[request.kind].value
        self._planned: list[NumberPlan] = []
        self.form.addRow(heading(f"{request.number} · {request.subject}"))
        self.day = DayField(_("From"))
        self.form.addRow(_("From"), self.day)
        self._delay = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._delay.timeout.connect(self._show_plan)
        self.tariff = QComboBox()
        self.cards = QPlainTextEdit()
        self._make_value()
        self.table = PlainTable(_("Numbers"), [_(head) for head in _HEADS], stretched=2)
        self.body.addWidget(self.table, 1)
        self.resolves = QCheckBox(_("Resolve the request where all is done"))
        self.resolves.setChecked(True)
        self.body.addWidget(self.resolves)
        if left:
            self._ask_first(left)
        self.resize(640, 480)
        fields = {
            "day": self.day,
            "tariff": self.tariff,
            "cards": self.cards,
            "resolves": self.resolves,
        }
        self._draft = self.keep_typed(f"carry-out-{request.id}", request.client_id, fields)
        self._show_plan()

    def _ask_first(self, left: int) -> None:
        """Say that nothing was carried out, and let the person resolve it all the same."""
        text = ngettext(
            "{n} number is still as it was in the register. Carry it out, or resolve the request "
            "without it.",
            "{n} numbers are still as they were in the register. Carry it out, or resolve the "
            "request without it.",
            left,
        )
        self.banner.show_text(text.format(n=left))
        self._buttons.insertWidget(0, button(_("Resolve without it"), self._resolve_only))

    def _resolve_only(self) -> None:
        request = self._request
        self.save(
            lambda w: requests.take_step(w, request, RequestState.RESOLVED),
            lambda _changes: self.desk.message.emit(
                _("{number} is resolved; the register is as it was. Ctrl+Z takes it back.").format(
                    number=request.number
                )
            ),
        )

    def _make_value(self) -> None:
        if self._value is Value.TARIFF:
            self.tariff.setEditable(True)
            self.tariff.setAccessibleName(self._value.label)
            self.form.addRow(self._value.label, self.tariff)
            self.tariff.currentTextChanged.connect(lambda: self._delay.start())
            client_id = self._request.client_id
            self.desk.tasks.query(lambda w: tariffs.tariffs_of(w, client_id), self._show_tariffs)
        elif self._value is Value.ICCID:
            self.cards.setAccessibleName(self._value.label)
            self.cards.setPlaceholderText(_("a card on each line, in the order of the numbers"))
            self.cards.setTabChangesFocus(True)
            self.cards.setMaximumHeight(90)
            self.form.addRow(self._value.label, self.cards)
            self.cards.textChanged.connect(lambda: self._delay.start())

    def _show_tariffs(self, found: list[Tariff]) -> None:
        said = self._request.subject.rpartition(":")[2].strip().casefold()
        wished = [t.name for t in found if said in (t.code.casefold(), t.name.casefold())]
        with self._draft.filling():
            self.tariff.addItems([tariff.name for tariff in found])
            self.tariff.setCurrentText(wished[0] if wished else "")

    def _values(self) -> dict[str, str]:
        if self._value is Value.TARIFF:
            return {"": self.tariff.currentText()}
        cards = [line.strip() for line in self.cards.toPlainText().splitlines() if line.strip()]
        return dict(zip(self._numbers, cards, strict=False))

    @property
    def _numbers(self) -> list[str]:
        return [one.part.msisdn for one in self._planned if not one.is_done]

    def _show_plan(self) -> None:
        request, values = self._request, self._values()
        self.desk.tasks.query(
            lambda w: carrying_out.plan(w, request, values),
            self._on_planned,
            self.banner.show_error,
        )

    def _on_planned(self, found: list[NumberPlan]) -> None:
        is_first = not self._planned
        self._planned = found
        self.table.show_rows([_cells(one) for one in found])
        self.action.setEnabled(any(not p.is_done and p.obstacle is None for p in found))
        if is_first and self._value is Value.ICCID:
            self._delay.start()

    def submit(self) -> None:
        """Change the register; undo takes it back with the request."""
        request, values, day = self._request, self._values(), self.day.day
        resolves = self.resolves.isChecked()
        self.save(
            lambda w: carrying_out.carry_out(w, request, day, values, resolves),
            lambda _changes: self.desk.message.emit(
                _("{number} is carried out. Ctrl+Z takes it back.").format(number=request.number)
            ),
        )


def _cells(one: NumberPlan) -> tuple[str, str, str]:
    holder = one.line.holder if one.line else ""
    return phone.pretty(one.part.msisdn), holder, _what(one)


def _what(one: NumberPlan) -> str:
    if one.is_done:
        return one.part.result
    if one.obstacle:
        return one.obstacle.label
    if one.is_doubtful:
        return _("will be done; compare the card’s number, its check digit does not fit")
    return _("will be done")
