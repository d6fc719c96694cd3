"""Reports: the figures against data made by hand, and months that follow on each other."""

from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st

from console.domain import workflow
from console.domain.client import Client
from console.domain.line import LineState
from console.domain.local_time import PRAGUE
from console.domain.request import Channel, Kind, Request, RequestState
from console.domain.status_report import KindRow, StatusReport
from console.domain.tariff import Tariff
from console.services import lines, reports, tariffs
from console.workspace import Workspace
from tests.services.steps import (
    Clock,
    add_line,
    agree,
    another_client,
    complain,
    local,
    log,
    prague,
    refused,
    step,
)

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
RESOLVED = RequestState.RESOLVED


@pytest.fixture
def town(opened: Workspace, clock: Clock, client: Client) -> Client:
    """A client under the agreement of the public sector; the clock stands in December."""
    agree(opened, client, "o2-public-sector")
    clock.set("2026-12-15T12:00")
    return client


def came(opened: Workspace, client: Client, at: str, **more: Any) -> Request:
    """Log a request that came earlier."""
    return log(opened, client, received_at=prague(at), reason="dodatečně", **more)


def report(opened: Workspace, client: Client, month: date) -> StatusReport:
    """Compute a report."""
    return reports.status_report(opened, client, month, "D1", 1)


def row(made: StatusReport, kind: Kind = Kind.FAULT) -> tuple[int, int, int, int]:
    """Return the figures of one kind."""
    found = [r for r in made.kinds if r.kind == kind.label]
    return _figures(found[0]) if found else (0, 0, 0, 0)


def _figures(found: KindRow) -> tuple[int, int, int, int]:
    return (found.opening, found.received, found.closed, found.closing)


# Requests by kind


def test_three_months_of_two_faults(opened: Workspace, town: Client) -> None:
    first = came(opened, town, "2026-10-10T09:00")
    came(opened, town, "2026-11-10T09:00")
    step(opened, first, RESOLVED, at=prague("2026-11-20T09:00"))
    found = [row(report(opened, town, month)) for month in (OCTOBER, NOVEMBER, DECEMBER)]
    assert found == [(0, 1, 0, 1), (1, 1, 1, 1), (1, 0, 0, 1)]


def test_request_of_the_last_minute_belongs_to_its_month(opened: Workspace, town: Client) -> None:
    came(opened, town, "2026-10-31T23:59")
    came(opened, town, "2026-11-01T00:00")
    assert row(report(opened, town, OCTOBER)) == (0, 1, 0, 1)
    assert row(report(opened, town, NOVEMBER)) == (1, 1, 0, 2)


def test_step_at_midnight_belongs_to_the_new_month(opened: Workspace, town: Client) -> None:
    request = came(opened, town, "2026-10-31T20:00")
    step(opened, request, RESOLVED, at=prague("2026-11-01T00:00"))
    assert row(report(opened, town, OCTOBER)) == (0, 1, 0, 1)
    assert row(report(opened, town, NOVEMBER)) == (1, 0, 1, 0)


def test_reopened_request_counts_as_open_again(opened: Workspace, town: Client) -> None:
    request = came(opened, town, "2026-10-10T09:00")
    request = step(opened, request, RESOLVED, at=prague("2026-10-11T09:00"))
    step(opened, request, RequestState.IN_PROGRESS, at=prague("2026-11-11T09:00"))
    assert row(report(opened, town, OCTOBER)) == (0, 1, 1, 0)
    november = report(opened, town, NOVEMBER)
    assert (november.closing, len(november.open_points)) == (1, 1)
    assert (row(november), november.closed, november.reopened) == ((0, 0, 0, 1), 0, 1)


def test_request_that_goes_to_and_fro_is_counted_each_time(opened: Workspace, town: Client) -> None:
    request = came(opened, town, "2026-10-10T09:00")
    for day, target in (
        (3, RESOLVED),
        (4, RequestState.IN_PROGRESS),
        (5, RequestState.CANCELLED),
        (6, RequestState.IN_PROGRESS),
        (7, RequestState.WAITING_OPERATOR),
    ):
        request = step(opened, request, target, at=prague(f"2026-11-0{day}T09:00"))
    november = report(opened, town, NOVEMBER)
    assert (row(november), november.reopened) == ((1, 0, 2, 1), 2)


def test_cancelled_and_refused_requests_are_closed(opened: Workspace, town: Client) -> None:
    for target in (RequestState.CANCELLED, RequestState.REFUSED):
        request = came(opened, town, "2026-11-10T09:00")
        step(opened, request, target, at=prague("2026-11-10T10:00"))
    made = report(opened, town, NOVEMBER)
    assert row(made) == (0, 2, 2, 0)
    assert (made.clauses, made.open_points) == ((), ())
    assert {(s.state, s.count) for s in made.states} == {("Cancelled request", 1), ("Refused", 1)}


def test_requests_of_others_and_undone_ones_do_not_count(opened: Workspace, town: Client) -> None:
    from console.services import history

    came(opened, another_client(opened), "2026-11-10T09:00")
    came(opened, town, "2026-11-10T09:00")
    history.undo_last(opened)
    made = report(opened, town, NOVEMBER)
    assert (made.kinds, made.received, made.clauses) == ((), 0, ())


@pytest.fixture
def happened() -> list[tuple[str, str, datetime]]:
    """What was done to requests of each kind, written down while it is done."""
    return []


def _is_in(at: datetime, month: date) -> bool:
    day = at.astimezone(PRAGUE).date()
    return (day.year, day.month) == (month.year, month.month)


STEPS = st.lists(
    st.tuples(
        st.integers(0, 80),
        st.sampled_from((Kind.FAULT, Kind.INFORMATION)),
        st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5)), max_size=4),
    ),
    max_size=6,
)


@budget(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=STEPS)
def test_opening_of_a_month_is_the_closing_of_the_one_before(
    opened: Workspace,
    town: Client,
    happened: list[tuple[str, str, datetime]],
    plan: list[tuple[int, Kind, list[tuple[int, int]]]],
) -> None:
    """Whatever happens, in whatever order: each figure is what happened, and months add up."""
    begin = prague("2026-09-05T09:00")
    for day, kind, story in plan:
        at = begin + timedelta(days=day)
        draft = {"kind": kind, "received_at": at, "reason": "x"}
        request = log(opened, town, **draft)
        happened.append((kind.label, "received", at))
        for wait, which in story:
            at = min(at + timedelta(days=wait), opened.store.now())
            targets = workflow.STEPS[request.state]
            was_open = request.state.is_open
            request = step(opened, request, targets[which % len(targets)], at=at)
            if was_open is not request.state.is_open:
                happened.append((kind.label, "closed" if was_open else "reopened", at))
    months = [date(2026, month, 1) for month in (9, 10, 11, 12)]
    made = [{r.kind: r for r in report(opened, town, month).kinds} for month in months]
    for kind_ in {name for one in made for name in one}:
        before = 0
        for month, one in zip(months, made, strict=True):
            found = one.get(kind_) or KindRow(
                kind=kind_, opening=0, received=0, closed=0, closing=0
            )
            told = Counter(
                what for name, what, at in happened if name == kind_ and _is_in(at, month)
            )
            assert (found.received, found.closed, found.reopened) == (
                told["received"],
                told["closed"],
                told["reopened"],
            )
            assert found.opening == before
            assert found.closing == (found.opening + found.received + found.reopened - found.closed)
            before = found.closing


# Deadlines


def test_met_missed_and_pending_deadlines_are_told_apart(opened: Workspace, town: Client) -> None:
    in_time = came(opened, town, "2026-11-10T09:00")
    late = came(opened, town, "2026-11-11T09:00")
    came(opened, town, "2026-11-12T09:00")
    came(opened, town, "2026-11-30T20:00")
    step(opened, in_time, RESOLVED, at=prague("2026-11-11T09:00"))
    step(opened, late, RESOLVED, at=prague("2026-11-12T09:01"))
    (clause,) = report(opened, town, NOVEMBER).clauses
    assert "at most 24 hours" in clause.clause
    assert (clause.met, clause.missed) == (1, 2)


def test_resolution_in_a_later_month_is_still_a_missed_deadline(
    opened: Workspace, town: Client
) -> None:
    request = came(opened, town, "2026-10-10T09:00")
    before = report(opened, town, OCTOBER).clauses
    step(opened, request, RESOLVED, at=prague("2026-11-12T09:00"))
    after = report(opened, town, OCTOBER).clauses
    assert [(c.met, c.missed) for c in before] == [(0, 1)]
    assert after == before


def test_rules_are_counted_each_for_itself(opened: Workspace, town: Client) -> None:
    came(opened, town, "2026-11-10T09:00", channel=Channel.EMAIL)
    complaint = complain(
        opened, town, received_at=prague("2026-11-02T09:00"), channel=Channel.LETTER
    )
    step(opened, complaint, RESOLVED, at=prague("2026-11-04T09:00"))
    found = {c.clause: (c.met, c.missed) for c in report(opened, town, NOVEMBER).clauses}
    assert found == {
        "written request: 5 working days": (0, 1),
        "complaint: 30 to 60 days by technical difficulty": (1, 0),
        "Act 127/2005, section 64 (complaints)": (1, 0),
    }


def test_own_targets_are_no_deadlines_of_the_report(
    opened: Workspace, clock: Clock, client: Client
) -> None:
    agree(opened, client, "municipal-tender")
    came(opened, client, "2026-10-10T09:00", channel=Channel.EMAIL)
    made = report(opened, client, OCTOBER)
    assert (made.clauses, len(made.overdue)) == ((), 1)


# Open points


def test_open_points_are_those_of_the_months_end(opened: Workspace, town: Client) -> None:
    first = came(opened, town, "2026-10-10T09:00", subject="Výpadek")
    came(opened, town, "2026-10-31T20:00", subject="Signál")
    waiting = RequestState.WAITING_OPERATOR
    step(opened, first, waiting, at=prague("2026-10-12T09:00"))
    made = report(opened, town, OCTOBER)
    assert [(p.subject, p.state, p.is_overdue) for p in made.open_points] == [
        ("Výpadek", "Waiting for the operator", True),
        ("Signál", "New", False),
    ]


def test_month_that_has_not_begun_has_no_report(opened: Workspace, town: Client) -> None:
    with refused("month-not-over"):
        report(opened, town, date(2027, 1, 1))


@pytest.mark.parametrize("wrong", ["", "2026", "2026-13", "10/2026", "2026-10-01", "říjen"])
def test_what_is_no_month_is_refused(wrong: str) -> None:
    with refused("month-wrong"):
        reports.parse_month(wrong)


def test_month_is_its_first_day() -> None:
    assert reports.parse_month("2026-10") == OCTOBER


# Numbers


def test_changes_of_numbers_are_told_in_words(opened: Workspace, town: Client) -> None:
    line = add_line(
        opened,
        town,
        "799000001",
        holder="Řehoř",
        tariff="Profi 100",
        activated_on=date(2026, 11, 2),
    )
    changed: Any = lines.change_line(opened, line, date(2026, 11, 9), tariff="Profi 300").result
    changed = lines.change_line(
        opened, changed, date(2026, 11, 30), state=LineState.BLOCKED, data_mb=1536
    ).result
    lines.change_line(opened, changed, date(2026, 12, 1), holder="Šárka")
    told = [(c.day.day, c.what, c.before, c.after) for c in report(opened, town, NOVEMBER).changes]
    assert sorted(told) == [
        (2, "Activation", "", "Profi 300"),
        (9, "Tariff", "Profi 100", "Profi 300"),
        (30, "Data package", "", "1.5\N{NO-BREAK SPACE}GB"),
        (30, "State", "Active", "Blocked"),
    ]


def test_tariffs_add_up_without_cancelled_numbers(opened: Workspace, town: Client) -> None:
    listed = Tariff(client_id=town.id, code="P", name="Profi 100", monthly_fee=Decimal("99.50"))
    tariffs.add_tariff(opened, listed)
    states = (LineState.ACTIVE, LineState.BLOCKED, LineState.CANCELLED)
    for n, state in enumerate(states):
        add_line(opened, town, f"79900000{n}", tariff="Profi 100", state=state)
    add_line(opened, town, "799000009", tariff="Cizí")
    made = report(opened, town, NOVEMBER)
    assert [(t.tariff, t.lines, t.fee, t.total) for t in made.tariffs] == [
        ("Profi 100", 2, Decimal("99.50"), Decimal("199.00")),
        ("Cizí", 1, None, None),
    ]
    assert [(s.state, s.count) for s in made.lines] == [
        ("Active", 2),
        ("Blocked", 1),
        ("Cancelled", 1),
    ]


def test_client_without_anything_has_an_empty_report(
    opened: Workspace, clock: Clock, client: Client
) -> None:
    made = report(opened, client, OCTOBER)
    assert (made.kinds, made.states, made.clauses, made.open_points) == ((), (), (), ())
    assert (made.changes, made.tariffs, made.lines) == ((), (), ())
    assert (made.agreement, local(made.issued_at)) == ("", "2026-11-04T10:00")
