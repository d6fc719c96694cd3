"""One field of many records changed at once: what would change first, then all as one action."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from console.domain.journal import Changes
from console.domain.line import Line
from console.domain.record import Record
from console.domain.register_fields import register_field
from console.services import backups, field_values, records
from console.services.field_values import Written
from console.services.line_history import track_changes
from console.workspace import Workspace

AT_MOST: Final = 10_000
"""Records that one change may be about."""
_AT_ONCE: Final = 500
_BACKED_UP: Final = 1_000
"""From so many records on a backup is made before."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What would change of one record: its name, and the value before and after in words."""

    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a change of many would do.

    Args:
        differences: one for each record that would change.
        unchanged: count of records that have the value already.
        missing: count of records that are not there any more.
    """

    differences: tuple[Difference, ...]
    unchanged: int
    missing: int


def plan(
    workspace: Workspace, noun: str, record_ids: Sequence[int], name: str, written: Written
) -> Plan:
    """Say what giving a field of many records one value would change; nothing is stored.

    Args:
        workspace: the open workspace.
        noun: whose.
        record_ids: which, at most AT_MOST.
        name: of the field.
        written: the value as a person writes it.

    Raises:
        KnownError: ``field-wrong``, ``field-missing``.
    """
    field = register_field(noun, name)
    found = _records(workspace, noun, record_ids)
    changed = _changed(workspace, found, noun, name, written)
    differences = tuple(
        Difference(
            records.title_of(record),
            field_values.shown(workspace, field, getattr(record, name)),
            field_values.shown(workspace, field, value),
        )
        for record, value in changed
    )
    return Plan(differences, len(found) - len(changed), len(record_ids) - len(found))


def change(
    workspace: Workspace,
    noun: str,
    record_ids: Sequence[int],
    name: str,
    written: Written,
    effective_on: date | None = None,
) -> Changes:
    """Give a field of many records one value as one action; the result is a count.

    Args:
        workspace: the open workspace.
        noun: whose.
        record_ids: which, at most AT_MOST.
        name: of the field.
        written: the value as a person writes it.
        effective_on: from which day numbers have it, where the field is tracked; today
            where None.

    Raises:
        KnownError: ``field-wrong``, ``field-missing``, ``backup-failed``.
    """
    store, field = workspace.store, register_field(noun, name)
    changed = _changed(workspace, _records(workspace, noun, record_ids), noun, name, written)
    if len(changed) >= _BACKED_UP:
        backups.before(workspace, "change")
    with store.unit("change-many", f"{field.label} · {len(changed)}") as unit:
        if noun == "lines":
            lines = [(r, {name: value}) for r, value in changed if isinstance(r, Line)]
            track_changes(workspace, lines, effective_on or store.today())
        else:
            store.update_many([(record, {name: value}) for record, value in changed])
    return Changes(unit, frozenset(store.tables_changed), len(changed))


def _records(workspace: Workspace, noun: str, record_ids: Sequence[int]) -> list[Record]:
    found: list[Record] = []
    wanted = record_ids[:AT_MOST]
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        marks = ",".join("?" * len(part))
        found += workspace.store.select(records.record_type(noun), f"id IN ({marks})", part)
    return found


def _changed(
    workspace: Workspace, found: Sequence[Record], noun: str, name: str, written: Written
) -> list[tuple[Record, Any]]:
    """Return the records that would change with their new value, read once for each client."""
    field = register_field(noun, name)
    by_client: dict[int, Any] = {}
    changed = []
    for record in found:
        owner = records.owner_of(record)
        if owner not in by_client:
            by_client[owner] = field_values.read(workspace, owner, field, written)[0]
        if getattr(record, name) != by_client[owner]:
            changed.append((record, by_client[owner]))
    return changed
