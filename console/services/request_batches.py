"""Several requests at once: what would come of it, said before it is done, and one undo."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.domain.complaint import ComplaintOutcome
from console.domain.journal import Changes
from console.domain.request import Kind, Request, RequestState
from console.domain.workflow import EFFECTS, STEPS, Obstacle
from console.errors import KnownError
from console.services import carrying_out, complaints, request_steps
from console.texts import _, ngettext
from console.workspace import Workspace

_UNDONE = (None, Obstacle.VALUE)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would come of a request.

    Args:
        is_able: whether anything would.
        text: what, or why not.
    """

    request: Request
    is_able: bool
    text: str


def left_to_carry_out(workspace: Workspace, request: Request) -> int:
    """Return how many numbers of a request the register could still be changed for."""
    if request.kind not in EFFECTS or not request.state.is_open:
        return 0
    planned = carrying_out.plan(workspace, request, {})
    return sum(not one.is_done and one.obstacle in _UNDONE for one in planned)


def outlook_of_step(
    workspace: Workspace, request_ids: Sequence[int], target: RequestState
) -> list[Outlook]:
    """Say for each request whether it can go into a state; nothing is stored."""
    return [_of_step(workspace, request, target) for request in _found(workspace, request_ids)]


def outlook_of_hand_over(workspace: Workspace, request_ids: Sequence[int]) -> list[Outlook]:
    """Say for each request whether it can be handed over; nothing is stored."""
    return [_of_hand_over(workspace, request) for request in _found(workspace, request_ids)]


def outlook_of_chase(workspace: Workspace, request_ids: Sequence[int]) -> list[Outlook]:
    """Say for each request whether a time to ask again can be set; nothing is stored."""
    return [_of_chase(request) for request in _found(workspace, request_ids)]


def hand_over(
    workspace: Workspace,
    request_ids: Sequence[int],
    unit_name: str,
    reference: str,
    chase_at: datetime | None,
    text: str = "",
) -> Changes:
    """Hand over those that can be, as one action; see :func:`request_steps.hand_over`.

    Returns:
        The changes; their result is the list of the requests that were handed over.

    Raises:
        KnownError: ``steps-refused`` where none of them can, and as for one.
    """
    able = _able(outlook_of_hand_over(workspace, request_ids))
    return _together(
        workspace,
        "hand-over",
        unit_name,
        able,
        lambda r: request_steps.hand_over(workspace, r, unit_name, reference, chase_at, text),
    )


def chase(workspace: Workspace, request_ids: Sequence[int], chase_at: datetime | None) -> Changes:
    """Set for those that are open when to ask again, as one action.

    Returns:
        The changes; their result is the list of the requests that got it.

    Raises:
        KnownError: ``steps-refused`` where none of them is open, ``chase-in-past``.
    """
    able = _able(outlook_of_chase(workspace, request_ids))
    count = ngettext("{n} request", "{n} requests", len(able)).format(n=len(able))
    return _together(
        workspace, "chase", count, able, lambda r: request_steps.chase(workspace, r, chase_at)
    )


def _found(workspace: Workspace, request_ids: Sequence[int]) -> list[Request]:
    return [workspace.store.get(Request, request_id) for request_id in request_ids]


def _able(seen: Sequence[Outlook]) -> list[Request]:
    able = [one.request for one in seen if one.is_able]
    if not able:
        raise KnownError("steps-refused")
    return able


def _together(
    workspace: Workspace,
    name: str,
    words: str,
    able: Sequence[Request],
    take: Callable[[Request], Changes],
) -> Changes:
    store = workspace.store
    with store.unit(name, words) as unit:
        done = [take(request).result for request in able]
    return Changes(unit, frozenset(store.tables_changed), done)


def _of_step(workspace: Workspace, request: Request, target: RequestState) -> Outlook:
    if target not in STEPS[request.state]:
        text = _("stays as it is: it is {state}").format(state=request.state.label)
        return Outlook(request, False, text)
    why_not = _missing(workspace, request, target)
    if why_not:
        return Outlook(request, False, why_not)
    left_out = _left_out(workspace, request) if target is RequestState.RESOLVED else ""
    text = f"{request.state.label} → {target.label}"
    return Outlook(request, True, f"{text}; {left_out}" if left_out else text)


def _left_out(workspace: Workspace, request: Request) -> str:
    """Say what resolving a request leaves undone, or nothing."""
    if request.kind is Kind.COMPLAINT:
        complaint = complaints.complaint_of(workspace, request.id)
        is_open = complaint is not None and complaint.outcome is ComplaintOutcome.OPEN
        return _("the complaint stays undecided") if is_open else ""
    left = left_to_carry_out(workspace, request)
    text = ngettext(
        "{n} number stays as it is in the register",
        "{n} numbers stay as they are in the register",
        left,
    )
    return text.format(n=left) if left else ""


def _missing(workspace: Workspace, request: Request, target: RequestState) -> str:
    needs = request_steps.missing_for(workspace, request, target)
    facts = ", ".join(need.label for need in needs)
    return _("stays as it is: missing is {facts}").format(facts=facts) if needs else ""


def _of_hand_over(workspace: Workspace, request: Request) -> Outlook:
    if request.state is RequestState.WAITING_OPERATOR:
        return Outlook(request, True, _("is handed over again"))
    return _of_step(workspace, request, RequestState.WAITING_OPERATOR)


def _of_chase(request: Request) -> Outlook:
    if request.state.is_open:
        return Outlook(request, True, _("comes up on that day"))
    text = _("stays as it is: it is {state}").format(state=request.state.label)
    return Outlook(request, False, text)
