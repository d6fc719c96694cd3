"""Who to call at a moment: specialists and contacts, open or with their next opening."""

from dataclasses import dataclass
from datetime import date, datetime

from console.domain.agreement import Agreement, ContactPoint, Role, Specialist
from console.domain.local_time import PRAGUE
from console.domain.request import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialistDuty:
    """A specialist at a moment.

    Args:
        is_reachable: whether the person may be called now.
        by_crisis: whether only because it is a crisis.
        opens_at: when the person is on duty next where not now, aware, in Prague.
    """

    specialist: Specialist
    is_reachable: bool
    by_crisis: bool
    opens_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDuty:
    """A way to reach the operator at a moment; ``opens_at`` where nobody answers now."""

    point: ContactPoint
    is_open: bool
    opens_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Everybody and everything at a moment, those to call first."""

    at: datetime
    is_crisis: bool
    people: tuple[SpecialistDuty, ...]
    ways: tuple[ContactDuty, ...]

    @property
    def specialists(self) -> tuple[Specialist, ...]:
        """The specialists who may be called now, in the order of calling."""
        return tuple(found.specialist for found in self.people if found.is_reachable)

    @property
    def contact_points(self) -> tuple[ContactPoint, ...]:
        """The contacts where somebody answers now."""
        return tuple(found.point for found in self.ways if found.is_open)


def duty_at(
    agreement: Agreement,
    at: datetime,
    is_crisis: bool = False,
    kind: Kind | None = None,
    closures: frozenset[date] = frozenset(),
) -> Duty:
    """Return who to call at a moment, and when the others can be called.

    In a crisis the urgent specialist comes first, and some may be called beyond their hours.

    Args:
        agreement: the client's terms.
        at: the moment, aware.
        is_crisis: whether it is urgent or a crisis.
        kind: what is asked for; specialists for other kinds are left out.
        closures: the client's own closed days.
    """
    local = at.astimezone(PRAGUE)
    people = [
        _specialist(agreement, person, local, is_crisis, closures)
        for person in agreement.specialists
        if not person.kinds or kind is None or kind in person.kinds
    ]
    points = [_contact(agreement, point, local, closures) for point in agreement.contact_points]
    return Duty(
        at=local,
        is_crisis=is_crisis,
        people=tuple(sorted(people, key=lambda found: _turn(found, is_crisis))),
        ways=tuple(sorted(points, key=lambda found: not found.is_open)),
    )


def _specialist(
    agreement: Agreement,
    person: Specialist,
    at: datetime,
    is_crisis: bool,
    closures: frozenset[date],
) -> SpecialistDuty:
    hours = agreement.hours(person.calendar, closures)
    on_duty = hours.is_open(at) and (is_crisis or person.role is not Role.URGENT)
    by_crisis = is_crisis and person.in_crisis and not on_duty
    return SpecialistDuty(
        specialist=person,
        is_reachable=on_duty or by_crisis,
        by_crisis=by_crisis,
        opens_at=None if hours.is_open(at) else hours.next_opening(at),
    )


def _turn(found: SpecialistDuty, is_crisis: bool) -> tuple[bool, bool, bool]:
    urgent_first = is_crisis and found.specialist.role is Role.URGENT
    return (not found.is_reachable, not urgent_first, found.by_crisis)


def _contact(
    agreement: Agreement, point: ContactPoint, at: datetime, closures: frozenset[date]
) -> ContactDuty:
    hours = agreement.hours(point.calendar, closures)
    is_open = hours.is_open(at)
    return ContactDuty(
        point=point, is_open=is_open, opens_at=None if is_open else hours.next_opening(at)
    )
