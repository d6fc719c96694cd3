"""Carrying out a request: the register changes with it, each number with its own result."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from console.domain import formats, phone
from console.domain.journal import Changes
from console.domain.line import Line, LineState
from console.domain.request import EntryKind, Request, RequestLine, RequestState
from console.domain.workflow import EFFECTS, Effect, Need, Obstacle, Value, obstacle
from console.errors import KnownError
from console.services import carried_values, lines, requests, sims
from console.services.carried_values import Wish
from console.services.lines import track_change
from console.texts import _, ngettext
from console.workspace import Workspace


@dataclass(frozen=True, slots=True)
class NumberPlan:
    """What would happen to one number of a request.

    Args:
        is_done: whether it was carried out already.
        obstacle: what keeps it from being carried out now, or None.
        value: what is given beside it, as the register writes it.
        is_doubtful: whether the check digit of the new card does not fit.
    """

    part: RequestLine
    line: Line | None
    is_done: bool
    obstacle: Obstacle | None
    value: str = ""
    is_doubtful: bool = False


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
    read = _reader(workspace, request, effect)
    planned = []
    for part in parts:
        line = known.get(part.msisdn)
        if part.result:
            planned.append(NumberPlan(part, line, is_done=True, obstacle=None))
            continue
        wish = read(line, values.get(part.msisdn, values.get("", "")))
        why = _obstacle(request, effect, line, wish)
        planned.append(NumberPlan(part, line, False, why, wish.value, wish.is_doubtful))
    return planned


def _effect(request: Request) -> Effect:
    effect = EFFECTS.get(request.kind)
    if effect is None:
        raise KnownError("nothing-to-carry-out", kind=request.kind.label)
    return effect


def _reader(
    workspace: Workspace, request: Request, effect: Effect
) -> Callable[[Line | None, str], Wish]:
    """Return what reads the value that a kind needs beside a number."""
    if effect.value is Value.TARIFF:
        return carried_values.tariffs(workspace, request.client_id)
    if effect.value is Value.ICCID:
        return carried_values.cards(workspace, request.client_id)
    return lambda _line, text: Wish(text.strip())


def _obstacle(request: Request, effect: Effect, line: Line | None, wish: Wish) -> Obstacle | None:
    if line is not None and line.client_id != request.client_id:
        return Obstacle.FOREIGN
    return obstacle(effect, line, wish.value) or wish.obstacle


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
        KnownError: ``nothing-to-carry-out``, ``request-closed``, ``nothing-carried-out``,
            ``confirmation-missing``, ``swap-later``.
    """
    if not request.state.is_open:
        raise KnownError("request-closed", number=request.number)
    if Need.CONFIRMATION in requests.missing_for(workspace, request, RequestState.RESOLVED):
        raise KnownError("confirmation-missing", number=request.number)
    store, effect = workspace.store, _effect(request)
    if effect.value is Value.ICCID and effective_on > store.today():
        raise KnownError("swap-later", day=formats.day(effective_on))
    planned = plan(workspace, request, values)
    possible = [p for p in planned if not p.is_done and p.obstacle is None]
    if not possible:
        raise KnownError("nothing-carried-out", why=_why_not(planned))
    with store.unit("carry-out", request.number) as unit:
        for one in possible:
            line = _change(workspace, request, one, effective_on)
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


def _change(workspace: Workspace, request: Request, one: NumberPlan, day: date) -> Line:
    effect = _effect(request)
    changes = dict(effect.changes)
    if effect.value is Value.TARIFF:
        changes["tariff"] = one.value
    if one.line is None:
        return _make(workspace, request, one.part, day, changes)
    if effect.value is Value.ICCID:
        return sims.swap(workspace, one.line, one.value, day)
    return track_change(workspace, one.line, day, request.id, changes)


def _make(
    workspace: Workspace, request: Request, part: RequestLine, day: date, values: dict[str, Any]
) -> Line:
    """Put a new number into the register; one for a later day is not active before."""
    store = workspace.store
    line = Line(client_id=request.client_id, msisdn=part.msisdn, activated_on=day, **values)
    if day <= store.today():
        return store.insert(line)
    waiting = store.insert(replace(line, state=LineState.SUSPENDED))
    return track_change(workspace, waiting, day, request.id, {"state": line.state})
