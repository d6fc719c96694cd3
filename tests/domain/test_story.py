"""What a request's numbers and entries mean for its deadlines."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from console.domain.request import (
    Channel,
    Entry,
    EntryKind,
    Kind,
    Request,
    RequestLine,
    RequestState,
)
from console.domain.story import (
    AWAITING_CLIENT,
    FORCE_MAJEURE,
    REOPENED,
    Addition,
    Pause,
    Reopened,
    Story,
    facts_of,
    reason_label,
    story_of,
    united,
)

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)
REQUEST = Request(
    client_id=1,
    number="2026-NV-0001",
    kind=Kind.FAULT,
    channel=Channel.PHONE,
    received_at=MORNING,
    registered_at=MORNING + timedelta(minutes=5),
)


def _at(hours: float) -> datetime:
    return MORNING + timedelta(hours=hours)


def _entry(kind: EntryKind, hours: float, **more: Any) -> Entry:
    return Entry(client_id=1, request_id=1, kind=kind, at=_at(hours), **more)


def _step(hours: float, word: str) -> Entry:
    return _entry(EntryKind.STEP, hours, reference=word)


def _line(number: str, at: datetime) -> RequestLine:
    return RequestLine(client_id=1, request_id=1, msisdn=number, added_at=at)


def _story(*entries: Entry) -> Story:
    return story_of(REQUEST, [], entries)


def test_numbers_there_at_registration_are_facts_and_later_ones_additions() -> None:
    lines = [
        _line("+420777000001", REQUEST.registered_at),
        _line("+420777000002", REQUEST.registered_at),
        _line("+420777000002", _at(1)),
        _line("+420777000003", _at(2)),
        _line("+420777000004", _at(2)),
    ]
    assert facts_of(REQUEST, lines).count == 2
    assert story_of(REQUEST, lines, ()).additions == (Addition(at=_at(2), count=4),)


def test_resume_without_a_reason_ends_the_last_pause() -> None:
    found = _story(_entry(EntryKind.PAUSE, 1, reason=AWAITING_CLIENT), _entry(EntryKind.RESUME, 2))
    assert found.pauses == (Pause(reason=AWAITING_CLIENT, start=_at(1), end=_at(2)),)


def test_resume_ends_the_pause_for_its_own_reason() -> None:
    found = _story(
        _entry(EntryKind.PAUSE, 1, reason=AWAITING_CLIENT),
        _entry(EntryKind.PAUSE, 2, reason=FORCE_MAJEURE),
        _entry(EntryKind.RESUME, 3, reason=AWAITING_CLIENT),
    )
    assert [(p.reason, p.end) for p in found.pauses] == [
        (AWAITING_CLIENT, _at(3)),
        (FORCE_MAJEURE, None),
    ]


@pytest.mark.parametrize(
    "state", [RequestState.RESOLVED, RequestState.CANCELLED, RequestState.REFUSED]
)
def test_closing_ends_every_pause(state: RequestState) -> None:
    found = _story(_entry(EntryKind.PAUSE, 1, reason=FORCE_MAJEURE), _step(2, state.value))
    assert found.pauses[0].end == _at(2)
    assert found.is_closed
    assert found.resolved == (_at(2) if state is RequestState.RESOLVED else None)


def test_reopening_after_a_resolution_keeps_it_and_after_a_cancellation_there_is_none() -> None:
    resolved = _story(_step(1, "resolved"), _step(2, REOPENED))
    assert resolved.reopenings == (Reopened(resolved=_at(1), reopened=_at(2)),)
    assert (resolved.resolved, resolved.is_closed) == (None, False)
    cancelled = _story(_step(1, "cancelled"), _step(2, REOPENED))
    assert (cancelled.reopenings, cancelled.is_closed) == ((), False)


def test_exception_recorded_again_replaces_the_earlier_record() -> None:
    found = _story(
        _entry(EntryKind.EXCEPTION, 1, reason="flood", text="7"),
        _entry(EntryKind.EXCEPTION, 1, reason="flood", text="7, over", until=_at(3)),
        _entry(EntryKind.EXCEPTION, 2, reason="flood", text="8"),
    )
    assert [(e.start, e.end, e.evidence) for e in found.exceptions] == [
        (_at(1), _at(3), "7, over"),
        (_at(2), None, "8"),
    ]


def test_notes_and_calls_move_nothing_and_notices_are_kept() -> None:
    found = _story(
        _entry(EntryKind.NOTE, 1), _entry(EntryKind.CALL, 2), _entry(EntryKind.NOTICE, 3)
    )
    assert found.is_plain
    assert found.notices == (_at(3),)


def test_pauses_that_touch_are_one_and_those_apart_are_two() -> None:
    spans = [(1, 2), (2, 3), (5, 6), (5.5, 5.7)]
    pauses = [Pause(reason=FORCE_MAJEURE, start=_at(a), end=_at(b)) for a, b in spans]
    assert [(p.start, p.end) for p in united(pauses[::-1], None)] == [
        (_at(1), _at(3)),
        (_at(5), _at(6)),
    ]


def test_own_reason_of_an_agreement_is_its_own_name() -> None:
    assert reason_label("flood") == "flood"
    assert reason_label(AWAITING_CLIENT) == "awaiting the client"
