"""Kept answers are said again in any language, whatever language they were kept in."""

import string
from datetime import date
from decimal import Decimal

import pytest

from console import texts
from console.domain import authority_words, formats
from console.domain.authority_words import reworded

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
    named = {name for name in vars(authority_words) if name[0] in string.ascii_uppercase}
    known = {getattr(authority_words, name) for name in named - {"Final", "Iterator", "N_"}}
    assert known == set(authority_words._ANSWERS)
