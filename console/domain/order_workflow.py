"""The way of an order, as data: which states follow which, and what each cannot do without."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from console.domain.order import Order, OrderLine, OrderState
from console.texts import N_, _

STEPS: Final[Mapping[OrderState, tuple[OrderState, ...]]] = {
    OrderState.DRAFT: (OrderState.SENT, OrderState.CANCELLED),
    OrderState.SENT: (OrderState.CONFIRMED, OrderState.CANCELLED),
    OrderState.CONFIRMED: (
        OrderState.PART_DELIVERED,
        OrderState.DELIVERED,
        OrderState.CANCELLED,
    ),
    OrderState.PART_DELIVERED: (
        OrderState.PART_DELIVERED,
        OrderState.DELIVERED,
        OrderState.CANCELLED,
    ),
    OrderState.DELIVERED: (OrderState.HANDED_OVER,),
    OrderState.HANDED_OVER: (),
    OrderState.CANCELLED: (),
}
"""To which states an order may go from each state; undo goes back."""
BY_DELIVERY: Final = frozenset({OrderState.PART_DELIVERED, OrderState.DELIVERED})
"""States that an order comes to by what arrives, and not by a step of its own."""


class OrderNeed(StrEnum):
    """A fact that a state cannot do without."""

    LINES = "lines"
    REFERENCE = "portal-reference"
    SENT_AT = "sent-at"
    SOME = "some-delivered"
    ALL = "all-delivered"
    TAKEN_BY = "taken-by"
    HANDED_OVER_ON = "handed-over-on"
    REASON = "reason"

    @property
    def label(self) -> str:
        """The fact in the language in use."""
        return _(_NEED_LABELS[self])


_NEED_LABELS: Final = {
    OrderNeed.LINES: N_("at least one line"),
    OrderNeed.REFERENCE: N_("the portal's reference"),
    OrderNeed.SENT_AT: N_("the time at which it was sent"),
    OrderNeed.SOME: N_("a delivered piece"),
    OrderNeed.ALL: N_("all pieces delivered"),
    OrderNeed.TAKEN_BY: N_("who took it over"),
    OrderNeed.HANDED_OVER_ON: N_("the day of the hand-over"),
    OrderNeed.REASON: N_("the reason"),
}
_SENT: Final = (OrderNeed.LINES, OrderNeed.REFERENCE, OrderNeed.SENT_AT)
NEEDS: Final[Mapping[OrderState, tuple[OrderNeed, ...]]] = {
    OrderState.DRAFT: (),
    OrderState.SENT: _SENT,
    OrderState.CONFIRMED: _SENT,
    OrderState.PART_DELIVERED: (*_SENT, OrderNeed.SOME),
    OrderState.DELIVERED: (*_SENT, OrderNeed.ALL),
    OrderState.HANDED_OVER: (
        *_SENT,
        OrderNeed.ALL,
        OrderNeed.TAKEN_BY,
        OrderNeed.HANDED_OVER_ON,
    ),
    OrderState.CANCELLED: (OrderNeed.REASON,),
}


def missing(order: Order, lines: Sequence[OrderLine], state: OrderState) -> tuple[OrderNeed, ...]:
    """Return what keeps an order from being in a state.

    Args:
        order: with all that is known of it.
        lines: of the order.
        state: that it would be in.
    """
    known = {
        OrderNeed.LINES: bool(lines),
        OrderNeed.REFERENCE: bool(order.portal_reference.strip()),
        OrderNeed.SENT_AT: order.sent_at is not None,
        OrderNeed.SOME: any(line.delivered for line in lines),
        OrderNeed.ALL: bool(lines) and all(line.open_pieces <= 0 for line in lines),
        OrderNeed.TAKEN_BY: bool(order.taken_by.strip()),
        OrderNeed.HANDED_OVER_ON: order.handed_over_on is not None,
        OrderNeed.REASON: bool(order.cancelled_because.strip()),
    }
    return tuple(need for need in NEEDS[state] if not known[need])


def after_delivery(lines: Sequence[OrderLine]) -> OrderState:
    """Return the state of an order of which these pieces have arrived."""
    is_all = all(line.open_pieces <= 0 for line in lines)
    return OrderState.DELIVERED if is_all else OrderState.PART_DELIVERED
