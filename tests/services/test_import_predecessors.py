"""Cards that replaced others: in any order of the file, never in a circle, out and back again."""

import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.client import Client
from console.domain.listing import ListQuery
from console.domain.sim import Sim
from console.services import exports, history, imports, sims
from console.services.import_sims import _in_circles
from console.workspace import Workspace
from tests.services.test_imports import counts, table, take_in

A, B, C = "8942010000000000011", "8942010000000000029", "8942010000000000037"
HEADS = ("ICCID", "Předchozí SIM")


def _file(tmp_path: Path, *rows: tuple[str, str]) -> Path:
    return table(tmp_path, *(";".join(cells) for cells in (HEADS, *rows)))


def _chain(opened: Workspace) -> dict[str, str]:
    found = {sim.id: sim for sim in opened.store.select(Sim)}
    return {
        sim.iccid: found[sim.predecessor_id].iccid if sim.predecessor_id else ""
        for sim in found.values()
    }


def _codes(outcome: Any) -> list[tuple[int, str]]:
    return [(problem.row, problem.code) for problem in outcome.problems]


@pytest.mark.parametrize("order", list(itertools.permutations(((A, ""), (B, A), (C, B)))))
def test_cards_come_in_with_those_before_them_in_any_order(
    opened: Workspace, client: Client, tmp_path: Path, order: tuple[tuple[str, str], ...]
) -> None:
    outcome = take_in(opened, client, _file(tmp_path, *order), "sims")
    assert counts(outcome) == (3, 0, 0, 0)
    assert _chain(opened) == {A: "", B: A, C: B}
    assert _codes(outcome) == []


def test_card_of_the_register_is_the_predecessor_and_a_second_time_changes_nothing(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    for iccid in (A, B):
        sims.add_sim(opened, Sim(client_id=client.id, iccid=iccid))
    file = _file(tmp_path, (B, "8942 0100 0000 0000 011"), (C, B))
    assert counts(take_in(opened, client, file, "sims")) == (1, 1, 0, 0)
    assert _chain(opened) == {A: "", B: A, C: B}
    assert counts(take_in(opened, client, file, "sims")) == (0, 0, 2, 0)
    history.undo_last(opened)
    assert _chain(opened) == {A: "", B: ""}


def test_known_card_whose_predecessor_is_new_gets_it(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    sims.add_sim(opened, Sim(client_id=client.id, iccid=B))
    outcome = take_in(opened, client, _file(tmp_path, (B, A), (A, "")), "sims")
    assert counts(outcome) == (1, 1, 0, 0)
    assert _chain(opened) == {A: "", B: A}


def test_card_that_nobody_knows_is_named_and_the_row_comes_in(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    outcome = take_in(opened, client, _file(tmp_path, (A, C), (B, "nesmysl")), "sims")
    assert counts(outcome) == (2, 0, 0, 0)
    assert _chain(opened) == {A: "", B: ""}
    assert _codes(outcome) == [(2, "card-unknown"), (3, "card-unknown")]


@pytest.mark.parametrize("rows", [((A, A),), ((A, B), (B, A)), ((A, B), (B, C), (C, A))])
def test_circle_is_named_and_not_kept(
    opened: Workspace, client: Client, tmp_path: Path, rows: tuple[tuple[str, str], ...]
) -> None:
    outcome = take_in(opened, client, _file(tmp_path, *rows), "sims")
    assert counts(outcome)[0] == len(rows)
    assert set(_chain(opened).values()) == {""}
    assert {code for _row, code in _codes(outcome)} == {"card-circle"}


def test_circle_with_the_register_is_named_and_not_kept(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    first = sims.add_sim(opened, Sim(client_id=client.id, iccid=A)).result
    sims.add_sim(opened, Sim(client_id=client.id, iccid=B, predecessor_id=first.id))  # type: ignore[attr-defined]
    outcome = take_in(opened, client, _file(tmp_path, (A, B)), "sims")
    assert _codes(outcome) == [(2, "card-circle")]
    assert _chain(opened) == {A: "", B: A}


def test_long_chain_comes_in_whole(opened: Workspace, client: Client, tmp_path: Path) -> None:
    numbers = [f"89420100000{number:08}" for number in range(1500)]
    rows = zip(numbers, ["", *numbers], strict=False)
    outcome = take_in(opened, client, _file(tmp_path, *reversed(list(rows))), "sims")
    assert counts(outcome)[0] == len(numbers)
    assert sum(bool(before) for before in _chain(opened).values()) == len(numbers) - 1


def test_cards_go_out_and_come_back_with_their_predecessors(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    take_in(opened, client, _file(tmp_path, (C, B), (B, A), (A, "")), "sims")
    before = _chain(opened)
    query = ListQuery(noun="sims", sort="iccid")
    out = exports.Export(query=query, columns=exports.columns_of("sims"))
    exports.export(opened, out, tmp_path / "karty.xlsx")
    read = imports.read_file(tmp_path / "karty.xlsx", "sims")
    assert counts(imports.dry_run(opened, client.id, read)) == (0, 0, 3, 0)
    history.undo_last(opened)
    assert _chain(opened) == {}
    imports.run(opened, client.id, read)
    assert _chain(opened) == before


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), max_size=8))
def test_cards_in_circles_are_those_that_lead_back_to_themselves(before: dict[str, str]) -> None:
    def leads_back(card: str) -> bool:
        at = before.get(card, "")
        for _step in before:
            if at == card:
                return True
            at = before.get(at, "")
        return False

    assert _in_circles(before) == {card for card in before if leads_back(card)}
