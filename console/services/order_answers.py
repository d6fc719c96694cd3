"""What a request about an order is answered with: the orders it means, and how far they are."""

import re
from dataclasses import dataclass
from typing import Final

from console.domain.order import OPEN_ORDERS, Order
from console.domain.request import Kind, Request
from console.services import order_steps, orders
from console.workspace import Workspace

_NUMBER: Final = re.compile(r"\b\d{4}-[A-Z]{1,6}-O\d{4,}\b")
_AT_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """An order, and what can be said of it."""

    order: Order
    text: str


def answers(workspace: Workspace, request: Request) -> list[Answer]:
    """Return the orders of a request with how far they are.

    Those that were made for it come first, then those that its words name; who asks for the
    state of an order without saying which one means the newest open ones.
    """
    found = {one.id: one for one in orders.orders_of_request(workspace, request.id)}
    if request.kind is Kind.ORDER_STATUS:
        found |= {one.id: one for one in _named(workspace, request)}
        if not found:
            found = {one.id: one for one in _open(workspace, request.client_id)}
    return [Answer(one, order_steps.status(workspace, one)) for one in found.values()]


def _named(workspace: Workspace, request: Request) -> list[Order]:
    said = f"{request.subject}\n{request.text}".upper()
    numbers = list(dict.fromkeys(_NUMBER.findall(said)))[:_AT_MOST]
    marks = ",".join("?" * len(numbers))
    return workspace.store.select(
        Order, f"client_id = ? AND number IN ({marks})", [request.client_id, *numbers]
    )


def _open(workspace: Workspace, client_id: int) -> list[Order]:
    states = ",".join(f"'{state}'" for state in OPEN_ORDERS)
    return workspace.store.select(
        Order,
        f"client_id = ? AND state IN ({states})",
        [client_id],
        order=f"ordered_on DESC, id DESC LIMIT {_AT_MOST}",
    )
