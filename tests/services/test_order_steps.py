"""The way of an order: no state without what it needs, and its story in the request."""

import contextlib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.client import Client
from console.domain.device import Device
from console.domain.order import Order, OrderLine, OrderState
from console.domain.order_workflow import BY_DELIVERY, NEEDS, STEPS, missing
from console.domain.request import Kind
from console.domain.sim import Sim
from console.errors import KnownError
from console.services import deliveries, history, order_steps, orders, requests
from console.services.deliveries import Delivered
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


WISHES = ("send", "send-nothing", "confirm", "some", "rest", "hand-over", "cancel", "undo", "redo")


def wish(opened: Workspace, client: Client, order_id: int, what: str) -> None:
    """Do what somebody may wish for an order, whatever its state."""
    order = opened.store.get(Order, order_id)
    ids = [line.id for line in orders.lines_of(opened, order_id)]
    left = [line.open_pieces for line in orders.lines_of(opened, order_id)]
    deeds: dict[str, Any] = {
        "send": lambda: sent(opened, order),
        "send-nothing": lambda: stepped(opened, order, OrderState.SENT),
        "confirm": lambda: stepped(opened, order, OrderState.CONFIRMED),
        "some": lambda: deliveries.deliver(opened, order, [Delivered(ids[0], 1)], TODAY),
        "rest": lambda: deliveries.deliver(
            opened, order, [Delivered(n, count) for n, count in zip(ids, left, strict=True)], TODAY
        ),
        "hand-over": lambda: order_steps.hand_over(opened, order, "Tajemník", TODAY),
        "cancel": lambda: stepped(opened, order, OrderState.CANCELLED, cancelled_because="x"),
        "undo": lambda: history.undo_last(opened),
        "redo": lambda: history.redo_last(opened),
    }
    with contextlib.suppress(KnownError):
        deeds[what]()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(WISHES), max_size=9))
def test_whatever_is_wished_an_order_is_never_without_what_its_state_needs(
    opened: Workspace, client: Client, wished: list[str]
) -> None:
    opened.store.clock = Clock("2026-11-04T10:00")
    order = ordered(opened, of(client, phones(2), phones(1, item="Modem")))
    for what in wished:
        wish(opened, client, order.id, what)
        found = opened.store.select(Order, "id = ?", [order.id])
        if not found:  # undo has taken the order itself back
            history.redo_last(opened)
            continue
        lines = orders.lines_of(opened, order.id)
        assert missing(found[0], lines, found[0].state) == ()
        came = sum(line.delivered for line in lines)
        assert came == len(opened.store.select(Device, "order_id = ?", [order.id]))
        assert all(0 <= line.delivered <= line.quantity for line in lines)
