"""Cells as people fill them in become values, and no cell whatever breaks the import."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from console.domain.line import LineState, Roaming
from console.intake import problems, values
from console.intake.values import UNLIMITED
from tests.intake import isolated

NBSP, NARROW = "\u00a0", "\u202f"
SPACES = st.sampled_from(["", " ", NBSP, NARROW])
WHOLE = st.integers(0, 10**9)
MONEY = st.decimals(0, 10**7, places=2, allow_nan=False)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
NORMALISERS = (
    values.text,
    values.decimal,
    values.money,
    values.amount,
    values.volume,
    values.yes_no,
    values.roaming,
    values.state,
    values.day,
    values.msisdn,
    values.contact_phone,
    values.email,
    values.iccid,
)
CELLS = st.one_of(
    st.text(max_size=40),
    st.text("0123456789 ,.+-", max_size=20),
    st.floats(),
    st.integers(-(2**63), 2**63),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
)


def grouped(number: int, space: str) -> str:
    return f"{number:,}".replace(",", space)


def czech(amount: Decimal, space: str = "") -> str:
    return f"{amount:,}".replace(",", space).replace(".", ",")


@given(st.sampled_from(NORMALISERS), CELLS)
def test_no_cell_raises_and_every_complaint_has_words(normaliser: Any, cell: Any) -> None:
    value, code = normaliser(cell)
    assert code == "" or code in problems._MESSAGES
    assert normaliser(cell) == (value, code) or value != value


@given(st.sampled_from((values.amount, values.volume)), CELLS)
def test_no_cell_gives_a_number_that_the_database_cannot_hold(normaliser: Any, cell: Any) -> None:
    value, _code = normaliser(cell)
    assert value is None or -1 <= value < 2**63


@pytest.mark.parametrize("cell", ["1" * 30, "1" * 400, "1e30"])
def test_endless_price_is_reported(cell: str) -> None:
    assert values.money(cell) == (None, "number-value")


@pytest.mark.parametrize("normaliser", [values.amount, values.volume])
def test_endless_count_is_reported(normaliser: Any) -> None:
    assert normaliser("9" * 30) == (None, "number-value")


@pytest.mark.parametrize("cell", ["1e9999999", "1e999999999999999999"])
@pytest.mark.parametrize("name", ["decimal", "money", "amount", "volume"])
def test_number_with_a_huge_exponent_does_not_hang(name: str, cell: str) -> None:
    reading = f"str(values.{name}({cell!r}))[:40]"
    what, value, seconds, _megabytes = isolated.run(
        "from console.intake import values", reading, timeout=3
    )
    assert what == "value", (what, value)
    assert seconds < 1


@pytest.mark.parametrize("cell", ["nan", "NaN", "inf", "-Infinity", float("nan"), float("inf")])
def test_what_is_not_finite_is_no_number(cell: Any) -> None:
    assert values.decimal(cell) == (None, "number-value")
    assert values.money(cell) == (None, "number-value")
    assert values.amount(cell) == (None, "number-value")


@given(WHOLE, SPACES)
def test_thousands_may_be_apart(number: int, space: str) -> None:
    assert values.amount(grouped(number, space)) == (number, "")
    assert values.volume(grouped(number, space)) == (number, "")


@given(WHOLE)
def test_number_cell_and_its_text_are_the_same(number: int) -> None:
    assert values.amount(float(number)) == values.amount(str(number)) == (number, "")
    assert values.volume(float(number)) == (number, "")


@given(MONEY, SPACES, st.sampled_from(["", " Kč", "Kč", NBSP + "Kč"]))
def test_price_in_czech_is_understood(amount: Decimal, space: str, unit: str) -> None:
    assert values.money(czech(amount, space) + unit) == (amount, "")


@given(MONEY)
def test_price_in_english_is_understood(amount: Decimal) -> None:
    assert values.money(f"{amount}") == (amount, "")
    if amount >= 1000:
        assert values.money(f"{amount:,}") == (amount, "")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("99,00", "99.00"),
        ("1 536", "1536"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234.567", "1234567"),
        ("5,-", "5"),
        ("5,- Kč", "5"),
        ("-12,5", "-12.5"),
        ("+5", "5"),
        (99.5, "99.5"),
        (0, "0"),
    ],
)
def test_number_as_people_write_it(cell: Any, expected: str) -> None:
    assert values.decimal(cell) == (Decimal(expected), "")


@pytest.mark.parametrize("cell", ["", None, "  ", NBSP])
def test_empty_cell_says_nothing(cell: Any) -> None:
    for normaliser in (values.decimal, values.money, values.amount, values.volume, values.day):
        assert normaliser(cell) == (None, "")


@pytest.mark.parametrize("cell", ["sto", "1-2", "12 ks", "1,2,3,a", "--5", ","])
def test_what_is_no_number_stays_empty_with_a_complaint(cell: str) -> None:
    for normaliser in (values.decimal, values.money, values.amount, values.volume):
        assert normaliser(cell) == (None, "number-value")


@pytest.mark.parametrize("cell", ["-1", "-5", -1, -1.0])
def test_less_than_nothing_is_not_taken_for_unlimited(cell: Any) -> None:
    assert values.amount(cell) == (None, "number-value")
    assert values.volume(cell) == (None, "number-value")


@pytest.mark.parametrize(
    "cell", ["neomezeně", "NEOMEZENĚ", " neomezený ", "neomezene", "unlimited", "∞", "Neomezeno"]
)
def test_without_limit_in_czech_and_english(cell: str) -> None:
    assert values.amount(cell) == (UNLIMITED, "")
    assert values.volume(cell) == (UNLIMITED, "")


@pytest.mark.parametrize(
    ("cell", "megabytes"),
    [
        ("1,5 GB", 1536),
        ("1.5GB", 1536),
        ("10 GB", 10_240),
        ("10 240", 10_240),
        ("500 MB", 500),
        ("500 mb", 500),
        ("1 TB", 1_048_576),
        ("2048 kB", 2),
        ("bez dat", 0),
        ("0", 0),
        ("-", None),
        (1536.0, 1536),
    ],
)
def test_data_package_in_megabytes(cell: Any, megabytes: int | None) -> None:
    assert values.volume(cell) == (megabytes, "")


@given(DAYS, st.sampled_from(["{d}. {m}. {y}", "{d}.{m}.{y}", "{d:02}.{m:02}.{y}", "{d}/{m}/{y}"]))
def test_day_as_czechs_write_it(day: date, form: str) -> None:
    assert values.day(form.format(d=day.day, m=day.month, y=day.year)) == (day, "")


@given(DAYS)
def test_day_as_iso_or_a_cell_of_any_type(day: date) -> None:
    moment = datetime(day.year, day.month, day.day, 12, 30)  # noqa: DTZ001  (cells have no zone)
    forms = (day, moment, day.isoformat(), moment.isoformat(), moment.isoformat(" "))
    assert {values.day(form) for form in forms} == {(day, "")}


@given(DAYS)
def test_day_as_the_serial_number_of_a_spreadsheet(day: date) -> None:
    assert values.day(float((day - date(1899, 12, 30)).days)) == (day, "")
    assert values.day((day - date(1899, 12, 30)) / timedelta(days=1) + 0.75) == (day, "")


def test_day_with_spaces_that_do_not_break() -> None:
    assert values.day(f"4.{NBSP}7.{NBSP}2020") == (date(2020, 7, 4), "")


def test_year_of_two_digits_is_of_this_century() -> None:
    assert values.day("4. 7. 20") == (date(2020, 7, 4), "")


@pytest.mark.parametrize(
    "cell",
    ["29. 2. 2021", "31. 4. 2020", "13/13/2020", "0. 0. 0000", "zítra", "2020-13-01", "7/20"],
)
def test_what_is_no_day_stays_empty_with_a_complaint(cell: str) -> None:
    assert values.day(cell) == (None, "date-value")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        *(
            (word, True)
            for word in ("ano", "Ano", "ANO", "A", "a", "yes", "Y", "x", "1", 1.0, True)
        ),
        *((word, False) for word in ("ne", "Ne", "N", "n", "no", "0", 0, 0.0, "-", False)),
        ("", None),
        (None, None),
    ],
)
def test_yes_and_no_however_written(cell: Any, expected: bool | None) -> None:
    assert values.yes_no(cell) == (expected, "")


def test_neither_yes_nor_no_stays_unsaid_with_a_complaint() -> None:
    assert values.yes_no("možná") == (None, "yes-no-value")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("ano", Roaming.ON), ("N", Roaming.OFF), ("EU", Roaming.EU), ("eu", Roaming.EU), ("", "")],
)
def test_roaming_however_written(cell: str, expected: Roaming) -> None:
    assert values.roaming(cell) == (expected, "")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("aktivní", LineState.ACTIVE),
        ("AKTIVNI", LineState.ACTIVE),
        ("blokováno", LineState.BLOCKED),
        ("Dočasně odpojeno", LineState.SUSPENDED),
        ("zrušeno", LineState.CANCELLED),
        ("cancelled", LineState.CANCELLED),
        ("", LineState.ACTIVE),
    ],
)
def test_state_in_czech_and_english(cell: str, expected: LineState) -> None:
    assert values.state(cell) == (expected, "")


def test_unknown_state_counts_as_active_with_a_complaint() -> None:
    assert values.state("ztraceno") == (LineState.ACTIVE, "state-value")


NUMBERS = st.integers(200_000_000, 999_999_999)


@given(NUMBERS, st.sampled_from(["", "+420", "00420", "420", "+420 ", "'"]))
def test_czech_number_however_written_is_one_number(number: int, country: str) -> None:
    digits = str(number)
    apart = f"{digits[:3]} {digits[3:6]}{NBSP}{digits[6:]}"
    for written in (digits, apart, apart.replace(" ", "-")):
        assert values.msisdn(country + written) == (f"+420{number}", "")


@given(NUMBERS)
def test_number_cell_is_a_number(number: int) -> None:
    assert values.msisdn(number) == values.msisdn(float(number)) == (f"+420{number}", "")


@given(st.text("0123456789+ -()/.٠١٢３４५", max_size=18))
def test_number_is_in_plain_digits_or_none(cell: str) -> None:
    number, code = values.msisdn(cell)
    assert (number == "") == bool(code)
    assert number == "" or (number[0] == "+" and number[1:].isascii() and number[1:].isdigit())


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "number-missing"),
        (None, "number-missing"),
        ("60212345", "number-short"),
        (3.0, "number-short"),
        ("Jan Novák", "number-wrong"),
        ("1234567890123", "number-wrong"),
        ("123 456 789", "number-wrong"),
    ],
)
def test_what_is_no_phone_number_says_why(cell: Any, code: str) -> None:
    assert values.msisdn(cell) == ("", code)


def test_foreign_number_is_kept_with_its_country() -> None:
    assert values.msisdn("+49 30 901820") == ("+4930901820", "")
    assert values.msisdn("0049 30 901820") == ("+4930901820", "")


def test_phone_of_a_person_is_kept_even_where_it_is_odd() -> None:
    assert values.contact_phone("352 000 001") == ("+420352000001", "")
    assert values.contact_phone("kl. 123") == ("kl. 123", "phone-value")


def test_address_of_a_person_is_kept_even_where_it_is_odd() -> None:
    assert values.email(" j.novak@urad.example ") == ("j.novak@urad.example", "")
    assert values.email("j.novak(at)urad") == ("j.novak(at)urad", "email-value")


@given(st.text("0123456789", min_size=17, max_size=18))
def test_card_number_with_its_check_digit_is_right(body: str) -> None:
    digits = body + luhn.calc_check_digit(body)
    assert values.iccid(digits) == (digits, "")
    assert values.iccid(f"{digits[:4]} {digits[4:10]}-{digits[10:]}") == (digits, "")


@given(st.text("0123456789", min_size=17, max_size=18), st.integers(0, 16), st.integers(1, 9))
def test_card_number_with_a_wrong_digit_is_kept_and_reported(
    body: str, place: int, step: int
) -> None:
    digits = body + luhn.calc_check_digit(body)
    other = str((int(digits[place]) + step) % 10)
    wrong = digits[:place] + other + digits[place + 1 :]
    assert values.iccid(wrong) == (wrong, "iccid-check")


@pytest.mark.parametrize("cell", ["894201000799000000X", "123", "8" * 21])
def test_what_is_no_card_number_is_kept_as_written(cell: str) -> None:
    assert values.iccid(cell) == (cell, "iccid-form")


@given(st.text(max_size=60))
def test_comparing_needs_no_accents_case_or_spare_spaces(text: str) -> None:
    once = values.plain(text)
    assert values.plain(once) == once
    assert values.plain(f"  {text}\t ") == once


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (799000001.0, "799000001"),
        (1.5, "1.5"),
        ("  a \n b ", "a b"),
        (date(2020, 7, 4), "2020-07-04"),
        (datetime(2020, 7, 4, 12, 30), "2020-07-04"),  # noqa: DTZ001
    ],
)
def test_cell_as_a_person_would_have_written_it(cell: Any, text: str) -> None:
    assert values.written(cell) == text
