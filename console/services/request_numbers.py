"""The numbers of a request: stored with it, added to it later, taken off it again."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from console.domain import phone
from console.domain.authority import Asked, Verdict
from console.domain.contact import Contact
from console.domain.journal import Changes
from console.domain.local_time import PRAGUE
from console.domain.request import Channel, Confirmation, EntryKind, Request, RequestLine
from console.domain.workflow import Need
from console.errors import KnownError
from console.services import authority_checks, contacts, lines, request_drafts, request_stories
from console.services.request_steps import missing_for, write
from console.services.request_stories import tell
from console.texts import _
from console.workspace import Workspace

CONFIRM_WITHIN: Final = timedelta(days=1)
"""How soon an authorised person is asked to confirm an emergency block."""


def store_lines(
    workspace: Workspace, request: Request, numbers: Sequence[str], at: datetime
) -> None:
    """Store the numbers of a request inside the caller's unit."""
    known = lines.lines_by_number(workspace, numbers)
    for number in numbers:
        found = known.get(number)
        workspace.store.insert(
            RequestLine(
                client_id=request.client_id,
                request_id=request.id,
                msisdn=number,
                line_id=found.id if found else None,
                added_at=at,
            )
        )


def add_numbers(workspace: Workspace, request: Request, numbers: Sequence[str]) -> Changes:
    """Add numbers to an open request; its deadline is judged anew, but gets no longer if past.

    Whether the person may ask for them is checked as when the request was logged; what was
    overridden then, or waits to be confirmed in writing, holds for them, too.

    Raises:
        KnownError: ``number-wrong``, ``number-of-another``, ``request-closed``,
            ``not-authorised``.
    """
    if not request.state.is_open:
        raise KnownError("request-closed", number=request.number)
    normal, malformed = request_drafts.numbers_of(numbers)
    known = lines.lines_by_number(workspace, normal)
    foreign = request_drafts.foreign(workspace, request.client_id, known)
    request_drafts.check_numbers(malformed, foreign)
    store = workspace.store
    there = {n.msisdn for n in store.select(RequestLine, "request_id = ?", [request.id])}
    added = [number for number in normal if number not in there]
    with store.unit("add-numbers", request.number) as unit:
        stored = _authorised(workspace, request, added) if added else request
        store_lines(workspace, request, added, store.now())
        stored = request_stories.recompute(workspace, stored)
    return Changes(unit, frozenset(store.tables_changed), stored)


def _authorised(workspace: Workspace, request: Request, added: Sequence[str]) -> Request:
    """Keep the check of the added numbers; an emergency block of them is confirmed later."""
    store = workspace.store
    asking = store.select(Contact, "id = ?", [request.contact_id or 0])
    asked = _asked(workspace, request, added)
    verdict = contacts.judge(workspace, asking[0] if asking else None, asked)
    is_waiting = request.confirmation is Confirmation.WANTED
    if not (verdict.allowed or is_waiting or request.authority_override):
        raise KnownError("not-authorised", why=verdict.why)
    person = asking[0].name if asking else request.caller
    override = "" if verdict.allowed else request.authority_override
    authority_checks.keep(workspace, request, person, asked, verdict, override)
    return store.update(request, **_to_confirm(workspace, request, verdict))


def _asked(workspace: Workspace, request: Request, added: Sequence[str]) -> Asked:
    terms = tell(workspace, request).terms
    dedicated = bool(terms and terms.authorised_only and request.channel is Channel.PHONE)
    centres = lines.cost_centres(workspace, added)
    day = workspace.store.now().astimezone(PRAGUE).date()
    return Asked(request.kind, centres, day, dedicated)


def _to_confirm(workspace: Workspace, request: Request, verdict: Verdict) -> dict[str, Any]:
    if not verdict.to_confirm or request.confirmation is Confirmation.WANTED:
        return {}
    due = workspace.store.now() + CONFIRM_WITHIN
    return {"confirmation": Confirmation.WANTED, "chase_at": due}


def remove_numbers(workspace: Workspace, request: Request, numbers: Collection[str]) -> Changes:
    """Take numbers off an open request that were put there by mistake.

    The deadline is judged anew by those that stay, and the story says what was taken off.

    Args:
        workspace: the open workspace.
        request: as the person saw it.
        numbers: E.164 numbers of the request.

    Raises:
        KnownError: ``request-closed``, ``number-done`` for one that was carried out,
            ``facts-missing`` where the kind needs a number and none would stay.
    """
    if not request.state.is_open:
        raise KnownError("request-closed", number=request.number)
    store = workspace.store
    parts = store.select(RequestLine, "request_id = ?", [request.id])
    going = [part for part in parts if part.msisdn in numbers]
    for part in going:
        if part.result:
            raise KnownError("number-done", number=phone.pretty(part.msisdn))
    with store.unit("remove-numbers", request.number) as unit:
        for part in going:
            store.delete(part)
        if Need.NUMBER in missing_for(workspace, request, request.state):
            raise KnownError("numbers-missing", kind=request.kind.label)
        shown = ", ".join(phone.pretty(part.msisdn) for part in going)
        write(workspace, request, EntryKind.NOTE, _("Taken off: {numbers}.").format(numbers=shown),
              store.now())  # fmt: skip
        stored = request_stories.recompute(workspace, request)
    return Changes(unit, frozenset(store.tables_changed), stored)
