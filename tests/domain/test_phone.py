"""Numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain import phone

NINE = st.integers(200_000_000, 999_999_999).map(str)


@pytest.mark.parametrize(
    "written",
    ["799000001", "799 000 001", "+420799000001", "+420 799 000 001", "00420799000001",
     "420799000001", "799-000-001", "799.000.001", "(799) 000 001", 799000001, 799000001.0,
     "'799000001", "799\u00a0000\u00a0001", "+420-799-000-001", " 799000001 "],
)  # fmt: skip
def test_czech_number_is_understood(written: object) -> None:
    assert phone.normalise(written) == "+420799000001"


@pytest.mark.parametrize(
    "written",
    ["", "79900000", "7990000011", "112", "abc", "+420 123", None, True, 3.5, "1799000001",
     "199000001", "799 000 00x", "+", "+420", "20000000٠", "7990O0001", float("nan"),
     float("inf"), -799000001],
)  # fmt: skip
def test_what_is_no_number_is_none(written: object) -> None:
    assert phone.normalise(written) == ""


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+421 905 123 456", "+421905123456"),
        ("+49 30 901820", "+4930901820"),
        ("00421905123456", "+421905123456"),
        ("+43 1 4000", "+4314000"),
    ],
)
def test_foreign_number_with_its_country_is_understood(written: str, number: str) -> None:
    assert phone.normalise(written) == number


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.none()))
def test_nothing_raises_and_what_comes_is_e164(raw: object) -> None:
    number = phone.normalise(raw)
    assert number == "" or (number[0] == "+" and number[1:].isascii() and number[1:].isdigit())


@given(st.text(alphabet="+0123456789 -/().", max_size=20))
def test_normalising_twice_is_normalising_once(raw: str) -> None:
    once = phone.normalise(raw)
    assert phone.normalise(once) == once


@given(digits=NINE, spaces=st.lists(st.sampled_from([" ", "", "-", "."]), min_size=9, max_size=9))
def test_clutter_between_the_digits_does_not_matter(digits: str, spaces: list[str]) -> None:
    written = "".join(digit + space for digit, space in zip(digits, spaces, strict=True))
    assert phone.normalise(written) == f"+420{digits}"


@given(NINE)
def test_pretty_number_is_the_same_number(digits: str) -> None:
    assert phone.normalise(phone.pretty(f"+420{digits}")) == f"+420{digits}"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Prosím blok 799 000 005, díky", ["+420799000005"]),
        ("799000005; 799000005 a 799 000 006", ["+420799000005", "+420799000006"]),
        ("799000010-799000012", ["+420799000010", "+420799000011", "+420799000012"]),
        ("od 799 000 010 do 799 000 012", ["+420799000010", "+420799000011", "+420799000012"]),
        ("faktura 2026000123456789, IČO 00259586", []),
        ("volejte +421 905 123 456", ["+421905123456"]),
        ("číslo faktury 202608123", []),
        ("Faktura č. 202608123, tel. 799000005", ["+420799000005"]),
        ("faktury 202608123 a 202608124", []),
        ("faktura za 799000005", ["+420799000005"]),
        ("VS: 202608123", []),
        ("variabilní symbol 202608123", []),
        ("č. j. MUL/202608123", []),
        ("č.j.: 202608123 ze dne", []),
        ("objednávka číslo 202608123 pro 799000005", ["+420799000005"]),
        ("invoice no. 202608123", []),
        ("na účet 202608123/0800", []),
        ("faktura 799 000 005", ["+420799000005"]),
        ("DIČ CZ699001237", []),
        ("vsichni: 799000005", ["+420799000005"]),
        ("pošta novak123456789@urad.example", []),
        ("", []),
    ],
)
def test_numbers_are_found_in_text(text: str, numbers: list[str]) -> None:
    assert phone.find_numbers(text) == numbers


def test_endless_range_is_no_range() -> None:
    assert len(phone.find_numbers("700000000-799999999")) == 2


@given(st.text(max_size=300))
def test_finding_raises_nothing_and_repeats_nothing(text: str) -> None:
    found = phone.find_numbers(text)
    assert len(found) == len(set(found))
