"""What was changed on both sides: listed, and decided by a person."""

import json
from typing import Any

from console.domain.conflict import Conflict, Decision
from console.domain.journal import Changes
from console.errors import KnownError
from console.storage import bundles
from console.workspace import Workspace


def open_conflicts(workspace: Workspace) -> list[Conflict]:
    """Return what is to be decided, in the order in which it came back."""
    return workspace.store.select(Conflict, "decision = ''")


def decide(workspace: Workspace, conflict: Conflict, decision: Decision) -> Changes:
    """Keep the value here, or take the deputy's.

    Raises:
        KnownError: ``conflict-decided``, or ``record-changed`` where the value here is not the
            one any more that was looked at.
    """
    store = workspace.store
    now = store.get(Conflict, conflict.id)
    if now.decision is not Decision.OPEN:
        raise KnownError("conflict-decided")
    with store.unit("decide-conflict", conflict.by) as unit:
        store.update(now, decision=decision)
        if decision is Decision.THEIRS:
            _take(workspace, now)
        nouns = frozenset(store.tables_changed)
    return Changes(unit, nouns, now)


def _take(workspace: Workspace, conflict: Conflict) -> None:
    if not conflict.field:
        _exchange(workspace, conflict)
        return
    _expect(workspace, conflict.noun, conflict.record_id, conflict.field, conflict.mine)
    theirs: Any = json.loads(conflict.theirs)
    fields = {conflict.field: theirs}
    bundles.set_fields(workspace.store, conflict.noun, conflict.record_id, fields)


def _expect(workspace: Workspace, noun: str, row: int, field: str, value: str) -> None:
    found = workspace.store.db.conn.execute(
        f"SELECT {field} FROM {noun} WHERE id = ?", (row,)
    ).fetchone()
    if found is None or found[0] != json.loads(value):
        raise KnownError("record-changed")


def _exchange(workspace: Workspace, conflict: Conflict) -> None:
    """Let the deputy's record take the place of the one that says the same here."""
    store, mine = workspace.store, json.loads(conflict.mine)
    now = {"deleted_at": bundles.now_of(store)}
    if isinstance(mine, int):
        bundles.set_fields(store, conflict.noun, mine, now)
    if bundles.has_row(store.db, conflict.noun, conflict.record_id):
        bundles.set_fields(store, conflict.noun, conflict.record_id, {"deleted_at": None})
    else:
        bundles.insert_row(store, conflict.noun, json.loads(conflict.theirs))
