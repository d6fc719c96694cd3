"""Agreements: the contract's service terms as data. How they are read is in ``terms``.

An agreement says through which channels the client comes, who looks after it and when, what
is due by when, and what is never done. ``deadlines`` turns its clauses into times.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from console import texts
from console.domain.legal_time import czech_holidays_between
from console.domain.request import Channel, Kind
from console.domain.working_time import WorkingHours
from console.texts import N_, _

ALWAYS: Final = "always"
_HORIZON_YEARS: Final = (2015, 2050)


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    cs: str = ""
    en: str = ""

    @property
    def shown(self) -> str:
        """The text in the language in use, or in the other one where that is missing."""
        return (self.cs or self.en) if texts.language() == "cs" else (self.en or self.cs)


class ClauseUnit(StrEnum):
    """What a clause counts in; hours by the clock or by the calendar, days by the law."""

    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class Nature(StrEnum):
    """What missing a deadline means."""

    SOFT = "soft"
    CONTRACTUAL = "contractual"
    STATUTORY = "statutory"

    @property
    def label(self) -> str:
        """The nature in the language in use."""
        return _(_NATURE_LABELS[self])


_NATURE_LABELS: Final = {
    Nature.SOFT: N_("our own target"),
    Nature.CONTRACTUAL: N_("by the contract"),
    Nature.STATUTORY: N_("by the law"),
}


class StartPolicy(StrEnum):
    """When a clause's clock starts."""

    RECEIVED = "received"
    OPENING = "opening"


class DueMoment(StrEnum):
    """Which moment of its last day a clause means."""

    EXACT = "exact"
    END_OF_DAY = "end_of_day"
    END_OF_HOURS = "end_of_hours"


class Dimension(StrEnum):
    """What makes a clause more special than another one."""

    KIND = "kind"
    CHANNEL = "channel"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseException:
    """What a recorded circumstance changes: another amount, or a clock that stands still.

    Args:
        reason: its word, for example ``technical-difficulties``.
        amount: in the clause's unit; None where the clock stands still while it lasts.
    """

    reason: str
    amount: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A rule that sets a deadline.

    Args:
        id: unique in its agreement.
        reference: where the rule stands in the source.
        channels: channels that it is for; empty for all.
        kinds: kinds that it is for; empty for all.
        quantity_from: fewest distinct numbers.
        quantity_to: most distinct numbers, or None.
        unit: what ``amount`` counts.
        amount: how many units; 0 days means the same day.
        calendar: name of the calendar for working hours, openings and closing times.
        pausable: whether listed reasons stop its clock.
        precedence: the higher one wins, before anything else is compared.
    """

    id: str
    reference: Words
    channels: frozenset[Channel] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    quantity_from: int = 0
    quantity_to: int | None = None
    unit: ClauseUnit = ClauseUnit.HOURS
    amount: int = 24
    calendar: str = ALWAYS
    start: StartPolicy = StartPolicy.RECEIVED
    due: DueMoment = DueMoment.EXACT
    nature: Nature = Nature.CONTRACTUAL
    pausable: bool = True
    exceptions: tuple[ClauseException, ...] = ()
    precedence: int = 0

    def covers(self, kind: Kind, channel: Channel, count: int) -> bool:
        """Return whether a request with so many distinct numbers meets the clause."""
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.channels or channel in self.channels)
            and count >= self.quantity_from
            and (self.quantity_to is None or count <= self.quantity_to)
        )

    def is_special_in(self, dimension: Dimension) -> bool:
        """Return whether the clause limits itself in one respect."""
        if dimension is Dimension.KIND:
            return bool(self.kinds)
        if dimension is Dimension.CHANNEL:
            return bool(self.channels)
        return self.quantity_from > 1 or self.quantity_to is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPoint:
    """A way to reach the operator.

    Args:
        channel: what it is.
        value: number, address or link.
        calendar: when somebody answers.
    """

    channel: Channel
    label: Words
    value: str
    calendar: str = ALWAYS
    note: Words = field(default_factory=Words)


class Role(StrEnum):
    """What a specialist is there for."""

    CARE = "care"
    BACK_OFFICE = "back-office"
    URGENT = "urgent"

    @property
    def label(self) -> str:
        """The role in the language in use."""
        return _(_ROLE_LABELS[self])


_ROLE_LABELS: Final = {
    Role.CARE: N_("Care"),
    Role.BACK_OFFICE: N_("Back office"),
    Role.URGENT: N_("Urgent and crisis"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Specialist:
    """A person on the operator's side.

    Args:
        calendar: when the person is on duty.
        in_crisis: whether the person may be called beyond that in a crisis.
        kinds: kinds of requests that go to the person; empty for all.
        channels: how the person wants to be reached; empty for all.
    """

    role: Role
    name: str
    email: str = ""
    landline: str = ""
    mobile: str = ""
    fax: str = ""
    calendar: str = ALWAYS
    in_crisis: bool = False
    kinds: frozenset[Kind] = frozenset()
    channels: frozenset[Channel] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportLevel:
    """A level of support and the units behind it."""

    number: int
    name: Words
    units: tuple[Words, ...] = ()


class Reopening(StrEnum):
    """What reopening a request does to its clock."""

    CONTINUE = "continue"
    NEW_CYCLE = "new-cycle"


Windows = Mapping[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The terms of one version of an agreement.

    Args:
        calendars: windows by weekday for each calendar's name; ``always`` needs none.
        authorised_only: whether only authorised persons may use the dedicated line.
        charges_allowed: whether anything may be charged for a request.
        logs_access: whether each opening of a person's data is logged with its request.
        purpose: what personal data given with a request is used for; stored with it.
        responsible: who bears cost and responsibility.
        news_hours: hours after which an open fault or complaint is owed news; 0 for never.
        precedence: in which order respects make a clause win.
    """

    key: str
    name: Words
    summary: Words = field(default_factory=Words)
    services: tuple[Words, ...] = ()
    calendars: Mapping[str, Windows] = field(default_factory=dict)
    contact_points: tuple[ContactPoint, ...] = ()
    specialists: tuple[Specialist, ...] = ()
    levels: tuple[SupportLevel, ...] = ()
    clauses: tuple[Clause, ...] = ()
    authorised_only: bool = False
    charges_allowed: bool = True
    logs_access: bool = False
    purpose: Words = field(default_factory=Words)
    responsible: Words = field(default_factory=Words)
    news_hours: int = 0
    reopening: Reopening = Reopening.CONTINUE
    precedence: tuple[Dimension, ...] = (Dimension.CHANNEL, Dimension.QUANTITY, Dimension.KIND)

    def clause(self, clause_id: str) -> Clause | None:
        """Return a clause by its id, or None."""
        return next((clause for clause in self.clauses if clause.id == clause_id), None)

    def hours(self, calendar: str, closures: frozenset[date] = frozenset()) -> WorkingHours:
        """Return a calendar's office hours, with public holidays and the client's closures.

        ``always`` knows no holidays.
        """
        if calendar == ALWAYS:
            return _around_the_clock()
        windows = tuple((day, tuple(w)) for day, w in self.calendars[calendar].items())
        return _office_hours(windows, closures)


@lru_cache(maxsize=1)
def _around_the_clock() -> WorkingHours:
    day = (("00:00", "24:00"),)
    return WorkingHours(dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), day))


@lru_cache(maxsize=64)
def _office_hours(
    windows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...], closures: frozenset[date]
) -> WorkingHours:
    return WorkingHours(dict(windows), days_of_rest(closures))


@lru_cache(maxsize=64)
def days_of_rest(closures: frozenset[date] = frozenset()) -> frozenset[date]:
    """Return the public holidays of all years that matter, with the client's closures."""
    return czech_holidays_between(*_HORIZON_YEARS, closures)
