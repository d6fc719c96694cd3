"""The orders that a request is about, and the way to a new one or to an answer."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.request import Kind, Request
from console.services import order_answers
from console.services.order_answers import Answer
from console.texts import _
from ui.desk import Desk
from ui.widgets.parts import button, clear, label, row, wrapped

KINDS = frozenset({Kind.DEVICE_ORDER, Kind.ORDER_STATUS})
"""Kinds of requests that orders belong to."""


class OrderLinks(QWidget):
    """Reads the orders by itself when it is made.

    Args:
        desk: the way to the services.
        request: of one of KINDS.
        parent: as in Qt.
    """

    def __init__(self, desk: Desk, request: Request, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._request = request
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 6, 0, 0)
        desk.tasks.query(lambda w: order_answers.answers(w, request), self._show, lambda _e: None)

    def _show(self, found: list[Answer]) -> None:
        clear(self._layout)
        self._layout.addWidget(label(_("Orders"), "heading"))
        for one in found:
            show = partial(self._desk.order_shown_requested.emit, one.order.id)
            self._layout.addWidget(wrapped(one.text))
            buttons = [button(_("Show {number}").format(number=one.order.number), show)]
            if self._request.kind is Kind.ORDER_STATUS:
                answer = partial(self._answer, one)
                buttons.append(button(_("Answer with this…"), answer, "mail", primary=True))
            self._layout.addWidget(row(*buttons, None))
        if not found:
            self._layout.addWidget(wrapped(_("No order belongs to it yet."), "muted"))
        if self._request.kind is Kind.DEVICE_ORDER and self._request.state.is_open:
            new = partial(self._desk.order_requested.emit, self._request)
            self._layout.addWidget(row(button(_("New order…"), new, "shopping-cart"), None))

    def _answer(self, found: Answer) -> None:
        from ui.dialogs.inform import InformDialog

        InformDialog(self._desk, self._request, self.window(), found.text).open()
