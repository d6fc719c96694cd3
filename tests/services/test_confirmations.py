"""What an authorised person confirms later; refused requests; checks that are kept."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from console.domain.authority import Asked
from console.domain.authority_check import AuthorityCheck
from console.domain.client import Client
from console.domain.contact import Authority
from console.domain.order import OrderLine
from console.domain.request import Confirmation, Entry, EntryKind, Kind, Request, RequestState
from console.services import (
    authority_checks,
    carrying_out,
    confirmations,
    contacts,
    history,
    orders,
    overview,
    requests,
)
from console.services.requests import Draft
from console.workspace import Workspace
from tests.services.steps import Clock, add_contact, add_line, agree, log, refused

NUMBER = "+420799000001"
CARD = "8942001000000000018"


def _swap(client: Client, **more: Any) -> Draft:
    return Draft(client_id=client.id, kind=Kind.SIM_SWAP, numbers=(NUMBER,), **more)


def test_emergency_block_of_a_stranger_is_done_and_confirmed_later(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    add_line(opened, client, NUMBER)
    boss = add_contact(opened, client, "Jana Malá", authorised=True)
    request = log(opened, client, kind=Kind.SIM_BLOCK, numbers=(NUMBER,), caller="kolemjdoucí")
    assert request.confirmation is Confirmation.WANTED
    done: Any = carrying_out.carry_out(opened, request, date(2026, 11, 4), {}, is_resolved=True)
    assert done.result.state is RequestState.RESOLVED
    clock.now += timedelta(days=2)
    assert [r.id for r in overview.overview(opened).chase] == [request.id]
    confirmed: Any = confirmations.confirm(opened, done.result, boss, "datová zpráva 123")
    assert confirmed.result.confirmation is Confirmation.GIVEN
    assert overview.overview(opened).chase == []
    first, second = authority_checks.checks_of(opened, request.id)
    assert (first.allowed, first.person) == (True, "kolemjdoucí")
    assert (second.allowed, second.person) == (True, "Jana Malá")


def test_request_to_be_confirmed_waits_and_is_not_carried_out(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    agree(opened, client, "o2-public-sector")
    add_line(opened, client, NUMBER)
    boss = add_contact(opened, client, "Jana Malá", authorised=True)
    request: Any = requests.log_to_confirm(opened, _swap(client, caller="Petr")).result
    assert request.state is RequestState.WAITING_CLIENT
    assert request.standing_since == clock.now
    with refused("confirmation-missing"):
        carrying_out.carry_out(opened, request, date(2026, 11, 4), {"": CARD})
    with refused("facts-missing"):
        requests.take_step(opened, request, RequestState.RESOLVED)
    clock.now += timedelta(hours=5)
    going: Any = confirmations.confirm(opened, request, boss, "podepsaný formulář").result
    assert going.state is RequestState.IN_PROGRESS
    assert going.standing_since is None
    assert going.due_at == request.due_at + timedelta(hours=5)
    carrying_out.carry_out(opened, going, date(2026, 11, 4), {"": CARD})


def test_who_has_no_authority_confirms_nothing(opened: Workspace, client: Client) -> None:
    person = add_contact(opened, client, "Petr Malý")
    request: Any = requests.log_to_confirm(opened, _swap(client)).result
    with refused("not-authorised"):
        confirmations.confirm(opened, request, person, "telefonem")
    with refused("field-missing"):
        confirmations.confirm(opened, request, person, " ")
    with refused("confirmation-needless"):
        confirmations.confirm(opened, log(opened, client), person, "telefonem")


def test_refused_request_is_logged_with_the_reason_and_no_deadline(
    opened: Workspace, client: Client
) -> None:
    agree(opened, client, "o2-public-sector")
    request: Any = requests.log_refused(opened, _swap(client, caller="Petr")).result
    assert (request.state, request.due_at) == (RequestState.REFUSED, None)
    assert request.closed_at is not None
    (entry,) = opened.store.select(Entry, "request_id = ?", [request.id])
    assert (entry.kind, entry.reference) == (EntryKind.STEP, "refused")
    assert "no contact" in entry.text
    (check,) = authority_checks.checks_of(opened, request.id)
    assert not check.allowed
    reopened: Any = requests.take_step(opened, request, RequestState.IN_PROGRESS).result
    assert reopened.due_at is not None


def test_check_is_kept_with_all_that_it_was_based_on(opened: Workspace, client: Client) -> None:
    person = add_contact(opened, client, "Petr Malý", valid_until=date(2030, 1, 1))
    with opened.store.unit("t"):
        opened.store.insert(
            Authority(
                client_id=client.id,
                contact_id=person.id,
                actions=("sim-swap",),
                mandate="plná moc 7/2026",
            )
        )
    request = log(opened, client, kind=Kind.SIM_SWAP, numbers=(NUMBER,), contact_id=person.id)
    (check,) = authority_checks.checks_of(opened, request.id)
    said = " ".join(check.basis)
    assert "until 2030-01-01" in said
    assert "covers it" in said
    assert "plná moc 7/2026" in said
    history.undo_last(opened)
    assert opened.store.select(AuthorityCheck) == [check]


def test_checks_are_append_only(opened: Workspace, client: Client) -> None:
    from console.storage.connection import DriverError

    request = log(opened, client)
    (check,) = authority_checks.checks_of(opened, request.id)
    with pytest.raises(DriverError), opened.store.unit("t"):
        opened.store.update(check, allowed=False)


@pytest.mark.parametrize(("limit", "allowed"), [(None, True), ("12000", True), ("11999.99", False)])
def test_order_is_judged_by_what_it_costs(
    opened: Workspace, client: Client, limit: str | None, allowed: bool
) -> None:
    person = add_contact(opened, client, "Petr Malý")
    with opened.store.unit("t"):
        opened.store.insert(
            Authority(
                client_id=client.id,
                contact_id=person.id,
                actions=("device-order",),
                order_limit=Decimal(limit) if limit else None,
            )
        )
    asked = Asked(Kind.DEVICE_ORDER, {}, date(2026, 11, 4), amount=Decimal(12000))
    verdict = contacts.judge(opened, person, asked)
    assert verdict.allowed is allowed
    assert allowed or "12,000.00" in verdict.why


def test_order_beyond_the_limit_is_refused_and_kept_open_for_the_boss(
    opened: Workspace, client: Client
) -> None:
    person = add_contact(opened, client, "Petr Malý")
    with opened.store.unit("t"):
        opened.store.insert(
            Authority(
                client_id=client.id,
                contact_id=person.id,
                actions=("device-order",),
                order_limit=Decimal(1000),
            )
        )
    line = OrderLine(client_id=client.id, order_id=0, position=1, item="M", unit_price=Decimal(600))
    from dataclasses import replace

    draft = orders.OrderDraft(client_id=client.id, lines=(line,), contact_id=person.id)
    made: Any = orders.create_order(opened, draft).result
    (check,) = opened.store.select(AuthorityCheck, "order_id = ?", [made.id])
    assert (check.allowed, check.amount) == (True, Decimal(600))
    dear = replace(draft, lines=(replace(line, quantity=2),))
    with refused("not-authorised"):
        orders.create_order(opened, dear)
    overridden = replace(dear, override="schválil tajemník")
    big: Any = orders.create_order(opened, overridden).result
    (check,) = opened.store.select(AuthorityCheck, "order_id = ?", [big.id])
    assert (check.allowed, check.override) == (False, "schválil tajemník")


def test_person_without_a_contact_is_asked_for_no_limit(opened: Workspace, client: Client) -> None:
    line = OrderLine(client_id=client.id, order_id=0, position=1, item="Modem")
    made: Any = orders.create_order(
        opened, orders.OrderDraft(client_id=client.id, lines=(line,))
    ).result
    assert opened.store.get(type(made), made.id) == made


def test_grant_for_named_numbers_covers_no_request_without_numbers(
    opened: Workspace, client: Client
) -> None:
    person = add_contact(opened, client, "Petr Malý")
    with opened.store.unit("t"):
        opened.store.insert(Authority(client_id=client.id, contact_id=person.id, numbers=(NUMBER,)))
    on = date(2026, 11, 4)
    assert contacts.judge(opened, person, Asked(Kind.SIM_SWAP, {NUMBER: ""}, on)).allowed
    assert not contacts.judge(opened, person, Asked(Kind.SERVICE_CHANGE, {}, on)).allowed


def test_list_of_those_to_confirm(opened: Workspace, client: Client) -> None:
    request: Any = requests.log_to_confirm(opened, _swap(client)).result
    log(opened, client)
    assert [r.id for r in confirmations.to_confirm(opened)] == [request.id]
    assert opened.store.get(Request, request.id).authority_override
