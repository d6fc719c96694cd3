"""Deadlines: a clause, a request and its story become times, each with its explanation.

Of the clauses that fit, one wins for each nature (the contract's, our own target); the
complaint's statutory clock runs beside them. The earliest of contract and law governs.
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
from console.domain.legal_time import (
    complaint_due,
    complaint_lodging_due,
    is_working_day,
    last_day,
    next_working_day,
)
from console.domain.request import Channel, Kind
from console.errors import KnownError
from console.texts import N_

PAUSE_REASONS: Final = ("awaiting-client", "force-majeure")
WARNINGS: Final = (50, 75, 90, 100)
STATUTE: Final = "127/2005 s. 64"
BACK_DATING: Final = timedelta(hours=24)
_END_OF_DAY: Final = time(23, 59, 59)
_NEWS_KINDS: Final = (Kind.FAULT, Kind.COMPLAINT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a deadline depends on, as it was when the request came.

    Args:
        count: distinct numbers.
        received: aware; the clock starts here.
        foreign_operator: whether a foreign operator must be asked.
        delivered_on: for complaints of a bill, the day on which it was delivered, or None.
    """

    kind: Kind
    channel: Channel
    count: int
    received: datetime
    foreign_operator: bool = False
    delivered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A time in which a pausable clock stands still; ``end`` is None while it lasts."""

    reason: str
    start: datetime
    end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """Numbers were added: from ``at`` on there are ``count`` distinct ones."""

    at: datetime
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedException:
    """A circumstance that the agreement lists, with the proof of it."""

    reason: str
    start: datetime
    end: datetime | None
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """The request was resolved and opened again."""

    resolved: datetime
    reopened: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happened to a request that its deadlines depend on."""

    pauses: tuple[Pause, ...] = ()
    additions: tuple[Addition, ...] = ()
    exceptions: tuple[RecordedException, ...] = ()
    reopenings: tuple[Reopened, ...] = ()
    notices: tuple[datetime, ...] = ()
    resolved: datetime | None = None


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


@dataclass(frozen=True, slots=True)
class Deadlines:
    """All deadlines of a request.

    Args:
        all: the contract's, the law's and our own, in this order.
        governing: the one that counts, or None where nothing sets one.
        news_due: when the client is owed news next, or None.
        in_conflict: whether the contract gives more time than the law does.
        warnings: what a person should know, though it forbids nothing.
    """

    all: tuple[Deadline, ...]
    governing: Deadline | None
    news_due: datetime | None = None
    in_conflict: bool = False
    warnings: tuple[Step, ...] = ()


def check_received(received: datetime, now: datetime, reason: str) -> None:
    """Refuse a time of receipt in the future, and dating back without a reason.

    Raises:
        KnownError: ``received-in-future``, ``received-reason-needed``.
    """
    if received > now:
        raise KnownError("received-in-future")
    if now - received > BACK_DATING and not reason.strip():
        raise KnownError("received-reason-needed")


def compute(
    agreement: Agreement | None,
    facts: Facts,
    story: Story = Story(),
    now: datetime | None = None,
    closures: frozenset[date] = frozenset(),
) -> Deadlines:
    """Compute every deadline of a request.

    Args:
        agreement: the terms in force when it was received, or None where there are none.
        facts: what came.
        story: what happened since.
        now: the end of a pause that still lasts; its beginning counts where None.
        closures: the client's own closed days.
    """
    story = replace(story, pauses=_united(story.pauses, now))
    found = []
    for nature in (Nature.CONTRACTUAL, Nature.SOFT):
        counted = _Count(agreement, facts, story, now, closures, nature).deadline()
        if counted:
            found.append(counted)
    statutory = _statutory(facts, story, closures)
    return _decided(agreement, facts, story, found, statutory)


def _decided(
    agreement: Agreement | None,
    facts: Facts,
    story: Story,
    found: list[Deadline],
    statutory: Deadline | None,
) -> Deadlines:
    everything = [*found, *([statutory] if statutory else [])]
    binding = [d for d in everything if d.nature is not Nature.SOFT] or everything
    governing = min(binding, key=lambda d: d.due, default=None)
    contractual = next((d for d in found if d.nature is Nature.CONTRACTUAL), None)
    conflict = bool(contractual and statutory and contractual.due > statutory.due)
    order = (Nature.CONTRACTUAL, Nature.STATUTORY, Nature.SOFT)
    return Deadlines(
        tuple(sorted(everything, key=lambda d: order.index(d.nature))),
        governing,
        _news_due(agreement, facts, story),
        conflict,
        _warnings(facts, conflict),
    )


def _warnings(facts: Facts, conflict: bool) -> tuple[Step, ...]:
    steps = []
    if conflict:
        steps.append(
            Step(say.CONFLICT, N_("The contract gives more time than the law; the law governs."))
        )
    if facts.kind is Kind.COMPLAINT and facts.delivered_on:
        until = complaint_lodging_due(facts.delivered_on, days_of_rest())
        if facts.received.astimezone(PRAGUE).date() > until:
            steps.append(
                Step(
                    say.WARNING,
                    N_("It was lodged after {until}, the end of the two months of the law."),
                    {"until": until},
                )
            )
    return tuple(steps)


def _news_due(agreement: Agreement | None, facts: Facts, story: Story) -> datetime | None:
    if (
        agreement is None
        or not agreement.news_hours
        or story.resolved
        or facts.kind not in _NEWS_KINDS
    ):
        return None
    last = max((facts.received, *story.notices))
    return (last.astimezone(UTC) + timedelta(hours=agreement.news_hours)).astimezone(PRAGUE)


def _statutory(facts: Facts, story: Story, closures: frozenset[date]) -> Deadline | None:
    """Return the complaint's clock by law; it never pauses and starts anew when reopened.

    Source:
        Act 127/2005, s. 64(9).
    """
    if facts.kind is not Kind.COMPLAINT:
        return None
    lodged = facts.received.astimezone(PRAGUE)
    rest = days_of_rest()
    due = _local(complaint_due(lodged.date(), facts.foreign_operator, rest), _END_OF_DAY)
    months = 2 if facts.foreign_operator else 1
    steps = (
        Step(say.RECEIVED, N_("The complaint was lodged on {at}."), {"at": lodged}),
        Step(
            say.CLAUSE,
            N_("Act 127/2005, section 64: settled without delay, at most in {amount}."),
            {"amount": Amount(months, ClauseUnit.MONTHS)},
        ),
        *_rolled(lodged.date(), months, due.date(), rest),
        Step(say.DUE, N_("It is due on {at}. This clock never stands still."), {"at": due}),
    )
    first = story.reopenings[0].resolved <= due if story.reopenings else None
    return Deadline(Nature.STATUTORY, STATUTE, lodged, due, steps, first)


def _rolled(start: date, months: int, due: date, rest: frozenset[date]) -> Iterable[Step]:
    from console.domain.legal_time import add_months

    nominal = add_months(start, months)
    if nominal != due:
        yield Step(
            say.NOT_COUNTED,
            N_("The period ends on {day}, a day of rest, so it moves to the next working day."),
            {"day": nominal},
        )


def _united(pauses: Sequence[Pause], now: datetime | None) -> tuple[Pause, ...]:
    """Unite pauses that overlap; one that still lasts ends now, for the time being."""
    united: list[Pause] = []
    for pause in sorted(pauses, key=lambda p: p.start):
        if pause.reason not in PAUSE_REASONS:
            raise ValueError(pause.reason)
        end = pause.end or max(pause.start, now or pause.start)
        if united and pause.start <= cast("datetime", united[-1].end):
            last = united[-1]
            united[-1] = replace(last, end=max(cast("datetime", last.end), end))
        else:
            united.append(replace(pause, end=end))
    return tuple(united)


def _local(day: date, at: time) -> datetime:
    return datetime.combine(day, at, PRAGUE)


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


class _Count:
    """Counts the deadline of one nature, writing down each step."""

    def __init__(
        self,
        agreement: Agreement | None,
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
        """Return the deadline, or None where no clause of the nature fits."""
        if self._agreement is None:
            return None
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
        assert self._agreement is not None
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
        assert self._agreement is not None
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

    def _hours(self, clause: Clause) -> Any:
        assert self._agreement is not None
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
            due: datetime = self._hours(clause).add(start, timedelta(hours=clause.amount))
            return due
        return self._end_of(clause, self._last_day(clause, start.date()))

    def _last_day(self, clause: Clause, start: date) -> date:
        if clause.amount == 0:
            return start
        unit = cast("Literal['days', 'working_days', 'weeks', 'months']", clause.unit.value)
        return last_day(start, clause.amount, unit, self._rest)

    def _end_of(self, clause: Clause, day: date) -> datetime:
        """Return the moment of a day that the clause means."""
        if clause.due is DueMoment.END_OF_DAY or clause.calendar == ALWAYS:
            return _local(day, _END_OF_DAY)
        hours = self._hours(clause)
        midnight = _local(day, time())
        open_that_day = hours.between(midnight, _local(day + timedelta(days=1), time()))
        closing: datetime = hours.add(midnight, open_that_day)
        return closing if open_that_day else _local(day, _END_OF_DAY)

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
            later: datetime = hours.add(due, hours.between(begin, end))
            return later
        days = self._paused_days(clause, begin, end)
        if not days:
            return due
        if clause.unit is ClauseUnit.WORKING_DAYS:
            day = last_day(due.date(), days, "working_days", self._rest)
        else:
            day = next_working_day(due.date() + timedelta(days=days), self._rest)
        return self._end_of(clause, day)

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


def _amount(clause: Clause) -> Amount:
    return Amount(clause.amount, clause.unit)


def _sorted(pauses: Iterable[Pause]) -> list[Pause]:
    return list(_united(tuple(pauses), None))


def _after_hours(start: datetime, hours: int) -> datetime:
    """Add hours by the clock, in UTC, so that a change of the clock does not bend them."""
    return (start.astimezone(UTC) + timedelta(hours=hours)).astimezone(PRAGUE)


def _why(agreement: Agreement | None, fitting: Sequence[Clause]) -> str:
    if len(fitting) == 1 or agreement is None:
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


def due_time(agreement: Agreement, facts: Facts) -> datetime | None:
    """Return the governing due time of a fresh request without explaining it; for many.

    Gives the same time as :func:`compute` with an empty story.
    """
    count = _Count(agreement, facts, Story(), None, frozenset(), Nature.CONTRACTUAL)
    times = []
    for nature in (Nature.CONTRACTUAL, Nature.SOFT):
        fitting = choose(agreement, nature, facts.kind, facts.channel, facts.count)
        if fitting:
            times.append(count._due(fitting[0], count._start(fitting[0], facts.received)))
            break
    if facts.kind is Kind.COMPLAINT:
        day = facts.received.astimezone(PRAGUE).date()
        binding = times if nature is Nature.CONTRACTUAL else []
        statutory = complaint_due(day, facts.foreign_operator, days_of_rest())
        times = [*binding, _local(statutory, _END_OF_DAY)]
    return min(times, default=None)


def to_json(deadlines: Deadlines) -> dict[str, Any]:
    """Return the deadlines as the command line prints them; times with their offset."""
    governing = deadlines.governing
    return {
        "governing": governing.due.isoformat() if governing else None,
        "deadlines": [
            {
                "nature": deadline.nature.value,
                "clause": deadline.clause,
                "due": deadline.due.isoformat(),
                "explanation": [
                    {"step": step.step, "text": step.text} for step in deadline.explanation
                ],
            }
            for deadline in deadlines.all
        ],
    }
