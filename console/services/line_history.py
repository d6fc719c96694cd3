"""Changes of numbers that hold from a day on: put into their history, in force when it comes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from console.domain.journal import Changes
from console.domain.line import Line, LineChange
from console.domain.line_history import place
from console.domain.register_fields import FIELDS
from console.storage import rows
from console.workspace import Workspace

TRACKED: Final = tuple(known.name for known in FIELDS["lines"] if known.is_tracked)
"""Fields whose changes by day a report tells; the journal keeps all others, too."""
_AT_ONCE: Final = 500


@dataclass(slots=True)
class _Work:
    """What is to be written for all numbers together."""

    made: list[LineChange] = field(default_factory=list)
    following: list[tuple[LineChange, dict[str, Any]]] = field(default_factory=list)
    lines: list[tuple[Line, dict[str, Any]]] = field(default_factory=list)
    results: list[Line] = field(default_factory=list)


def track_changes(
    workspace: Workspace,
    changed: Sequence[tuple[Line, Mapping[str, Any]]],
    effective_on: date,
    request_id: int | None = None,
) -> list[Line]:
    """Change numbers inside the caller's unit and write their history.

    Args:
        workspace: the open workspace.
        changed: numbers as they were seen, each with its fields and their new values.
        effective_on: from which day the tracked fields have them; all others change at once.
        request_id: the request that asked for it, or None.

    Returns:
        The numbers as they are now.

    Raises:
        KnownError: ``record-changed``.
    """
    store = workspace.store
    chains = _chains(workspace, [line.id for line, _changes in changed])
    work = _Work()
    for line, changes in changed:
        _plan(work, chains, line, changes, (effective_on, store.today(), request_id))
    _insert(workspace, work.made)
    for change, values in work.following:
        store.update(change, **values)
    store.update_many(work.lines)
    return work.results


def _chains(
    workspace: Workspace, line_ids: Sequence[int]
) -> Mapping[tuple[int, str], list[LineChange]]:
    found: dict[tuple[int, str], list[LineChange]] = defaultdict(list)
    for start in range(0, len(line_ids), _AT_ONCE):
        part = line_ids[start : start + _AT_ONCE]
        marks = ",".join("?" * len(part))
        for change in workspace.store.select(LineChange, f"line_id IN ({marks})", part):
            found[change.line_id, change.field].append(change)
    return found


def _plan(
    work: _Work,
    chains: Mapping[tuple[int, str], list[LineChange]],
    line: Line,
    changes: Mapping[str, Any],
    when: tuple[date, date, int | None],
) -> None:
    effective_on, today, request_id = when
    direct = {
        name: value
        for name, value in changes.items()
        if name not in TRACKED and value != getattr(line, name)
    }
    for name in TRACKED:
        if name not in changes:
            continue
        current = as_stored(name, getattr(line, name))
        new = LineChange(
            client_id=line.client_id,
            line_id=line.id,
            effective_on=effective_on,
            field=name,
            after=as_stored(name, changes[name]),
            request_id=request_id,
        )
        chain = chains.get((line.id, name), ())
        placed = place(chain, new, current, today)
        if placed.made:
            work.made.append(placed.made)
        if placed.following:
            known = next(change for change in chain if change.id == placed.following.id)
            work.following.append((known, {"before": placed.following.before}))
        if placed.now != current:
            direct[name] = value_of(name, placed.now)
    if direct:
        work.lines.append((line, direct))
        line = replace(line, version=line.version + 1, **direct)
    work.results.append(line)


def _insert(workspace: Workspace, made: Sequence[LineChange]) -> None:
    names = [name for name in rows.columns(LineChange) if name != "id"]
    place = rows.columns(LineChange).index("id")
    values = []
    for number, change in zip(workspace.store.new_ids(len(made)), made, strict=True):
        encoded = rows.encode(change)
        values.append((number, *encoded[:place], *encoded[place + 1 :]))
    workspace.store.insert_many(LineChange, ("id", *names), values)


def as_stored(name: str, value: Any) -> str:
    """Return a value as the history keeps it."""
    encoded = rows.encode_field(Line, name, value)
    return "" if encoded is None else str(encoded)


def value_of(name: str, stored: str) -> Any:
    """Return the value of what the history keeps."""
    raw: str | int | None = stored
    if name == "data_mb":
        raw = int(stored) if stored else None
    elif name in ("activated_on", "commitment_until", "sim_id"):
        raw = stored or None
    return rows.decode_field("lines", name, raw)


def apply_due(workspace: Workspace) -> Changes:
    """Let changes whose day has come take effect; the person's undo passes it by."""
    store = workspace.store
    due = store.select(
        LineChange,
        "applied = 0 AND effective_on <= ?",
        [store.today().isoformat()],
        order="effective_on, id",
    )
    if not due:
        return Changes(0, frozenset())
    values: dict[int, dict[str, Any]] = defaultdict(dict)
    for change in due:
        values[change.line_id][change.field] = value_of(change.field, change.after)
    with store.unit("apply-scheduled") as unit:
        store.update_many([(change, {"applied": True}) for change in due])
        ids = list(values)
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            lines = store.select(Line, f"id IN ({marks})", part)
            store.update_many([(line, values[line.id]) for line in lines])
    return Changes(unit, frozenset(store.tables_changed), len(due))
