"""What arrives: checked piece by piece, and in the register together with the order."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.client import Client
from console.domain.device import Device
from console.domain.line import Line
from console.domain.order import Order, OrderState
from console.domain.sim import Sim
from console.errors import KnownError
from console.services import deliveries, history, orders
from console.services.deliveries import Delivered, PieceProblem
from console.workspace import Workspace
from tests.services.ordering import CARDS, IMEIS, arrive, cards, confirmed, of, ordered, phones
from tests.services.steps import Clock, add_line, another_client, refused

TODAY = date(2026, 11, 4)
NUMBER = "+420799000001"


def plan(opened: Workspace, order: Order, *came: tuple[int, tuple[str, ...]]) -> Any:
    """Plan a delivery of the first lines."""
    ids = [line.id for line in orders.lines_of(opened, order.id)]
    arrived = [Delivered(ids[n], count, serials) for n, (count, serials) in enumerate(came)]
    return deliveries.plan(opened, order, arrived)


def state_of(opened: Workspace) -> tuple[Any, ...]:
    """Return what the order and the register say, without versions."""
    return (
        [(o.state, o.portal_reference) for o in opened.store.select(Order)],
        [line.delivered for o in opened.store.select(Order)
         for line in orders.lines_of(opened, o.id)],
        [(d.imei, d.line_id, d.order_id) for d in opened.store.select(Device)],
        [(s.iccid, s.line_id, s.order_id, s.valid_until) for s in opened.store.select(Sim)],
        [(x.msisdn, x.sim_id) for x in opened.store.select(Line)],
    )  # fmt: skip


def test_device_comes_with_its_number_holder_price_and_warranty(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    at = add_line(opened, client, NUMBER, holder="Jana Nová")
    order = confirmed(opened, of(client, phones(1, msisdn=NUMBER)))
    arrive(opened, order, (1, 1, IMEIS[:1]))
    (device,) = opened.store.select(Device)
    assert (device.model, device.imei, device.holder) == ("Galaxy A56", IMEIS[0], "Jana Nová")
    assert (device.line_id, device.order_id, device.price) == (at.id, order.id, 6190)
    assert (device.bought_on, device.warranty_until) == (TODAY, date(2028, 11, 4))


def test_card_for_a_number_without_one_is_used_at_once(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    at = add_line(opened, client, NUMBER)
    order = confirmed(opened, of(client, cards(1, msisdn=NUMBER)))
    arrive(opened, order, (1, 1, CARDS[:1]))
    (card,) = opened.store.select(Sim)
    assert (card.line_id, card.order_id) == (at.id, order.id)
    assert opened.store.get(Line, at.id).sim_id == card.id


def test_card_for_a_number_that_has_one_waits_and_says_for_whom(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    at = add_line(opened, client, NUMBER)
    first = confirmed(opened, of(client, cards(1, msisdn=NUMBER)))
    arrive(opened, first, (1, 1, CARDS[:1]))
    used = opened.store.get(Line, at.id).sim_id
    second = confirmed(opened, of(client, cards(1, msisdn=NUMBER)))
    found = plan(opened, second, (1, CARDS[1:2]))
    assert [one.problem for one in found.findings] == [PieceProblem.CARD_IN_USE]
    assert found.is_possible
    arrive(opened, second, (1, 1, CARDS[1:2]))
    assert opened.store.get(Line, at.id).sim_id == used
    waiting = opened.store.select(Sim, "iccid = ?", [CARDS[1]])[0]
    assert (waiting.line_id, waiting.note) == (None, "for 799 000 001")


def test_each_piece_may_name_its_own_number(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    lines = [add_line(opened, client, f"+42079900000{n}", holder=f"Osoba {n}") for n in (1, 2)]
    order = confirmed(opened, of(client, phones(2)))
    arrive(opened, order, (1, 2, (f"{IMEIS[0]};799 000 002", f"{IMEIS[1]}\t799000001")))
    found = {device.imei: device for device in opened.store.select(Device)}
    assert found[IMEIS[0]].line_id == lines[1].id
    assert found[IMEIS[1]].holder == "Osoba 1"


@pytest.mark.parametrize(
    ("serials", "problem"),
    [
        (("490154203237519",), PieceProblem.IMEI),
        (("telefon",), PieceProblem.IMEI),
        ((IMEIS[0], IMEIS[0]), PieceProblem.REPEATED),
        ((IMEIS[0], "49-015420-323751-8"), PieceProblem.REPEATED),
        (IMEIS, PieceProblem.TOO_MANY_PIECES),
        ((f"{IMEIS[0]};abc",), PieceProblem.NUMBER),
        ((f"{IMEIS[0]};799 999 999",), PieceProblem.LINE_UNKNOWN),
    ],
)
def test_each_piece_is_checked(
    opened: Workspace,
    client: Client,
    clock: Clock,
    serials: tuple[str, ...],
    problem: PieceProblem,
) -> None:
    order = confirmed(opened, of(client, phones(3)))
    found = plan(opened, order, (2, serials))
    assert [one.problem for one in found.findings] == [problem]
    assert found.is_possible == problem.is_warning
    assert "{" not in found.findings[0].message


def test_piece_that_another_client_has_is_refused(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    arrive(opened, confirmed(opened, of(another_client(opened), phones(1))), (1, 1, IMEIS[:1]))
    order = confirmed(opened, of(client, phones(1)))
    before = state_of(opened)
    with refused("delivery-wrong") as caught:
        arrive(opened, order, (1, 1, IMEIS[:1]))
    assert "Line 1" in str(caught.value)
    assert state_of(opened) == before


def test_card_without_its_number_is_refused_and_one_with_an_odd_digit_is_kept(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    order = confirmed(opened, of(client, cards(2)))
    found = plan(opened, order, (2, CARDS[:1]))
    assert [one.problem for one in found.findings] == [PieceProblem.ICCID_MISSING]
    odd = CARDS[0][:-1] + str((int(CARDS[0][-1]) + 1) % 10)
    found = plan(opened, order, (1, (odd,)))
    assert [one.problem for one in found.findings] == [PieceProblem.ICCID_CHECK]
    assert (found.is_possible, found.sims) == (True, 1)


def test_nothing_comes_before_it_was_confirmed_or_in_the_future_or_at_all(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    draft = ordered(opened, of(client, phones(1)))
    with refused("order-delivery"):
        arrive(opened, draft, (1, 1, IMEIS[:1]))
    order = confirmed(opened, of(client, phones(1)))
    line = orders.lines_of(opened, order.id)[0]
    with refused("order-future"):
        came = [Delivered(line.id, 1, IMEIS[:1])]
        deliveries.deliver(opened, order, came, TODAY + timedelta(days=1))
    with refused("delivery-empty"):
        arrive(opened, order, (1, 0, ()))


def test_delivery_that_was_filled_in_twice_counts_once(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    order = confirmed(opened, of(client, phones(5)))
    line = orders.lines_of(opened, order.id)[0]
    came = [Delivered(line.id, 1, (), before=0)]
    deliveries.deliver(opened, order, came, TODAY)
    part = opened.store.get(Order, order.id)
    with refused("record-changed"):
        deliveries.deliver(opened, part, came, TODAY)
    assert orders.lines_of(opened, order.id)[0].delivered == 1


def test_list_is_split_whatever_scanner_wrote_it() -> None:
    assert deliveries.split(" 1 \r\n\n2;799\n\t\n") == ("1", "2;799")


@settings(max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(st.tuples(st.integers(-1, 4), st.integers(0, 4)), min_size=1, max_size=5))
def test_delivered_never_exceeds_ordered_and_undo_restores_register_and_order_together(
    opened: Workspace, client: Client, came: list[tuple[int, int]]
) -> None:
    order = confirmed(opened, of(client, phones(3), phones(2, item="Modem")))
    seen = [state_of(opened)]
    for counts in came:
        now = opened.store.get(Order, order.id)
        before = state_of(opened)
        try:
            arrive(opened, now, *((n, count, ()) for n, count in enumerate(counts, 1)))
        except KnownError:
            assert state_of(opened) == before
            continue
        lines = orders.lines_of(opened, order.id)
        assert all(0 <= line.delivered <= line.quantity for line in lines)
        assert sum(x.delivered for x in lines) == len(
            opened.store.select(Device, "order_id = ?", [order.id])
        )
        is_all = all(line.delivered == line.quantity for line in lines)
        state = opened.store.get(Order, order.id).state
        assert (state is OrderState.DELIVERED) == is_all
        seen.append(state_of(opened))
    for after, before in zip(reversed(seen), [*reversed(seen)][1:], strict=False):
        assert state_of(opened) == after
        history.undo_last(opened)
        assert state_of(opened) == before
