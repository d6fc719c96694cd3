"""Counting one deadline: when its clock starts, what puts it off, and when it is due.

Writes down each step as it goes. Which of several deadlines governs is in ``deadlines``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Literal, TypeVar, cast

from console.domain import explanation as say
from console.domain.agreement import (
    ALWAYS,
    Agreement,
    Clause,
    ClauseUnit,
    DueMoment,
    Nature,
    Reopening,
    StartPolicy,
    days_of_rest,
)
from console.domain.clause_choice import choose, why
from console.domain.explanation import PRAGUE, Amount, Days, Marked, Step
from console.domain.legal_time import (
    is_working_day,
    last_day,
    next_working_day,
    period_end,
)
from console.domain.story import (
    PAUSE_REASONS,
    Addition,
    Facts,
    Pause,
    RecordedException,
    Reopened,
    Story,
    reason_label,
    united,
)
from console.domain.working_time import WorkingHours
from console.texts import N_

WARNINGS: Final = (50, 75, 90, 100)
END_OF_DAY: Final = time(23, 59, 59)
_HOUR_UNITS: Final = (ClauseUnit.HOURS, ClauseUnit.WORKING_HOURS)
_Counted = TypeVar("_Counted")


@dataclass(frozen=True, slots=True)
class Cycle:
    """A period that a resolution ended before the request was reopened; all aware."""

    start: datetime
    due: datetime
    resolved: datetime

    @property
    def is_met(self) -> bool:
        """Whether the resolution was in time."""
        return _utc(self.resolved) <= self.due


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline with its explanation.

    Args:
        nature: soft, contractual or statutory.
        clause: id of the clause, or section of the law.
        start: when its clock started, aware.
        due: aware; resolved at or before it is in time.
        explanation: how it came about.
        ended: for a reopened request, the periods that its resolutions ended.
        warned_at: when so much of the counted time is gone as ``WARNINGS`` say; by the clock
            where empty.
    """

    nature: Nature
    clause: str
    start: datetime
    due: datetime
    explanation: tuple[Step, ...]
    ended: tuple[Cycle, ...] = ()
    warned_at: tuple[datetime, ...] = ()

    @property
    def first_met(self) -> bool | None:
        """For a reopened request, whether the first resolution was in time."""
        return self.ended[0].is_met if self.ended else None

    def is_met(self, resolved: datetime) -> bool:
        """Return whether a resolution at this moment is in time."""
        return _utc(resolved) <= self.due

    def warning_at(self, percent: int) -> datetime:
        """Return the moment at which so much of the time is gone; one of ``WARNINGS``."""
        if self.warned_at:
            return self.warned_at[WARNINGS.index(percent)]
        start = _utc(self.start)
        return (start + (_utc(self.due) - start) * percent / 100).astimezone(PRAGUE)

    def warnings_due(self, now: datetime, already: int = 0) -> tuple[int, ...]:
        """Return the warnings that are due and were not given, for example after sleep."""
        moment = _utc(now)
        return tuple(p for p in WARNINGS if p > already and moment >= self.warning_at(p))


class Count:
    """Counts the deadline of one nature, writing down each step.

    Args:
        agreement: the terms.
        facts: what came.
        story: what happened since.
        now: the end of what still lasts.
        closures: the client's own closed days.
        nature: which deadline.
    """

    def __init__(
        self,
        agreement: Agreement,
        facts: Facts,
        story: Story,
        now: datetime | None,
        closures: frozenset[date],
        nature: Nature,
    ) -> None:
        self._agreement = agreement
        self._facts = facts
        self._story = story
        self._now = now
        self._closures = closures
        self._nature = nature
        self._rest = days_of_rest(closures)
        self._steps: list[Step] = []
        self._origin = facts.received
        self._clause: Clause | None = None
        self._closed: list[Pause] = []
        self._ended: list[Cycle] = []
        self._last: tuple[Clause, tuple[Pause, ...]]

    def deadline(self) -> Deadline | None:
        """Return the deadline with its explanation, or None where no clause fits."""
        self._say(say.RECEIVED, N_("The request was received on {at}."), at=self._facts.received)
        self._judge(self._fitting(self._facts.count))
        events: list[Addition | Reopened] = [*self._story.additions, *self._story.reopenings]
        for event in sorted(events, key=_when):
            if isinstance(event, Addition):
                self._add(event)
            else:
                self._reopen(event)
        if self._clause is None:
            return None
        start, due = self._counted(self._clause)
        self._say(say.DUE, N_("It is due on {at}."), at=due)
        return Deadline(
            self._nature,
            self._clause.id,
            start,
            due,
            tuple(self._steps),
            tuple(self._ended),
            tuple(self._warned_at(percent, start, due) for percent in WARNINGS),
        )

    def _warned_at(self, percent: int, start: datetime, due: datetime) -> datetime:
        """Return when so much of the counted time is gone; a standstill puts it off, too."""
        clause, stops = self._last
        if percent == 100:
            return due
        if clause.unit in _HOUR_UNITS:
            length = timedelta(hours=clause.amount) * percent / 100
            return self._silenced(lambda: self._extended(clause, start, stops, length))
        free = self._due(clause, start)
        moment = _utc(start) + (_utc(free) - _utc(start)) * percent / 100
        for stop in stops:
            begin, end = max(stop.start, _utc(start)), cast("datetime", stop.end)
            if begin < moment and begin < end:
                moment += end - begin
        return min(moment, _utc(due)).astimezone(PRAGUE)

    def _fitting(self, count: int) -> tuple[Clause, ...]:
        return choose(self._agreement, self._nature, self._facts.kind, self._facts.channel, count)

    def _say(self, step: str, template: str, **facts: Any) -> None:
        self._steps.append(Step(step, template, facts))

    def _judge(self, fitting: Sequence[Clause]) -> None:
        if not fitting:
            return
        self._clause = fitting[0]
        self._steps.append(say.clause_step(fitting[0], why(self._agreement, fitting)))
        for lost in fitting[1:]:
            self._say(
                say.LOST,
                N_("“{reference}” ({amount}) would fit, too, but gives way."),
                reference=lost.reference,
                amount=Amount(lost.amount, lost.unit),
            )

    def _add(self, addition: Addition) -> None:
        """Judge again where numbers were added, unless it was overdue by then."""
        if self._clause and _utc(addition.at) > self._quietly_counted(self._clause)[1]:
            self._say(
                say.ADDED,
                N_("{count} numbers since {at}: already overdue, so it gets no longer."),
                count=addition.count,
                at=addition.at,
            )
            return
        fitting = self._fitting(addition.count)
        if fitting:
            self._say(
                say.ADDED,
                N_("{count} numbers since {at}: judged anew from the time of receipt."),
                count=addition.count,
                at=addition.at,
            )
            self._judge(fitting)

    def _reopen(self, reopened: Reopened) -> None:
        """Keep how the resolution stood; then go on, or begin a new period."""
        if self._clause is None:
            return
        cycle = Cycle(*self._quietly_counted(self._clause), reopened.resolved)
        self._ended.append(cycle)
        begins_anew = self._agreement.reopening is Reopening.NEW_CYCLE
        self._say(
            say.REOPENED,
            N_("Resolved on {resolved} ({kept}), reopened on {reopened}: a new period begins.")
            if begins_anew
            else N_("Resolved on {resolved} ({kept}), reopened on {reopened}: the period goes on."),
            resolved=reopened.resolved,
            kept=Marked(N_("in time") if cycle.is_met else N_("late")),
            reopened=reopened.reopened,
        )
        if begins_anew:
            self._origin = reopened.reopened
        elif cycle.is_met:
            self._closed.append(_standstill(reopened.resolved, reopened.reopened))

    def _quietly_counted(self, clause: Clause) -> tuple[datetime, datetime]:
        """Count as things stand at this point of the story, without writing it down."""
        return self._silenced(lambda: self._counted(clause))

    def _silenced(self, count: Callable[[], _Counted]) -> _Counted:
        written = len(self._steps)
        counted = count()
        del self._steps[written:]
        return counted

    def _counted(self, clause: Clause) -> tuple[datetime, datetime]:
        """Return start and due time of the period that runs."""
        start = self._start(clause)
        stops = self._stops(clause)
        due = self._silenced(lambda: self._extended(clause, start, stops))
        longer = self._exceptional(clause, start, due)
        self._explain_count(longer, start)
        self._last = longer, stops
        return start, self._extended(longer, start, stops)

    def _start(self, clause: Clause) -> datetime:
        local = self._origin.astimezone(PRAGUE)
        if clause.start is StartPolicy.OPENING:
            return self._hours(clause).next_opening(local)
        return local

    def _hours(self, clause: Clause) -> WorkingHours:
        return self._agreement.hours(clause.calendar, self._closures)

    def _stops(self, clause: Clause) -> tuple[Pause, ...]:
        """Return all times in which the clause's clock stands still, united."""
        pauses = list(self._story.pauses) if clause.pausable else []
        still = {e.reason for e in clause.exceptions if e.amount is None}
        for recorded in self._story.exceptions:
            if recorded.reason in still:
                end = recorded.end or self._now or recorded.start
                pauses.append(_standstill(recorded.start, end))
        return united([*pauses, *self._closed], self._now)

    def _exceptional(self, clause: Clause, start: datetime, due: datetime) -> Clause:
        """Return the clause with the amount that recorded exceptions give it; tell them all."""
        listed = {exception.reason: exception for exception in clause.exceptions}
        longer = clause
        for recorded in self._story.exceptions:
            exception = listed.get(recorded.reason)
            if exception is None or (recorded.end and _utc(recorded.end) <= start):
                continue
            counts = _utc(recorded.start) < due
            self._say_exception(recorded, exception.amount, clause.unit, counts)
            if counts and exception.amount is not None:
                longer = replace(longer, amount=max(exception.amount, longer.amount))
        return longer

    def _say_exception(
        self, recorded: RecordedException, amount: int | None, unit: ClauseUnit, counts: bool
    ) -> None:
        if not counts:
            template = N_("Exception “{reason}” began on {start}, after it was due: no change.")
        elif amount is None:
            template = N_(
                "Exception “{reason}” since {start}, proof: {evidence}; the clock stands still"
                " while it lasts."
            )
        else:
            template = N_(
                "Exception “{reason}” since {start}, proof: {evidence}; {amount} instead."
            )
        self._say(
            say.EXCEPTION,
            template,
            reason=Marked(reason_label(recorded.reason)),
            start=recorded.start,
            evidence=recorded.evidence,
            amount=Amount(amount or 0, unit),
        )

    def _due(self, clause: Clause, start: datetime, length: timedelta | None = None) -> datetime:
        length = length or timedelta(hours=clause.amount)
        if clause.unit is ClauseUnit.HOURS:
            return _after(start, length)
        if clause.unit is ClauseUnit.WORKING_HOURS:
            return self._hours(clause).add(start, length)
        return due_on(self._agreement, clause, start.date(), self._closures)

    def _extended(
        self,
        clause: Clause,
        start: datetime,
        stops: Sequence[Pause],
        length: timedelta | None = None,
    ) -> datetime:
        """Return the due time, put off by what the standstills took from the counted time.

        Args:
            clause: the rule.
            start: when its clock started.
            stops: the standstills, united.
            length: of a clause that counts hours, where another one than its own is meant.
        """
        due = self._due(clause, start, length)
        days = 0
        for stop in stops:
            begin, end = max(stop.start, start), cast("datetime", stop.end)
            if begin >= due or end <= begin:
                continue
            days += self._days_stopped(clause, begin, end)
            put_off, lent = self._put_off(clause, start, due, begin, end, days), 0
            while put_off < end:  # a day's deadline never falls into a standstill
                lent += 1
                put_off = self._put_off(clause, start, due, begin, end, days + lent)
            self._say(
                say.PAUSE,
                N_("The clock stood still from {start} to {end}: put off to {due}.")
                if put_off > due
                else N_("The clock stood still from {start} to {end}, but nothing was counted."),
                start=begin,
                end=end,
                due=put_off,
            )
            due = put_off
        return due

    def _put_off(
        self,
        clause: Clause,
        start: datetime,
        due: datetime,
        begin: datetime,
        end: datetime,
        days: int,
    ) -> datetime:
        """Add the overlap in the clause's own unit; ``days`` are those of all stops so far."""
        if clause.unit is ClauseUnit.HOURS:
            return _after(due, end - begin)
        if clause.unit is ClauseUnit.WORKING_HOURS:
            hours = self._hours(clause)
            lost = hours.between(begin, end)
            return hours.add(due, lost) if lost else due
        return max(due, due_on(self._agreement, clause, start.date(), self._closures, days))

    def _days_stopped(self, clause: Clause, begin: datetime, end: datetime) -> int:
        """Return the days of a standstill; the one on which it began does not count.

        Source:
            Act 89/2012 (Civil Code), s. 605.
        """
        first, last = begin.astimezone(PRAGUE).date(), end.astimezone(PRAGUE).date()
        if clause.unit is not ClauseUnit.WORKING_DAYS:
            return (last - first).days
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(is_working_day(day, self._rest) for day in days)

    def _explain_count(self, clause: Clause, start: datetime) -> None:
        amount = Amount(clause.amount, clause.unit)
        if start != self._origin.astimezone(PRAGUE):
            self._say(
                say.COUNTED,
                N_("It came outside office hours; the clock starts on {at}."),
                at=start,
            )
        if clause.unit is ClauseUnit.HOURS:
            self._say(say.COUNTED, N_("{amount}, weekends included."), amount=amount)
            return
        self._say(
            say.COUNTED,
            N_("{amount}; the day of receipt does not count.")
            if clause.amount and clause.unit is not ClauseUnit.WORKING_HOURS
            else N_("{amount} counted."),
            amount=amount,
        )
        skipped = self._skipped(clause, start.date(), self._due(clause, start).date())
        if skipped:
            self._say(say.NOT_COUNTED, N_("Days that do not count: {days}."), days=Days(skipped))

    def _skipped(self, clause: Clause, start: date, due: date) -> tuple[date, ...]:
        """Return the days of rest that the count passed over, or that its end rolled over."""
        days = [start + timedelta(days=n) for n in range(1, (due - start).days)]
        if clause.unit in (ClauseUnit.WORKING_DAYS, ClauseUnit.WORKING_HOURS):
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


def _standstill(start: datetime, end: datetime) -> Pause:
    return Pause(reason=PAUSE_REASONS[1], start=start, end=end)


def _when(event: Addition | Reopened) -> datetime:
    return _utc(event.at if isinstance(event, Addition) else event.reopened)


def _utc(moment: datetime) -> datetime:
    """Return the moment in UTC; within one zone Python compares clocks on the wall."""
    return moment.astimezone(UTC)


def _after(start: datetime, span: timedelta) -> datetime:
    """Add elapsed time in UTC, so that a change of the clock does not bend it."""
    return (_utc(start) + span).astimezone(PRAGUE)


def local(day: date, at: time) -> datetime:
    """Return a time of day in Prague, aware."""
    return datetime.combine(day, at, PRAGUE)
