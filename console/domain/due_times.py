"""Due times of many fresh requests at once, unexplained: for a look back and for recalculation.

Gives the same times as ``deadlines.compute`` with an empty story. What fits a kind, a channel
and a count is decided once, and so is the due time of each day of receipt.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from console.domain.agreement import Agreement, Clause, ClauseUnit, Nature, StartPolicy
from console.domain.clause_choice import choose
from console.domain.clause_clock import due_on
from console.domain.deadlines import complaint_due_time
from console.domain.local_time import PRAGUE
from console.domain.request import Channel, Kind
from console.domain.story import Facts

_Rule = Callable[[datetime], datetime]


class DueTimes:
    """The due times that one version of an agreement gives.

    Args:
        agreement: the terms.
        closures: the client's own closed days.
    """

    def __init__(self, agreement: Agreement, closures: frozenset[date] = frozenset()) -> None:
        self._agreement = agreement
        self._closures = closures
        self._rules: dict[tuple[Kind, Channel, int, bool], _Rule | None] = {}

    def due(self, facts: Facts) -> datetime | None:
        """Return the governing due time of a request, aware, or None where nothing sets one."""
        key = (facts.kind, facts.channel, facts.count, facts.foreign_operator)
        try:
            rule = self._rules[key]
        except KeyError:
            rule = self._rules[key] = self._rule(*key)
        return rule(facts.received) if rule else None

    def _rule(self, kind: Kind, channel: Channel, count: int, foreign: bool) -> _Rule | None:
        fitting = choose(self._agreement, Nature.CONTRACTUAL, kind, channel, count)
        rules = [self._clause_rule(fitting[0])] if fitting else []
        if kind is Kind.COMPLAINT:
            rules.append(_by_day(lambda day: complaint_due_time(day, foreign)))
        if not rules:
            soft = choose(self._agreement, Nature.SOFT, kind, channel, count)
            return self._clause_rule(soft[0]) if soft else None
        return rules[0] if len(rules) == 1 else lambda received: min(r(received) for r in rules)

    def _clause_rule(self, clause: Clause) -> _Rule:
        count = self._counted(clause)
        if clause.start is not StartPolicy.OPENING:
            return count
        opening = self._agreement.hours(clause.calendar, self._closures).next_opening
        return lambda received: count(opening(received))

    def _counted(self, clause: Clause) -> _Rule:
        length = timedelta(hours=clause.amount)
        if clause.unit is ClauseUnit.HOURS:
            return lambda start: (start.astimezone(UTC) + length).astimezone(PRAGUE)
        if clause.unit is ClauseUnit.WORKING_HOURS:
            hours = self._agreement.hours(clause.calendar, self._closures)
            return lambda start: hours.add(start, length)
        return _by_day(lambda day: due_on(self._agreement, clause, day, self._closures))


def _by_day(due: Callable[[date], datetime]) -> _Rule:
    """Return a rule that looks only at the day in Prague, and computes each day once."""
    known: dict[date, datetime] = {}

    def rule(start: datetime) -> datetime:
        day = start.astimezone(PRAGUE).date()
        try:
            return known[day]
        except KeyError:
            made = known[day] = due(day)
            return made

    return rule
