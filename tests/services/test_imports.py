"""Imports into a register that is not empty: new cards, other clients, cancelling, undo."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.line import Line, LineChange
from console.domain.sim import Sim
from console.domain.tariff import Tariff
from console.intake.problems import REFUSED
from console.services import history, import_lines, imports, lines
from console.services.imports import Outcome
from console.storage import journal
from console.workspace import Workspace
from tests.conftest import SAMPLES
from tests.services.steps import Clock, add_line, another_client, refused

OFFICE = SAMPLES / "urad"
OLD, NEW = "8942010007990000012", "8942010007990000020"


def table(tmp_path: Path, *rows: str) -> Path:
    """Write a table of numbers."""
    file = tmp_path / "cisla.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


def take_in(opened: Workspace, client: Client, file: Path, what: str = "numbers") -> Outcome:
    """Take a file in; a dry run must have foretold it."""
    read = imports.read_file(file, what)
    foretold = imports.dry_run(opened, client.id, read)
    outcome = imports.run(opened, client.id, read).result
    assert outcome == foretold
    assert isinstance(outcome, Outcome)
    return outcome


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    return (outcome.added, outcome.changed, outcome.unchanged, outcome.refused)


@pytest.fixture
def carded(opened: Workspace, client: Client, clock: Clock, tmp_path: Path) -> Line:
    """A number that came with a card."""
    take_in(opened, client, table(tmp_path, "Číslo;ICCID;PUK", f"799000001;{OLD};01234567"))
    return opened.store.select(Line)[0]


# Cards


def test_another_card_keeps_its_predecessor(
    opened: Workspace, client: Client, carded: Line, tmp_path: Path, clock: Clock
) -> None:
    clock.set("2026-11-10T09:00")
    file = table(tmp_path, "Číslo;ICCID;PUK", f"799000001;{NEW};76543210")
    assert counts(take_in(opened, client, file)) == (0, 1, 0, 0)
    old, new = opened.store.select(Sim)
    assert (old.iccid, old.puk, old.valid_until) == (OLD, "01234567", date(2026, 11, 10))
    assert (new.iccid, new.puk, new.valid_from) == (NEW, "76543210", date(2026, 11, 10))
    assert {old.line_id, new.line_id} == {carded.id}
    assert lines.card(opened, carded.id).sim == new
    assert counts(take_in(opened, client, file)) == (0, 0, 1, 0)


def test_day_of_a_new_card_is_the_day_in_prague(
    opened: Workspace, client: Client, carded: Line, tmp_path: Path, clock: Clock
) -> None:
    clock.set("2026-11-10T00:30")
    take_in(opened, client, table(tmp_path, "Číslo;ICCID;Tarif", f"799000001;{NEW};Profi 100"))
    card = lines.card(opened, carded.id)
    assert card.sim is not None
    assert card.sim.valid_from == date(2026, 11, 10)
    assert [change.effective_on for change in card.changes] == [date(2026, 11, 10)]


def test_new_puk_of_the_same_card_changes_the_card(
    opened: Workspace, client: Client, carded: Line, tmp_path: Path
) -> None:
    take_in(opened, client, table(tmp_path, "Číslo;ICCID;PUK", f"799000001;{OLD};99999999"))
    (card,) = opened.store.select(Sim)
    assert card.puk == "99999999"


def test_puk_without_a_card_is_no_change_for_ever(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    file = table(tmp_path, "Číslo;ICCID;PUK", "799000001;;01234567")
    assert counts(take_in(opened, client, file)) == (1, 0, 0, 0)
    assert counts(take_in(opened, client, file)) == (0, 0, 1, 0)


def test_first_card_of_a_known_number_is_added(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    line = add_line(opened, client, "799000001")
    file = table(tmp_path, "Číslo;ICCID;PUK", f"799000001;{OLD};01234567")
    assert counts(take_in(opened, client, file)) == (0, 1, 0, 0)
    card = lines.card(opened, line.id).sim
    assert card is not None
    assert (card.iccid, card.puk) == (OLD, "01234567")


def test_empty_cell_says_nothing(
    opened: Workspace, client: Client, carded: Line, tmp_path: Path
) -> None:
    line: Any = lines.change_line(opened, carded, date(2026, 11, 4), holder="Řehoř").result
    file = table(tmp_path, "Číslo;ICCID;Držitel", "799000001;;")
    assert counts(take_in(opened, client, file)) == (0, 0, 1, 0)
    assert opened.store.get(Line, line.id) == line


# Other clients


def test_number_of_another_client_is_refused_the_rest_comes_in(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    school = another_client(opened)
    line = add_line(opened, school, "799000002", holder="Škola")
    file = table(tmp_path, "Číslo;Držitel", "799000001;A", "799000002;B", "799000003;C")
    outcome = take_in(opened, client, file)
    assert counts(outcome) == (2, 0, 0, 1)
    (problem,) = outcome.problems
    assert (problem.row, problem.code, problem.severity) == (3, "number-elsewhere", REFUSED)
    assert school.name in problem.message
    assert opened.store.get(Line, line.id) == line


def test_number_that_another_client_gave_up_may_come_in(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    lines.delete_line(opened, add_line(opened, another_client(opened), "799000002"))
    assert counts(take_in(opened, client, table(tmp_path, "Číslo", "799000002"))) == (1, 0, 0, 0)


# History


def test_changed_tariff_is_told_in_the_history_of_the_number(
    opened: Workspace, client: Client, clock: Clock, tmp_path: Path
) -> None:
    line = add_line(opened, client, "799000001", tariff="Profi 100")
    take_in(opened, client, table(tmp_path, "Číslo;Tarif", "799000001;Profi 300"))
    (change,) = opened.store.select(LineChange)
    assert (change.line_id, change.before, change.after) == (line.id, "Profi 100", "Profi 300")
    assert change.effective_on == date(2026, 11, 4)


@pytest.mark.parametrize(
    ("what", "name", "noun"),
    [
        ("numbers", "cisla.xlsx", Line),
        ("contacts", "kontakty.csv", Contact),
        ("tariffs", "tarify.csv", Tariff),
    ],
)
def test_one_undo_takes_back_a_whole_import(
    opened: Workspace, client: Client, what: str, name: str, noun: type
) -> None:
    outcome = take_in(opened, client, OFFICE / name, what)
    assert len(opened.store.select(noun)) == outcome.added > 0
    unit: Any = history.undo_last(opened).result
    assert (unit.action, unit.detail) == ("import", name)
    assert opened.store.select(noun) == opened.store.select(Sim) == []
    history.redo_last(opened)
    assert len(opened.store.select(noun)) == outcome.added
    assert journal.verify(opened.store.db) == []


def test_undone_import_of_changes_gives_back_the_old_card(
    opened: Workspace, client: Client, carded: Line, tmp_path: Path
) -> None:
    before = opened.store.select(Sim)[0]
    take_in(opened, client, table(tmp_path, "Číslo;ICCID", f"799000001;{NEW}", "799000009;"))
    history.undo_last(opened)
    card = lines.card(opened, carded.id).sim
    assert card is not None
    assert (card.id, card.iccid, card.valid_until) == (before.id, OLD, None)
    assert len(opened.store.select(Line)) == 1


# Cancelling and faults


class CancelError(Exception):
    """The person pressed cancel."""


def test_cancelled_import_changes_nothing(opened: Workspace, client: Client) -> None:
    read = imports.read_file(OFFICE / "cisla.xlsx", "numbers")
    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))
        raise CancelError

    unit = history.next_undo(opened)
    with pytest.raises(CancelError):
        imports.run(opened, client.id, read, progress)
    assert seen
    assert opened.store.select(Line) == opened.store.select(Sim) == []
    assert history.next_undo(opened) == unit


def test_progress_ends_with_all_rows(opened: Workspace, client: Client) -> None:
    read = imports.read_file(OFFICE / "cisla.xlsx", "numbers")
    seen: list[tuple[int, int]] = []
    imports.run(opened, client.id, read, lambda done, total: seen.append((done, total)))
    done, total = seen[-1]
    assert done == total > 240


def test_failure_half_way_leaves_nothing(
    opened: Workspace, client: Client, carded: Line, tmp_path: Path, monkeypatch: Any
) -> None:
    """The cards are stored first; the numbers then meet a fault."""

    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(import_lines, "track_changes", fail)
    file = table(tmp_path, "Číslo;ICCID", f"799000001;{NEW}", f"799000002;{OLD[:-1]}9")
    with pytest.raises(ZeroDivisionError):
        imports.run(opened, client.id, imports.read_file(file, "numbers"))
    assert opened.store.select(Line) == [carded]
    assert [card.iccid for card in opened.store.select(Sim)] == [OLD]


def test_dry_run_stores_nothing(opened: Workspace, client: Client) -> None:
    read = imports.read_file(OFFICE / "cisla.xlsx", "numbers")
    unit = history.next_undo(opened)
    assert imports.dry_run(opened, client.id, read).added == 240
    assert (history.next_undo(opened), opened.store.select(Line)) == (unit, [])


def test_corrected_column_is_taken_as_corrected(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    from dataclasses import replace

    file = table(tmp_path, "Číslo;Osoba;Úsek", "799000001;Řehoř;IT")
    read = imports.read_file(file, "numbers")
    mapping = read.mapping.with_field(2, "cost_centre").with_field(1, "holder")
    imports.run(opened, client.id, replace(read, mapping=mapping))
    (line,) = opened.store.select(Line)
    assert (line.holder, line.cost_centre) == ("Řehoř", "IT")


def test_what_cannot_be_taken_in_is_refused() -> None:
    with refused("word-unknown") as caught:
        imports.check_what("passwords")
    assert "numbers, contacts, tariffs" in str(caught.value)
