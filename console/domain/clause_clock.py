"""The clock of one clause: when it starts, when it is due, and what a standstill takes.

Plain arithmetic over calendars; which clause it is and why is in ``counting``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal, cast

from console.domain.agreement import (
    ALWAYS,
    Agreement,
    Clause,
    ClauseUnit,
    DueMoment,
    StartPolicy,
    days_of_rest,
)
from console.domain.deadline import WARNINGS
from console.domain.legal_time import (
    is_working_day,
    last_day,
    next_working_day,
    period_end,
)
from console.domain.local_time import PRAGUE
from console.domain.story import Pause

END_OF_DAY: Final = time(23, 59, 59)
_HOUR_UNITS: Final = (ClauseUnit.HOURS, ClauseUnit.WORKING_HOURS)


@dataclass(frozen=True, slots=True)
class PutOff:
    """What one standstill did: the part of it that fell into the period, and the due times."""

    begin: datetime
    end: datetime
    before: datetime
    after: datetime


class ClauseClock:
    """The clock of a clause.

    Args:
        agreement: whose calendars the clause names.
        clause: the rule.
        closures: the client's own closed days.
    """

    def __init__(self, agreement: Agreement, clause: Clause, closures: frozenset[date]) -> None:
        self._agreement = agreement
        self._clause = clause
        self._closures = closures
        self._rest = days_of_rest(closures)
        self._hours = agreement.hours(clause.calendar, closures)

    def start(self, origin: datetime) -> datetime:
        """Return when the clock starts for what came at a moment; in Prague."""
        local = origin.astimezone(PRAGUE)
        if self._clause.start is StartPolicy.OPENING:
            return self._hours.next_opening(local)
        return local

    def due(self, start: datetime, length: timedelta | None = None) -> datetime:
        """Return when it is due if nothing stops the clock.

        Args:
            start: when the clock started.
            length: of a clause that counts hours, where another one than its own is meant.
        """
        if self._clause.unit not in _HOUR_UNITS:
            return due_on(self._agreement, self._clause, start.date(), self._closures)
        length = length or timedelta(hours=self._clause.amount)
        if self._clause.unit is ClauseUnit.HOURS:
            return _after(start, length)
        return self._hours.add(start, length)

    def put_off(
        self, start: datetime, stops: Sequence[Pause], length: timedelta | None = None
    ) -> datetime:
        """Return when it is due, put off by what the standstills took from the counted time."""
        due = self.due(start, length)
        for step in self.put_offs(start, stops, length):
            due = step.after
        return due

    def put_offs(
        self, start: datetime, stops: Sequence[Pause], length: timedelta | None = None
    ) -> Iterator[PutOff]:
        """Yield what each standstill does; those outside the period do nothing.

        Args:
            start: when the clock started.
            stops: standstills in UTC, in the order of time and not overlapping.
            length: as for :meth:`due`.
        """
        due = self.due(start, length)
        days = 0
        for stop in stops:
            begin, end = max(stop.start, start), cast("datetime", stop.end)
            if begin >= due or end <= begin:
                continue
            if self._clause.unit in _HOUR_UNITS:
                after = self._later(due, begin, end)
            else:
                days += self._days_stopped(begin, end)
                after = max(due, self._due_outside(start, end, days))
            yield PutOff(begin, end, due, after)
            due = after

    def _later(self, due: datetime, begin: datetime, end: datetime) -> datetime:
        if self._clause.unit is ClauseUnit.HOURS:
            return _after(due, end - begin)
        lost = self._hours.between(begin, end)
        return self._hours.add(due, lost) if lost else due

    def _due_outside(self, start: datetime, end: datetime, days: int) -> datetime:
        """Return the due time after so many stopped days; it never falls into a standstill."""
        while True:
            due = due_on(self._agreement, self._clause, start.date(), self._closures, days)
            if due >= end:
                return due
            days += 1

    def _days_stopped(self, begin: datetime, end: datetime) -> int:
        """Return the days of a standstill; the one on which it began does not count.

        Source:
            Act 89/2012 (Civil Code), s. 605.
        """
        first, last = begin.astimezone(PRAGUE).date(), end.astimezone(PRAGUE).date()
        if self._clause.unit is not ClauseUnit.WORKING_DAYS:
            return (last - first).days
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(is_working_day(day, self._rest) for day in days)

    def warned_at(self, start: datetime, stops: Sequence[Pause]) -> tuple[datetime, ...]:
        """Return when so much of the counted time is gone as ``WARNINGS`` say."""
        due = self.put_off(start, stops)
        return tuple(self._warned_at(percent, start, stops, due) for percent in WARNINGS)

    def _warned_at(
        self, percent: int, start: datetime, stops: Sequence[Pause], due: datetime
    ) -> datetime:
        if percent == WARNINGS[-1]:
            return due
        if self._clause.unit in _HOUR_UNITS:
            length = timedelta(hours=self._clause.amount) * percent / 100
            return self.put_off(start, stops, length)
        begin = start.astimezone(UTC)
        moment = begin + (self.due(start).astimezone(UTC) - begin) * percent / 100
        for stop in stops:
            end = cast("datetime", stop.end)
            moment += max(end - max(stop.start, begin), timedelta()) * (stop.start < moment)
        return min(moment, due.astimezone(UTC)).astimezone(PRAGUE)

    def skipped(self, start: datetime) -> tuple[date, ...]:
        """Return the days of rest that the count passes over, or that its end rolls over."""
        first, last = start.date(), self.due(start).date()
        days = [first + timedelta(days=n) for n in range(1, (last - first).days)]
        if self._clause.unit in (ClauseUnit.WORKING_DAYS, ClauseUnit.WORKING_HOURS):
            return tuple(day for day in days if not is_working_day(day, self._rest))
        rolled: list[date] = []
        while days and not is_working_day(days[-1], self._rest):
            rolled.append(days.pop())
        return tuple(reversed(rolled))


def due_on(
    agreement: Agreement,
    clause: Clause,
    start: date,
    closures: frozenset[date],
    stopped: int = 0,
) -> datetime:
    """Return when a clause that counts days, weeks or months is due.

    Args:
        agreement: whose calendars the clause names.
        clause: one that does not count hours.
        start: the day on which its clock starts, in Prague.
        closures: the client's own closed days.
        stopped: days (working days for such a clause) in which its clock stood still.

    Source:
        Act 89/2012 (Civil Code), ss. 605 and 607; a standstill lengthens the period before
        its end moves to a working day.
    """
    if clause.amount + stopped == 0:
        return _end_of(agreement, clause, start, closures)
    rest = days_of_rest(closures)
    if clause.unit is ClauseUnit.WORKING_DAYS:
        day = last_day(start, clause.amount + stopped, "working_days", rest)
    else:
        unit = cast("Literal['days', 'weeks', 'months']", clause.unit.value)
        end = period_end(start, clause.amount, unit) + timedelta(days=stopped)
        day = next_working_day(end, rest)
    return _end_of(agreement, clause, day, closures)


def _end_of(agreement: Agreement, clause: Clause, day: date, closures: frozenset[date]) -> datetime:
    """Return the moment of a day that the clause means."""
    if clause.due is DueMoment.END_OF_DAY or clause.calendar == ALWAYS:
        return local(day, END_OF_DAY)
    hours = agreement.hours(clause.calendar, closures)
    midnight = local(day, time())
    open_that_day = hours.between(midnight, local(day + timedelta(days=1), time()))
    closing = hours.add(midnight, open_that_day)
    return closing if open_that_day else local(day, END_OF_DAY)


def _after(start: datetime, span: timedelta) -> datetime:
    """Add elapsed time in UTC, so that a change of the clock does not bend it."""
    return (start.astimezone(UTC) + span).astimezone(PRAGUE)


def local(day: date, at: time) -> datetime:
    """Return a time of day in Prague, aware."""
    return datetime.combine(day, at, PRAGUE)
