"""Counting one deadline through a request's story: which clause, which period, and why.

Writes down each step. The arithmetic is in ``clause_clock``; which of several deadlines
governs is in ``deadlines``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from console.domain import explanation as say
from console.domain.agreement import Agreement, Clause, ClauseUnit, Nature, Reopening
from console.domain.clause_choice import choose, why
from console.domain.clause_clock import ClauseClock
from console.domain.deadline import Cycle, Deadline
from console.domain.explanation import Amount, Days, Marked, Step
from console.domain.story import (
    FORCE_MAJEURE,
    Addition,
    Facts,
    Pause,
    RecordedException,
    Reopened,
    Story,
    reason_label,
    united,
)
from console.texts import N_


@dataclass(frozen=True, slots=True)
class _Run:
    """A period as it stands at one point of the story.

    Args:
        clause: with the amount that a recorded exception gives it.
        plain_due: when it would be due without such another amount.
        stops: the standstills, united.
    """

    clause: Clause
    start: datetime
    plain_due: datetime
    due: datetime
    stops: tuple[Pause, ...]


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
        self._steps: list[Step] = []
        self._origin = facts.received
        self._clause: Clause | None = None
        self._closed: list[Pause] = []
        self._ended: list[Cycle] = []

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
        run = self._run(self._clause)
        self._explain(self._clause, run)
        return Deadline(
            self._nature,
            run.clause.id,
            run.start,
            run.due,
            tuple(self._steps),
            tuple(self._ended),
            self._clock(run.clause).warned_at(run.start, run.stops),
            self._standing_since(self._clause, run),
        )

    def _fitting(self, count: int) -> tuple[Clause, ...]:
        return choose(self._agreement, self._nature, self._facts.kind, self._facts.channel, count)

    def _clock(self, clause: Clause) -> ClauseClock:
        return ClauseClock(self._agreement, clause, self._closures)

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
        if self._clause and addition.at.astimezone(UTC) > self._run(self._clause).due:
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
        run = self._run(self._clause)
        cycle = Cycle(run.start, run.due, reopened.resolved)
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

    def _run(self, clause: Clause) -> _Run:
        """Return the period that runs at this point of the story."""
        clock = self._clock(clause)
        start, stops = clock.start(self._origin), self._stops(clause)
        plain_due = clock.put_off(start, stops)
        longer = self._lengthened(clause, start, plain_due)
        due = self._clock(longer).put_off(start, stops) if longer is not clause else plain_due
        return _Run(longer, start, plain_due, due, stops)

    def _stops(self, clause: Clause) -> tuple[Pause, ...]:
        """Return all times in which the clause's clock stands still, united."""
        pauses = list(self._story.pauses) if clause.pausable else []
        still = {e.reason for e in clause.exceptions if e.amount is None}
        for recorded in self._story.exceptions:
            if recorded.reason in still:
                end = recorded.end or self._now or recorded.start
                pauses.append(_standstill(recorded.start, end))
        return united([*pauses, *self._closed], self._now)

    def _standing_since(self, clause: Clause, run: _Run) -> datetime | None:
        """Return when the clock stopped, where what stopped it in time still lasts."""
        if self._story.is_closed:
            return None
        still = {e.reason for e in clause.exceptions if e.amount is None}
        lasting = [p.start for p in self._story.pauses if p.end is None and clause.pausable]
        lasting += [e.start for e in self._story.exceptions if e.end is None and e.reason in still]
        since = min((start.astimezone(UTC) for start in lasting), default=None)
        return since if since and since < run.due else None

    def _lengthened(self, clause: Clause, start: datetime, due: datetime) -> Clause:
        """Return the clause with the amount that recorded exceptions give it."""
        amounts = {e.reason: e.amount for e in clause.exceptions if e.amount is not None}
        given = [
            amounts[recorded.reason]
            for recorded in self._story.exceptions
            if recorded.reason in amounts
            and _lasts(recorded, start)
            and recorded.start.astimezone(UTC) < due
        ]
        longest = max([clause.amount, *given])
        return replace(clause, amount=longest) if longest > clause.amount else clause

    def _explain(self, clause: Clause, run: _Run) -> None:
        """Say how the period that runs was counted."""
        self._explain_exceptions(clause, run)
        self._explain_count(run)
        for step in self._clock(run.clause).put_offs(run.start, run.stops):
            self._say(
                say.PAUSE,
                N_("The clock stood still from {start} to {end}: put off to {due}.")
                if step.after > step.before
                else N_("The clock stood still from {start} to {end}, but nothing was counted."),
                start=step.begin,
                end=step.end,
                due=step.after,
            )
        self._say(say.DUE, N_("It is due on {at}."), at=run.due)

    def _explain_exceptions(self, clause: Clause, run: _Run) -> None:
        listed = {exception.reason: exception for exception in clause.exceptions}
        for recorded in self._story.exceptions:
            exception = listed.get(recorded.reason)
            if exception is None or not _lasts(recorded, run.start):
                continue
            if recorded.start.astimezone(UTC) >= run.plain_due:
                template = N_("Exception “{reason}” began on {start}, after it was due: no change.")
            elif exception.amount is None:
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
                amount=Amount(exception.amount or 0, clause.unit),
            )

    def _explain_count(self, run: _Run) -> None:
        clause, amount = run.clause, Amount(run.clause.amount, run.clause.unit)
        if run.start.astimezone(UTC) != self._origin.astimezone(UTC):
            self._say(
                say.COUNTED,
                N_("It came outside office hours; the clock starts on {at}."),
                at=run.start,
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
        skipped = self._clock(clause).skipped(run.start)
        if skipped:
            self._say(say.NOT_COUNTED, N_("Days that do not count: {days}."), days=Days(skipped))


def _standstill(start: datetime, end: datetime) -> Pause:
    return Pause(reason=FORCE_MAJEURE, start=start, end=end)


def _lasts(recorded: RecordedException, start: datetime) -> bool:
    """Return whether a circumstance was not over before the clock started."""
    return recorded.end is None or recorded.end.astimezone(UTC) > start


def _when(event: Addition | Reopened) -> datetime:
    moment = event.at if isinstance(event, Addition) else event.reopened
    return moment.astimezone(UTC)
