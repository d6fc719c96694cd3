"""The overview: what is overdue, due today, waiting; the most urgent first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.client import Client
from console.domain.request import (
    Channel,
    EntryKind,
    Kind,
    Request,
    RequestState,
    RequestSummary,
)
from console.services import history, overview, requests
from console.storage import journal
from console.workspace import Workspace
from tests.services.steps import (
    Clock,
    add_contact,
    agree,
    complain,
    log,
    numbers,
    prague,
    step,
)


@pytest.fixture
def town(opened: Workspace, clock: Clock, client: Client) -> Client:
    """A client whose single requests are due in 24 hours."""
    agree(opened, client, "o2-public-sector")
    return client


def subjects(found: list[RequestSummary]) -> list[str]:
    return [request.subject for request in found]


def test_empty_workspace_has_an_empty_overview(opened: Workspace) -> None:
    seen = overview.overview(opened)
    assert (seen.overdue, seen.due_today, seen.waiting, seen.recent) == ([], [], [], [])
    assert seen.open_count == 0


def test_requests_fall_into_overdue_and_due_today(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    came = {
        "late": "2026-11-03T09:59",
        "later": "2026-11-03T09:00",
        "now": "2026-11-03T10:00",
        "tonight": "2026-11-03T23:59",
        "tomorrow": "2026-11-04T00:00",
    }
    for subject, at in came.items():
        log(opened, town, subject=subject, received_at=prague(at), reason="dodatečně")
    seen = overview.overview(opened)
    assert subjects(seen.overdue) == ["later", "late"]
    assert subjects(seen.due_today) == ["now", "tonight"]
    assert seen.open_count == 5


def test_day_ends_at_midnight_in_prague_not_in_utc(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    log(opened, town, subject="before midnight", received_at=prague("2026-11-03T23:30"))
    clock.set("2026-11-05T00:15")
    log(opened, town, subject="today", received_at=prague("2026-11-04T23:45"))
    seen = overview.overview(opened)
    assert (subjects(seen.overdue), subjects(seen.due_today)) == (["before midnight"], ["today"])


def test_many_overdue_hide_nothing_of_today(opened: Workspace, town: Client, clock: Clock) -> None:
    first = log(
        opened, town, subject="late", received_at=prague("2026-11-02T10:00"), reason="pozdě"
    )
    with opened.store.unit("t"):
        for number in range(204):
            copy = replace(first, id=0, version=1, number=f"2026-T-{number:04}")
            opened.store.insert(copy)
    today = log(opened, town, subject="today", received_at=clock.now)
    clock.now = today.due_at - timedelta(minutes=1)  # type: ignore[operator]
    seen = overview.overview(opened)
    assert subjects(seen.due_today) == ["today"]
    assert (len(seen.overdue), seen.count("overdue"), seen.count("due_today")) == (200, 205, 1)
    assert today.id in seen.to_do


def test_closed_requests_want_nothing(opened: Workspace, town: Client) -> None:
    for state in (RequestState.RESOLVED, RequestState.CANCELLED, RequestState.REFUSED):
        step(opened, log(opened, town, received_at=prague("2026-11-03T10:00")), state)
    seen = overview.overview(opened)
    assert (seen.overdue, seen.due_today, seen.open_count) == ([], [], 0)
    assert len(seen.recent) == 3


def test_request_without_a_deadline_is_open_and_never_overdue(
    opened: Workspace, clock: Clock, client: Client
) -> None:
    log(opened, client)
    clock.set("2027-11-04T10:00")
    seen = overview.overview(opened)
    assert (seen.overdue, seen.due_today, seen.open_count) == ([], [], 1)


def test_waiting_requests_stand_by_their_deadline_whoever_is_waited_for(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    operator, client = RequestState.WAITING_OPERATOR, RequestState.WAITING_CLIENT
    plan = (("third", client, 12), ("first", operator, 1), ("second", client, 1))
    for subject, state, count in plan:
        request = log(opened, town, subject=subject, numbers=numbers(count))
        step(opened, request, state)
        clock.set(f"2026-11-04T1{len(overview.overview(opened).waiting)}:30")
    without = log(opened, town, kind=Kind.INFORMATION, channel=Channel.PHONE, subject="last")
    step(opened, without, operator)
    assert subjects(overview.overview(opened).waiting) == ["first", "second", "last", "third"]


def test_clock_of_the_law_makes_a_waiting_complaint_overdue(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    step(opened, complain(opened, town), RequestState.WAITING_CLIENT)
    clock.set("2026-12-07T10:00")
    seen = overview.overview(opened)
    assert (len(seen.overdue), len(seen.waiting)) == (1, 1)


def test_recent_are_the_newest_received(opened: Workspace, town: Client, clock: Clock) -> None:
    for n in range(14):
        log(opened, town, subject=str(n), received_at=prague(f"2026-11-04T08:{n:02}"))
    assert subjects(overview.overview(opened).recent) == [str(n) for n in range(13, 1, -1)]


def test_undone_request_is_off_the_overview(opened: Workspace, town: Client) -> None:
    log(opened, town)
    history.undo_last(opened)
    seen = overview.overview(opened)
    assert (seen.due_today, seen.recent, seen.open_count) == ([], [], 0)


def test_looking_at_the_overview_writes_nothing(
    opened: Workspace, clock: Clock, client: Client
) -> None:
    """Not even under an agreement that has each opening of a person's data written down."""
    agree(opened, client, "retail-account")
    step(opened, log(opened, client), RequestState.WAITING_CLIENT)
    clock.set("2026-12-07T10:00")
    before = journal.units(opened.store.db)
    assert overview.overview(opened).waiting
    assert journal.units(opened.store.db) == before


def test_news_that_is_owed_and_whom_to_ask_come_up_on_their_day(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    agree(opened, client, "municipal-tender")
    boss = add_contact(opened, client, "Jana Malá", authorised=True).id
    fault = log(opened, client, subject="owed", contact_id=boss)
    asked = log(opened, client, subject="asked", contact_id=boss)
    requests.hand_over(opened, asked, "Dohled", "", prague("2026-11-06T09:00"))
    seen = overview.overview(opened)
    assert subjects(seen.chase) == []
    assert [r.waits_for for r in seen.waiting] == ["Dohled"]
    clock.set("2026-11-06T08:00")
    seen = overview.overview(opened)
    assert subjects(seen.chase) == ["asked"]
    assert set(subjects(seen.news_due)) == {"owed", "asked"}
    requests.add_entry(opened, opened.store.get(Request, fault.id), EntryKind.NOTICE, "Víte to")
    assert "owed" not in subjects(overview.overview(opened).news_due)


def test_what_is_to_do_comes_once_and_the_overdue_first(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    late = log(opened, town, received_at=prague("2026-11-03T09:00"), reason="x")
    today = log(opened, town, received_at=prague("2026-11-03T12:00"), reason="x")
    requests.chase(opened, late, prague("2026-11-04T15:00"))
    assert overview.overview(opened).to_do == [late.id, today.id]
