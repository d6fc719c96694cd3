"""One order beside the list: how far it is, its lines, papers, what came of it, and its steps."""

from functools import partial
from typing import Final

from PySide6.QtWidgets import QGridLayout, QTabWidget, QVBoxLayout, QWidget

from console.domain import formats, phone
from console.domain.journal import Changes, JournalEntry
from console.domain.order import OrderState, vat_summary
from console.domain.order_workflow import BY_DELIVERY, STEPS
from console.services import documents, history, order_steps, orders
from console.services.documents import Issued
from console.services.orders import FullOrder
from console.texts import N_, _
from console.workspace import Workspace
from ui.desk import Desk
from ui.dialogs.delivery import DeliveryDialog
from ui.dialogs.order_step import DIALOGS
from ui.one_change import OneChange
from ui.widgets.history_view import HistoryView
from ui.widgets.parts import (
    Banner,
    button,
    card,
    clear,
    column,
    facts,
    row,
    scrolled,
    wrapped,
)
from ui.widgets.plain_table import PlainTable
from ui.widgets.portal_buttons import PortalButtons

_STEP_NAMES: Final = {
    OrderState.SENT: N_("Sent to the portal…"),
    OrderState.CONFIRMED: N_("Confirmed"),
    OrderState.HANDED_OVER: N_("Hand over…"),
    OrderState.CANCELLED: N_("Cancel it…"),
}

_AT_THE_PORTAL: Final = frozenset({OrderState.DRAFT, OrderState.SENT, OrderState.CONFIRMED})
"""States in which somebody looks into the portal."""


class OrderPanel(QWidget):
    """Shows one order; empty until one is chosen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._change_once = OneChange(desk.tasks)
        self._order_id = 0
        self._is_shown = False
        self.tabs = QTabWidget()
        self.banner = Banner()
        self._layout = QVBoxLayout()
        self.setMinimumWidth(360)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.banner)
        outer.addLayout(self._layout, 1)
        self.clear()

    @property
    def order_id(self) -> int:
        """Id of the order that is shown, or 0."""
        return self._order_id

    def show_order(self, order_id: int) -> None:
        """Show an order by its id."""
        self.banner.hide()
        self._order_id = order_id
        self.reload()

    def reload(self) -> None:
        """Read the order anew."""
        order_id = self._order_id
        if order_id:
            self._desk.tasks.query(
                lambda w: _read(w, order_id),
                lambda found: self._show(*found),
                lambda _error: self.clear(),
            )

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self._order_id = 0
        self._is_shown = False
        clear(self._layout)
        self._layout.addWidget(card(wrapped(_("Choose an order to see how far it is."), "muted")))
        self._layout.addStretch(1)

    def _show(self, full: FullOrder, told: list[JournalEntry]) -> None:
        if full.order.id != self._order_id:
            return
        kept = self.tabs.currentIndex() if self._is_shown else 0
        self._is_shown = True
        clear(self._layout)
        order = full.order
        story = HistoryView()
        story.show_entries(told)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(_lines(full), _("Lines"))
        self.tabs.addTab(scrolled(self._detail(full)), _("Detail"))
        self.tabs.addTab(story, _("History"))
        self.tabs.setCurrentIndex(max(0, kept))
        self._layout.addWidget(
            card(
                wrapped(f"{order.number} · {order.state.label}", "heading"),
                wrapped(full.client.name, "muted"),
                self.tabs,
                self._steps(full),
            )
        )

    def _detail(self, full: FullOrder) -> QWidget:
        order = full.order
        known = facts(
            [
                (_("Ordered on"), formats.day(order.ordered_on)),
                (_("Ordered by"), full.contact.name if full.contact else ""),
                (_("Ordered all the same, because"), full.override),
                (_("Delivered to"), order.delivery_address),
                (_("Portal reference"), order.portal_reference),
                (_("Sent"), formats.moment(order.sent_at)),
                (_("Taken over by"), order.taken_by),
                (_("Handed over on"), formats.day(order.handed_over_on)),
                (_("Cancelled because"), order.cancelled_because),
                (_("Note"), order.note),
            ]
        )
        parts: list[QWidget] = [known]
        if full.request is not None:
            shown = partial(self._desk.request_requested.emit, full.request.id)
            text = f"{full.request.number} · {full.request.subject}"
            parts += [wrapped(_("Request"), "muted"), button(text, shown, "ticket-check")]
        if full.documents:
            parts.append(wrapped(_("Documents"), "muted"))
        for document in full.documents:
            revision = f" r{document.revision}" if document.revision > 1 else ""
            void = f" · {_('void')}" if document.voided_at else ""
            text = f"{document.number}{revision} · {document.kind.label}{void}"
            parts.append(
                button(text, partial(self._desk.document_requested.emit, document.id), "file-text")
            )
        came = [*(device.imei or device.model for device in full.devices)]
        came += [card_.iccid for card_ in full.sims]
        if came:
            parts += [wrapped(_("In the register"), "muted"), wrapped("\n".join(came))]
        return column(*parts)

    def _steps(self, full: FullOrder) -> QWidget:
        order = full.order
        first = []
        if order.state is OrderState.DRAFT:
            edit = partial(self._desk.order_requested.emit, full)
            first.append(button(_("Edit…"), edit, "pencil"))
        if order.state is not OrderState.CANCELLED:
            first.append(button(_("Issue the form"), partial(self._issue, full), "file-text"))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        made = [
            button(_(_STEP_NAMES[state]), partial(self._take, full, state),
                   primary=state is not OrderState.CANCELLED)
            for state in STEPS[order.state]
            if state not in BY_DELIVERY
        ]  # fmt: skip
        if BY_DELIVERY & set(STEPS[order.state]):
            deliver = partial(self._deliver, full)
            made.insert(0, button(_("Something came…"), deliver, "download", primary=True))
        for number, one in enumerate(made):
            grid.addWidget(one, number // 2, number % 2)
        parts = [row(*first, None), holder]
        if order.state in _AT_THE_PORTAL:
            parts.insert(0, PortalButtons(self._desk, self.banner))
        return column(*parts)

    def _issue(self, full: FullOrder) -> None:
        self.banner.hide()
        self._change_once.run(
            lambda w: documents.issue_order_form(w, full.order),
            self._on_issued,
            self.banner.show_error,
        )

    def _on_issued(self, changes: Changes) -> None:
        if isinstance(changes.result, Issued):
            self._desk.document_requested.emit(changes.result.document.id)

    def _take(self, full: FullOrder, state: OrderState) -> None:
        dialog = DIALOGS.get(state)
        if dialog is not None:
            dialog(self._desk, full, self).open()
            return
        self.banner.hide()
        self._change_once.run(
            lambda w: order_steps.take_step(w, full.order, state),
            lambda _changes: self._desk.message.emit(
                _("{number}: {state}. Ctrl+Z takes it back.").format(
                    number=full.order.number, state=state.label
                )
            ),
            self._on_failed,
        )

    def _on_failed(self, error: Exception) -> None:
        """Say why, and show how the order is now."""
        self.banner.show_error(error)
        self.reload()

    def _deliver(self, full: FullOrder) -> None:
        DeliveryDialog(self._desk, full, self).open()


def _read(workspace: Workspace, order_id: int) -> tuple[FullOrder, list[JournalEntry]]:
    return orders.full_order(workspace, order_id), history.history(workspace, order_id)


def _lines(full: FullOrder) -> QWidget:
    table = PlainTable(
        _("Lines of the order"), [_("Item"), _("Pieces"), _("Came"), _("Without VAT")]
    )
    table.show_rows(
        [
            (
                " · ".join(filter(None, (line.item, phone.pretty(line.msisdn)))),
                formats.whole(line.quantity),
                formats.whole(line.delivered),
                formats.money(line.net),
            )
            for line in full.lines
        ]
    )
    table.align_right((1, 2, 3))
    sums = vat_summary(full.lines)
    net, gross = sum(part.net for part in sums), sum(part.gross for part in sums)
    text = _("{net} without VAT, {gross} with VAT")
    total = text.format(net=formats.money(net or None), gross=formats.money(gross or None))
    return column(table, wrapped(total if net else _("It costs nothing."), "muted"))
