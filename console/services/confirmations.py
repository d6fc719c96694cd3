"""Requests that an authorised person still has to confirm: emergency blocks, written forms."""

from console.domain.authority import Asked
from console.domain.contact import Contact
from console.domain.journal import Changes
from console.domain.local_time import PRAGUE
from console.domain.request import Confirmation, Direction, EntryKind, Request, RequestState
from console.errors import KnownError
from console.services import authority_checks, contacts, request_steps, request_stories
from console.services.lines import cost_centres
from console.texts import _
from console.workspace import Workspace


def to_confirm(workspace: Workspace) -> list[Request]:
    """Return the requests that wait for a confirmation, the oldest first."""
    return workspace.store.select(
        Request, "confirmation = ?", [Confirmation.WANTED], order="received_at, id"
    )


def confirm(workspace: Workspace, request: Request, by: Contact, how: str) -> Changes:
    """Write down that an authorised person confirmed a request; one that waited goes on.

    Args:
        workspace: the open workspace.
        request: as the person saw it.
        by: who confirms it.
        how: by which letter, mail or call.

    Raises:
        KnownError: ``confirmation-needless``, ``field-missing``, ``not-authorised`` where the
            person may not ask for it either.
    """
    if request.confirmation is not Confirmation.WANTED:
        raise KnownError("confirmation-needless", number=request.number)
    if not how.strip():
        raise KnownError("field-missing", field=_("How it was confirmed"))
    store = workspace.store
    now = store.now()
    told = request_stories.tell(workspace, request)
    centres = cost_centres(workspace, [line.msisdn for line in told.lines])
    asked = Asked(request.kind, centres, now.astimezone(PRAGUE).date())
    verdict = contacts.judge(workspace, by, asked)
    if not verdict.allowed or verdict.to_confirm:
        raise KnownError("not-authorised", why=verdict.why)
    with store.unit("confirm-request", request.number) as unit:
        authority_checks.keep(workspace, request, by.name, asked, verdict)
        text = _("{name} confirmed it: {how}").format(name=by.name, how=how.strip())
        request_steps.write(workspace, request, EntryKind.NOTE, text, now, direction=Direction.IN)
        stored = store.update(request, confirmation=Confirmation.GIVEN, chase_at=None)
        if stored.state is RequestState.WAITING_CLIENT:
            changes = request_steps.take_step(workspace, stored, RequestState.IN_PROGRESS)
            stored = store.get(Request, stored.id) if changes.result else stored
    return Changes(unit, frozenset(store.tables_changed), stored)
