"""Bytes of mails as text: Czech under a wrong name is found, western text is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.intake.charsets import decoded

CZECH = (
    "Dobrý den, žádáme o změnu tarifu u přiložených čísel. Děkuji, Řehoř Šťastný",
    "Prosím o blokaci čísla 799 000 005",
    "Příloha: rozpis středisek, účet č. 5",
    "Ztráta telefonu – prosím ihned zablokovat kartu, děkuji",
)
WESTERN = (
    "Très bien, où est la facture ? Noël, c'est naïf.",
    "Ørsted på færgen, smørrebrød og æbler",
    "Perché così? È più lunedì che venerdì, però",
    "Größe und Straße für Mädchen",
    "½ l, 5 m², © 2026",
)


@pytest.mark.parametrize("named", ["iso-8859-1", "us-ascii", "latin1", "x-neznamy", "", "utf-8"])
@pytest.mark.parametrize("real", ["cp1250", "utf-8"])
@pytest.mark.parametrize("text", CZECH)
def test_czech_under_a_wrong_name_is_read(text: str, real: str, named: str) -> None:
    assert decoded(text.encode(real), named) == text


@pytest.mark.parametrize("named", ["iso-8859-1", "windows-1252"])
def test_central_european_iso_is_read_where_it_is_named_western(named: str) -> None:
    text = CZECH[0]
    assert decoded(text.encode("iso8859-2"), named) == text


@pytest.mark.parametrize("named", ["iso-8859-2", "windows-1250"])
@pytest.mark.parametrize("text", CZECH[:3])
def test_right_name_is_believed(text: str, named: str) -> None:
    assert decoded(text.encode(named), named) == text


@pytest.mark.parametrize("text", WESTERN)
def test_western_text_stays(text: str) -> None:
    assert decoded(text.encode("cp1252"), "windows-1252") == text
    assert decoded(text.encode("latin-1"), "iso-8859-1") == text


@given(st.binary(max_size=200), st.text(max_size=12))
def test_anything_becomes_a_text(content: bytes, named: str) -> None:
    assert isinstance(decoded(content, named), str)
