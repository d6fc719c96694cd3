"""The client's list beside ours: each difference told, settled by one decision, and undone."""

from pathlib import Path

import pytest

from console.domain.client import Client
from console.domain.comparison import DifferenceKind, NumberDifference
from console.domain.line import Line, LineState
from console.services import comparison, history, imports
from console.services.imports import ReadFile
from console.workspace import Workspace
from tests.services.steps import add_line, another_client


@pytest.fixture
def theirs(opened: Workspace, client: Client, tmp_path: Path) -> ReadFile:
    """A list that differs from the register in every way."""
    add_line(opened, client, "799000001", holder="Řehoř", tariff="Profi 100")
    add_line(opened, client, "799000002", holder="Šárka", tariff="Profi 100")
    add_line(opened, client, "799000003", holder="Petr", tariff="M2M")
    add_line(opened, client, "799000009", holder="Pryč", state=LineState.CANCELLED)
    add_line(opened, another_client(opened), "799000007")
    file = tmp_path / "jejich.csv"
    rows = (
        "Číslo;Uživatel;Tarif",
        "799000001;Řehoř;Profi 100",
        "799000002;Šárka Malá;Profi 300",
        "799000004;Nová;Profi 100",
        "799000007;Cizí;Profi 100",
        "12;Špatné;Profi 100",
    )
    file.write_text("\n".join(rows), encoding="utf-8")
    return imports.read_file(file, "numbers")


def found(opened: Workspace, client: Client, file: ReadFile) -> list[NumberDifference]:
    return list(comparison.compare(opened, client.id, file).differences)


def test_every_difference_is_told(opened: Workspace, client: Client, theirs: ReadFile) -> None:
    compared = comparison.compare(opened, client.id, theirs)
    told = [(d.kind.value, d.msisdn[-1], d.field, d.ours, d.theirs) for d in compared.differences]
    assert told == [
        ("field", "2", "holder", "Šárka", "Šárka Malá"),
        ("field", "2", "tariff", "Profi 100", "Profi 300"),
        ("only-ours", "3", "", "Petr", ""),
        ("only-theirs", "4", "", "", "Nová"),
    ]
    assert compared.same == 1
    assert [(p.row, p.code) for p in compared.problems] == [
        (5, "number-elsewhere"),
        (6, "number-short"),
    ]


def test_one_difference_is_settled_by_itself(
    opened: Workspace, client: Client, theirs: ReadFile
) -> None:
    before = found(opened, client, theirs)
    comparison.take_theirs(opened, client.id, theirs, [before[0]])
    assert found(opened, client, theirs) == before[1:]
    history.undo_last(opened)
    assert found(opened, client, theirs) == before


def test_all_are_settled_as_one_action(opened: Workspace, client: Client, theirs: ReadFile) -> None:
    before = found(opened, client, theirs)
    assert comparison.take_theirs(opened, client.id, theirs, before).result == 4
    assert found(opened, client, theirs) == []
    states = {line.msisdn[-1]: line.state for line in opened.store.select(Line)}
    assert states["3"] is LineState.CANCELLED
    assert states["4"] is LineState.ACTIVE
    history.undo_last(opened)
    assert found(opened, client, theirs) == before


def test_what_is_settled_already_is_passed_by(
    opened: Workspace, client: Client, theirs: ReadFile
) -> None:
    before = found(opened, client, theirs)
    comparison.take_theirs(opened, client.id, theirs, before)
    again = comparison.take_theirs(opened, client.id, theirs, [before[0], before[3]])
    assert again.result == 0


def test_secrets_are_compared_but_not_shown(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    for puk in ("11112222", "33334444"):
        file = tmp_path / f"{puk[:4]}.csv"
        file.write_text(f"Číslo;ICCID;PUK\n799000001;8942010007990000012;{puk}", encoding="utf-8")
        read = imports.read_file(file, "numbers")
        if puk == "11112222":
            imports.run(opened, client.id, read)
    (one,) = found(opened, client, read)
    assert (one.kind, one.field, one.ours, one.theirs) == (
        DifferenceKind.FIELD,
        "puk",
        "••••",
        "••••",
    )
