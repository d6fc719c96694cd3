"""Taking in what arrived of an order: pieces of each line, each checked while it is scanned."""

from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QGridLayout,
    QListWidget,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QWidget,
)

from console.domain import phone
from console.domain.catalogue_item import ItemKind
from console.domain.journal import Changes
from console.domain.order import OrderLine
from console.services import deliveries
from console.services.deliveries import Delivered, Plan
from console.services.orders import FullOrder
from console.texts import _, ngettext
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.dates import DayField
from ui.widgets.parts import label, wrapped

_DELAY_MS = 150
_LIST_HEIGHT = 74
_TEXT_MARGIN = 8


class _Line:
    """The editors of one line of the order."""

    def __init__(self, line: OrderLine) -> None:
        self.line = line
        name = line.item
        self.pieces = QSpinBox()
        self.pieces.setRange(0, line.open_pieces)
        self.pieces.setAccessibleName(_("Pieces that came: {item}").format(item=name))
        self.pieces.lineEdit().setTextMargins(_TEXT_MARGIN, 0, 0, 0)
        self.serials = QPlainTextEdit()
        self.serials.setTabChangesFocus(True)
        self.serials.setFixedHeight(_LIST_HEIGHT)
        is_card = line.kind is ItemKind.SIM
        what = _("ICCID: {item}") if is_card else _("IMEI: {item}")
        self.serials.setAccessibleName(what.format(item=name))
        self.serials.setPlaceholderText(
            _("ICCID of each card, one on a row; “; number” where it differs")
            if is_card
            else _("IMEI of each piece, one on a row; “; number” where it differs")
        )
        self.serials.setVisible(line.kind in (ItemKind.SIM, ItemKind.DEVICE))

    def delivered(self) -> Delivered:
        """Return what the editors say."""
        serials = deliveries.split(self.serials.toPlainText())
        return Delivered(self.line.id, self.pieces.value(), serials, self.line.delivered)

    def on_scanned(self) -> None:
        """Count along with the scanner; the person may still say another count."""
        scanned = len(deliveries.split(self.serials.toPlainText()))
        if scanned > self.pieces.value():
            self.pieces.setValue(scanned)


class DeliveryDialog(FormDialog):
    """Shows what would come into the register before it does.

    Args:
        desk: the way to the services.
        full: the order.
        parent: as in Qt.
    """

    def __init__(self, desk: Desk, full: FullOrder, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Delivery"), _("Take it in"), parent)
        self._full = full
        self.form.addRow(_("Order"), label(f"{full.order.number} · {full.client.name}"))
        self.day = DayField(_("Came on"))
        self.form.addRow(_("Came on"), self.day)
        self.lines = [_Line(line) for line in full.lines if line.open_pieces > 0]
        self.summary = wrapped("", "heading")
        self.findings = QListWidget()
        self.findings.setObjectName("results")
        self.findings.setAccessibleName(_("What to look at"))
        self.findings.setMaximumHeight(110)
        self.body.addWidget(self._make_lines(), 1)
        self.body.addWidget(self.summary)
        self.body.addWidget(self.findings)
        self.findings.hide()
        self.action.setEnabled(False)
        self._delay = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._delay.timeout.connect(self._look)
        for line in self.lines:
            line.pieces.valueChanged.connect(self._wait)
            line.serials.textChanged.connect(partial(self._on_scanned, line))
        self.resize(760, 600)
        self.keep_typed(f"delivery-{full.order.id}", full.order.client_id, self._kept())
        self._look()

    def _kept(self) -> dict[str, QWidget]:
        """Return what is kept while it is typed and scanned; serials first, pieces may differ."""
        kept: dict[str, QWidget] = {"day": self.day}
        for line in self.lines:
            kept[f"{line.line.id}-serials"] = line.serials
            kept[f"{line.line.id}-pieces"] = line.pieces
        return kept

    def _make_lines(self) -> QScrollArea:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        heads = (_("Item"), _("Still to come"), _("Came now"))
        for column, head in enumerate(heads):
            grid.addWidget(label(head, "muted"), 0, column)
        for number, line in enumerate(self.lines):
            at = 2 * number + 1
            shown = " · ".join(
                filter(None, (line.line.item, line.line.kind.label, phone.pretty(line.line.msisdn)))
            )
            grid.addWidget(wrapped(shown), at, 0)
            grid.addWidget(label(str(line.line.open_pieces)), at, 1)
            grid.addWidget(line.pieces, at, 2)
            grid.addWidget(line.serials, at + 1, 0, 1, 3)
        grid.setRowStretch(2 * len(self.lines) + 1, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder)
        return area

    def _on_scanned(self, line: _Line) -> None:
        line.on_scanned()
        self._wait()

    def _wait(self) -> None:
        self.action.setEnabled(False)
        self._delay.start()

    def _arrived(self) -> list[Delivered]:
        return [line.delivered() for line in self.lines]

    def _look(self) -> None:
        order, arrived = self._full.order, self._arrived()
        self.desk.tasks.query(lambda w: deliveries.plan(w, order, arrived), self._show)

    def _show(self, plan: Plan) -> None:
        pieces = sum(one.quantity for one in self._arrived())
        text = ngettext("{n} piece came", "{n} pieces came", pieces).format(n=pieces)
        parts = [text]
        if plan.devices:
            made = ngettext("{n} new device", "{n} new devices", plan.devices)
            parts.append(made.format(n=plan.devices))
        if plan.sims:
            made = ngettext("{n} new SIM card", "{n} new SIM cards", plan.sims)
            parts.append(made.format(n=plan.sims))
        self.summary.setText(" · ".join(parts))
        self.findings.clear()
        self.findings.addItems([finding.message for finding in plan.findings])
        self.findings.setVisible(bool(plan.findings))
        self.action.setEnabled(plan.is_possible and pieces > 0)

    def submit(self) -> None:
        """Take it in: order and register as one action."""
        order, arrived, day = self._full.order, self._arrived(), self.day.day
        self.save(lambda w: deliveries.deliver(w, order, arrived, day), self._tell)

    def _tell(self, changes: Changes) -> None:
        done: Any = changes.result
        text = _("{number}: {state}. Ctrl+Z takes it back.")
        self.desk.message.emit(text.format(number=done.number, state=done.state.label))
