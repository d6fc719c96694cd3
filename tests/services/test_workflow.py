"""The workflow of requests: whatever is done, in whatever order, nothing is where it cannot be."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.client import Client
from console.domain.complaint import ComplaintOutcome
from console.domain.record import Record
from console.domain.request import (
    Confirmation,
    Entry,
    EntryKind,
    Kind,
    Request,
    RequestLine,
    RequestState,
)
from console.domain.workflow import BILLING, NEEDS, Need, missing
from console.errors import KnownError
from console.services import (
    carrying_out,
    complaints,
    confirmations,
    history,
    request_links,
    requests,
)
from console.services.complaints import Settlement
from console.storage.rows import TABLES
from console.workspace import Workspace
from tests.services.steps import Clock, add_contact, add_line, log, numbers, refused, step

KINDS = (Kind.FAULT, Kind.COMPLAINT, Kind.SIM_BLOCK, Kind.TARIFF_CHANGE, Kind.INFORMATION)
ACTIONS = (
    *RequestState,
    "hand-over",
    "entry",
    "numbers",
    "place",
    "bill",
    "settle",
    "carry-out",
    "confirm",
    "split",
    "merge",
)


@pytest.fixture
def people(opened: Workspace, client: Client) -> None:
    add_contact(opened, client, "Jana Malá", authorised=True)
    for number in numbers(4):
        add_line(opened, client, number, tariff="Profi 100")


def _do(opened: Workspace, request: Request, what: Any) -> None:
    """Try one action; one that is refused changes nothing."""
    now = opened.store.now()
    person = confirmations.contacts.contacts_of(opened, request.client_id)[0]
    others = [
        other
        for other in opened.store.select(Request, "kind = ?", [request.kind])
        if other.id != request.id
    ]
    done: dict[Any, Any] = {
        **{state: lambda s=state: requests.take_step(opened, request, s) for state in RequestState},
        "hand-over": lambda: requests.hand_over(
            opened, request, "Dohled", "INC1", now + timedelta(hours=3)
        ),
        "entry": lambda: requests.add_entry(opened, request, EntryKind.NOTE, "Poznámka"),
        "numbers": lambda: requests.add_numbers(opened, request, ["+420799000003"]),
        "place": lambda: requests.change_request(opened, request, place="radnice"),
        "bill": lambda: complaints.change(opened, request, invoice="1", period="10/2026"),
        "settle": lambda: complaints.settle(
            opened, request, Settlement(ComplaintOutcome.ACCEPTED, "Oprávněná")
        ),
        "carry-out": lambda: carrying_out.carry_out(
            opened, request, now.date(), {"": "Profi 300"}, is_resolved=True
        ),
        "confirm": lambda: confirmations.confirm(opened, request, person, "dopisem"),
        "split": lambda: request_links.split(opened, request, ["+420799000000"]),
        "merge": lambda: request_links.merge(opened, request, others[0]) if others else None,
    }
    done[what]()


def _known(opened: Workspace, request: Request) -> set[Need]:
    """Return the facts that are stored, looked at anew."""
    bill = complaints.complaint_of(opened, request.id)
    lines = opened.store.select(RequestLine, "request_id = ?", [request.id])
    facts = {
        Need.NUMBER: lines,
        Need.PLACE: request.place or lines,
        Need.BEGAN_AT: request.began_at,
        Need.INVOICE: bill and bill.invoice,
        Need.PERIOD: bill and bill.period,
    }
    return {need for need, value in facts.items() if value}


def _everything(opened: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    return {table: _rows(opened, kind) for kind, table in TABLES.items() if table != "accesses"}


def _rows(opened: Workspace, kind: type[Record]) -> list[tuple[Any, ...]]:
    fields = [name for name in kind.__dataclass_fields__ if name != "version"]
    return [tuple(getattr(row, f) for f in fields) for row in opened.store.select(kind)]


@pytest.mark.usefixtures("people", "clock")
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kind=st.sampled_from(KINDS),
    count=st.integers(0, 3),
    way=st.sampled_from(["usual", "to-confirm", "refused"]),
    story=st.lists(st.sampled_from(ACTIONS), max_size=7),
)
def test_no_sequence_of_steps_reaches_a_state_without_what_it_needs(
    opened: Workspace, client: Client, kind: Kind, count: int, way: str, story: list[Any]
) -> None:
    draft = requests.Draft(
        client_id=client.id,
        kind=kind,
        numbers=numbers(count),
        override_authority=True,
        reason="potvrzeno",
    )
    entrance = {
        "usual": requests.log_request,
        "to-confirm": requests.log_to_confirm,
        "refused": requests.log_refused,
    }[way]
    if kind in requests.NEEDS_NUMBER and not count:
        with refused("numbers-missing"):
            entrance(opened, draft)
        return
    request: Any = entrance(opened, draft).result
    for what in story:
        before = _everything(opened)
        try:
            _do(opened, opened.store.get(Request, request.id), what)
        except KnownError:
            assert _everything(opened) == before
        _check_all(opened)


def _check_all(opened: Workspace) -> None:
    for request in opened.store.select(Request):
        bill = complaints.complaint_of(opened, request.id)
        lacking = missing(
            request.kind,
            bool(bill and bill.is_of_bill),
            request.state,
            _known(opened, request),
            request.confirmation is Confirmation.WANTED,
        )
        # What was settled before it was known to be of a bill stays as it is.
        if not (bill and lacking and set(lacking) <= set(BILLING)):
            assert lacking == ()
        assert (request.closed_at is None) is request.state.is_open
        assert request.chase_at is None or request.state.is_open or request.confirmation


@pytest.mark.usefixtures("people")
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(kind=st.sampled_from(KINDS), what=st.sampled_from(ACTIONS))
def test_undo_restores_register_and_request_together(
    opened: Workspace, client: Client, kind: Kind, what: Any
) -> None:
    draft = requests.Draft(
        client_id=client.id,
        kind=kind,
        numbers=numbers(2),
        override_authority=True,
        reason="potvrzeno",
        invoice="7",
        period="9/2026",
    )
    first: Any = requests.log_request(opened, draft).result
    requests.log_request(opened, draft)
    before = _everything(opened)
    unit = history.next_undo(opened)
    try:
        _do(opened, opened.store.get(Request, first.id), what)
    except KnownError:
        return
    if history.next_undo(opened) == unit:
        return
    assert _everything(opened) != before
    history.undo_last(opened)
    assert _without_checks(_everything(opened)) == _without_checks(before)


def _without_checks(rows: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """Leave the checks of authority out: they were made, whatever is taken back."""
    return {table: found for table, found in rows.items() if table != "authority_checks"}


def test_every_need_is_asked_by_some_kind_or_by_a_bill() -> None:
    asked = {need for needs in NEEDS.values() for need in needs} | set(BILLING)
    assert asked | {Need.CONFIRMATION} == set(Need)


def test_fault_is_handed_on_by_its_place(opened: Workspace, client: Client) -> None:
    request = log(opened, client, place="")
    with refused("facts-missing"):
        step(opened, request, RequestState.WAITING_OPERATOR)
    placed: Any = requests.change_request(opened, request, place="Kolárova 3").result
    assert step(opened, placed, RequestState.WAITING_OPERATOR).place == "Kolárova 3"


def test_beginning_of_a_fault_is_when_it_was_reported_unless_said(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    request = log(opened, client)
    assert request.began_at == clock.now
    earlier = clock.now - timedelta(hours=5)
    changed: Any = requests.change_request(opened, request, began_at=earlier).result
    assert changed.began_at == earlier
    with refused("received-in-future"):
        requests.change_request(opened, changed, began_at=clock.now + timedelta(minutes=1))


def test_hand_over_keeps_unit_number_and_when_to_ask(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    request = log(opened, client)
    at = clock.now + timedelta(hours=20)
    handed: Any = requests.hand_over(opened, request, "Dohled", "INC77", at, "Ztráta signálu")
    stored = opened.store.get(Request, request.id)
    assert (stored.state, stored.chase_at) == (RequestState.WAITING_OPERATOR, at)
    entry = opened.store.select(Entry, "kind = ?", [EntryKind.HAND_OVER])[0]
    assert (entry.reason, entry.reference, entry.until) == ("Dohled", "INC77", at)
    with refused("chase-in-past"):
        requests.hand_over(opened, handed.result, "Provoz", "", clock.now)
    with refused("field-missing"):
        requests.hand_over(opened, handed.result, " ", "", None)
    back = step(opened, stored, RequestState.IN_PROGRESS)
    assert back.chase_at is None
