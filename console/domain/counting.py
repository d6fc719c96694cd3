"""Counting one deadline: which clause wins, when its clock starts, and what puts it off.

Writes down each step as it goes. Which of several deadlines governs is in ``deadlines``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Literal, cast

from console.domain import explanation as say
from console.domain.agreement import (
    ALWAYS,
    Agreement,
    Clause,
    ClauseUnit,
    Dimension,
    DueMoment,
    Nature,
    Reopening,
    StartPolicy,
    days_of_rest,
)
from console.domain.explanation import PRAGUE, Amount, Days, Step
from console.domain.legal_time import is_working_day, last_day, next_working_day
from console.domain.request import Channel, Kind
from console.domain.story import PAUSE_REASONS, Facts, Pause, Reopened, Story
from console.domain.working_time import WorkingHours
from console.texts import N_

WARNINGS: Final = (50, 75, 90, 100)
END_OF_DAY: Final = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline with its explanation.

    Args:
        nature: soft, contractual or statutory.
        clause: id of the clause, or section of the law.
        start: when its clock started, aware.
        due: aware; resolved at or before it is in time.
        explanation: how it came about.
        first_met: for a reopened request, whether the first resolution was in time.
    """

    nature: Nature
    clause: str
    start: datetime
    due: datetime
    explanation: tuple[Step, ...]
    first_met: bool | None = None

    def is_met(self, resolved: datetime) -> bool:
        """Return whether a resolution at this moment is in time."""
        return resolved <= self.due

    def warning_at(self, percent: int) -> datetime:
        """Return the moment at which so much of the time is gone."""
        return self.start + (self.due - self.start) * percent / 100

    def warnings_due(self, now: datetime, already: int = 0) -> tuple[int, ...]:
        """Return the warnings that are due and were not given, for example after sleep."""
        return tuple(p for p in WARNINGS if p > already and now >= self.warning_at(p))


def choose(
    agreement: Agreement, nature: Nature, kind: Kind, channel: Channel, count: int
) -> tuple[Clause, ...]:
    """Return the clauses of one nature that fit, the winning one first.

    What a clause states as its precedence goes first; then the respects in the agreement's
    order, in which a clause that limits itself beats one that does not.
    """

    def rank(clause: Clause) -> tuple[int, ...]:
        special = (clause.is_special_in(dimension) for dimension in agreement.precedence)
        return (-clause.precedence, *(0 if yes else 1 for yes in special))

    fitting = [
        clause
        for clause in agreement.clauses
        if clause.nature is nature and clause.covers(kind, channel, count)
    ]
    return tuple(sorted(fitting, key=rank))


class Count:
    """Counts the deadline of one nature, writing down each step."""

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

    def deadline(self) -> Deadline | None:
        """Return the deadline with its explanation, or None where no clause fits."""
        fitting = self._fitting(self._facts.count)
        if not fitting:
            return None
        self._say(say.RECEIVED, N_("The request was received on {at}."), at=self._facts.received)
        clause = fitting[0]
        self._say_choice(clause, fitting)
        start, due = self._counted(clause, self._facts.received, explain=not self._will_change())
        clause, start, due = self._with_additions(clause, start, due)
        first_met = None
        for reopened in self._story.reopenings:
            first_met = reopened.resolved <= due if first_met is None else first_met
            start, due = self._reopened(clause, start, due, reopened)
        self._say(say.DUE, N_("It is due on {at}."), at=due)
        return Deadline(self._nature, clause.id, start, due, tuple(self._steps), first_met)

    def _fitting(self, count: int) -> tuple[Clause, ...]:
        return choose(self._agreement, self._nature, self._facts.kind, self._facts.channel, count)

    def _will_change(self) -> bool:
        return bool(self._story.additions)

    def _say(self, step: str, template: str, **facts: Any) -> None:
        self._steps.append(Step(step, template, facts))

    def _say_choice(self, clause: Clause, fitting: Sequence[Clause]) -> None:
        self._steps.append(say.clause_step(clause, _why(self._agreement, fitting)))
        for lost in fitting[1:]:
            self._say(
                say.LOST,
                N_("“{reference}” ({amount}) would fit, too, but gives way."),
                reference=lost.reference,
                amount=Amount(lost.amount, lost.unit),
            )

    def _with_additions(
        self, clause: Clause, start: datetime, due: datetime
    ) -> tuple[Clause, datetime, datetime]:
        """Judge again whenever numbers were added, unless it was overdue by then."""
        for number, addition in enumerate(self._story.additions, 1):
            is_last = number == len(self._story.additions)
            if addition.at > due:
                self._say(
                    say.ADDED,
                    N_("{count} numbers since {at}: already overdue, so it gets no longer."),
                    count=addition.count,
                    at=addition.at,
                )
                continue
            fitting = self._fitting(addition.count)
            self._say(
                say.ADDED,
                N_("{count} numbers since {at}: judged anew from the time of receipt."),
                count=addition.count,
                at=addition.at,
            )
            if fitting:
                clause = fitting[0]
                self._say_choice(clause, fitting)
                start, due = self._counted(clause, self._facts.received, explain=is_last)
        return clause, start, due

    def _reopened(
        self, clause: Clause, start: datetime, due: datetime, reopened: Reopened
    ) -> tuple[datetime, datetime]:
        in_time = reopened.resolved <= due
        if self._agreement.reopening is Reopening.NEW_CYCLE:
            self._say(
                say.REOPENED,
                N_("Resolved on {resolved} ({kept}), reopened on {reopened}: a new period begins."),
                resolved=reopened.resolved,
                kept=say._Marked(N_("in time") if in_time else N_("late")),
                reopened=reopened.reopened,
            )
            return self._counted(clause, reopened.reopened, explain=True)
        self._say(
            say.REOPENED,
            N_("Resolved on {resolved} ({kept}), reopened on {reopened}: the period goes on."),
            resolved=reopened.resolved,
            kept=say._Marked(N_("in time") if in_time else N_("late")),
            reopened=reopened.reopened,
        )
        closed = Pause(reason=PAUSE_REASONS[0], start=reopened.resolved, end=reopened.reopened)
        return start, self._extended(clause, start, due, [closed]) if in_time else due

    def _counted(
        self, clause: Clause, received: datetime, explain: bool
    ) -> tuple[datetime, datetime]:
        start = self._start(clause, received)
        clause, stops = self._exceptional(clause, explain)
        due = self._due(clause, start)
        if explain:
            self._explain_count(clause, received, start, due)
        pauses = [p for p in self._story.pauses if clause.pausable] + stops
        if pauses:
            due = self._extended(clause, start, due, _sorted(pauses))
        return start, due

    def _start(self, clause: Clause, received: datetime) -> datetime:
        local = received.astimezone(PRAGUE)
        if clause.start is StartPolicy.OPENING:
            return self._hours(clause).next_opening(local)
        return local

    def _hours(self, clause: Clause) -> WorkingHours:
        return self._agreement.hours(clause.calendar, self._closures)

    def _exceptional(self, clause: Clause, explain: bool) -> tuple[Clause, list[Pause]]:
        """Apply recorded exceptions that the clause lists: another amount, or a standstill."""
        stops: list[Pause] = []
        listed = {exception.reason: exception for exception in clause.exceptions}
        for recorded in self._story.exceptions:
            exception = listed.get(recorded.reason)
            if exception is None:
                continue
            if explain:
                self._say(
                    say.EXCEPTION,
                    N_("Exception “{reason}” since {start}, proof: {evidence}."),
                    reason=recorded.reason,
                    start=recorded.start,
                    evidence=recorded.evidence,
                )
            if exception.amount is None:
                end = recorded.end or self._now or recorded.start
                stops.append(Pause(reason=PAUSE_REASONS[1], start=recorded.start, end=end))
            else:
                clause = replace(clause, amount=exception.amount)
        return clause, stops

    def _due(self, clause: Clause, start: datetime) -> datetime:
        if clause.unit is ClauseUnit.HOURS:
            return _after_hours(start, clause.amount)
        if clause.unit is ClauseUnit.WORKING_HOURS:
            return self._hours(clause).add(start, timedelta(hours=clause.amount))
        return due_on(self._agreement, clause, start.date(), self._closures)

    def _extended(
        self, clause: Clause, start: datetime, due: datetime, pauses: Sequence[Pause]
    ) -> datetime:
        """Put a deadline off by what the pauses before it took from the counted time."""
        for pause in pauses:
            begin, end = max(pause.start, start), cast("datetime", pause.end)
            if begin >= due or end <= begin:
                continue
            put_off = self._put_off(clause, due, begin, end)
            self._say(
                say.PAUSE,
                N_("The clock stood still from {start} to {end}: put off to {due}."),
                start=begin,
                end=end,
                due=put_off,
            )
            due = put_off
        return due

    def _put_off(self, clause: Clause, due: datetime, begin: datetime, end: datetime) -> datetime:
        """Add the overlap in the clause's own unit.

        For days, the day on which the pause began does not count (Civil Code, s. 605).
        """
        if clause.unit is ClauseUnit.HOURS:
            return (due.astimezone(UTC) + (end - begin)).astimezone(PRAGUE)
        if clause.unit is ClauseUnit.WORKING_HOURS:
            hours = self._hours(clause)
            return hours.add(due, hours.between(begin, end))
        days = self._paused_days(clause, begin, end)
        if not days:
            return due
        if clause.unit is ClauseUnit.WORKING_DAYS:
            day = last_day(due.date(), days, "working_days", self._rest)
        else:
            day = next_working_day(due.date() + timedelta(days=days), self._rest)
        return _end_of(self._agreement, clause, day, self._closures)

    def _paused_days(self, clause: Clause, begin: datetime, end: datetime) -> int:
        first, last = begin.astimezone(PRAGUE).date(), end.astimezone(PRAGUE).date()
        days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
        if clause.unit is ClauseUnit.WORKING_DAYS:
            return sum(is_working_day(day, self._rest) for day in days)
        return len(days)

    def _explain_count(
        self, clause: Clause, received: datetime, start: datetime, due: datetime
    ) -> None:
        if start != received:
            self._say(
                say.COUNTED,
                N_("It came outside office hours; the clock starts on {at}."),
                at=start,
            )
        if clause.unit is ClauseUnit.HOURS:
            self._say(say.COUNTED, N_("{amount}, weekends included."), amount=_amount(clause))
            return
        self._say(
            say.COUNTED,
            N_("{amount}; the day of receipt does not count.")
            if clause.amount and clause.unit is not ClauseUnit.WORKING_HOURS
            else N_("{amount} counted."),
            amount=_amount(clause),
        )
        skipped = self._skipped(clause, start.date(), due.date())
        if skipped:
            self._say(say.NOT_COUNTED, N_("Days that do not count: {days}."), days=Days(skipped))

    def _skipped(self, clause: Clause, start: date, due: date) -> tuple[date, ...]:
        """Return the days of rest that the count passed over."""
        days = [start + timedelta(days=n) for n in range(1, (due - start).days)]
        if clause.unit in (ClauseUnit.WORKING_DAYS, ClauseUnit.WORKING_HOURS):
            return tuple(day for day in days if not is_working_day(day, self._rest))
        nominal_end = [day for day in reversed(days) if not is_working_day(day, self._rest)]
        rolled = []
        expected = due - timedelta(days=1)
        for day in nominal_end:
            if day != expected:
                break
            rolled.append(day)
            expected -= timedelta(days=1)
        return tuple(reversed(rolled))


def due_on(
    agreement: Agreement, clause: Clause, start: date, closures: frozenset[date]
) -> datetime:
    """Return when a clause that counts days, weeks or months is due.

    Args:
        agreement: whose calendars the clause names.
        clause: one that does not count hours.
        start: the day on which its clock starts, in Prague.
        closures: the client's own closed days.
    """
    if clause.amount == 0:
        return _end_of(agreement, clause, start, closures)
    unit = cast("Literal['days', 'working_days', 'weeks', 'months']", clause.unit.value)
    day = last_day(start, clause.amount, unit, days_of_rest(closures))
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


def _amount(clause: Clause) -> Amount:
    return Amount(clause.amount, clause.unit)


def _sorted(pauses: Iterable[Pause]) -> list[Pause]:
    return list(united(tuple(pauses), None))


def _after_hours(start: datetime, hours: int) -> datetime:
    """Add hours by the clock, in UTC, so that a change of the clock does not bend them."""
    return (start.astimezone(UTC) + timedelta(hours=hours)).astimezone(PRAGUE)


def _why(agreement: Agreement, fitting: Sequence[Clause]) -> str:
    if len(fitting) == 1:
        return N_("no other rule fits")
    winner, other = fitting[0], fitting[1]
    if winner.precedence > other.precedence:
        return N_("the agreement puts it first")
    for dimension in agreement.precedence:
        if winner.is_special_in(dimension) and not other.is_special_in(dimension):
            return {
                Dimension.KIND: N_("the rule for the kind goes first"),
                Dimension.CHANNEL: N_("the rule for the channel goes first"),
                Dimension.QUANTITY: N_("the rule for the quantity goes first"),
            }[dimension]
    return N_("it stands first in the agreement")


def united(pauses: Sequence[Pause], now: datetime | None) -> tuple[Pause, ...]:
    """Return pauses with overlapping ones united; one that still lasts ends now."""
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda p: p.start):
        if pause.reason not in PAUSE_REASONS:
            raise ValueError(pause.reason)
        end = pause.end or max(pause.start, now or pause.start)
        if merged and pause.start <= cast("datetime", merged[-1].end):
            last = merged[-1]
            merged[-1] = replace(last, end=max(cast("datetime", last.end), end))
        else:
            merged.append(replace(pause, end=end))
    return tuple(merged)


def local(day: date, at: time) -> datetime:
    """Return a time of day in Prague, aware."""
    return datetime.combine(day, at, PRAGUE)
