"""Steps of requests: from state to state, by what each needs, with the story that they write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from console.domain.agreement import Reopening
from console.domain.complaint import Complaint
from console.domain.compliance import Cause, likely_cause
from console.domain.journal import Changes
from console.domain.request import (
    Confirmation,
    Direction,
    Entry,
    EntryKind,
    Request,
    RequestLine,
    RequestState,
)
from console.domain.story import AWAITING_CLIENT, PAUSE_REASONS, REOPENED
from console.domain.workflow import STEPS, Need, missing
from console.errors import KnownError
from console.services import attachments, request_stories
from console.services.request_stories import Told
from console.texts import _
from console.workspace import Workspace

_WAITING = (RequestState.WAITING_CLIENT, RequestState.WAITING_OPERATOR)


@dataclass(frozen=True, slots=True)
class Message:
    """What an entry says beside its text, where it is a message.

    Args:
        direction: which way it went.
        recipient: who was told.
        channel: how, where the entry's kind does not say it.
        reference: the other side's own number.
    """

    direction: Direction = Direction.NONE
    recipient: str = ""
    channel: str = ""
    reference: str = ""


def missing_for(workspace: Workspace, request: Request, target: RequestState) -> tuple[Need, ...]:
    """Return the facts that keep a request from going into a state."""
    store = workspace.store
    found = store.select(Complaint, "request_id = ?", [request.id])
    numbers = store.select(RequestLine, "request_id = ?", [request.id], order="id LIMIT 1")
    known = {
        Need.NUMBER: numbers,
        Need.PLACE: request.place or numbers,
        Need.BEGAN_AT: request.began_at,
        Need.INVOICE: found and found[0].invoice,
        Need.PERIOD: found and found[0].period,
    }
    return missing(
        request.kind,
        bool(found and found[0].is_of_bill),
        target,
        {need for need, value in known.items() if value},
        request.confirmation is Confirmation.WANTED,
    )


def check_step(workspace: Workspace, request: Request, target: RequestState) -> None:
    """Refuse a step that the workflow does not allow, or that a fact is missing for.

    Raises:
        KnownError: ``step-refused``, ``facts-missing``.
    """
    if target not in STEPS[request.state]:
        raise KnownError("step-refused", state=request.state.label, target=target.label)
    needs = missing_for(workspace, request, target)
    if needs:
        named = ", ".join(need.label for need in needs)
        raise KnownError("facts-missing", number=request.number, state=target.label, facts=named)


def take_step(
    workspace: Workspace,
    request: Request,
    target: RequestState,
    text: str = "",
    at: datetime | None = None,
    cause: Cause | None = None,
    chase_at: datetime | None = None,
) -> Changes:
    """Bring a request into another state and write it into its story.

    Where it is resolved late, the cause is written down with it.

    Args:
        workspace: the open workspace.
        request: as the person saw it.
        target: one of ``STEPS[request.state]``.
        text: what was done, for the story.
        at: when, aware; now where None.
        cause: why it is late; what the story tells where None.
        chase_at: for a state of waiting, when to ask again, aware.

    Raises:
        KnownError: ``step-refused``, ``facts-missing``, ``received-in-future``,
            ``time-before-receipt``.
    """
    check_step(workspace, request, target)
    store = workspace.store
    at = moment(workspace, request, at)
    reopened = not request.state.is_open
    word = REOPENED if reopened else target.value
    with store.unit("take-step", f"{request.number} · {target.label}") as unit:
        _pause_or_resume(workspace, request, target, at)
        told = request_stories.tell(workspace, request)
        late = _late_cause(told, at, cause) if target is RequestState.RESOLVED else ""
        write(workspace, request, EntryKind.STEP, text, at, reference=word, reason=late)
        changes = _state_changes(request, target, at)
        changes["chase_at"] = chase_at if target in _WAITING else None
        stored = store.update(request, **changes)
        anew = reopened and told.terms and told.terms.reopening is Reopening.NEW_CYCLE
        stored = request_stories.recompute(workspace, stored, bool(anew))
    return Changes(unit, frozenset(store.tables_changed), stored)


def take_steps(
    workspace: Workspace, request_ids: Sequence[int], target: RequestState, text: str = ""
) -> Changes:
    """Bring many requests into another state as one action with one undo.

    Args:
        workspace: the open workspace.
        request_ids: the requests; those that cannot go there stay as they are.
        target: the state.
        text: what was done, for each story.

    Returns:
        The changes; their result is the list of the requests that moved.

    Raises:
        KnownError: ``steps-refused`` where none of them can.
    """
    store = workspace.store
    found = [store.get(Request, request_id) for request_id in request_ids]
    able = [request for request in found if _is_able(workspace, request, target)]
    if not able:
        raise KnownError("steps-refused")
    with store.unit("take-steps", target.label) as unit:
        moved = [take_step(workspace, request, target, text).result for request in able]
    return Changes(unit, frozenset(store.tables_changed), moved)


def _is_able(workspace: Workspace, request: Request, target: RequestState) -> bool:
    return target in STEPS[request.state] and not missing_for(workspace, request, target)


def hand_over(
    workspace: Workspace,
    request: Request,
    unit_name: str,
    reference: str,
    chase_at: datetime | None,
    text: str = "",
) -> Changes:
    """Hand a request over to a technical unit, which it then waits for.

    Args:
        workspace: the open workspace.
        request: as the person saw it.
        unit_name: supervision, operations, network planning, or as the agreement calls it.
        reference: the unit's own number, or empty where it comes later.
        chase_at: when to ask them, aware, or None.
        text: what was handed over.

    Raises:
        KnownError: ``field-missing``, ``chase-in-past``, and as :func:`take_step`.
    """
    if not unit_name.strip():
        raise KnownError("field-missing", field=_("Technical unit"))
    store = workspace.store
    now = store.now()
    if chase_at is not None and chase_at <= now:
        raise KnownError("chase-in-past")
    waits = request.state is RequestState.WAITING_OPERATOR
    with store.unit("hand-over", f"{request.number} · {unit_name}") as unit:
        stored = request
        if not waits:
            stored = _request(take_step(workspace, request, RequestState.WAITING_OPERATOR))
        write(
            workspace,
            stored,
            EntryKind.HAND_OVER,
            text.strip() or unit_name.strip(),
            now,
            reason=unit_name.strip(),
            reference=reference.strip(),
            until=chase_at,
        )
        stored = store.update(stored, chase_at=chase_at)
    return Changes(unit, frozenset(store.tables_changed), stored)


def chase(workspace: Workspace, request: Request, chase_at: datetime | None) -> Changes:
    """Set when to ask whoever a request waits for, or that nobody is to be asked.

    Raises:
        KnownError: ``chase-in-past``, ``request-closed``.
    """
    if not request.state.is_open:
        raise KnownError("request-closed", number=request.number)
    store = workspace.store
    if chase_at is not None and chase_at <= store.now():
        raise KnownError("chase-in-past")
    with store.unit("chase", request.number) as unit:
        stored = store.update(request, chase_at=chase_at)
    return Changes(unit, frozenset(store.tables_changed), stored)


def _request(changes: Changes) -> Request:
    if not isinstance(changes.result, Request):
        raise TypeError("a request was expected")
    return changes.result


def moment(workspace: Workspace, request: Request, at: datetime | None) -> datetime:
    """Return when something happened to a request; now where nothing is said.

    Raises:
        KnownError: ``received-in-future``, ``time-before-receipt``.
    """
    now = workspace.store.now()
    if at is not None and at > now:
        raise KnownError("received-in-future")
    if at is not None and at < request.received_at:
        raise KnownError("time-before-receipt", number=request.number)
    return at or now


def _late_cause(told: Told, at: datetime, cause: Cause | None) -> str:
    """Return why a request that is resolved now is late, or nothing where it is in time."""
    governing = told.deadlines(at).governing
    if governing is None or governing.is_met(at):
        return ""
    return cause or likely_cause(told.request.received_at, told.entries, told.story, at)


def _pause_or_resume(
    workspace: Workspace, request: Request, target: RequestState, at: datetime
) -> None:
    """Waiting for the client stops the clock; whatever comes next starts it again."""
    if target is RequestState.WAITING_CLIENT:
        write(workspace, request, EntryKind.PAUSE, "", at, reason=AWAITING_CLIENT)
    elif request.state is RequestState.WAITING_CLIENT:
        write(workspace, request, EntryKind.RESUME, "", at, reason=AWAITING_CLIENT)


def _state_changes(request: Request, target: RequestState, at: datetime) -> dict[str, Any]:
    changes: dict[str, Any] = {"state": target}
    if target is RequestState.RESOLVED and request.resolved_at is None:
        changes["resolved_at"] = at
    if not target.is_open:
        changes["closed_at"] = at
    elif request.closed_at:
        changes["closed_at"] = None
    if request.acknowledged_at is None and target.is_open:
        changes["acknowledged_at"] = at
    return changes


def write(
    workspace: Workspace,
    request: Request,
    kind: EntryKind,
    text: str,
    at: datetime,
    **more: Any,
) -> Entry:
    """Write a line of a request's story inside the caller's unit."""
    return workspace.store.insert(
        Entry(
            client_id=request.client_id,
            request_id=request.id,
            kind=kind,
            at=at,
            author=workspace.store.actor,
            text=text,
            **more,
        )
    )


def add_entry(
    workspace: Workspace,
    request: Request,
    kind: EntryKind,
    text: str,
    at: datetime | None = None,
    reason: str = "",
    message: Message | None = None,
    files: Sequence[Path] = (),
) -> Changes:
    """Add a line to a request's story; a notice to the client resets the promise of news.

    Args:
        workspace: the open workspace.
        request: as the person saw it.
        kind: of the line.
        text: what was said or done; may be left out for pauses, and where files are added.
        at: when, aware; now where None.
        reason: for a pause, one of the listed ones.
        message: who told whom and how, where it is a message.
        files: kept with the line, encrypted.

    Raises:
        KnownError: ``field-missing``, ``pause-reason``, ``received-in-future``,
            ``time-before-receipt``, ``attachment-large``, ``file-unreadable``.
    """
    if kind is EntryKind.PAUSE and reason not in PAUSE_REASONS:
        raise KnownError("pause-reason", known=", ".join(PAUSE_REASONS))
    if kind not in (EntryKind.PAUSE, EntryKind.RESUME) and not text.strip() and not files:
        raise KnownError("field-missing", field=_("Text"))
    store = workspace.store
    told = message or Message()
    with store.unit("add-entry", request.number) as unit:
        entry = write(
            workspace,
            request,
            kind,
            text,
            moment(workspace, request, at),
            reason=reason,
            direction=told.direction,
            recipient=told.recipient.strip(),
            channel=told.channel,
            reference=told.reference.strip(),
        )
        for path in files:
            attachments.attach_file(workspace, entry, path)
        stored = request_stories.recompute(workspace, request)
    return Changes(unit, frozenset(store.tables_changed), stored)
