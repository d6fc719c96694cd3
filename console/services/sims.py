"""SIM cards: adding, changing, and which one a number uses."""

from datetime import date
from typing import Any

from console.domain.journal import Changes
from console.domain.line import Line
from console.domain.register_fields import register_field
from console.domain.sim import Sim
from console.errors import KnownError
from console.workspace import Workspace


def in_use(workspace: Workspace, line_id: int) -> Sim | None:
    """Return the card that a number uses, or None."""
    found = workspace.store.select(Sim, "id = (SELECT sim_id FROM lines WHERE id = ?)", [line_id])
    return found[0] if found else None


def add_sim(workspace: Workspace, sim: Sim) -> Changes:
    """Store a new card; the number that it is given to uses it from now on.

    Raises:
        KnownError: ``field-missing``, ``sim-exists``.
    """
    _check(workspace, sim)
    store = workspace.store
    with store.unit("add-sim", sim.iccid) as unit:
        stored = store.insert(sim)
        if sim.line_id is not None and sim.valid_until is None:
            stored = _give(workspace, stored, sim.line_id)
    return Changes(unit, frozenset(store.tables_changed), stored)


def change_sim(workspace: Workspace, sim: Sim, **changes: Any) -> Changes:
    """Change fields of a card; a number that loses it has none, one that gets it uses it.

    Raises:
        KnownError: as :func:`add_sim`, ``record-changed``.
    """
    store = workspace.store
    with store.unit("change-sim", changes.get("iccid", sim.iccid)) as unit:
        stored = store.update(sim, **changes)
        if "iccid" in changes:
            _check(workspace, stored)
        if stored.line_id != sim.line_id:
            for line in store.select(Line, "id = ? AND sim_id = ?", [sim.line_id, sim.id]):
                store.update(line, sim_id=None)
            if stored.line_id is not None and stored.valid_until is None:
                stored = _give(workspace, stored, stored.line_id)
    return Changes(unit, frozenset(store.tables_changed), stored)


def swap(workspace: Workspace, line: Line, iccid: str, day: date) -> Line:
    """Give a number another card inside the caller's unit; the one before is its predecessor.

    Args:
        workspace: the open workspace.
        line: the number as it was seen.
        iccid: of a card in stock, or of one that the register does not have yet.
        day: from which the number uses it.

    Raises:
        KnownError: ``sim-exists`` where another number uses the card.
    """
    store = workspace.store
    stock = store.select(Sim, "iccid = ? AND client_id = ?", [iccid, line.client_id])
    if stock and stock[0].valid_until is None and stock[0].line_id in (None, line.id):
        card = store.update(stock[0], line_id=line.id, valid_from=day)
        _give(workspace, card, line.id)
    else:
        new = Sim(client_id=line.client_id, line_id=line.id, iccid=iccid, valid_from=day)
        add_sim(workspace, new)
    return store.get(Line, line.id)


def _give(workspace: Workspace, sim: Sim, line_id: int) -> Sim:
    """Let a number use a card; the one before ends and becomes its predecessor."""
    store = workspace.store
    line = store.get(Line, line_id)
    if line.sim_id == sim.id:
        return sim
    for before in store.select(Sim, "id = ?", [line.sim_id or 0]):
        store.update(before, valid_until=sim.valid_from or store.today())
        sim = store.update(sim, predecessor_id=before.id)
    store.update(line, sim_id=sim.id)
    return sim


def delete_sim(workspace: Workspace, sim: Sim) -> Changes:
    """Take a card off the lists, and out of the number that uses it; undo brings both back."""
    store = workspace.store
    with store.unit("delete-sim", sim.iccid) as unit:
        for line in store.select(Line, "sim_id = ?", [sim.id]):
            store.update(line, sim_id=None)
        store.delete(sim)
    return Changes(unit, frozenset(store.tables_changed), sim)


def _check(workspace: Workspace, sim: Sim) -> None:
    if not sim.iccid.strip():
        raise KnownError("field-missing", field=register_field("sims", "iccid").label, name="iccid")
    if workspace.store.select(Sim, "iccid = ? AND id != ?", [sim.iccid, sim.id]):
        raise KnownError("sim-exists", iccid=sim.iccid, name="iccid")
