"""Days, working days, weeks and months as the Civil Code counts them, and public holidays.

Hours are in ``working_time``. Holidays are computed here, because the ``holidays`` package
takes a third of a second to import; a test holds the two against each other.
"""

from calendar import monthrange
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

Unit = Literal["days", "working_days", "weeks", "months"]
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_FIXED_HOLIDAYS: Final = (
    (1, 1),
    (5, 1),
    (5, 8),
    (7, 5),
    (7, 6),
    (9, 28),
    (10, 28),
    (11, 17),
    (12, 24),
    (12, 25),
    (12, 26),
)
_GOOD_FRIDAY_SINCE: Final = 2016
COMPLAINT_LODGING_MONTHS: Final = 2
COMPLAINT_MONTHS: Final = 1
COMPLAINT_FOREIGN_MONTHS: Final = 2
REFUND_MONTHS: Final = 1
OBJECTION_MONTHS: Final = 1


def last_day(start: date, count: int, unit: Unit, holidays: Collection[date]) -> date:
    """Return the last day of a period that begins with an event on ``start``.

    The day of the event does not count. Weeks and months end on the day of the same name or
    number, or on the month's last day. A last day on a Saturday, a Sunday or a holiday moves
    to the next working day. Holidays in between count, except for working days.

    Args:
        start: day of the event.
        count: units, at least one.
        unit: ``days``, ``working_days``, ``weeks`` or ``months``.
        holidays: days that are no working days beside Saturdays and Sundays.

    Raises:
        ValueError: for a count below one or another unit.

    Source:
        Act 89/2012 (Civil Code), s. 605 (beginning and end of a period), s. 607 (last day on a
        day of rest).
    """
    if count < 1:
        raise ValueError("a period has at least one unit")
    if unit == "working_days":
        return _working_days_after(start, count, holidays)
    return next_working_day(period_end(start, count, unit), holidays)


def period_end(start: date, count: int, unit: Literal["days", "weeks", "months"]) -> date:
    """Return the day on which a period ends by its length alone, be it a day of rest or not.

    Args:
        start: day of the event, which does not count.
        count: units.
        unit: ``days``, ``weeks`` or ``months``.

    Raises:
        ValueError: for another unit.

    Source:
        Act 89/2012 (Civil Code), s. 605.
    """
    if unit == "months":
        return add_months(start, count)
    if unit not in ("days", "weeks"):
        raise ValueError(unit)
    return start + count * (7 if unit == "weeks" else 1) * _DAY


def notice_day(end: date, count: int, unit: Unit, holidays: Collection[date]) -> date:
    """Return the last day on which notice can be given so that it is in time for ``end``.

    Counted backwards, and not moved to another day: moving it forward would shorten the
    other side's period.

    Args:
        end: day by which the notice must have run out.
        count: units, at least one.
        unit: ``days``, ``working_days``, ``weeks`` or ``months``.
        holidays: days that are no working days.

    Source:
        Act 89/2012, s. 605; s. 607 does not apply to periods counted backwards.
    """
    if count < 1:
        raise ValueError("a period has at least one unit")
    if unit == "working_days":
        day = end
        for _ in range(count):
            day -= _DAY
            while not is_working_day(day, holidays):
                day -= _DAY
        return day
    if unit == "months":
        return add_months(end, -count)
    return end - count * (7 if unit == "weeks" else 1) * _DAY


def _working_days_after(start: date, count: int, holidays: Collection[date]) -> date:
    day = start
    for _ in range(count):
        day = next_working_day(day + _DAY, holidays)
    return day


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Return whether a day is none of Saturday, Sunday and holiday."""
    return day.weekday() < _SATURDAY and day not in holidays


def next_working_day(day: date, holidays: Collection[date]) -> date:
    """Return the day itself where it is a working day, otherwise the next one.

    Source:
        Act 89/2012, s. 607.
    """
    while not is_working_day(day, holidays):
        day += _DAY
    return day


def add_months(day: date, months: int) -> date:
    """Return the day of the same number so many months later, or that month's last day.

    Source:
        Act 89/2012, s. 605(2).
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=512)
def czech_holidays(year: int) -> frozenset[date]:
    """Return the days of rest of one year.

    Source:
        Act 245/2000, s. 1 and s. 2; Good Friday by the amendment 359/2015, since 2016.
    """
    easter = _easter_sunday(year)
    movable = [easter + _DAY] + ([easter - 2 * _DAY] if year >= _GOOD_FRIDAY_SINCE else [])
    return frozenset([date(year, month, day) for month, day in _FIXED_HOLIDAYS] + movable)


def czech_holidays_between(first: int, last: int, closures: Iterable[date] = ()) -> frozenset[date]:
    """Return the days of rest of the years from ``first`` to ``last``, with own closures."""
    return frozenset(closures).union(*(czech_holidays(year) for year in range(first, last + 1)))


def _easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a = year % 19
    b, c = divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def complaint_due(lodged: date, foreign_operator: bool, holidays: Collection[date]) -> date:
    """Return the last day on which a complaint is settled in time.

    Args:
        lodged: day on which the complaint was lodged.
        foreign_operator: whether a foreign operator must be asked.
        holidays: days of rest.

    Source:
        Act 127/2005 (Electronic Communications), s. 64(9): one month, two where a foreign
        operator takes part; Act 89/2012, ss. 605 and 607 for the counting.
    """
    months = COMPLAINT_FOREIGN_MONTHS if foreign_operator else COMPLAINT_MONTHS
    return last_day(lodged, months, "months", holidays)


def complaint_lodging_due(delivered: date, holidays: Collection[date]) -> date:
    """Return the last day on which a complaint of a bill can be lodged.

    Args:
        delivered: day on which the bill was delivered, or the faulty service given.
        holidays: days of rest.

    Source:
        Act 127/2005, s. 64(8).
    """
    return last_day(delivered, COMPLAINT_LODGING_MONTHS, "months", holidays)


def refund_due(settled: date, holidays: Collection[date]) -> date:
    """Return the last day on which an overpaid amount must be paid back.

    Args:
        settled: day on which the complaint was settled.
        holidays: days of rest.

    Source:
        Act 127/2005, s. 64(10): within one month of the complaint's settlement.
    """
    return last_day(settled, REFUND_MONTHS, "months", holidays)


def objection_due(replied: date, holidays: Collection[date]) -> date:
    """Return the last day for an objection to the regulator against a settled complaint.

    Args:
        replied: day on which the client had the reply, or on which the time for it ran out.
        holidays: days of rest.

    Source:
        Act 127/2005, s. 129(3): within one month from the delivery of the reply, or from the
        day on which the time for settling the complaint ran out.
    """
    return last_day(replied, OBJECTION_MONTHS, "months", holidays)
