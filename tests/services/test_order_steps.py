"""The way of an order: no state without what it needs, and its story in the request."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.client import Client
from console.domain.device import Device
from console.domain.order import Order, OrderLine, OrderState
from console.domain.order_workflow import BY_DELIVERY, NEEDS, STEPS, missing
from console.domain.request import Kind
from console.domain.sim import Sim
from console.services import history, order_steps, orders, requests
from console.services.documents import Issued
from console.workspace import Workspace
from tests.services.ordering import (
    CARDS,
    IMEIS,
    arrive,
    cards,
    confirmed,
    of,
    ordered,
    phones,
    sent,
    stepped,
)
from tests.services.steps import Clock, add_contact, log, refused

TODAY = date(2026, 11, 4)


def now(opened: Workspace, order: Order) -> Order:
    """Return an order as it is stored."""
    return opened.store.get(Order, order.id)


# Rules


@given(
    st.lists(st.sampled_from(list(OrderState)), max_size=8),
    st.booleans(),
    st.integers(0, 3),
    st.tuples(*[st.text(max_size=3)] * 3),
)
def test_no_sequence_of_steps_reaches_a_state_without_what_it_needs(
    wished: list[OrderState], is_sent: bool, delivered: int, facts: tuple[str, str, str]
) -> None:
    reference, taken_by, reason = facts
    order = Order(
        client_id=1,
        number="1",
        ordered_on=TODAY,
        portal_reference=reference,
        sent_at=datetime(2026, 11, 4, tzinfo=UTC) if is_sent else None,
        taken_by=taken_by,
        handed_over_on=TODAY if taken_by else None,
        cancelled_because=reason,
    )
    line = OrderLine(client_id=1, order_id=1, position=1, item="x", quantity=3,
                     delivered=delivered)  # fmt: skip
    state = OrderState.DRAFT
    for target in wished:
        if target in STEPS[state] and not missing(order, [line], target):
            state = target
    assert missing(order, [line], state) == ()
    if state in (OrderState.DELIVERED, OrderState.HANDED_OVER):
        assert delivered == 3
    if state not in (OrderState.DRAFT, OrderState.CANCELLED):
        assert reference.strip()
        assert is_sent


def test_every_state_can_be_reached_and_says_what_it_needs() -> None:
    reached = {target for targets in STEPS.values() for target in targets}
    assert reached | {OrderState.DRAFT} == set(OrderState)
    assert set(NEEDS) == set(OrderState)


# Steps


def test_order_goes_all_the_way_to_the_hand_over(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    order = confirmed(opened, of(client, phones(2), cards(1)))
    order = arrive(opened, order, (1, 1, IMEIS[:1]))
    assert order.state is OrderState.PART_DELIVERED
    order = arrive(opened, order, (1, 1, IMEIS[1:2]), (2, 1, CARDS[:1]))
    assert order.state is OrderState.DELIVERED
    issued: Any = order_steps.hand_over(opened, order, " Tajemník ", TODAY).result
    assert isinstance(issued, Issued)
    assert issued.content.startswith(b"%PDF")
    full = orders.full_order(opened, order.id)
    assert (full.order.state, full.order.taken_by) == (OrderState.HANDED_OVER, "Tajemník")
    assert [document.id for document in full.documents] == [issued.document.id]
    assert {device.handed_over_on for device in full.devices} == {TODAY}


def test_undo_of_the_hand_over_takes_order_devices_and_protocol_back(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    order = arrive(opened, confirmed(opened, of(client, phones(1))), (1, 1, IMEIS[:1]))
    order_steps.hand_over(opened, order, "Tajemník", TODAY)
    history.undo_last(opened)
    full = orders.full_order(opened, order.id)
    assert full.order.state is OrderState.DELIVERED
    assert (full.order.taken_by, full.order.handed_over_on) == ("", None)
    assert [device.handed_over_on for device in full.devices] == [None]
    assert [document.voided_at is not None for document in full.documents] == [True]
    history.redo_last(opened)
    assert now(opened, order).state is OrderState.HANDED_OVER


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({}, "reference"),
        ({"portal_reference": "  "}, "reference"),
        ({"portal_reference": "P-1"}, "time"),
    ],
)
def test_sending_needs_the_reference_and_the_time(
    opened: Workspace, client: Client, clock: Clock, facts: dict[str, Any], told: str
) -> None:
    order = ordered(opened, of(client, phones(1)))
    with refused("order-needs") as caught:
        order_steps.take_step(opened, order, OrderState.SENT, **facts)
    assert told in str(caught.value)
    assert now(opened, order) == order


@pytest.mark.parametrize("state", sorted(BY_DELIVERY))
def test_delivered_is_no_step_that_one_takes(
    opened: Workspace, client: Client, clock: Clock, state: OrderState
) -> None:
    order = confirmed(opened, of(client, phones(1)))
    with refused("order-step"):
        order_steps.take_step(opened, order, state)


def test_draft_cannot_be_handed_over(opened: Workspace, client: Client, clock: Clock) -> None:
    order = ordered(opened, of(client, phones(1)))
    with refused("order-step"):
        order_steps.hand_over(opened, order, "Tajemník", TODAY)
    assert now(opened, order).taken_by == ""


def test_hand_over_needs_who_took_it(opened: Workspace, client: Client, clock: Clock) -> None:
    order = arrive(opened, confirmed(opened, of(client, phones(1))), (1, 1, IMEIS[:1]))
    with refused("order-needs"):
        order_steps.hand_over(opened, order, " ", TODAY)
    assert opened.store.select(Device)[0].handed_over_on is None


def test_nothing_is_sent_or_handed_over_in_the_future(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    order = ordered(opened, of(client, phones(1)))
    with refused("order-future"):
        sent(opened, order, opened.store.now() + timedelta(minutes=1))
    delivered = arrive(opened, stepped(opened, sent(opened, order), OrderState.CONFIRMED),
                       (1, 1, IMEIS[:1]))  # fmt: skip
    with refused("order-future"):
        order_steps.hand_over(opened, delivered, "Tajemník", TODAY + timedelta(days=1))


def test_cancelling_needs_a_reason_and_keeps_what_came(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    order = arrive(opened, confirmed(opened, of(client, phones(2))), (1, 1, IMEIS[:1]))
    with refused("order-needs"):
        stepped(opened, order, OrderState.CANCELLED)
    order = stepped(opened, order, OrderState.CANCELLED, cancelled_because="Zbytek není skladem")
    assert order.state is OrderState.CANCELLED
    assert len(opened.store.select(Device)) == 1


def test_step_on_what_somebody_changed_meanwhile_is_refused(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    order = ordered(opened, of(client, phones(1)))
    sent(opened, order)
    with refused("record-changed"):
        sent(opened, order)


# With the request


def test_steps_are_told_in_the_story_of_the_request(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    person = add_contact(opened, client, "Objednatel", may_order=True)
    request = log(opened, client, kind=Kind.DEVICE_ORDER, contact_id=person.id)
    order = sent(opened, ordered(opened, of(client, phones(1), request_id=request.id)))
    told = [entry.text for entry in requests.dossier(opened, request.id).entries]
    assert any(order.number in text and "P-1" in text for text in told)
    assert [one.id for one in orders.orders_of_request(opened, request.id)] == [order.id]


def test_status_says_how_far_it_is(opened: Workspace, client: Client, clock: Clock) -> None:
    order = arrive(opened, confirmed(opened, of(client, phones(3))), (1, 1, IMEIS[:1]))
    said = order_steps.status(opened, order)
    assert order.number in said
    assert "Part delivered" in said
    assert "1 of 3" in said


def test_hand_over_of_services_only_needs_no_protocol(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    service = OrderLine(client_id=0, order_id=0, position=0, item="Nastavení",
                        unit_price=Decimal(500))  # fmt: skip
    order = arrive(opened, confirmed(opened, of(client, service)), (1, 1, ()))
    result = order_steps.hand_over(opened, order, "Tajemník", TODAY).result
    assert isinstance(result, Order)
    assert opened.store.select(Device) == opened.store.select(Sim) == []
