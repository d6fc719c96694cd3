"""Requests: logged with their deadline, refused where a fact is wrong, worked off in steps."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from console.domain.client import Client
from console.domain.contact import Authority
from console.domain.request import (
    OPEN_STATES,
    Channel,
    Entry,
    EntryKind,
    Kind,
    Request,
    RequestDeadline,
    RequestLine,
    RequestState,
)
from console.domain.workflow import STEPS
from console.services import history, requests, settings
from console.services.requests import NEEDS_NUMBER, Draft
from console.services.settings import Manager
from console.workspace import Workspace
from tests.services.steps import (
    Clock,
    add_contact,
    add_line,
    agree,
    another_client,
    complain,
    local,
    log,
    numbers,
    prague,
    refused,
    step,
)

IN_PROGRESS = RequestState.IN_PROGRESS
WAITING = RequestState.WAITING_CLIENT
RESOLVED = RequestState.RESOLVED


@pytest.fixture
def town(opened: Workspace, clock: Clock, client: Client) -> Client:
    """A client under the agreement of the public sector, 24 and 48 hours."""
    agree(opened, client, "o2-public-sector")
    return client


# Logging


@pytest.mark.parametrize(
    ("count", "due"),
    [
        (0, "2026-11-05T10:00"),
        (1, "2026-11-05T10:00"),
        (9, "2026-11-05T10:00"),
        (10, "2026-11-06T10:00"),
        (12, "2026-11-06T10:00"),
    ],
)
def test_deadline_goes_by_the_count_of_numbers(
    opened: Workspace, town: Client, count: int, due: str
) -> None:
    assert local(log(opened, town, numbers=numbers(count)).due_at) == due


def test_one_number_written_ten_ways_is_one_number(opened: Workspace, town: Client) -> None:
    ways = ("799000001", "799 000 001", "+420799000001", "00420 799 000 001", "(799) 000-001")
    request = log(opened, town, numbers=ways * 2)
    assert [n.msisdn for n in requests.dossier(opened, request.id).lines] == ["+420799000001"]
    assert local(request.due_at) == "2026-11-05T10:00"


def test_written_request_has_five_working_days(opened: Workspace, town: Client) -> None:
    request = log(opened, town, channel=Channel.EMAIL, numbers=numbers(12))
    assert (request.clause, local(request.due_at)) == ("written-5wd", "2026-11-11T23:59")


def test_stored_deadlines_are_those_of_the_preview(opened: Workspace, town: Client) -> None:
    draft = Draft(client_id=town.id, kind=Kind.COMPLAINT, channel=Channel.LETTER)
    seen = requests.preview(opened, draft).deadlines
    request = complain(opened, town, channel=Channel.LETTER)
    stored = opened.store.select(RequestDeadline, "request_id = ?", [request.id])
    assert [(d.nature, d.clause, d.due_at) for d in stored] == [
        (d.nature.value, d.clause, d.due) for d in seen.all
    ]
    assert [d.due_at for d in stored if d.governing] == [request.due_at]
    assert {d.nature for d in stored} == {"contractual", "statutory"}


def test_preview_stores_nothing(opened: Workspace, town: Client) -> None:
    before = history.next_undo(opened)
    requests.preview(opened, Draft(client_id=town.id, numbers=numbers(3)))
    assert history.next_undo(opened) == before
    assert opened.store.select(Request) == []


def test_client_without_an_agreement_has_no_deadline(
    opened: Workspace, clock: Clock, client: Client
) -> None:
    request = log(opened, client)
    assert (request.due_at, request.agreement_id, request.clause) == (None, None, "")


def test_complaint_without_an_agreement_has_the_clock_of_the_law(
    opened: Workspace, clock: Clock, client: Client
) -> None:
    request = complain(opened, client)
    assert (request.clause, local(request.due_at)[:10]) == ("127/2005 s. 64", "2026-12-04")


def test_three_times_are_kept_apart(opened: Workspace, town: Client, clock: Clock) -> None:
    request = log(opened, town, received_at=prague("2026-11-04T08:00"))
    clock.set("2026-11-04T10:30")
    request = step(opened, request, IN_PROGRESS)
    times = (request.received_at, request.registered_at, request.acknowledged_at)
    assert [local(t)[11:] for t in times] == ["08:00", "10:00", "10:30"]
    assert local(request.due_at) == "2026-11-05T08:00"


def test_subject_is_the_kind_where_none_is_given(opened: Workspace, town: Client) -> None:
    assert log(opened, town, subject="  ").subject == Kind.FAULT.label


# Numbers


def test_unknown_numbers_are_told_and_taken(opened: Workspace, town: Client) -> None:
    known = add_line(opened, town, "799000001")
    written = ("799 000 001", "799 000 002")
    seen = requests.preview(opened, Draft(client_id=town.id, numbers=written))
    assert (seen.unknown, seen.foreign, seen.malformed) == (("+420799000002",), (), ())
    request = log(opened, town, numbers=written)
    stored = {n.msisdn: n.line_id for n in requests.dossier(opened, request.id).lines}
    assert stored == {"+420799000001": known.id, "+420799000002": None}


def test_number_of_another_client_is_told_and_refused(opened: Workspace, town: Client) -> None:
    school = another_client(opened)
    add_line(opened, school, "799400001")
    draft = Draft(client_id=town.id, kind=Kind.FAULT, numbers=("799400001",))
    assert requests.preview(opened, draft).foreign == (("+420799400001", school.name),)
    with refused("number-of-another") as caught:
        requests.log_request(opened, draft)
    assert school.name in str(caught.value)
    assert opened.store.select(Request) == []


def test_what_is_no_number_is_refused_as_written(opened: Workspace, town: Client) -> None:
    draft = Draft(client_id=town.id, numbers=("799000001", " 12345 ", ""))
    assert requests.preview(opened, draft).malformed == ("12345",)
    with refused("number-wrong") as caught:
        requests.log_request(opened, draft)
    assert "12345" in str(caught.value)


@pytest.mark.parametrize("kind", sorted(NEEDS_NUMBER))
def test_kind_that_is_about_numbers_needs_one(opened: Workspace, town: Client, kind: Kind) -> None:
    with refused("numbers-missing"):
        log(opened, town, kind=kind, override_authority=True, reason="x")


# Time of receipt


def test_future_is_refused(opened: Workspace, town: Client) -> None:
    with refused("received-in-future"):
        log(opened, town, received_at=prague("2026-11-04T10:01"))


def test_dating_back_by_a_day_needs_no_reason(opened: Workspace, town: Client) -> None:
    request = log(opened, town, received_at=prague("2026-11-03T10:00"))
    assert local(request.received_at) == "2026-11-03T10:00"


def test_dating_back_further_needs_a_reason_that_is_kept(opened: Workspace, town: Client) -> None:
    long_ago = prague("2026-11-03T09:59")
    for nothing in ("", "   "):
        with refused("received-reason-needed"):
            log(opened, town, received_at=long_ago, reason=nothing)
    request = log(opened, town, received_at=long_ago, reason="ležel v podatelně")
    assert request.received_reason == "ležel v podatelně"


# Authority


def test_stranger_may_not_change_a_tariff(opened: Workspace, town: Client) -> None:
    with refused("not-authorised"):
        log(opened, town, kind=Kind.TARIFF_CHANGE, numbers=numbers(1))
    assert opened.store.select(Request) == []


def test_override_needs_a_reason_that_is_kept(opened: Workspace, town: Client) -> None:
    draft = {"kind": Kind.TARIFF_CHANGE, "numbers": numbers(1), "override_authority": True}
    with refused("override-reason-needed"):
        log(opened, town, **draft, reason="  ")
    request = log(opened, town, **draft, reason="potvrzeno dopisem")
    assert request.authority_override == "potvrzeno dopisem"


def test_authorised_person_needs_no_override(opened: Workspace, town: Client) -> None:
    person = add_contact(opened, town, "Řehoř Kříž", authorised=True)
    request = log(
        opened, town, kind=Kind.TARIFF_CHANGE, numbers=numbers(1), contact_id=person.id, reason="x"
    )
    assert (request.authority_override, person.name in request.authority) == ("", True)


def test_ended_authority_is_no_authority(opened: Workspace, town: Client) -> None:
    person = add_contact(opened, town, "Řehoř", authorised=True, valid_until=date(2026, 11, 3))
    with refused("not-authorised"):
        log(opened, town, kind=Kind.TARIFF_CHANGE, numbers=numbers(1), contact_id=person.id)


def test_authority_is_judged_by_the_day_of_receipt(opened: Workspace, town: Client) -> None:
    person = add_contact(opened, town, "Řehoř", authorised=True, valid_until=date(2026, 11, 3))
    request = log(
        opened,
        town,
        kind=Kind.TARIFF_CHANGE,
        numbers=numbers(1),
        contact_id=person.id,
        received_at=prague("2026-11-03T23:00"),
    )
    assert request.authority_override == ""


@pytest.mark.parametrize("asked", [("799000001", "799000002"), ("799000002",), ("799000009",)])
def test_authority_for_one_number_covers_no_other(
    opened: Workspace, town: Client, asked: tuple[str, ...]
) -> None:
    """The last of the numbers is not in the register: it is not covered either."""
    person = add_contact(opened, town, "Šárka")
    with opened.store.unit("grant"):
        opened.store.insert(
            Authority(client_id=town.id, contact_id=person.id, numbers=("+420799000001",))
        )
    for number in ("799000001", "799000002"):
        add_line(opened, town, number)
    allowed = {"kind": Kind.TARIFF_CHANGE, "contact_id": person.id}
    log(opened, town, **allowed, numbers=("799000001",))
    with refused("not-authorised"):
        log(opened, town, **allowed, numbers=asked)


def test_anybody_may_have_a_card_blocked(opened: Workspace, town: Client) -> None:
    assert log(opened, town, kind=Kind.SIM_BLOCK, numbers=numbers(1)).authority


# Agreements


def test_toll_provider_allows_no_charge(opened: Workspace, clock: Clock, client: Client) -> None:
    agree(opened, client, "eets-provider")
    with refused("charge-refused"):
        log(opened, client, charge=Decimal(100))
    assert log(opened, client).charge is None


def test_charge_is_kept_where_the_agreement_allows_one(opened: Workspace, town: Client) -> None:
    request = log(opened, town, charge=Decimal("99.50"))
    assert opened.store.get(Request, request.id).charge == Decimal("99.50")


def test_purpose_of_the_data_is_stored_with_the_request(
    opened: Workspace, clock: Clock, client: Client
) -> None:
    agree(opened, client, "retail-contact")
    assert "this request and for nothing else" in log(opened, client).purpose


def test_no_purpose_where_the_agreement_names_none(opened: Workspace, town: Client) -> None:
    assert log(opened, town).purpose == ""


def test_agreement_in_force_at_receipt_decides(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    agree(opened, town, "municipal-tender", date(2026, 11, 4))
    written = {"channel": Channel.EMAIL, "reason": "dodatečně"}
    before = log(opened, town, received_at=prague("2026-11-03T23:59"), **written)
    after = log(opened, town, received_at=prague("2026-11-04T00:00"), **written)
    keys = [requests.dossier(opened, r.id).agreement for r in (before, after)]
    assert [a.key if a else "" for a in keys] == ["o2-public-sector", "municipal-tender"]


def test_amendment_leaves_older_requests_as_they_are(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    request = log(opened, town)
    agree(opened, town, "municipal-tender", date(2026, 11, 4))
    stepped = step(opened, request, IN_PROGRESS)
    assert (stepped.due_at, stepped.clause) == (request.due_at, "single-24h")


# Numbers that people read


def test_numbers_are_gapless_whatever_is_refused_between(opened: Workspace, town: Client) -> None:
    settings.change_manager(opened, Manager(name="Jana", prefix="nv"))
    first = log(opened, town)
    with refused("not-authorised"):
        log(opened, town, kind=Kind.TARIFF_CHANGE, numbers=numbers(1))
    second = log(opened, town)
    assert [first.number, second.number] == ["2026-NV-0001", "2026-NV-0002"]


def test_numbers_begin_anew_with_the_year_and_the_prefix(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    clock.set("2027-01-01T00:30")
    found = [
        log(opened, town, received_at=prague("2026-12-31T23:59")).number,
        log(opened, town).number,
        log(opened, town, received_at=prague("2026-12-31T23:59")).number,
    ]
    settings.change_manager(opened, Manager(name="Jana", prefix="NV"))
    found.append(log(opened, town).number)
    assert found == ["2026-AM-0001", "2027-AM-0001", "2026-AM-0002", "2027-NV-0001"]


def test_undone_request_never_gives_its_number_to_another(opened: Workspace, town: Client) -> None:
    log(opened, town)
    history.undo_last(opened)
    assert log(opened, town).number == "2026-AM-0002"


def test_request_is_found_by_its_number(opened: Workspace, town: Client) -> None:
    request = log(opened, town)
    assert requests.request_by_number(opened, " 2026-am-0001 ") == request
    with refused("request-unknown"):
        requests.request_by_number(opened, "2026-AM-0002")


# Steps


@pytest.mark.parametrize("target", list(RequestState))
@pytest.mark.parametrize("state", list(RequestState))
def test_only_the_steps_of_the_table_are_taken(
    opened: Workspace, town: Client, state: RequestState, target: RequestState
) -> None:
    request = log(opened, town, place="radnice")
    if state is not RequestState.NEW:
        request = step(opened, request, state)
    entries = len(opened.store.select(Entry))
    if target in STEPS[state]:
        assert step(opened, request, target).state is target
        return
    with refused("step-refused"):
        step(opened, request, target)
    assert opened.store.get(Request, request.id) == request
    assert len(opened.store.select(Entry)) == entries


def test_table_knows_every_state_and_closed_ones_only_reopen() -> None:
    assert set(STEPS) == set(RequestState)
    assert all(STEPS[s] == (IN_PROGRESS,) for s in RequestState if s not in OPEN_STATES)
    assert not any(RequestState.NEW in targets for targets in STEPS.values())


def test_step_in_the_future_is_refused(opened: Workspace, town: Client) -> None:
    request = log(opened, town)
    with refused("received-in-future"):
        step(opened, request, RESOLVED, at=prague("2026-11-04T10:01"))


def test_step_on_a_stale_request_is_refused_and_leaves_no_entry(
    opened: Workspace, town: Client
) -> None:
    request = log(opened, town)
    step(opened, request, IN_PROGRESS)
    with refused("record-changed"):
        step(opened, request, RESOLVED)
    assert len(requests.dossier(opened, request.id).entries) == 1


def test_step_is_written_into_the_story(opened: Workspace, town: Client, clock: Clock) -> None:
    request = log(opened, town)
    clock.set("2026-11-04T11:00")
    step(opened, request, IN_PROGRESS, text="Předáno technikům", at=prague("2026-11-04T10:40"))
    (entry,) = requests.dossier(opened, request.id).entries
    assert (entry.kind, entry.text, entry.author) == (
        EntryKind.STEP,
        "Předáno technikům",
        "Jana Nováková",
    )
    assert local(entry.at) == "2026-11-04T10:40"


def test_resolving_says_when_and_closes(opened: Workspace, town: Client, clock: Clock) -> None:
    request = log(opened, town)
    clock.set("2026-11-04T12:00")
    resolved = step(opened, request, RESOLVED)
    assert resolved.resolved_at == resolved.closed_at == clock.now


@pytest.mark.parametrize("target", [RequestState.CANCELLED, RequestState.REFUSED])
def test_closing_without_a_result_is_no_resolution(
    opened: Workspace, town: Client, clock: Clock, target: RequestState
) -> None:
    closed = step(opened, log(opened, town), target)
    assert (closed.resolved_at, closed.closed_at) == (None, clock.now)


# Pauses


def test_waiting_for_the_client_puts_the_deadline_off(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    request = log(opened, town)
    clock.set("2026-11-04T12:00")
    request = step(opened, request, WAITING)
    clock.set("2026-11-04T17:30")
    request = step(opened, request, IN_PROGRESS)
    assert local(request.due_at) == "2026-11-05T15:30"
    kinds = [e.kind for e in requests.dossier(opened, request.id).entries]
    assert kinds == [EntryKind.PAUSE, EntryKind.STEP, EntryKind.RESUME, EntryKind.STEP]


def test_resolving_what_waits_resumes_it_first(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    request = step(opened, log(opened, town), WAITING)
    clock.set("2026-11-06T10:00")
    request = step(opened, request, RESOLVED)
    assert local(request.due_at) == "2026-11-07T10:00"
    clock.set("2026-12-01T10:00")
    assert requests.dossier(opened, request.id).deadlines.governing.due == request.due_at  # type: ignore[union-attr]


def test_clock_of_the_law_stands_still_for_nobody(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    request = complain(opened, town)
    before = {d.clause: d.due_at for d in _stored(opened, request)}
    request = step(opened, request, WAITING)
    clock.set("2026-11-20T10:00")
    step(opened, request, IN_PROGRESS)
    after = {d.clause: d.due_at for d in _stored(opened, request)}
    assert after["127/2005 s. 64"] == before["127/2005 s. 64"]
    assert after["complaint-30d"] > before["complaint-30d"]


def test_after_a_pause_the_law_may_govern(opened: Workspace, town: Client, clock: Clock) -> None:
    request = complain(opened, town)
    request = step(opened, request, WAITING)
    clock.set("2026-11-20T10:00")
    request = step(opened, request, IN_PROGRESS)
    assert request.clause == "127/2005 s. 64"
    assert [d.clause for d in _stored(opened, request) if d.governing] == [request.clause]


def test_pause_needs_a_listed_reason(opened: Workspace, town: Client) -> None:
    request = log(opened, town)
    with refused("pause-reason"):
        requests.add_entry(opened, request, EntryKind.PAUSE, "", reason="holidays")
    requests.add_entry(opened, request, EntryKind.PAUSE, "", reason="force-majeure")
    (entry,) = requests.dossier(opened, request.id).entries
    assert (entry.kind, entry.reason) == (EntryKind.PAUSE, "force-majeure")


def _stored(opened: Workspace, request: Request) -> list[RequestDeadline]:
    return opened.store.select(RequestDeadline, "request_id = ?", [request.id])


# Reopening


def test_reopening_keeps_the_first_resolution(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    request = log(opened, town)
    clock.set("2026-11-04T12:00")
    request = step(opened, request, RESOLVED)
    clock.set("2026-11-06T12:00")
    request = step(opened, request, IN_PROGRESS)
    assert (local(request.resolved_at), request.closed_at) == ("2026-11-04T12:00", None)
    clock.set("2026-11-06T15:00")
    request = step(opened, request, RESOLVED)
    assert local(request.resolved_at) == "2026-11-04T12:00"
    assert local(request.closed_at) == "2026-11-06T15:00"


def test_reopening_remembers_that_it_was_late(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    request = log(opened, town)
    clock.set("2026-11-06T12:00")
    request = step(opened, request, RESOLVED)
    clock.set("2026-11-09T12:00")
    request = step(opened, request, IN_PROGRESS)
    governing = requests.dossier(opened, request.id).deadlines.governing
    assert governing is not None
    assert (governing.first_met, local(governing.due)) == (False, "2026-11-05T10:00")


def test_reopening_in_time_goes_on_with_what_was_left(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    request = log(opened, town)
    clock.set("2026-11-04T20:00")
    request = step(opened, request, RESOLVED)
    clock.set("2026-11-09T08:00")
    request = step(opened, request, IN_PROGRESS)
    assert local(request.due_at) == "2026-11-09T22:00"


# Numbers added later


def test_numbers_added_later_are_judged_anew(opened: Workspace, town: Client) -> None:
    request = log(opened, town, numbers=numbers(5))
    changed = requests.add_numbers(opened, request, numbers(10)).result
    assert isinstance(changed, Request)
    assert (changed.clause, local(changed.due_at)) == ("bulk-48h", "2026-11-06T10:00")
    assert len(requests.dossier(opened, request.id).lines) == 10


def test_overdue_request_gets_no_longer_by_more_numbers(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    request = log(opened, town, numbers=numbers(5))
    clock.set("2026-11-05T10:01")
    changed = requests.add_numbers(opened, request, numbers(12)).result
    assert isinstance(changed, Request)
    assert local(changed.due_at) == "2026-11-05T10:00"


def test_adding_what_is_there_changes_nothing(opened: Workspace, town: Client) -> None:
    request = log(opened, town, numbers=numbers(2))
    unit = history.next_undo(opened)
    requests.add_numbers(opened, request, ("799 000 000", "799000001"))
    assert history.next_undo(opened) == unit


@pytest.mark.parametrize(
    ("number", "code"), [("12345", "number-wrong"), ("799400001", "number-of-another")]
)
def test_number_that_cannot_be_added_is_refused(
    opened: Workspace, town: Client, number: str, code: str
) -> None:
    add_line(opened, another_client(opened), "799400001")
    request = log(opened, town, numbers=numbers(1))
    with refused(code):
        requests.add_numbers(opened, request, (number,))
    assert len(opened.store.select(RequestLine)) == 1


# The promise of news


def test_fault_owes_news_within_a_day(opened: Workspace, town: Client) -> None:
    assert local(log(opened, town).news_due_at) == "2026-11-05T10:00"
    assert log(opened, town, kind=Kind.INFORMATION).news_due_at is None


def test_notice_to_the_client_resets_the_promise(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    request = log(opened, town)
    clock.set("2026-11-04T16:00")
    told = requests.add_entry(opened, request, EntryKind.NOTICE, "Technik jede na místo.").result
    assert isinstance(told, Request)
    assert local(told.news_due_at) == "2026-11-05T16:00"
    noted = requests.add_entry(opened, told, EntryKind.NOTE, "Jen pro nás.").result
    assert isinstance(noted, Request)
    assert noted.news_due_at == told.news_due_at


@pytest.mark.parametrize("target", [s for s in RequestState if s not in OPEN_STATES])
def test_nobody_is_owed_news_of_what_is_closed(
    opened: Workspace, town: Client, target: RequestState
) -> None:
    assert step(opened, log(opened, town), target).news_due_at is None


@pytest.mark.parametrize("kind", [EntryKind.NOTE, EntryKind.NOTICE, EntryKind.CALL])
def test_entry_needs_its_text(opened: Workspace, town: Client, kind: EntryKind) -> None:
    request = log(opened, town)
    with refused("field-missing"):
        requests.add_entry(opened, request, kind, "  ")


# As one action


def test_logging_is_one_action_to_undo(opened: Workspace, town: Client) -> None:
    complain(opened, town, numbers=numbers(3))
    history.undo_last(opened)
    for noun in (Request, RequestLine, RequestDeadline):
        assert opened.store.select(noun) == []
    history.redo_last(opened)
    counts = [len(opened.store.select(n)) for n in (Request, RequestLine, RequestDeadline)]
    assert counts == [1, 3, 3]


def test_undone_step_gives_back_state_deadline_and_story(
    opened: Workspace, town: Client, clock: Clock
) -> None:
    request = step(opened, log(opened, town), WAITING)
    before = requests.dossier(opened, request.id)
    clock.set("2026-11-06T10:00")
    step(opened, request, RESOLVED)
    history.undo_last(opened)
    after = requests.dossier(opened, request.id)
    assert (after.request.state, after.request.due_at) == (WAITING, before.request.due_at)
    assert after.entries == before.entries


def test_warnings_of_a_story_grow_with_time(opened: Workspace, town: Client) -> None:
    governing = requests.dossier(opened, log(opened, town).id).deadlines.governing
    assert governing is not None
    moments = [governing.warning_at(percent) for percent in (50, 75, 90, 100)]
    assert [b - a for a, b in pairwise(moments)] == [
        timedelta(hours=6),
        timedelta(hours=3.6),
        timedelta(hours=2.4),
    ]
