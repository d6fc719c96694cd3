"""The eight agreements that ship, each with the facts of its source."""

from datetime import datetime

import pytest

from console.domain.agreement import Nature, Role
from console.domain.deadlines import compute
from console.domain.duty import duty_at
from console.domain.local_time import PRAGUE
from console.domain.request import Channel, Kind
from console.domain.story import Facts
from console.errors import KnownError
from console.services.shipped import shipped, shipped_keys

TENDER = shipped("municipal-tender")
PUBLIC = shipped("o2-public-sector")


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=PRAGUE)


def test_all_eight_ship() -> None:
    assert set(shipped_keys()) == {
        "eets-provider",
        "incident-claim",
        "municipal-tender",
        "o2-public-sector",
        "order-care",
        "parking-support",
        "retail-account",
        "retail-contact",
    }


def test_unknown_agreement_says_so() -> None:
    with pytest.raises(KnownError) as caught:
        shipped("unknown")
    assert caught.value.code == "agreement-unknown"


def test_parking_support_has_its_number_and_address() -> None:
    points = {point.channel: point.value for point in shipped("parking-support").contact_points}
    assert points[Channel.PHONE].replace(" ", "") == "+420800021110"
    assert points[Channel.EMAIL] == "podpora@easypark.cz"


def test_retail_contact_stores_the_purpose_and_account_logs_access() -> None:
    assert shipped("retail-contact").purpose.shown
    assert shipped("retail-account").logs_access
    assert not shipped("retail-contact").logs_access


def test_toll_provider_bears_the_cost_and_is_named() -> None:
    provider = shipped("eets-provider")
    assert not provider.charges_allowed
    assert provider.responsible.shown


def test_order_care_is_there_at_any_time() -> None:
    duty = duty_at(shipped("order-care"), _at(1, 3))
    assert duty.contact_points


@pytest.mark.parametrize(
    ("at", "crisis", "roles"),
    [
        (_at(2, 16, 59), False, {Role.CARE, Role.BACK_OFFICE}),  # Monday
        (_at(2, 17), False, set()),
        (_at(3, 14), False, set()),  # Tuesday
        (_at(6, 11, 59), False, {Role.CARE, Role.BACK_OFFICE}),  # Friday
        (_at(6, 12), False, set()),
        (_at(7, 3), True, {Role.CARE, Role.BACK_OFFICE, Role.URGENT}),  # Saturday
        (_at(2, 10), True, {Role.CARE, Role.BACK_OFFICE, Role.URGENT}),
    ],
)
def test_specialists_of_the_tender_are_on_duty_by_weekday_and_in_a_crisis(
    at: datetime, crisis: bool, roles: set[Role]
) -> None:
    assert {person.role for person in duty_at(TENDER, at, crisis).specialists} >= roles
    if not crisis:
        assert Role.CARE not in roles or roles <= {Role.CARE, Role.BACK_OFFICE}


def test_tender_has_three_specialists_with_every_way_to_reach_them() -> None:
    assert [person.role for person in TENDER.specialists] == list(Role)
    for person in TENDER.specialists:
        assert person.email
        assert person.landline
        assert person.mobile
        assert person.fax
    assert TENDER.authorised_only


def test_back_office_is_for_activation_deactivation_and_tariffs() -> None:
    back_office = TENDER.specialists[1]
    assert back_office.kinds == {
        Kind.NUMBER_ACTIVATION,
        Kind.NUMBER_DEACTIVATION,
        Kind.TARIFF_CHANGE,
    }


def test_public_sector_has_two_levels_and_its_lines() -> None:
    assert [level.number for level in PUBLIC.levels] == [1, 2]
    assert len(PUBLIC.levels[1].units) == 3
    values = {point.value for point in PUBLIC.contact_points}
    assert {"800 111 777", "*77"} <= values


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("key", shipped_keys())
def test_every_request_can_be_logged_under_every_agreement(
    key: str, channel: Channel, kind: Kind
) -> None:
    facts = Facts(kind=kind, channel=channel, count=1, received=_at(2, 10))
    found = compute(shipped(key), facts)
    assert all(deadline.due > facts.received for deadline in found.all)
    assert all(step.text for deadline in found.all for step in deadline.explanation)
    if kind is Kind.COMPLAINT:
        assert Nature.STATUTORY in {deadline.nature for deadline in found.all}
