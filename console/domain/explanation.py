"""The steps that explain a deadline: the same on the screen, on paper and in JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from console.domain.agreement import Clause, ClauseUnit, Words
from console.domain.local_time import PRAGUE, WEEKDAY_NAMES
from console.texts import N_, NN_, _, ngettext

RECEIVED: Final = "received"
CLAUSE: Final = "clause"
LOST: Final = "lost"
COUNTED: Final = "counted"
NOT_COUNTED: Final = "not-counted"
ADDED: Final = "added"
EXCEPTION: Final = "exception"
PAUSE: Final = "pause"
REOPENED: Final = "reopened"
CONFLICT: Final = "conflict"
WARNING: Final = "warning"
DUE: Final = "due"

_UNITS: Final = {
    ClauseUnit.HOURS: NN_("{n} hour by the clock", "{n} hours by the clock"),
    ClauseUnit.WORKING_HOURS: NN_("{n} working hour", "{n} working hours"),
    ClauseUnit.WORKING_DAYS: NN_("{n} working day", "{n} working days"),
    ClauseUnit.DAYS: NN_("{n} day", "{n} days"),
    ClauseUnit.WEEKS: NN_("{n} week", "{n} weeks"),
    ClauseUnit.MONTHS: NN_("{n} month", "{n} months"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an explanation.

    Args:
        step: what kind of step, one of the words above.
        template: the sentence, marked for translation.
        facts: what stands in it; times and words are shown in the language in use.
    """

    step: str
    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in the language in use."""
        return _(self.template).format(**{n: _shown(v) for n, v in self.facts.items()})


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of a clause's unit, worded by the language in use."""

    count: int
    unit: ClauseUnit

    def __str__(self) -> str:
        if self.count == 0:
            return _("the same day")
        one, many = _UNITS[self.unit]
        return ngettext(one, many, self.count).format(n=self.count)


@dataclass(frozen=True, slots=True)
class Days:
    """A list of days, cut where it gets long."""

    days: tuple[date, ...]

    def __str__(self) -> str:
        shown = ", ".join(_day(day) for day in self.days[:8])
        rest = len(self.days) - 8
        return shown if rest <= 0 else _("{days} and {count} more").format(days=shown, count=rest)


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        local = value.astimezone(PRAGUE)
        return f"{_day(local.date())} {local.hour}:{local.minute:02}"
    if isinstance(value, date):
        return _day(value)
    return value.shown if isinstance(value, Words) else str(value)


def _day(day: date) -> str:
    return f"{_(WEEKDAY_NAMES[day.weekday()])} {day.day}. {day.month}. {day.year}"


def clause_step(clause: Clause, why: str) -> Step:
    """Say which clause counts and why."""
    return Step(
        CLAUSE,
        N_("It is judged by “{reference}”: {amount}; {why}."),
        {
            "reference": clause.reference,
            "amount": Amount(clause.amount, clause.unit),
            "why": Marked(why),
        },
    )


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked text that is translated when it is shown."""

    text: str

    def __str__(self) -> str:
        return _(self.text)
