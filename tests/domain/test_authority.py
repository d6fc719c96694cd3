"""Who may ask for what, and why."""

from datetime import date

import pytest

from console.domain.authority import Asked, judge
from console.domain.contact import Authority, Contact
from console.domain.request import Kind

DAY = date(2026, 3, 2)
NUMBERS = {"+420799000001": "IT", "+420799000002": "Doprava"}
NOVAK = Contact(id=1, client_id=1, name="Jan Novák")


def _with(**fields: object) -> Contact:
    return Contact(id=1, client_id=1, name="Jan Novák", **fields)  # type: ignore[arg-type]


def _grant(**fields: object) -> Authority:
    return Authority(client_id=1, contact_id=1, **fields)  # type: ignore[arg-type]


FREE = {Kind.INFORMATION, Kind.ORDER_STATUS, Kind.FAULT, Kind.CONSULTATION}


@pytest.mark.parametrize("kind", Kind)
def test_stranger_gets_information_and_an_emergency_block_only(kind: Kind) -> None:
    verdict = judge(None, [], Asked(kind, NUMBERS, DAY))
    assert verdict.allowed is (kind in FREE or kind is Kind.SIM_BLOCK)
    assert verdict.to_confirm is (kind is Kind.SIM_BLOCK)


@pytest.mark.parametrize("kind", Kind)
def test_contact_without_authority_is_as_a_stranger_but_is_named(kind: Kind) -> None:
    verdict = judge(NOVAK, [], Asked(kind, NUMBERS, DAY))
    assert verdict.allowed is (kind in FREE or kind is Kind.SIM_BLOCK)
    assert verdict.allowed or "Jan Novák" in verdict.why


@pytest.mark.parametrize("kind", Kind)
def test_authorised_person_may_ask_for_all_but_orders(kind: Kind) -> None:
    verdict = judge(_with(authorised=True), [], Asked(kind, NUMBERS, DAY))
    assert verdict.allowed is (kind is not Kind.DEVICE_ORDER)


def test_person_who_may_order_may_order_and_nothing_else() -> None:
    buyer = _with(may_order=True)
    assert judge(buyer, [], Asked(Kind.DEVICE_ORDER, {}, DAY)).allowed
    assert not judge(buyer, [], Asked(Kind.TARIFF_CHANGE, NUMBERS, DAY)).allowed


@pytest.mark.parametrize(
    ("until", "allowed"), [(date(2026, 3, 2), True), (date(2026, 3, 1), False)]
)
def test_authority_holds_on_its_last_day_and_not_after(until: date, allowed: bool) -> None:
    contact = _with(authorised=True, valid_until=until)
    verdict = judge(contact, [], Asked(Kind.TARIFF_CHANGE, NUMBERS, DAY))
    assert verdict.allowed is allowed
    assert allowed or "ended" in verdict.why


def test_ended_authority_still_gets_an_emergency_block_to_be_confirmed() -> None:
    contact = _with(authorised=True, valid_until=date(2026, 1, 1))
    assert judge(contact, [], Asked(Kind.SIM_BLOCK, NUMBERS, DAY)).to_confirm


@pytest.mark.parametrize(
    ("grant", "allowed"),
    [
        (_grant(actions=("tariff-change",)), True),
        (_grant(actions=("sim-swap",)), False),
        (_grant(numbers=("+420799000001", "+420799000002")), True),
        (_grant(numbers=("+420799000001",)), False),
        (_grant(cost_centres=("IT", "Doprava")), True),
        (_grant(cost_centres=("IT",)), False),
        (_grant(valid_from=date(2026, 3, 3)), False),
        (_grant(valid_until=date(2026, 3, 1)), False),
        (_grant(valid_from=DAY, valid_until=DAY), True),
    ],
)
def test_grant_covers_its_actions_numbers_centres_and_days(grant: Authority, allowed: bool) -> None:
    assert judge(NOVAK, [grant], Asked(Kind.TARIFF_CHANGE, NUMBERS, DAY)).allowed is allowed


def test_two_half_grants_are_not_a_whole_one() -> None:
    halves = [_grant(numbers=(number,)) for number in NUMBERS]
    assert not judge(NOVAK, halves, Asked(Kind.TARIFF_CHANGE, NUMBERS, DAY)).allowed


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2026, 3, 3)])
def test_revoked_authority_ends_with_the_day_of_its_revocation(day: date) -> None:
    contact = _with(authorised=True, may_order=True, revoked_on=day)
    allowed = day > DAY
    for kind, numbers in ((Kind.TARIFF_CHANGE, NUMBERS), (Kind.DEVICE_ORDER, {})):
        verdict = judge(contact, [], Asked(kind, numbers, DAY))
        assert verdict.allowed is allowed
        assert allowed or "revoked" in verdict.why
    assert judge(contact, [], Asked(Kind.SIM_BLOCK, NUMBERS, DAY)).allowed


@pytest.mark.parametrize(
    ("grant", "allowed"),
    [
        (_grant(mandate_until=DAY), True),
        (_grant(mandate_until=date(2026, 3, 1)), False),
        (_grant(mandate_until=date(2026, 3, 1), valid_until=date(2027, 1, 1)), False),
        (_grant(revoked_on=DAY), False),
        (_grant(revoked_on=date(2026, 3, 3)), True),
    ],
)
def test_grant_ends_with_its_mandate_or_its_revocation(grant: Authority, allowed: bool) -> None:
    assert judge(NOVAK, [grant], Asked(Kind.TARIFF_CHANGE, NUMBERS, DAY)).allowed is allowed
