"""Periods of the Civil Code and public holidays."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.legal_time import (
    Unit,
    add_months,
    complaint_due,
    complaint_lodging_due,
    czech_holidays,
    czech_holidays_between,
    is_working_day,
    last_day,
    notice_day,
    refund_due,
)

REST = czech_holidays_between(2015, 2041)
DAYS = st.dates(date(2016, 1, 1), date(2040, 1, 1))


@pytest.mark.parametrize("year", range(2016, 2041))
def test_holidays_are_those_of_the_package_that_others_keep(year: int) -> None:
    assert czech_holidays(year) == frozenset(holidays.country_holidays("CZ", years=year))


@pytest.mark.parametrize(
    ("start", "count", "unit", "last"),
    [
        ("2026-03-02", 1, "days", "2026-03-03"),
        ("2026-03-02", 5, "days", "2026-03-09"),  # the 7th is a Saturday
        ("2026-03-02", 1, "weeks", "2026-03-09"),
        ("2026-03-30", 1, "weeks", "2026-04-07"),  # Easter Monday moves on
        ("2026-01-31", 1, "months", "2026-03-02"),  # 28 February is a Saturday
        ("2024-01-31", 1, "months", "2024-02-29"),
        ("2025-01-31", 1, "months", "2025-02-28"),
        ("2026-10-17", 1, "months", "2026-11-18"),  # 17 November is a holiday
        ("2026-11-24", 1, "months", "2026-12-28"),  # Christmas, then a weekend
        ("2026-04-01", 5, "working_days", "2026-04-10"),  # Good Friday, Easter Monday
        ("2026-11-16", 5, "working_days", "2026-11-24"),
        ("2026-12-18", 5, "working_days", "2026-12-29"),
        ("2026-03-07", 1, "working_days", "2026-03-09"),
        ("2026-04-30", 1, "days", "2026-05-04"),  # 1 May, then a weekend
        ("2026-12-31", 2, "months", "2027-03-01"),  # 28 February 2027 is a Sunday
    ],
)
def test_last_day_as_counted_by_hand(start: str, count: int, unit: Unit, last: str) -> None:
    assert last_day(date.fromisoformat(start), count, unit, REST) == date.fromisoformat(last)


@given(start=DAYS, count=st.integers(1, 60), unit=st.sampled_from(["days", "weeks", "months"]))
def test_last_day_is_never_a_day_of_rest(start: date, count: int, unit: Unit) -> None:
    assert is_working_day(last_day(start, count, unit, REST), REST)


@given(start=DAYS, count=st.integers(1, 60))
def test_working_days_are_counted_one_by_one(start: date, count: int) -> None:
    end = last_day(start, count, "working_days", REST)
    days = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(is_working_day(day, REST) for day in days) == count


@given(start=DAYS, count=st.integers(1, 30), unit=st.sampled_from(["days", "weeks", "months"]))
def test_longer_period_never_ends_earlier(start: date, count: int, unit: Unit) -> None:
    assert last_day(start, count, unit, REST) <= last_day(start, count + 1, unit, REST)


@given(day=DAYS, months=st.integers(0, 60))
def test_month_later_has_the_same_number_or_is_the_last_day(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("end", "count", "unit", "day"),
    [
        ("2026-12-31", 3, "months", "2026-09-30"),
        ("2026-05-31", 3, "months", "2026-02-28"),  # a Saturday: it does not move
        ("2026-03-09", 1, "weeks", "2026-03-02"),
        ("2026-04-07", 3, "working_days", "2026-03-31"),
    ],
)
def test_period_counted_backwards_does_not_move(end: str, count: int, unit: Unit, day: str) -> None:
    assert notice_day(date.fromisoformat(end), count, unit, REST) == date.fromisoformat(day)


def test_complaint_is_settled_in_a_month_or_two() -> None:
    lodged = date(2026, 2, 10)
    assert complaint_due(lodged, False, REST) == date(2026, 3, 10)
    assert complaint_due(lodged, True, REST) == date(2026, 4, 10)


def test_complaint_is_lodged_within_two_months() -> None:
    assert complaint_lodging_due(date(2025, 12, 1), REST) == date(2026, 2, 2)


def test_refund_follows_within_a_month() -> None:
    assert refund_due(date(2026, 3, 10), REST) == date(2026, 4, 10)


@pytest.mark.parametrize("unit", ["days", "working_days", "weeks", "months"])
def test_period_without_a_unit_is_refused(unit: Unit) -> None:
    for function in (last_day, notice_day):
        with pytest.raises(ValueError, match="at least one"):
            function(date(2026, 3, 2), 0, unit, REST)


def test_own_closures_are_days_of_rest() -> None:
    closed = czech_holidays_between(2026, 2026, {date(2026, 3, 3)})
    assert last_day(date(2026, 3, 2), 1, "days", closed) == date(2026, 3, 4)
