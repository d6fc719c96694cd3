"""Standstills against slow references that look at every minute, or at every day."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.agreement import (
    Agreement,
    Clause,
    ClauseException,
    ClauseUnit,
    DueMoment,
    StartPolicy,
    Words,
    days_of_rest,
)
from console.domain.clause_clock import END_OF_DAY
from console.domain.deadline import Deadline
from console.domain.deadlines import compute
from console.domain.legal_time import is_working_day
from console.domain.local_time import PRAGUE
from console.domain.request import Channel, Kind
from console.domain.story import (
    Addition,
    Facts,
    Pause,
    RecordedException,
    Reopened,
    Story,
    united,
)

MINUTE = timedelta(minutes=1)
OFFICE = {
    "office": {
        **dict.fromkeys(("mon", "tue", "wed"), (("08:00", "12:00"), ("13:00", "17:00"))),
        "thu": (("20:00", "24:00"),),
        "sun": (("00:00", "04:00"),),
    }
}
REASONS = ("awaiting-client", "force-majeure")
STARTS = st.one_of(
    st.integers(0, 400 * 24 * 60).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + n * MINUTE),
    st.integers(0, 3 * 24 * 60).map(lambda n: datetime(2026, 3, 27, tzinfo=UTC) + n * MINUTE),
    st.integers(0, 3 * 24 * 60).map(lambda n: datetime(2026, 10, 23, tzinfo=UTC) + n * MINUTE),
)
SPANS = st.lists(
    st.tuples(st.integers(-2000, 12_000), st.integers(0, 6000), st.sampled_from(REASONS)),
    max_size=4,
)
Spans = list[tuple[int, int, str]]


def _agreement(unit: ClauseUnit, amount: int, **clause: object) -> Agreement:
    due = (
        DueMoment.EXACT
        if unit in (ClauseUnit.HOURS, ClauseUnit.WORKING_HOURS)
        else DueMoment.END_OF_DAY
    )
    rule = Clause(
        id="rule",
        reference=Words(en="rule", cs="pravidlo"),
        unit=unit,
        amount=amount,
        due=due,
        **clause,  # type: ignore[arg-type]
    )
    return Agreement(key="own", name=Words(en="x", cs="x"), calendars=OFFICE, clauses=(rule,))


def _facts(received: datetime) -> Facts:
    return Facts(kind=Kind.FAULT, channel=Channel.PHONE, count=1, received=received)


def _pauses(received: datetime, spans: Spans, step: timedelta = MINUTE) -> tuple[Pause, ...]:
    return tuple(
        Pause(reason=reason, start=received + a * step, end=received + (a + n) * step)
        for a, n, reason in spans
    )


def _deadline(agreement: Agreement, received: datetime, story: Story) -> Deadline:
    found = compute(agreement, _facts(received), story).governing
    assert found is not None
    return found


def _is_paused(pauses: Sequence[Pause], at: datetime) -> bool:
    return any(p.start <= at < p.end for p in pauses if p.end)


@settings(max_examples=80, deadline=None)
@given(received=STARTS, hours=st.integers(1, 60), spans=SPANS)
def test_elapsed_hours_are_the_minutes_in_which_nothing_stood_still(
    received: datetime, hours: int, spans: Spans
) -> None:
    pauses = _pauses(received, spans)
    found = _deadline(_agreement(ClauseUnit.HOURS, hours), received, Story(pauses=pauses))
    counted, at = 0, received
    while counted < hours * 60:
        counted += not _is_paused(pauses, at)
        at += MINUTE
    assert found.due.astimezone(UTC) == at


@settings(max_examples=60, deadline=None)
@given(received=STARTS, hours=st.integers(1, 12), spans=SPANS)
def test_working_hours_are_the_open_minutes_in_which_nothing_stood_still(
    received: datetime, hours: int, spans: Spans
) -> None:
    pauses = _pauses(received, spans)
    agreement = _agreement(ClauseUnit.WORKING_HOURS, hours, calendar="office")
    found = _deadline(agreement, received, Story(pauses=pauses))
    open_at = agreement.hours("office").is_open
    counted, at = 0, received
    while counted < hours * 60:
        counted += open_at(at) and not _is_paused(pauses, at)
        at += MINUTE
    assert found.due.astimezone(UTC) == at


def _end(day: date) -> datetime:
    return datetime.combine(day, END_OF_DAY, PRAGUE)


@settings(max_examples=150, deadline=None)
@given(received=STARTS, days=st.integers(1, 8), spans=SPANS)
def test_working_days_are_those_in_which_nothing_stood_still(
    received: datetime, days: int, spans: Spans
) -> None:
    pauses = united(_pauses(received, spans), None)
    found = _deadline(_agreement(ClauseUnit.WORKING_DAYS, days), received, Story(pauses=pauses))
    rest = days_of_rest()
    stopped = {
        first + timedelta(days=n)
        for pause in pauses
        if pause.end and pause.end > received
        for first in [max(pause.start, received).astimezone(PRAGUE).date()]
        for n in range(1, (pause.end.astimezone(PRAGUE).date() - first).days + 1)
    }
    day, counted = received.astimezone(PRAGUE).date(), 0
    while True:
        day += timedelta(days=1)
        works = is_working_day(day, rest)
        counted += works and day not in stopped
        if counted >= days and works and not _is_paused(pauses, _end(day)):
            break
    assert found.due == _end(day)


@settings(max_examples=150, deadline=None)
@given(
    received=STARTS,
    unit=st.sampled_from([ClauseUnit.DAYS, ClauseUnit.WEEKS, ClauseUnit.MONTHS]),
    amount=st.integers(1, 5),
    spans=SPANS,
)
def test_days_weeks_and_months_end_on_a_working_day_outside_every_standstill(
    received: datetime, unit: ClauseUnit, amount: int, spans: Spans
) -> None:
    pauses = _pauses(received, spans, timedelta(minutes=5))
    agreement = _agreement(unit, amount)
    free = _deadline(agreement, received, Story()).due
    due = _deadline(agreement, received, Story(pauses=pauses)).due
    assert due >= free
    assert is_working_day(due.date(), days_of_rest())
    assert not _is_paused([p for p in pauses if p.start < due], due)


def test_standstill_lengthens_the_period_before_its_end_rolls() -> None:
    monday = datetime(2026, 3, 2, 9, tzinfo=PRAGUE)
    agreement = _agreement(ClauseUnit.DAYS, 5)  # Saturday 7 March, rolled to Monday 9 March
    pause = Pause(
        reason=REASONS[0],
        start=monday + timedelta(hours=1),
        end=monday + timedelta(days=1),
    )
    assert _deadline(agreement, monday, Story(pauses=(pause,))).due == _end(date(2026, 3, 9))


def test_deadline_never_falls_into_a_standstill() -> None:
    monday = datetime(2026, 3, 2, 9, tzinfo=PRAGUE)
    friday = datetime(2026, 3, 6, 10, tzinfo=PRAGUE)
    agreement = _agreement(ClauseUnit.WORKING_DAYS, 4)
    pause = Pause(reason=REASONS[0], start=friday, end=friday + timedelta(days=1))
    assert _deadline(agreement, monday, Story()).due == _end(date(2026, 3, 6))
    assert _deadline(agreement, monday, Story(pauses=(pause,))).due == _end(date(2026, 3, 9))


def test_pause_over_the_change_of_the_clock_is_as_long_as_it_was() -> None:
    received = datetime(2026, 10, 24, 12, tzinfo=PRAGUE)
    pause = Pause(
        reason=REASONS[0],
        start=datetime(2026, 10, 25, 1, tzinfo=PRAGUE),
        end=datetime(2026, 10, 25, 4, tzinfo=PRAGUE),
    )
    due = _deadline(_agreement(ClauseUnit.HOURS, 24), received, Story(pauses=(pause,))).due
    assert due == datetime(2026, 10, 25, 15, tzinfo=PRAGUE)


def test_resolution_in_the_hour_that_comes_twice_is_told_apart() -> None:
    received = datetime(2026, 10, 24, 0, 30, tzinfo=UTC)
    deadline = _deadline(_agreement(ClauseUnit.HOURS, 24), received, Story())
    first = datetime(2026, 10, 25, 2, 30, fold=0, tzinfo=PRAGUE)
    second = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=PRAGUE)
    assert deadline.is_met(first)
    assert not deadline.is_met(second)


def test_exception_counts_only_while_the_clock_runs() -> None:
    received = datetime(2026, 3, 2, 10, tzinfo=UTC)
    agreement = _agreement(
        ClauseUnit.HOURS, 24, exceptions=(ClauseException(reason="flood", amount=72),)
    )

    def due(start: datetime, end: datetime | None) -> datetime:
        flood = RecordedException(reason="flood", start=start, end=end, evidence="7")
        return _deadline(agreement, received, Story(exceptions=(flood,))).due

    hour = timedelta(hours=1)
    assert due(received - 9 * hour, received - hour) == received + 24 * hour
    assert due(received - 9 * hour, received + hour) == received + 72 * hour
    assert due(received + 23 * hour, None) == received + 72 * hour
    assert due(received + 24 * hour, None) == received + 24 * hour


def test_exception_and_pause_at_once_count_once() -> None:
    received = datetime(2026, 3, 2, 10, tzinfo=UTC)
    agreement = _agreement(ClauseUnit.HOURS, 24, exceptions=(ClauseException(reason="flood"),))
    hour = timedelta(hours=1)
    story = Story(
        pauses=(Pause(reason=REASONS[0], start=received + hour, end=received + 5 * hour),),
        exceptions=(
            RecordedException(
                reason="flood", start=received + 3 * hour, end=received + 9 * hour, evidence="7"
            ),
        ),
    )
    assert _deadline(agreement, received, story).due == received + 32 * hour


def test_clause_for_many_numbers_alone_applies_once_they_are_many() -> None:
    received = datetime(2026, 3, 2, 10, tzinfo=UTC)
    agreement = _agreement(ClauseUnit.HOURS, 48, quantity_from=10)
    assert compute(agreement, _facts(received)).governing is None
    story = Story(additions=(Addition(at=received + timedelta(hours=1), count=12),))
    assert _deadline(agreement, received, story).due == received + timedelta(hours=48)


def test_numbers_added_in_vain_leave_the_count_explained_once() -> None:
    received = datetime(2026, 3, 2, 10, tzinfo=UTC)
    hour = timedelta(hours=1)
    story = Story(
        pauses=(Pause(reason=REASONS[0], start=received + hour, end=received + 2 * hour),),
        additions=(
            Addition(at=received + 3 * hour, count=2),
            Addition(at=received + 90 * hour, count=12),
        ),
    )
    found = _deadline(_agreement(ClauseUnit.HOURS, 24), received, story)
    steps = [step.step for step in found.explanation]
    assert steps.count("counted") == 1
    assert steps.count("pause") == 1
    assert steps.count("added") == 2


def test_pause_after_reopening_counts_too() -> None:
    received = datetime(2026, 3, 2, 10, tzinfo=UTC)
    hour = timedelta(hours=1)
    story = Story(
        reopenings=(Reopened(resolved=received + 4 * hour, reopened=received + 100 * hour),),
        pauses=(Pause(reason=REASONS[0], start=received + 101 * hour, end=received + 106 * hour),),
    )
    due = _deadline(_agreement(ClauseUnit.HOURS, 24), received, story).due
    assert due == received + timedelta(hours=24 + 96 + 5)


def test_clock_that_starts_at_opening_counts_pauses_from_there() -> None:
    saturday = datetime(2026, 3, 7, 10, tzinfo=PRAGUE)
    agreement = _agreement(
        ClauseUnit.WORKING_HOURS, 2, calendar="office", start=StartPolicy.OPENING
    )
    pause = Pause(
        reason=REASONS[0],
        start=saturday,
        end=datetime(2026, 3, 8, 1, tzinfo=PRAGUE),
    )
    found = _deadline(agreement, saturday, Story(pauses=(pause,)))
    assert found.start == datetime.combine(date(2026, 3, 8), time(), PRAGUE)
    assert found.due == datetime(2026, 3, 8, 3, tzinfo=PRAGUE)
