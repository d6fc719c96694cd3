"""Who to call at any minute: by the specialists' hours, their kinds, and in a crisis."""

from datetime import UTC, date, datetime

import pytest

from console.domain.agreement import Role
from console.domain.duty import duty_at
from console.domain.local_time import PRAGUE
from console.domain.request import Kind
from console.services.shipped import shipped, shipped_keys

TENDER = shipped("municipal-tender")
PARKING = shipped("parking-support")


def _at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PRAGUE)


@pytest.mark.parametrize(
    ("at", "roles"),
    [
        (_at(3, 2, 8), [Role.CARE, Role.BACK_OFFICE]),
        (_at(3, 2, 16, 59), [Role.CARE, Role.BACK_OFFICE]),
        (_at(3, 2, 17), []),
        (_at(3, 3, 14), []),
        (_at(3, 6, 12), []),
        (_at(3, 7, 10), []),
        (_at(4, 6, 10), []),
    ],
    ids=["opening", "last minute", "closing", "Tuesday", "Friday", "Saturday", "Easter Monday"],
)
def test_specialists_are_called_in_their_hours(at: datetime, roles: list[Role]) -> None:
    assert [person.role for person in duty_at(TENDER, at).specialists] == roles


def test_crisis_calls_the_urgent_one_first_and_the_others_beyond_their_hours() -> None:
    found = duty_at(TENDER, _at(3, 7, 3), is_crisis=True)
    assert [person.role for person in found.specialists] == [
        Role.URGENT,
        Role.CARE,
        Role.BACK_OFFICE,
    ]
    assert [duty.by_crisis for duty in found.people] == [False, True, True]
    assert found.people[1].opens_at == _at(3, 9, 8)


def test_who_is_off_duty_says_when_the_next_duty_begins() -> None:
    found = duty_at(TENDER, _at(4, 2, 15))
    care = next(duty for duty in found.people if duty.specialist.role is Role.CARE)
    assert not care.is_reachable
    assert care.opens_at == _at(4, 7, 8)  # over Good Friday and Easter Monday


def test_closure_of_the_client_puts_the_next_opening_off() -> None:
    found = duty_at(PARKING, _at(3, 2, 18), closures=frozenset({date(2026, 3, 3)}))
    assert {duty.opens_at for duty in found.ways} == {_at(3, 4, 8)}


def test_specialist_for_other_kinds_is_left_out() -> None:
    faults = duty_at(TENDER, _at(3, 2, 9), kind=Kind.FAULT)
    tariffs = duty_at(TENDER, _at(3, 2, 9), kind=Kind.TARIFF_CHANGE)
    assert [person.role for person in faults.specialists] == [Role.CARE]
    assert [person.role for person in tariffs.specialists] == [Role.CARE, Role.BACK_OFFICE]


def test_open_contacts_come_first_and_closed_ones_say_when_they_open() -> None:
    night = duty_at(PARKING, _at(3, 2, 22))
    assert night.contact_points == ()
    assert {duty.opens_at for duty in night.ways} == {_at(3, 3, 8)}
    assert len(duty_at(PARKING, _at(3, 2, 9)).contact_points) == 2


@pytest.mark.parametrize("key", shipped_keys())
def test_every_agreement_answers_for_any_zone_and_hour(key: str) -> None:
    for hour in range(24):
        found = duty_at(shipped(key), datetime(2026, 3, 2, hour, tzinfo=UTC), is_crisis=True)
        assert len(found.ways) == len(shipped(key).contact_points)
        assert all(duty.is_open or duty.opens_at for duty in found.ways)
        assert found.at.utcoffset() is not None
