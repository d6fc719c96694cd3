"""Lines: the card of a number, changes with their day, the history of states and tariffs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from console.domain import phone
from console.domain.client import Client
from console.domain.journal import Changes
from console.domain.line import Line, LineChange
from console.domain.request import OPEN_STATES, Request
from console.domain.sim import Sim
from console.domain.tariff import Tariff
from console.errors import KnownError
from console.services import access
from console.services.line_history import track_changes
from console.workspace import Workspace


@dataclass(frozen=True, slots=True)
class LineCard:
    """All that one wants to see while the client is on the phone."""

    line: Line
    client: Client
    sim: Sim | None
    tariff: Tariff | None
    open_requests: list[Request]
    changes: list[LineChange]


def add_line(workspace: Workspace, line: Line, sim: Sim | None = None) -> Changes:
    """Store a new number, with its card where it has one.

    Raises:
        KnownError: ``number-wrong``, ``number-exists``.
    """
    number = phone.normalise(line.msisdn)
    if not number:
        raise KnownError("number-wrong", number=line.msisdn, name="msisdn")
    store = workspace.store
    if store.select(Line, "msisdn = ?", [number]):
        raise KnownError("number-exists", number=phone.pretty(number), name="msisdn")
    with store.unit("add-line", phone.pretty(number)) as unit:
        stored = store.insert(replace(line, msisdn=number))
        if sim is not None:
            card = store.insert(replace(sim, client_id=line.client_id, line_id=stored.id))
            stored = store.update(stored, sim_id=card.id)
    return Changes(unit, frozenset(store.tables_changed), stored)


def change_line(
    workspace: Workspace,
    line: Line,
    effective_on: date,
    request_id: int | None = None,
    **changes: Any,
) -> Changes:
    """Change fields of a number from a day on; what a report tells goes into its history."""
    store = workspace.store
    with store.unit("change-line", phone.pretty(line.msisdn)) as unit:
        stored = track_change(workspace, line, effective_on, request_id, changes)
    return Changes(unit, frozenset(store.tables_changed), stored)


def track_change(
    workspace: Workspace,
    line: Line,
    effective_on: date,
    request_id: int | None,
    changes: dict[str, Any],
) -> Line:
    """Change a number inside the caller's unit and write its history."""
    return track_changes(workspace, [(line, changes)], effective_on, request_id)[0]


def delete_line(workspace: Workspace, line: Line) -> Changes:
    """Take a number off the lists; undo brings it back."""
    store = workspace.store
    with store.unit("delete-line", phone.pretty(line.msisdn)) as unit:
        store.delete(line)
    return Changes(unit, frozenset(store.tables_changed), line)


def line(workspace: Workspace, line_id: int) -> Line:
    """Return a number by its id."""
    return workspace.store.get(Line, line_id)


def lines_by_number(workspace: Workspace, numbers: Iterable[str]) -> dict[str, Line]:
    """Return the lines of E.164 numbers; unknown ones are left out."""
    wanted = list(numbers)
    found: dict[str, Line] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ",".join("?" * len(part))
        for known in workspace.store.select(Line, f"msisdn IN ({marks})", part):
            found[known.msisdn] = known
    return found


def cost_centres(workspace: Workspace, numbers: Iterable[str]) -> dict[str, str]:
    """Return numbers with their cost centres; empty for one that the register does not have."""
    found = dict.fromkeys(numbers, "")
    known = lines_by_number(workspace, found)
    return found | {number: line.cost_centre for number, line in known.items()}


def card(workspace: Workspace, line_id: int, request_id: int | None = None) -> LineCard:
    """Open the card of a number; written down where the client's agreement logs openings.

    Args:
        workspace: the open workspace.
        line_id: whose.
        request_id: the request that it is opened for, or None.
    """
    store = workspace.store
    found = store.get(Line, line_id)
    access.opened(workspace, "lines", line_id, found.client_id, request_id)
    open_states = ", ".join(f"'{state}'" for state in OPEN_STATES)
    return LineCard(
        found,
        store.get(Client, found.client_id),
        store.get(Sim, found.sim_id) if found.sim_id else None,
        next(iter(_tariff(workspace, found)), None),
        store.select(
            Request,
            "id IN (SELECT request_id FROM request_lines WHERE line_id = ?)"
            f" AND state IN ({open_states})",
            [line_id],
            order="due_at",
        ),
        store.select(
            LineChange, "line_id = ?", [line_id], order="effective_on DESC, id DESC LIMIT 50"
        ),
    )


def _tariff(workspace: Workspace, line: Line) -> list[Tariff]:
    return workspace.store.select(
        Tariff, "client_id = ? AND unaccented(name) = unaccented(?)", [line.client_id, line.tariff]
    )
