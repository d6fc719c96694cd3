"""Office hours: against a slow reference that looks at the clock on the wall every minute."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from console.domain.working_time import WEEKDAYS, WorkingHours
from console.errors import KnownError

PRAGUE = ZoneInfo("Europe/Prague")
MINUTE = timedelta(minutes=1)
OFFICE = {"mon": [("08:00", "12:00"), ("14:00", "17:00")], "fri": [("08:00", "12:00")]}
ZONES = ["Europe/Prague", "UTC", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo"]
Windows = dict[str, list[tuple[str, str]]]


def _at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=PRAGUE)  # type: ignore[misc,arg-type]


def _text(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@st.composite
def windows(draw: st.DrawFn) -> Windows:
    found: Windows = {}
    for day in draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True)):
        count = draw(st.integers(1, 3))
        times = st.lists(
            st.integers(0, 24 * 60), min_size=2 * count, max_size=2 * count, unique=True
        )
        edges = sorted(draw(times))
        pairs = zip(edges[::2], edges[1::2], strict=True)
        found[day] = [(_text(opens), _text(closes)) for opens, closes in pairs]
    return found


MOMENTS = st.integers(0, 25 * 365 * 24 * 60).map(
    lambda minutes: datetime(2015, 1, 1, tzinfo=UTC) + minutes * MINUTE
)
NEAR_CLOCK_CHANGES = st.builds(
    lambda day, minutes: datetime(*day, tzinfo=UTC) + timedelta(minutes=minutes),
    st.sampled_from([(2026, 3, 28), (2026, 10, 24), (2026, 3, 7), (2026, 10, 31), (2018, 11, 3)]),
    st.integers(0, 3 * 24 * 60),
)


def _minutes_open(
    week: Windows, holidays: frozenset[date], zone: str, start: datetime, minutes: int
) -> Iterator[bool]:
    """The reference: look at the clock on the wall at the start of every minute."""
    clock = ZoneInfo(zone)
    for number in range(minutes):
        wall = (start + number * MINUTE).astimezone(clock)
        shown = wall.strftime("%H:%M")
        today = week.get(WEEKDAYS[wall.weekday()], [])
        yield wall.date() not in holidays and any(a <= shown < b for a, b in today)


@settings(max_examples=60, deadline=None)
@given(
    week=windows(),
    zone=st.sampled_from(ZONES),
    start=st.one_of(MOMENTS, NEAR_CLOCK_CHANGES),
    minutes=st.integers(0, 4 * 24 * 60),
    is_holiday=st.booleans(),
)
def test_time_between_is_what_the_clock_on_the_wall_says(
    week: Windows, zone: str, start: datetime, minutes: int, is_holiday: bool
) -> None:
    holidays = frozenset({(start + timedelta(days=1)).date()} if is_holiday else ())
    hours = WorkingHours(week, holidays, zone)
    counted = sum(_minutes_open(week, holidays, zone, start, minutes))
    assert hours.between(start, start + minutes * MINUTE) == counted * MINUTE


@settings(max_examples=60, deadline=None)
@given(week=windows(), zone=st.sampled_from(ZONES), start=st.one_of(MOMENTS, NEAR_CLOCK_CHANGES))
def test_open_is_what_the_clock_on_the_wall_says(week: Windows, zone: str, start: datetime) -> None:
    hours = WorkingHours(week, (), zone)
    expected = list(_minutes_open(week, frozenset(), zone, start, 300))
    assert [hours.is_open(start + n * MINUTE) for n in range(300)] == expected


@settings(max_examples=150, deadline=None)
@given(
    week=windows(),
    zone=st.sampled_from(ZONES),
    start=st.one_of(MOMENTS, NEAR_CLOCK_CHANGES),
    working=st.timedeltas(timedelta(seconds=1), timedelta(hours=200)),
)
def test_adding_and_measuring_agree(
    week: Windows, zone: str, start: datetime, working: timedelta
) -> None:
    hours = WorkingHours(week, (), zone)
    due = hours.add(start, working)
    assert hours.between(start, due) == working
    assert hours.between(start, due - timedelta(microseconds=1)) < working


@settings(max_examples=60, deadline=None)
@given(week=windows(), start=MOMENTS, first=st.integers(0, 3000), second=st.integers(1, 3000))
def test_adding_in_two_steps_is_adding_at_once(
    week: Windows, start: datetime, first: int, second: int
) -> None:
    hours = WorkingHours(week)
    middle = hours.add(start, first * MINUTE)
    assert hours.add(middle, second * MINUTE) == hours.add(start, (first + second) * MINUTE)


@settings(max_examples=60, deadline=None)
@given(week=windows(), start=st.one_of(MOMENTS, NEAR_CLOCK_CHANGES))
def test_next_opening_is_open_and_nothing_is_open_before(week: Windows, start: datetime) -> None:
    hours = WorkingHours(week)
    opening = hours.next_opening(start)
    assert hours.is_open(opening)
    assert opening >= start
    assert hours.between(start, opening) == timedelta(0)


@given(week=windows(), start=MOMENTS, end=MOMENTS)
@settings(max_examples=30, deadline=None)
def test_turned_around_it_is_negative(week: Windows, start: datetime, end: datetime) -> None:
    assume(abs((end - start).days) < 4000)
    hours = WorkingHours(week)
    assert hours.between(end, start) == -hours.between(start, end)


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ((2026, 3, 2, 8, 0), True),
        ((2026, 3, 2, 7, 59), False),
        ((2026, 3, 2, 11, 59), True),
        ((2026, 3, 2, 12, 0), False),
        ((2026, 3, 2, 13, 59), False),
        ((2026, 3, 2, 14, 0), True),
        ((2026, 3, 2, 17, 0), False),
        ((2026, 3, 3, 9, 0), False),
    ],
)
def test_windows_are_half_open_and_several_a_day(at: tuple[int, ...], is_open: bool) -> None:
    assert WorkingHours(OFFICE).is_open(_at(*at)) is is_open


def test_added_time_skips_the_midday_break_and_the_weekend() -> None:
    hours = WorkingHours(OFFICE)
    assert hours.add(_at(2026, 3, 2, 11), timedelta(hours=2)) == _at(2026, 3, 2, 15)
    assert hours.add(_at(2026, 3, 6, 11), timedelta(hours=2)) == _at(2026, 3, 9, 9)


def test_time_that_is_up_at_closing_ends_at_closing() -> None:
    hours = WorkingHours(OFFICE)
    assert hours.add(_at(2026, 3, 2, 8), timedelta(hours=4)) == _at(2026, 3, 2, 12)


def test_nothing_added_gives_the_moment_or_the_next_opening() -> None:
    hours = WorkingHours(OFFICE)
    assert hours.add(_at(2026, 3, 2, 9, 30), timedelta(0)) == _at(2026, 3, 2, 9, 30)
    assert hours.add(_at(2026, 3, 2, 12), timedelta(0)) == _at(2026, 3, 2, 14)


def test_seconds_are_kept() -> None:
    hours = WorkingHours(OFFICE)
    due = hours.add(_at(2026, 3, 2, 11, 59, 30), timedelta(seconds=45))
    assert due == _at(2026, 3, 2, 14, 0, 15)


def test_midnight_belongs_to_the_day_before_as_2400() -> None:
    hours = WorkingHours({"mon": [("22:00", "24:00")], "tue": [("00:00", "02:00")]})
    assert hours.add(_at(2026, 3, 2, 23), timedelta(hours=2)) == _at(2026, 3, 3, 1)
    assert hours.is_open(_at(2026, 3, 3, 0))


@pytest.mark.parametrize(("day", "counted"), [((2026, 3, 29), 23), ((2026, 10, 25), 25)])
def test_days_of_the_clock_change_have_23_and_25_hours(
    day: tuple[int, int, int], counted: int
) -> None:
    hours = WorkingHours({"sun": [("00:00", "24:00")]})
    start, end = _at(*day), _at(*day) + timedelta(days=1)
    assert hours.between(start, end) == timedelta(hours=counted)


def test_holidays_and_closures_are_closed() -> None:
    hours = WorkingHours(OFFICE, {date(2026, 4, 6)})
    assert hours.next_opening(_at(2026, 4, 3, 12)) == _at(2026, 4, 10, 8)


def test_times_without_a_zone_are_local_to_the_calendar() -> None:
    hours = WorkingHours(OFFICE, (), "America/New_York")
    due = hours.add(datetime(2026, 3, 2, 9), timedelta(hours=1))  # noqa: DTZ001
    assert due == datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("America/New_York"))
    assert due.utcoffset() == timedelta(hours=-5)


def test_result_is_aware_and_in_the_zone() -> None:
    due = WorkingHours(OFFICE).add(datetime(2026, 7, 6, 9, tzinfo=UTC), timedelta(minutes=1))
    assert due.utcoffset() == timedelta(hours=2)


def test_window_that_opens_in_the_skipped_hour_opens_at_its_end() -> None:
    hours = WorkingHours({"sun": [("02:30", "05:00")]})
    assert hours.next_opening(_at(2026, 3, 29)) == _at(2026, 3, 29, 3)


@pytest.mark.parametrize(
    "week", [{}, {"mon": []}, {"mon": [], "sun": ()}], ids=["empty", "no-window", "no-windows"]
)
def test_hours_that_are_never_open_are_refused(week: Windows) -> None:
    with pytest.raises(KnownError) as caught:
        WorkingHours(week)
    assert caught.value.code == "hours-never-open"


@pytest.mark.parametrize(
    "pair",
    [("8", "12:00"), ("08:00", "08:00"), ("12:00", "08:00"), ("08:00", "24:01"), ("x", "y"),
     ("08:60", "09:00"), ("-1:00", "09:00"), ("25:00", "26:00"), ("8:0", "9:00")],
)  # fmt: skip
def test_malformed_window_is_refused(pair: tuple[str, str]) -> None:
    with pytest.raises(KnownError) as caught:
        WorkingHours({"mon": [pair]})
    assert caught.value.code == "hours-malformed"


@pytest.mark.parametrize(
    "week",
    [{"pondělí": [("08:00", "12:00")]}, {"mon": [("08:00", "12:00"), ("11:00", "13:00")]}],
)
def test_unknown_day_and_overlapping_windows_are_refused(week: Windows) -> None:
    with pytest.raises(KnownError) as caught:
        WorkingHours(week)
    assert caught.value.code == "hours-malformed"


def test_unknown_zone_is_refused() -> None:
    with pytest.raises(KnownError) as caught:
        WorkingHours(OFFICE, (), "Europe/Lípová")
    assert caught.value.code == "zone-unknown"


def test_negative_time_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        WorkingHours(OFFICE).add(_at(2026, 3, 2, 9), timedelta(seconds=-1))


def test_calendar_closed_for_ever_by_holidays_says_so() -> None:
    days = {date(2020, 1, 1) + timedelta(days=n) for n in range(366 * 60)}
    with pytest.raises(KnownError) as caught:
        WorkingHours(OFFICE, days).add(_at(2026, 3, 2, 9), timedelta(hours=1))
    assert caught.value.code == "hours-never-open"
