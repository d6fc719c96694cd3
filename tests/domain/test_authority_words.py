"""Kept answers are said again in any language, whatever language they were kept in."""

import string
from datetime import date
from decimal import Decimal

import pytest

from console import texts
from console.domain import authority_words, formats
from console.domain.authority import Asked, judge
from console.domain.authority_words import basis_in_words, reworded
from console.domain.contact import Authority, Contact
from console.domain.request import Kind

NAMES = ("Čeněk Šťastný", "A (B) [c] {name} 50% \\1", "Firma\ns. r. o.", "")
SUMS = {"limit": Decimal("5000.00"), "amount": Decimal("12345.50")}


def _answer(template: str, name: str) -> str:
    sums = {key: formats.money(value) for key, value in SUMS.items()}
    facts = {"name": name, "day": formats.day(date(2026, 3, 2)), **sums}
    return texts.translate(template).format(**facts)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("template", authority_words._ANSWERS)
@pytest.mark.parametrize(("kept_in", "said_in"), [("cs", "en"), ("en", "cs"), ("cs", "cs")])
def test_answer_is_what_it_would_be_in_the_other_language(
    template: str, name: str, kept_in: str, said_in: str
) -> None:
    with texts.speaking(kept_in):
        kept = _answer(template, name)
    with texts.speaking(said_in):
        assert reworded(kept) == _answer(template, name)


@pytest.mark.parametrize("kept", ["", "Potvrzeno dopisem.", "Odpověděl jiný program.", "{name}"])
def test_what_is_no_answer_stays_as_it_is(kept: str) -> None:
    assert reworded(kept) == kept


def test_every_answer_of_the_code_is_known() -> None:
    named = {name: value for name, value in vars(authority_words).items() if name.isupper()}
    known = {value for name, value in named.items() if name[0] in string.ascii_uppercase}
    assert {value for value in known if isinstance(value, str)} == set(authority_words._ANSWERS)


DAYS = (None, date(2026, 3, 1), date(2030, 12, 31))
CONTACTS = [
    None,
    *(
        Contact(
            id=1,
            client_id=1,
            name="Jan",
            authorised=flag,
            may_order=flag,
            valid_until=day,
            revoked_on=revoked,
        )
        for flag in (True, False)
        for day in DAYS
        for revoked in DAYS
    ),
]
GRANTS = [
    Authority(id=7, client_id=1, contact_id=1, actions=actions, order_limit=limit, mandate=mandate)
    for actions in ((), (Kind.SIM_SWAP.value,))
    for limit in (None, Decimal("5000.00"))
    for mandate in ("", "plná moc 7/2026, mandate 8")
]


@pytest.mark.parametrize("contact", CONTACTS)
@pytest.mark.parametrize("is_dedicated", [False, True])
def test_every_fact_of_a_check_is_said_in_words(
    contact: Contact | None, is_dedicated: bool
) -> None:
    asked = Asked(Kind.TARIFF_CHANGE, {}, date(2026, 3, 2), authorised_only=is_dedicated)
    basis = judge(contact, GRANTS if contact else [], asked).basis
    for fact in basis:
        with texts.speaking("cs"):
            czech = basis_in_words(fact)
        with texts.speaking("en"):
            english = basis_in_words(fact)
        assert fact not in (czech, english)
        assert czech != english


def test_facts_keep_their_days_sums_and_mandates() -> None:
    with texts.speaking("cs"):
        assert basis_in_words("asked on 2026-03-02") == (
            f"Posouzeno ke dni {formats.day(date(2026, 3, 2))}"
        )
        grant = "grant 7 version 2 covers it, up to 5000.00 CZK, mandate plná moc, mandate 8"
        assert basis_in_words(grant) == (
            f"Oprávnění, verze 2: vztahuje se na to, do {formats.money(Decimal(5000))},"
            " pověření: plná moc, mandate 8"
        )
        contact = "contact version 3: authorised True, may order False, until 2030-12-31"
        assert basis_in_words(contact) == (
            "Kontakt, verze 3: oprávněn: ano, smí objednávat: ne,"
            f" do {formats.day(date(2030, 12, 31))}"
        )


@pytest.mark.parametrize("kept", ["", "asked on Monday", "něco jiného"])
def test_what_is_no_fact_of_ours_stays_as_it_is(kept: str) -> None:
    assert basis_in_words(kept) == kept
