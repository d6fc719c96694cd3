"""Requests that belong together: linked, merged into one, split into two."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from console.domain import phone
from console.domain.complaint import Complaint
from console.domain.journal import Changes
from console.domain.request import (
    Confirmation,
    Entry,
    EntryKind,
    Request,
    RequestLine,
    RequestState,
)
from console.domain.request_link import LinkKind, RequestLink
from console.errors import KnownError
from console.services import authority_checks, request_steps, request_stories, settings
from console.services.request_steps import write
from console.texts import _
from console.workspace import Workspace

_COPIED = frozenset(
    {EntryKind.PAUSE, EntryKind.RESUME, EntryKind.EXCEPTION, EntryKind.NOTICE, EntryKind.STEP}
)
"""What moves deadlines, and so goes along with a part that is split off."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A request that another one belongs to.

    Args:
        is_from: whether the link goes out from the request that was asked about.
    """

    link: RequestLink
    other: Request
    is_from: bool


def links_of(workspace: Workspace, request_id: int) -> list[Linked]:
    """Return the requests that belong to one, whichever way they were linked."""
    store = workspace.store
    found = store.select(RequestLink, "request_id = ?1 OR other_id = ?1", [request_id])
    linked = []
    for link in found:
        is_from = link.request_id == request_id
        other = store.get(Request, link.other_id if is_from else link.request_id)
        linked.append(Linked(link, other, is_from))
    return linked


def link(workspace: Workspace, request: Request, other: Request) -> Changes:
    """Say that two requests belong together.

    Raises:
        KnownError: ``link-self``, ``link-other-client``, ``link-known``.
    """
    _check_pair(request, other)
    store = workspace.store
    if any(one.other.id == other.id for one in links_of(workspace, request.id)):
        raise KnownError("link-known", number=request.number, other=other.number)
    with store.unit("link-requests", f"{request.number} · {other.number}") as unit:
        stored = _store(workspace, request, other, LinkKind.RELATED)
    return Changes(unit, frozenset(store.tables_changed), stored)


def _check_pair(request: Request, other: Request) -> None:
    if request.id == other.id:
        raise KnownError("link-self", number=request.number)
    if request.client_id != other.client_id:
        raise KnownError("link-other-client", number=request.number, other=other.number)


def _store(workspace: Workspace, request: Request, other: Request, kind: LinkKind) -> RequestLink:
    return workspace.store.insert(
        RequestLink(
            client_id=request.client_id, request_id=request.id, other_id=other.id, kind=kind
        )
    )


def unlink(workspace: Workspace, linked: RequestLink) -> Changes:
    """Take a link away; what was merged or split stays so."""
    store = workspace.store
    with store.unit("unlink-requests") as unit:
        store.delete(linked)
    return Changes(unit, frozenset(store.tables_changed), linked)


def merge(workspace: Workspace, request: Request, other: Request) -> Changes:
    """Make one request of two that ask for the same.

    The one that came first goes on, with the numbers of both, so that no deadline gets later
    than it was; the other is cancelled and says where it went. Its story stays with it.

    Args:
        workspace: the open workspace.
        request: one of them, as the person saw it.
        other: the other one.

    Returns:
        The changes; their result is the request that goes on.

    Raises:
        KnownError: ``link-self``, ``link-other-client``, ``merge-kinds``, ``request-closed``.
    """
    _check_pair(request, other)
    if request.kind is not other.kind:
        raise KnownError("merge-kinds", number=request.number, other=other.number)
    for one in (request, other):
        if not one.state.is_open:
            raise KnownError("request-closed", number=one.number)
    kept, gone = sorted((request, other), key=lambda one: (one.received_at, one.id))
    store = workspace.store
    with store.unit("merge-requests", f"{gone.number} → {kept.number}") as unit:
        _take_over_lines(workspace, kept, gone)
        kept = _take_over_confirmation(workspace, kept, gone)
        text = _("Merged into {number}.").format(number=kept.number)
        request_steps.take_step(workspace, gone, RequestState.CANCELLED, text)
        note = _("{number} was merged into this request.").format(number=gone.number)
        write(workspace, kept, EntryKind.NOTE, note, store.now())
        _store(workspace, gone, kept, LinkKind.MERGED)
        stored = request_stories.recompute(workspace, kept)
    return Changes(unit, frozenset(store.tables_changed), stored)


def _take_over_lines(workspace: Workspace, kept: Request, gone: Request) -> None:
    store = workspace.store
    there = {one.msisdn for one in store.select(RequestLine, "request_id = ?", [kept.id])}
    for one in store.select(RequestLine, "request_id = ?", [gone.id]):
        if one.msisdn not in there:
            fresh = replace(one, id=0, version=1, request_id=kept.id, added_at=store.now())
            store.insert(fresh)


def _take_over_confirmation(workspace: Workspace, kept: Request, gone: Request) -> Request:
    """Let what goes on wait for the confirmation that the other one waited for."""
    if gone.confirmation is not Confirmation.WANTED or kept.confirmation is Confirmation.WANTED:
        return kept
    return workspace.store.update(
        kept, confirmation=Confirmation.WANTED, chase_at=kept.chase_at or gone.chase_at
    )


def split(workspace: Workspace, request: Request, numbers: Collection[str]) -> Changes:
    """Make a request of its own of some numbers of another one.

    Both keep the deadline of what was asked for at once: work is parted, not the promise.

    Args:
        workspace: the open workspace.
        request: as the person saw it.
        numbers: E.164 numbers that go into the new request.

    Returns:
        The changes; their result is the new request.

    Raises:
        KnownError: ``request-closed``, ``split-numbers`` where none or all would go.
    """
    if not request.state.is_open:
        raise KnownError("request-closed", number=request.number)
    store = workspace.store
    parts = store.select(RequestLine, "request_id = ?", [request.id])
    going = [part for part in parts if part.msisdn in numbers]
    if not going or len(going) == len(parts):
        raise KnownError("split-numbers", number=request.number)
    told = request_stories.tell(workspace, request)
    count = max([told.facts.count, *(addition.count for addition in told.story.additions)])
    with store.unit("split-request", request.number) as unit:
        kept = store.update(request, asked_count=count)
        made = store.insert(_part(workspace, kept))
        for part in going:
            store.delete(part)
            fresh = replace(part, id=0, version=1, request_id=made.id, added_at=part.added_at)
            store.insert(fresh)
        _copy_story(workspace, made, told.entries)
        _copy_complaint(workspace, request, made)
        _copy_checks(workspace, request, made)
        _tell_of_split(workspace, kept, made, going)
        _store(workspace, made, kept, LinkKind.SPLIT)
        request_stories.recompute(workspace, kept)
        made = request_stories.recompute(workspace, made)
    return Changes(unit, frozenset(store.tables_changed), made)


def _part(workspace: Workspace, request: Request) -> Request:
    number = settings.next_request_number(workspace, request.received_at)
    return replace(request, id=0, version=1, number=number)


def _copy_story(workspace: Workspace, made: Request, entries: list[Entry]) -> None:
    for entry in entries:
        if entry.kind in _COPIED:
            workspace.store.insert(replace(entry, id=0, version=1, request_id=made.id))


def _copy_complaint(workspace: Workspace, request: Request, made: Request) -> None:
    """Let both parts of a complaint name the bill; what was disputed stays with the first."""
    for known in workspace.store.select(Complaint, "request_id = ?", [request.id]):
        workspace.store.insert(
            Complaint(
                client_id=made.client_id,
                request_id=made.id,
                subject=known.subject,
                invoice=known.invoice,
                period=known.period,
            )
        )


def _copy_checks(workspace: Workspace, request: Request, made: Request) -> None:
    for known in authority_checks.checks_of(workspace, request.id):
        workspace.store.insert(replace(known, id=0, version=1, request_id=made.id))


def _tell_of_split(
    workspace: Workspace, kept: Request, made: Request, going: list[RequestLine]
) -> None:
    shown = ", ".join(phone.pretty(part.msisdn) for part in going[:20])
    now = workspace.store.now()
    away = _("Split off into {number}: {numbers}.").format(number=made.number, numbers=shown)
    write(workspace, kept, EntryKind.NOTE, away, now)
    write(
        workspace, made, EntryKind.NOTE, _("Split from {number}.").format(number=kept.number), now
    )
