"""What was done: history of a record, undo, redo, and whether the journal is whole."""

from typing import Final

from console.domain import formats
from console.domain.journal import Changes, JournalEntry, Unit
from console.errors import KnownError
from console.storage import journal, rows, undo
from console.workspace import Workspace

SECRET_FIELDS: Final = frozenset({"puk", "pin"})
HIDDEN: Final = "••••"
INTERNAL: Final = frozenset(
    {"id", "version", "terms", "data", "actions", "closures", "standing_since"}
)


def history(workspace: Workspace, record_id: int) -> list[JournalEntry]:
    """Return every change of a record, the newest first."""
    return journal.history(workspace.store.db, record_id)


def next_undo(workspace: Workspace) -> Unit | None:
    """Return the action that undo would take back, or None."""
    return undo.next_undo(workspace.store.db)


def next_redo(workspace: Workspace) -> Unit | None:
    """Return the undo that redo would take back, or None."""
    return undo.next_redo(workspace.store.db)


def undo_last(workspace: Workspace) -> Changes:
    """Take back the last action, which is the ``result``.

    Raises:
        KnownError: ``undo-nothing``, ``undo-conflict``.
    """
    unit = next_undo(workspace)
    if unit is None:
        raise KnownError("undo-nothing")
    return _take_back(workspace, unit, undo.UNDO)


def redo_last(workspace: Workspace) -> Changes:
    """Do again what was taken back last; the action is the ``result``.

    Raises:
        KnownError: ``redo-nothing``, ``undo-conflict``.
    """
    unit = next_redo(workspace)
    if unit is None:
        raise KnownError("redo-nothing")
    return _take_back(workspace, unit, undo.REDO)


def _take_back(workspace: Workspace, unit: Unit, action: str) -> Changes:
    tables = workspace.store.take_back(unit.id, action, unit.detail)
    return Changes(unit.id, tables, _origin(workspace, unit))


def _origin(workspace: Workspace, unit: Unit) -> Unit:
    """Return the action that an undo or a redo is about in the end."""
    while unit.undoes is not None:
        unit = journal.unit(workspace.store.db, unit.undoes)
    return unit


def visible(entry: JournalEntry) -> dict[str, tuple[object, object]]:
    """Return what an entry changed as it may be shown: secrets are hidden."""
    return {
        name: (_masked(name, old), _masked(name, new)) for name, (old, new) in entry.changed.items()
    }


def readable(entry: JournalEntry) -> dict[str, tuple[str, str]]:
    """Return what an entry changed in words of the language in use; secrets are hidden.

    Keys that only the program understands (ids, versions) are left out.
    """
    return {
        name: (_in_words(entry.table, name, old), _in_words(entry.table, name, new))
        for name, (old, new) in visible(entry).items()
        if name not in INTERNAL and not name.endswith("_id")
    }


def _in_words(table: str, name: str, value: object) -> str:
    return formats.anything(HIDDEN if value == HIDDEN else rows.decode_field(table, name, value))


def _masked(name: str, value: object) -> object:
    return HIDDEN if name in SECRET_FIELDS and value else value
