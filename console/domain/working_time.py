"""Office hours: adding working time to a moment and measuring it between two.

Windows are local time of a zone, half-open, several a day: a minute is open where the clock
on the wall shows a time in a window, also on the days on which the clock changes. Counting
happens in UTC over a table of windows that grows with the years asked for, so that one deadline
costs one bisect. Months, weeks and days of the law are in ``legal_time``.
"""

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from console.errors import KnownError

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_MINUTES: Final = 24 * 60
_MICROSECOND: Final = timedelta(microseconds=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY: Final = date(1970, 1, 1)
_SECOND: Final = 1_000_000
_MINUTE: Final = 60 * _SECOND
_MARGIN: Final = 26 * 60 * _MINUTE
"""More than any clock is ahead of UTC or behind it."""
_LONGEST_CLOSED: Final = 20
"""Years without a window after which a calendar counts as never open."""


class WorkingHours:
    """A weekly calendar with holidays.

    Args:
        windows: for ``mon`` to ``sun`` pairs of ``"HH:MM"``; the end may be ``"24:00"``.
        holidays: days on which nothing is open.
        zone: name of the time zone that the windows are meant in.

    Raises:
        KnownError: ``hours-never-open``, ``hours-malformed`` or ``zone-unknown``.
    """

    def __init__(
        self,
        windows: Mapping[str, Sequence[tuple[str, str]]],
        holidays: Collection[date] = (),
        zone: str = "Europe/Prague",
    ) -> None:
        self._zone = _zone(zone)
        self._weekly = _weekly(windows)
        self._holidays = frozenset(holidays)
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._done: list[int] = []
        self._first_year = self._last_year = 0

    def add(self, start: datetime, working: timedelta) -> datetime:
        """Return the moment at which so much working time has passed since ``start``.

        Args:
            start: naive times are local to the zone.
            working: not negative; zero gives ``start`` itself where that is open, and the
                next opening otherwise.

        Returns:
            Aware, in the zone. The end of a window where the time is up exactly there.

        Raises:
            ValueError: for a negative amount.
        """
        if working < timedelta(0):
            raise ValueError("working time is not negative")
        at = self._micros(start)
        self._cover(start.year)
        if not working:
            return self._local(self._opening(at))
        due = self._passed(at) + working // _MICROSECOND
        while self._done[-1] < due:
            self._cover_further()
        index = bisect_right(self._done, due - 1) - 1
        return self._local(self._starts[index] + due - self._done[index])

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from ``start`` to ``end``; negative where they are turned."""
        first, last = self._micros(start), self._micros(end)
        self._cover(min(start.year, end.year))
        self._cover(max(start.year, end.year) + 1)
        return (self._passed(last) - self._passed(first)) * _MICROSECOND

    def is_open(self, at: datetime) -> bool:
        """Return whether a moment lies in a window; a window's end does not."""
        micros = self._micros(at)
        self._cover(at.year)
        index = bisect_right(self._starts, micros) - 1
        return index >= 0 and micros < self._ends[index]

    def next_opening(self, at: datetime) -> datetime:
        """Return ``at`` itself where that is open, otherwise the next window's beginning."""
        self._cover(at.year)
        return self._local(self._opening(self._micros(at)))

    def _opening(self, at: int) -> int:
        while not self._ends or self._ends[-1] <= at:
            self._cover_further()
        index = bisect_right(self._ends, at)
        return max(at, self._starts[index])

    def _passed(self, at: int) -> int:
        """Return the working microseconds from the table's beginning to a moment."""
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return 0
        return self._done[index] + min(at, self._ends[index]) - self._starts[index]

    def _micros(self, at: datetime) -> int:
        aware = at if at.tzinfo else at.replace(tzinfo=self._zone)
        return (aware - _EPOCH) // _MICROSECOND

    def _local(self, micros: int) -> datetime:
        return (_EPOCH + micros * _MICROSECOND).astimezone(self._zone)

    def _cover(self, year: int) -> None:
        """Grow the table so that it reaches from the year before to the year behind."""
        if self._first_year <= year - 1 and year + 1 <= self._last_year:
            return
        if not self._last_year:
            self._first_year, self._last_year = year - 1, year + 1
        self._first_year = min(self._first_year, year - 1)
        self._last_year = max(self._last_year, year + 1)
        self._fill()

    def _cover_further(self) -> None:
        """Grow the table by half, unless nothing was open in it for too long."""
        last = self._local(self._ends[-1]).year if self._ends else self._first_year
        if self._last_year - last > _LONGEST_CLOSED:
            raise KnownError("hours-never-open")
        self._cover(self._last_year + (self._last_year - self._first_year) // 2)

    def _fill(self) -> None:
        spans = [
            span
            for ordinal in range(
                date(self._first_year, 1, 1).toordinal(),
                date(self._last_year, 12, 31).toordinal() + 1,
            )
            for span in self._day_spans(date.fromordinal(ordinal))
        ]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self._done = [0]
        for start, end in spans:
            self._done.append(self._done[-1] + end - start)

    def _day_spans(self, day: date) -> list[tuple[int, int]]:
        """Return a day's windows in UTC, cut where the clock changes."""
        windows = self._weekly[day.weekday()]
        if not windows or day in self._holidays:
            return []
        midnight = (day - _EPOCH_DAY).days * _DAY_MINUTES * _MINUTE
        return sorted(
            (start, end)
            for offset, begins, ends in self._pieces(midnight)
            for opens, closes in windows
            if (start := max(begins, midnight + opens * _MINUTE - offset))
            < (end := min(ends, midnight + closes * _MINUTE - offset))
        )

    def _pieces(self, midnight: int) -> list[tuple[int, int, int]]:
        """Return the stretches around a day in which the clock's offset stays the same."""
        first, last = midnight - _MARGIN, midnight + _MARGIN * 2
        before, after = self._offset(first), self._offset(last)
        if before == after:
            return [(before, first, last)]
        low, high = first, last
        while high - low > _SECOND:
            middle = (low + high) // (2 * _SECOND) * _SECOND
            if self._offset(middle) == before:
                low = middle
            else:
                high = middle
        return [(before, first, high), (after, high, last)]

    def _offset(self, micros: int) -> int:
        offset = self._local(micros).utcoffset()
        return (offset or timedelta()) // _MICROSECOND


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise KnownError("zone-unknown", zone=name) from error


def _weekly(
    windows: Mapping[str, Sequence[tuple[str, str]]],
) -> tuple[tuple[tuple[int, int], ...], ...]:
    unknown = set(windows) - set(WEEKDAYS)
    if unknown:
        raise KnownError("hours-malformed", value=", ".join(sorted(map(str, unknown))))
    weekly = tuple(_day_windows(windows.get(day, ())) for day in WEEKDAYS)
    if not any(weekly):
        raise KnownError("hours-never-open")
    return weekly


def _day_windows(windows: Sequence[tuple[str, str]]) -> tuple[tuple[int, int], ...]:
    parsed = sorted((_minutes(opens), _minutes(closes)) for opens, closes in windows)
    for opens, closes in parsed:
        if opens >= closes:
            raise KnownError("hours-malformed", value=_shown(opens, closes))
    for (_, closes), (opens, later) in pairwise(parsed):
        if opens < closes:
            raise KnownError("hours-malformed", value=_shown(opens, later))
    return tuple(parsed)


def _shown(opens: int, closes: int) -> str:
    return f"{opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}"


def _minutes(text: str) -> int:
    hours, _, minutes = text.partition(":")
    if not (hours.isdigit() and minutes.isdigit() and len(minutes) == 2):
        raise KnownError("hours-malformed", value=text)
    total = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or total > _DAY_MINUTES:
        raise KnownError("hours-malformed", value=text)
    return total
