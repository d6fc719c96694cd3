"""Fields of many records changed at once: what would change first, then all as one action."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from console.domain.journal import Changes
from console.domain.line import Line
from console.domain.record import Record
from console.domain.register_fields import RegisterField, register_field
from console.services import backups, field_values, records
from console.services.field_values import Written
from console.services.line_history import track_changes
from console.workspace import Workspace

AT_MOST: Final = 10_000
"""Records that one change may be about."""
_AT_ONCE: Final = 500
_WRITTEN_AT_ONCE: Final = 1_000
_NOTHING: Final = "–"
Progress = Callable[[int, int], None]
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
    workspace: Workspace, noun: str, record_ids: Sequence[int], values: Mapping[str, Written]
) -> Plan:
    """Say what giving fields of many records the same values would change; nothing is stored.

    Args:
        workspace: the open workspace.
        noun: whose.
        record_ids: which, at most AT_MOST.
        values: the fields by their names, each as a person writes it.

    Raises:
        KnownError: ``field-wrong``, ``field-missing``.
    """
    found = _records(workspace, noun, record_ids)
    changed = _changed(workspace, found, noun, values)
    is_several = len(values) > 1
    differences = tuple(_difference(workspace, noun, *one, is_several) for one in changed)
    return Plan(differences, len(found) - len(changed), len(record_ids) - len(found))


def _difference(
    workspace: Workspace,
    noun: str,
    record: Record,
    changes: Mapping[str, Any],
    is_one_of_several: bool,
) -> Difference:
    """Put a record's change into words; where several fields may change, each bears its name."""
    before, after = [], []
    for name, value in changes.items():
        field = register_field(noun, name)
        label = f"{field.label}: " if is_one_of_several else ""
        before.append(label + _said(workspace, field, getattr(record, name)))
        after.append(label + _said(workspace, field, value))
    return Difference(records.title_of(record), "; ".join(before), "; ".join(after))


def _said(workspace: Workspace, field: RegisterField, value: Any) -> str:
    return field_values.shown(workspace, field, value) or _NOTHING


def change(
    workspace: Workspace,
    noun: str,
    record_ids: Sequence[int],
    values: Mapping[str, Written],
    effective_on: date | None = None,
    progress: Progress | None = None,
) -> Changes:
    """Give fields of many records the same values as one action; the result is a count.

    Args:
        workspace: the open workspace.
        noun: whose.
        record_ids: which, at most AT_MOST.
        values: the fields by their names, each as a person writes it.
        effective_on: from which day numbers have those that are tracked; today where None.
        progress: called with records done and records in all, for the last time when all is
            written but not kept yet; raising cancels all of it.

    Raises:
        KnownError: ``field-wrong``, ``field-missing``, ``backup-failed``.
    """
    store = workspace.store
    changed = _changed(workspace, _records(workspace, noun, record_ids), noun, values)
    labels = ", ".join(register_field(noun, name).label for name in values)
    if len(changed) >= _BACKED_UP:
        backups.before(workspace, "change")
    with store.unit("change-many", f"{labels} · {len(changed)}") as unit:
        for start in range(0, len(changed), _WRITTEN_AT_ONCE):
            if progress:
                progress(start, len(changed))
            part = changed[start : start + _WRITTEN_AT_ONCE]
            if noun == "lines":
                lines = [(record, new) for record, new in part if isinstance(record, Line)]
                track_changes(workspace, lines, effective_on or store.today())
            else:
                store.update_many(part)
        if progress:
            progress(len(changed), len(changed))
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
    workspace: Workspace, found: Sequence[Record], noun: str, values: Mapping[str, Written]
) -> list[tuple[Record, dict[str, Any]]]:
    """Return the records that would change with what becomes of them, read once per client."""
    fields = [(register_field(noun, name), written) for name, written in values.items()]
    by_client: dict[int, dict[str, Any]] = {}
    changed = []
    for record in found:
        owner = records.owner_of(record)
        if owner not in by_client:
            by_client[owner] = {
                field.name: field_values.read(workspace, owner, field, written)[0]
                for field, written in fields
            }
        wanted = by_client[owner]
        new = {name: value for name, value in wanted.items() if getattr(record, name) != value}
        if new:
            changed.append((record, new))
    return changed
