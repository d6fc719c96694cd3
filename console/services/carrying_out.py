"""Carrying out a request: the register changes with it, each number with its own result."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from console.domain import formats, phone
from console.domain.journal import Changes
from console.domain.line import Line
from console.domain.request import EntryKind, Request, RequestLine, RequestState
from console.domain.sim import Sim
from console.domain.workflow import EFFECTS, Effect, Need, Obstacle, Value, obstacle
from console.errors import KnownError
from console.services import lines, requests
from console.services.lines import track_change
from console.texts import _, ngettext
from console.workspace import Workspace


@dataclass(frozen=True, slots=True)
class NumberPlan:
    """What would happen to one number of a request.

    Args:
        is_done: whether it was carried out already.
        obstacle: what keeps it from being carried out now, or None.
    """

    part: RequestLine
    line: Line | None
    is_done: bool
    obstacle: Obstacle | None


def plan(workspace: Workspace, request: Request, values: Mapping[str, str]) -> list[NumberPlan]:
    """Say for each number whether it can be carried out; nothing is stored.

    Args:
        workspace: the open workspace.
        request: what is to be carried out.
        values: by E.164 number, what is given beside it; the key ``""`` is for all others.

    Raises:
        KnownError: ``nothing-to-carry-out`` for a kind that changes no number.
    """
    effect = _effect(request)
    parts = workspace.store.select(RequestLine, "request_id = ?", [request.id])
    known = lines.lines_by_number(workspace, [part.msisdn for part in parts])
    return [_planned(effect, part, known.get(part.msisdn), values) for part in parts]


def _effect(request: Request) -> Effect:
    effect = EFFECTS.get(request.kind)
    if effect is None:
        raise KnownError("nothing-to-carry-out", kind=request.kind.label)
    return effect


def _planned(
    effect: Effect, part: RequestLine, line: Line | None, values: Mapping[str, str]
) -> NumberPlan:
    if part.result:
        return NumberPlan(part, line, is_done=True, obstacle=None)
    return NumberPlan(part, line, False, obstacle(effect, line, _value(part, values)))


def _value(part: RequestLine, values: Mapping[str, str]) -> str:
    return values.get(part.msisdn, values.get("", "")).strip()


def carry_out(
    workspace: Workspace,
    request: Request,
    effective_on: date,
    values: Mapping[str, str],
    is_resolved: bool = False,
) -> Changes:
    """Change the register as a request asks, as one action with one undo.

    Numbers that cannot be changed stay open in the request; the others get their result.

    Args:
        workspace: the open workspace.
        request: as the person saw it.
        effective_on: first day of the change.
        values: as for :func:`plan`.
        is_resolved: whether the request is resolved where every number is done.

    Returns:
        The changes; their result is the request.

    Raises:
        KnownError: ``nothing-to-carry-out``, ``request-closed``, ``nothing-carried-out``.
    """
    if not request.state.is_open:
        raise KnownError("request-closed", number=request.number)
    if Need.CONFIRMATION in requests.missing_for(workspace, request, RequestState.RESOLVED):
        raise KnownError("confirmation-missing", number=request.number)
    planned = plan(workspace, request, values)
    possible = [p for p in planned if not p.is_done and p.obstacle is None]
    if not possible:
        raise KnownError("nothing-carried-out", why=_why_not(planned))
    store, effect = workspace.store, _effect(request)
    with store.unit("carry-out", request.number) as unit:
        for one in possible:
            value = _value(one.part, values)
            line = _change(workspace, request, effect, one.line, one.part, effective_on, value)
            store.update(one.part, line_id=line.id, result=_result(effective_on))
        text = ngettext("{n} number carried out.", "{n} numbers carried out.", len(possible))
        requests.add_entry(workspace, request, EntryKind.NOTE, text.format(n=len(possible)))
        stored = store.get(Request, request.id)
        if is_resolved and all(p.is_done or p.obstacle is None for p in planned):
            requests.take_step(workspace, stored, RequestState.RESOLVED)
            stored = store.get(Request, request.id)
    return Changes(unit, frozenset(store.tables_changed), stored)


def _why_not(planned: list[NumberPlan]) -> str:
    reasons = {
        f"{phone.pretty(one.part.msisdn)}: {one.obstacle.label}" for one in planned if one.obstacle
    }
    return "; ".join(sorted(reasons)[:5]) or _("No number is left.")


def _result(effective_on: date) -> str:
    return _("done, from {day}").format(day=formats.day(effective_on))


def _change(
    workspace: Workspace,
    request: Request,
    effect: Effect,
    line: Line | None,
    part: RequestLine,
    day: date,
    value: str,
) -> Line:
    changes = dict(effect.changes)
    if effect.value is Value.TARIFF:
        changes["tariff"] = value
    if line is None:
        made = Line(client_id=request.client_id, msisdn=part.msisdn, activated_on=day, **changes)
        return workspace.store.insert(made)
    if effect.value is Value.ICCID:
        return _swap(workspace, request, line, day, value)
    return track_change(workspace, line, day, request.id, changes)


def _swap(workspace: Workspace, request: Request, line: Line, day: date, iccid: str) -> Line:
    """Give a number another card; the one before stays in its history."""
    store = workspace.store
    if line.sim_id:
        store.update(store.get(Sim, line.sim_id), valid_until=day)
    card = store.insert(Sim(client_id=line.client_id, line_id=line.id, iccid=iccid, valid_from=day))
    return track_change(workspace, line, day, request.id, {"sim_id": card.id})
