"""What tests of orders do first: order, send, confirm, let something arrive."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from console.domain.catalogue_item import ItemKind
from console.domain.client import Client
from console.domain.order import Order, OrderLine, OrderState
from console.services import deliveries, order_steps, orders
from console.services.deliveries import Delivered
from console.services.orders import OrderDraft
from console.workspace import Workspace

CARDS = ("8942010000799000016", "8942010000799000024", "8942010000799000032")
IMEIS = ("490154203237518", "356938035643809", "352099001761481")


def of(client: Client, *lines: OrderLine, **more: Any) -> OrderDraft:
    """Return a draft with lines."""
    return OrderDraft(client_id=client.id, lines=lines, **more)


def phones(count: int, **more: Any) -> OrderLine:
    """Return a line with phones."""
    given = {"item": "Galaxy A56", "kind": ItemKind.DEVICE, "warranty_months": 24, **more}
    return OrderLine(
        client_id=0, order_id=0, position=0, quantity=count, unit_price=Decimal(6190), **given
    )


def cards(count: int, **more: Any) -> OrderLine:
    """Return a line with SIM cards."""
    given = {"item": "SIM karta", "kind": ItemKind.SIM, **more}
    return OrderLine(client_id=0, order_id=0, position=0, quantity=count, **given)


def ordered(opened: Workspace, draft: OrderDraft) -> Order:
    """Store an order."""
    made = orders.create_order(opened, draft).result
    assert isinstance(made, Order)
    return made


def stepped(opened: Workspace, order: Order, state: OrderState, **facts: Any) -> Order:
    """Take a step."""
    made = order_steps.take_step(opened, order, state, **facts).result
    assert isinstance(made, Order)
    return made


def sent(opened: Workspace, order: Order, at: datetime | None = None) -> Order:
    """Send an order to the portal."""
    at = at or opened.store.now()
    return stepped(opened, order, OrderState.SENT, portal_reference="P-1", sent_at=at)


def confirmed(opened: Workspace, draft: OrderDraft) -> Order:
    """Store, send and confirm an order."""
    return stepped(opened, sent(opened, ordered(opened, draft)), OrderState.CONFIRMED)


def arrive(opened: Workspace, order: Order, *came: tuple[int, int, tuple[str, ...]]) -> Order:
    """Let something arrive: for each line its position, the pieces, and their serials."""
    ids = [line.id for line in orders.lines_of(opened, order.id)]
    arrived = [Delivered(ids[position - 1], count, serials) for position, count, serials in came]
    done = deliveries.deliver(opened, order, arrived, opened.store.today()).result
    assert isinstance(done, Order)
    return done
