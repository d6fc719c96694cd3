"""Deadlines: a clause, a request and its story become times, each with its explanation.

Of the clauses that fit, one wins for each nature (the contract's, our own target); the
complaint's statutory clock runs beside them. The earliest of contract and law governs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from console.domain import explanation as say
from console.domain.agreement import Agreement, ClauseUnit, Nature, days_of_rest
from console.domain.clause_clock import END_OF_DAY, local
from console.domain.counting import Count
from console.domain.deadline import Cycle, Deadline
from console.domain.explanation import Amount, Step
from console.domain.legal_time import (
    add_months,
    complaint_due,
    complaint_lodging_due,
    refund_due,
)
from console.domain.local_time import PRAGUE
from console.domain.request import Kind
from console.domain.story import Facts, Story
from console.errors import KnownError
from console.texts import N_

UNTOUCHED: Final = Story()
STATUTE: Final = "127/2005 s. 64"
BACK_DATING: Final = timedelta(hours=24)
_NEWS_KINDS: Final = (Kind.FAULT, Kind.COMPLAINT)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """All deadlines of a request.

    Args:
        all: the contract's, the law's and our own, in this order.
        governing: the one that counts, or None where nothing sets one; of several the
            earliest whose clock runs.
        news_due: when the client is owed news next, or None.
        in_conflict: whether the contract gives more time than the law does.
        warnings: what a person should know, though it forbids nothing.
        refund_due: for a settled complaint, until when an overpaid amount is paid back.
    """

    all: tuple[Deadline, ...]
    governing: Deadline | None
    news_due: datetime | None = None
    in_conflict: bool = False
    warnings: tuple[Step, ...] = ()
    refund_due: datetime | None = None


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
    story: Story = UNTOUCHED,
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
    found = []
    if agreement:
        for nature in (Nature.CONTRACTUAL, Nature.SOFT):
            found.append(Count(agreement, facts, story, now, closures, nature).deadline())
    statutory = _statutory(facts, story)
    return _decided(agreement, facts, story, [d for d in found if d], statutory)


def _decided(
    agreement: Agreement | None,
    facts: Facts,
    story: Story,
    found: list[Deadline],
    statutory: Deadline | None,
) -> Deadlines:
    everything = [*found, *([statutory] if statutory else [])]
    binding = [d for d in everything if d.nature is not Nature.SOFT] or everything
    running = [d for d in binding if d.standing_since is None]
    governing = min(running or binding, key=lambda d: d.due, default=None)
    contractual = next((d for d in found if d.nature is Nature.CONTRACTUAL), None)
    conflict = bool(contractual and statutory and contractual.due > statutory.due)
    order = (Nature.CONTRACTUAL, Nature.STATUTORY, Nature.SOFT)
    return Deadlines(
        tuple(sorted(everything, key=lambda d: order.index(d.nature))),
        governing,
        _news_due(agreement, facts, story),
        conflict,
        _warnings(facts, conflict),
        _refund_due(facts, story),
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


def _refund_due(facts: Facts, story: Story) -> datetime | None:
    """Return until when a settled complaint's overpaid amount is paid back.

    Source:
        Act 127/2005, s. 64(10).
    """
    if facts.kind is not Kind.COMPLAINT or story.resolved is None:
        return None
    settled = story.resolved.astimezone(PRAGUE).date()
    return local(refund_due(settled, days_of_rest()), END_OF_DAY)


def _news_due(agreement: Agreement | None, facts: Facts, story: Story) -> datetime | None:
    if (
        agreement is None
        or not agreement.news_hours
        or story.resolved
        or story.is_closed
        or facts.kind not in _NEWS_KINDS
    ):
        return None
    last = max((facts.received, *story.notices, *(r.reopened for r in story.reopenings)))
    return (last.astimezone(UTC) + timedelta(hours=agreement.news_hours)).astimezone(PRAGUE)


def _statutory(facts: Facts, story: Story) -> Deadline | None:
    """Return the complaint's clock by law; it never pauses, and reopening moves it nowhere.

    Source:
        Act 127/2005, s. 64(9).
    """
    if facts.kind is not Kind.COMPLAINT:
        return None
    lodged = facts.received.astimezone(PRAGUE)
    rest = days_of_rest()
    due = complaint_due_time(lodged.date(), facts.foreign_operator)
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
    ended = tuple(Cycle(lodged, due, reopened.resolved) for reopened in story.reopenings)
    return Deadline(Nature.STATUTORY, STATUTE, lodged, due, steps, ended)


def _rolled(start: date, months: int, due: date, rest: frozenset[date]) -> Iterable[Step]:
    nominal = add_months(start, months)
    if nominal != due:
        yield Step(
            say.NOT_COUNTED,
            N_("The period ends on {day}, a day of rest, so it moves to the next working day."),
            {"day": nominal},
        )


def complaint_due_time(lodged: date, foreign_operator: bool) -> datetime:
    """Return the moment until which a complaint is settled in time, aware, in Prague.

    Source:
        Act 127/2005, s. 64(9).
    """
    return local(complaint_due(lodged, foreign_operator, days_of_rest()), END_OF_DAY)


def to_json(deadlines: Deadlines) -> dict[str, Any]:
    """Return the deadlines as the command line prints them; times with their offset.

    What a person should know beside them stands in the explanation of the law's deadline.
    """
    governing = deadlines.governing
    return {
        "governing": governing.due.isoformat() if governing else None,
        "deadlines": [
            {
                "nature": deadline.nature.value,
                "clause": deadline.clause,
                "due": deadline.due.isoformat(),
                "explanation": [
                    {"step": step.step, "text": step.text}
                    for step in _told(deadline, deadlines.warnings)
                ],
            }
            for deadline in deadlines.all
        ],
    }


def _told(deadline: Deadline, warnings: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the explanation, the law's with the warnings before its end."""
    *steps, due = deadline.explanation
    told = warnings if deadline.nature is Nature.STATUTORY else ()
    return (*steps, *told, due)
