"""What taking in asks of every noun: finding a row's record, what differs, writing."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.domain.record import Record
from console.intake.problems import Problem
from console.intake.take_in import Row
from console.workspace import Workspace

Changed = tuple[Any, dict[str, Any]]
"""What the register knows, and what a row changes of it."""
Settle = Callable[[Workspace, int, Mapping[str, Any], Sequence[Row]], list[Problem]]
"""Brings rows to what the register can keep; says what of them it cannot."""
Find = Callable[[Mapping[str, Any], Mapping[str, Any]], Any]
"""Returns what the register knows of a row among all that it knows, or None."""


@dataclass(frozen=True, slots=True)
class Noun:
    """How rows of one noun are found in the register and written.

    Args:
        known: what the register has of a client, by its key.
        key: what a row is recognised by.
        find: how a row's record is found where its key alone does not tell.
        settle: what is done with all rows before they are compared.
        title: what a person calls a record that a row changes.
        place: table and column of what no two clients have, or empty.
        elsewhere: what is said of a row that another client has.
        keeps_source: whether its records say which file they came from.
    """

    known: Callable[[Workspace, int], Mapping[str, Any]]
    key: Callable[[Mapping[str, Any]], str]
    difference: Callable[[Any, Mapping[str, Any]], dict[str, Any]]
    insert: Callable[[Workspace, int, Sequence[Mapping[str, Any]]], None]
    update: Callable[[Workspace, Sequence[Changed]], None]
    title: Callable[[Any], str]
    find: Find | None = None
    settle: Settle | None = None
    place: str = ""
    elsewhere: str = ""
    keeps_source: bool = False

    def found(self, known: Mapping[str, Any], values: Mapping[str, Any]) -> Any:
        """Return what the register knows of a row, or None."""
        return self.find(known, values) if self.find else known.get(self.key(values))


def elsewhere(
    workspace: Workspace, noun: Noun, client_id: int, rows: Sequence[Row]
) -> dict[str, str]:
    """Return which keys of the rows other clients have, with the names of those."""
    if not noun.place:
        return {}
    table, column = noun.place.split(".")
    found = workspace.store.db.conn.execute(
        f"SELECT t.{column}, c.name FROM {table} t JOIN clients c ON c.id = t.client_id"
        f" WHERE t.{column} IN (SELECT value FROM json_each(?)) AND t.{column} != ''"
        " AND t.client_id != ? AND t.deleted_at IS NULL AND c.deleted_at IS NULL",
        (as_json(noun.key(row.values) for row in rows), client_id),
    )
    return dict(found.fetchall())


def as_json(keys: Iterable[str]) -> str:
    """Return keys as one parameter of a statement, which ``json_each`` takes apart again."""
    return json.dumps(list(keys))


def differs(record: Record, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that the file gives otherwise; an empty cell says nothing."""
    return {
        name: value
        for name, value in values.items()
        if value not in (None, "", ()) and hasattr(record, name) and getattr(record, name) != value
    }


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that a row says something about."""
    return {name: value for name, value in values.items() if value is not None}


def update_records(workspace: Workspace, changed: Sequence[Changed]) -> None:
    """Change records as the rows say."""
    workspace.store.update_many(changed)
