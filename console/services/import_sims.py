"""SIM cards as a file gives them, with the cards that they replaced."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from console.domain.sim import Sim
from console.intake.problems import KEPT, Problem
from console.intake.take_in import Row
from console.services import sims
from console.services.import_noun import Changed, Noun, differs, given
from console.services.import_references import refer
from console.workspace import Workspace

Values = Mapping[str, Any]


def _known(workspace: Workspace, client_id: int) -> dict[str, Sim]:
    return {sim.iccid: sim for sim in workspace.store.select(Sim, "client_id = ?", [client_id])}


def _settle(
    workspace: Workspace, client_id: int, known: Mapping[str, Any], rows: Sequence[Row]
) -> list[Problem]:
    """Turn the numbers, orders and predecessors that rows name into what the fields refer to."""
    problems = refer(workspace, client_id, known, rows)
    if any("predecessor" in row.values for row in rows):
        problems += _find_predecessors(workspace, known, rows)
    return problems


def _find_predecessors(
    workspace: Workspace, known: Mapping[str, Sim], rows: Sequence[Row]
) -> list[Problem]:
    """Refer to a card of the register, or of the same file, whose id is made for it."""
    problems = []
    here = {row.values["iccid"]: row.values for row in rows}
    said = {iccid: str(values.pop("predecessor", "") or "") for iccid, values in here.items()}
    before = {**_before(known), **{iccid: word for iccid, word in said.items() if word}}
    circles = _in_circles(before)
    for row in rows:
        word = said[row.values["iccid"]]
        row.values["predecessor_id"] = None
        if not word:
            continue
        is_circle = row.values["iccid"] in circles
        if not is_circle and (word in known or word in here):
            row.values["predecessor_id"] = _id_of(workspace, word, known, here)
        else:
            code = "card-circle" if is_circle else "card-unknown"
            problems.append(Problem(row.number, "", code, KEPT, word))
    return problems


def _before(known: Mapping[str, Sim]) -> dict[str, str]:
    """Return which card each card of the register replaced, by their numbers."""
    numbers = {sim.id: iccid for iccid, sim in known.items()}
    return {
        iccid: numbers[sim.predecessor_id]
        for iccid, sim in known.items()
        if sim.predecessor_id in numbers
    }


def _in_circles(before: Mapping[str, str]) -> set[str]:
    """Return the cards that come before themselves; each card is gone through once."""
    done: set[str] = set()
    found: set[str] = set()
    for start in before:
        path: list[str] = []
        at = start
        while at and at not in done:
            done.add(at)
            path.append(at)
            at = before.get(at, "")
        if at in path:
            found.update(path[path.index(at) :])
    return found


def _id_of(
    workspace: Workspace, iccid: str, known: Mapping[str, Sim], here: Mapping[str, dict[str, Any]]
) -> int:
    if iccid in known:
        return known[iccid].id
    made: int = here[iccid].setdefault("id", workspace.store.new_id())
    return made


def _insert(workspace: Workspace, client_id: int, new: Sequence[Values]) -> None:
    for values in _predecessors_first(new):
        sims.add_sim(workspace, Sim(client_id=client_id, **given(values)))


def _predecessors_first(new: Sequence[Values]) -> Iterator[Values]:
    """Give rows so that a card stands behind the one that it replaced."""
    waiting = {values["id"]: values for values in new if "id" in values}
    for values in new:
        chain = [values]
        while (before := waiting.pop(chain[-1].get("predecessor_id"), None)) is not None:
            chain.append(before)
        yield from (one for one in reversed(chain) if one is not values)
        if "id" not in values or waiting.pop(values["id"], None) is not None:
            yield values


def _update(workspace: Workspace, changed: Sequence[Changed]) -> None:
    for sim, changes in changed:
        sims.change_sim(workspace, sim, **changes)


SIMS: Final = Noun(
    known=_known,
    key=lambda values: str(values["iccid"]),
    difference=differs,
    insert=_insert,
    update=_update,
    title=lambda sim: sim.iccid,
    settle=_settle,
    place="sims.iccid",
    elsewhere="sim-elsewhere",
)
