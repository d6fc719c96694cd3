"""The samples of a town hall are taken in whole: what is good comes in, the rest is reported."""

import csv
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.line import UNLIMITED_MB, Line, LineState, Roaming
from console.domain.sim import Sim
from console.domain.tariff import Tariff
from console.intake.problems import KEPT, REFUSED, Problem
from console.services import history, imports
from console.services.imports import Outcome
from console.workspace import Workspace
from tests.conftest import SAMPLES

OFFICE = SAMPLES / "urad"
FILES = {"numbers": "cisla.xlsx", "contacts": "kontakty.csv", "tariffs": "tarify.csv"}
RECORDS = {"numbers": Line, "contacts": Contact, "tariffs": Tariff}


def take_in(opened: Workspace, client: Client, what: str) -> Outcome:
    file = imports.read_file(OFFICE / FILES[what], what)
    outcome = imports.run(opened, client.id, file).result
    assert isinstance(outcome, Outcome)
    return outcome


@pytest.fixture
def outcome(opened: Workspace, client: Client) -> Outcome:
    """The sample of numbers, taken in."""
    return take_in(opened, client, "numbers")


def line_of(opened: Workspace, msisdn: str) -> Line:
    return opened.store.select(Line, "msisdn = ?", [msisdn])[0]


def in_row(outcome: Outcome, row: int) -> Problem:
    found = [problem for problem in outcome.problems if problem.row == row]
    assert len(found) == 1
    return found[0]


def test_every_number_is_taken_in_once(opened: Workspace, outcome: Outcome) -> None:
    assert (outcome.added, outcome.changed, outcome.unchanged) == (240, 0, 0)
    stored = [line.msisdn for line in opened.store.select(Line, order="msisdn")]
    assert stored == [f"+420799000{number:03}" for number in range(240)]


def test_every_number_has_its_own_card(opened: Workspace, outcome: Outcome) -> None:
    cards = opened.store.select(Sim)
    assert len(cards) == 240
    assert len({card.line_id for card in cards}) == 240
    assert {line.sim_id for line in opened.store.select(Line)} == {card.id for card in cards}


def test_four_rows_are_refused_and_counted(outcome: Outcome) -> None:
    assert outcome.refused == 4
    assert [p.row for p in outcome.problems if p.severity == REFUSED] == [246, 247, 248, 249]


def test_repeated_number_names_the_row_that_it_repeats(opened: Workspace, outcome: Outcome) -> None:
    problem = in_row(outcome, 246)
    assert (problem.code, problem.severity, problem.first) == ("number-repeated", REFUSED, 5)
    assert "row 5" in problem.message
    assert line_of(opened, "+420799000000").holder == ""


def test_number_a_digit_short_is_reported_with_what_was_written(outcome: Outcome) -> None:
    problem = in_row(outcome, 247)
    assert (problem.code, problem.column) == ("number-short", "Tel. číslo")
    assert "60212345" in problem.message


def test_result_of_a_formula_is_no_number(outcome: Outcome) -> None:
    problem = in_row(outcome, 248)
    assert (problem.code, problem.value) == ("number-short", "3")


def test_row_of_totals_is_reported_as_such(outcome: Outcome) -> None:
    problem = in_row(outcome, 249)
    assert problem.code == "total-row"
    assert "totals" in problem.message


def test_wrong_card_numbers_are_reported_and_kept_as_written(
    opened: Workspace, outcome: Outcome
) -> None:
    wrong = [problem for problem in outcome.problems if problem.code == "iccid-form"]
    assert len(wrong) == 7
    assert {(p.severity, p.column) for p in wrong} == {(KEPT, "Číslo SIM (ICCID)")}
    stored = {card.iccid for card in opened.store.select(Sim)}
    assert {problem.value for problem in wrong} < stored
    assert "894201000799000000X" in stored


def test_nothing_else_is_complained_of(outcome: Outcome) -> None:
    assert len(outcome.problems) == 7 + 4


def test_cells_become_values(opened: Workspace, outcome: Outcome) -> None:
    line = line_of(opened, "+420799000000")
    assert (line.state, line.data_mb, line.roaming) == (
        LineState.BLOCKED,
        UNLIMITED_MB,
        Roaming.OFF,
    )
    assert (line.activated_on, line.commitment_until) == (date(2020, 7, 4), date(2022, 7, 4))
    assert (line.cost_centre, line.note) == ("Odbor životního prostředí", "služební")


def test_date_cell_and_czech_data_package_become_values(
    opened: Workspace, outcome: Outcome
) -> None:
    line = line_of(opened, "+420799000002")
    assert (line.activated_on, line.data_mb) == (date(2021, 12, 26), 1536)
    assert (line.holder, line.state) == ("Přemysl Šťastný", LineState.CANCELLED)


def test_puk_keeps_its_leading_zero(opened: Workspace, outcome: Outcome) -> None:
    card = opened.store.select(Sim, "iccid = ?", ["894201000799000000X"])[0]
    assert card.puk == "08470054"


def test_no_puk_shows_in_the_preview_or_the_problems(outcome: Outcome) -> None:
    file = imports.read_file(OFFICE / FILES["numbers"], "numbers")
    shown = repr(file.mapping) + repr(outcome)
    body = file.table.rows[file.mapping.header_row + 1 : -4]
    puk = file.mapping.index_of("puk")
    assert len(body) == 241
    assert not [row[puk] for row in body if row[puk] and row[puk] in shown]


def test_tariff_is_written_as_the_price_list_writes_it(opened: Workspace, client: Client) -> None:
    take_in(opened, client, "tariffs")
    take_in(opened, client, "numbers")
    used = {line.tariff for line in opened.store.select(Line)}
    assert used == {"Profi 100", "Profi 300", "Profi Neomezeně", "M2M 10"}


def test_contacts_of_windows_keep_every_diacritic(opened: Workspace, client: Client) -> None:
    outcome = take_in(opened, client, "contacts")
    assert (outcome.added, outcome.refused, outcome.problems) == (24, 0, ())
    stored = opened.store.select(Contact)
    assert {(c.name, c.function, c.department) for c in stored} == _contacts_as_written()
    assert any(contact.name == "Ing. Ďula Novotná" for contact in stored)


def _contacts_as_written() -> set[tuple[str, ...]]:
    with (OFFICE / FILES["contacts"]).open(encoding="cp1250", newline="") as file:
        return {tuple(row[:3]) for row in list(csv.reader(file, delimiter=";"))[1:]}


def test_contact_has_phones_authority_and_its_end(opened: Workspace, client: Client) -> None:
    take_in(opened, client, "contacts")
    person = opened.store.select(Contact, "email = ?", ["kontakt3@urad.example"])[0]
    assert (person.landline, person.fax) == ("+420352000003", "+420352000903")
    assert (person.authorised, person.may_order, person.valid_until) == (True, True, None)
    other = opened.store.select(Contact, "email = ?", ["kontakt2@urad.example"])[0]
    assert (other.may_order, other.valid_until) == (False, date(2026, 12, 31))


def test_empty_cell_about_ordering_stays_unsaid(opened: Workspace, client: Client) -> None:
    take_in(opened, client, "contacts")
    person = opened.store.select(Contact, "email = ?", ["kontakt1@urad.example"])[0]
    assert (person.may_order, person.valid_until) == (None, date(2026, 6, 30))


def test_price_list_with_a_mark_and_decimal_commas(opened: Workspace, client: Client) -> None:
    outcome = take_in(opened, client, "tariffs")
    assert (outcome.added, outcome.problems) == (4, ())
    tariff = opened.store.select(Tariff, "code = ?", ["P300"])[0]
    assert (tariff.monthly_fee, tariff.minute_price) == (Decimal("189.50"), Decimal("0.99"))
    assert (tariff.included_minutes, tariff.included_mb) == (300, 1536)
    assert (tariff.valid_from, tariff.valid_until) == (date(2025, 1, 1), None)


def test_unlimited_tariff_is_unlimited(opened: Workspace, client: Client) -> None:
    take_in(opened, client, "tariffs")
    tariff = opened.store.select(Tariff, "code = ?", ["PNEO"])[0]
    assert tariff.name == "Profi Neomezeně"
    assert (tariff.included_minutes, tariff.included_sms) == (UNLIMITED_MB, UNLIMITED_MB)
    assert tariff.included_mb == 10_240


@pytest.mark.parametrize("what", FILES)
def test_second_import_changes_nothing(opened: Workspace, client: Client, what: str) -> None:
    first = take_in(opened, client, what)
    before, unit = _rows(opened, what), history.next_undo(opened)
    second = take_in(opened, client, what)
    assert (second.added, second.changed) == (0, 0)
    assert (second.unchanged, second.refused) == (first.added, first.refused)
    assert second.problems == first.problems
    assert (_rows(opened, what), history.next_undo(opened)) == (before, unit)


def _rows(opened: Workspace, what: str) -> list[Any]:
    return [*opened.store.select(RECORDS[what]), *opened.store.select(Sim)]
