"""What a client is told about a request: one text for each occasion, in the client's language."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.domain import formats
from console.domain.request import Request, RequestState
from console.texts import N_, _


class Occasion(StrEnum):
    """Why the client is told."""

    RECEIVED = "received"
    PROGRESS = "progress"
    HANDED_OVER = "handed-over"
    QUESTION = "question"
    RESOLVED = "resolved"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The occasion in the language in use."""
        return _(_LABELS[self])


_LABELS: Final = {
    Occasion.RECEIVED: N_("We have your request"),
    Occasion.PROGRESS: N_("How far it is"),
    Occasion.HANDED_OVER: N_("Handed over to the technical unit"),
    Occasion.QUESTION: N_("We need something from you"),
    Occasion.RESOLVED: N_("It is resolved"),
    Occasion.REFUSED: N_("It is refused"),
}
_BODIES: Final = {
    Occasion.RECEIVED: N_(
        "we received your request {number} ({subject}) on {received}. We will settle it by {due}."
    ),
    Occasion.PROGRESS: N_(
        "we are working on your request {number} ({subject}) of {received}. We will settle it by"
        " {due}, and inform you again by {news}."
    ),
    Occasion.HANDED_OVER: N_(
        "we handed your request {number} ({subject}) of {received} over to our technical unit. We"
        " will settle it by {due}, and inform you again by {news}."
    ),
    Occasion.QUESTION: N_(
        "to go on with your request {number} ({subject}) of {received}, we need from you:"
    ),
    Occasion.RESOLVED: N_("your request {number} ({subject}) of {received} is resolved."),
    Occasion.REFUSED: N_(
        "we cannot carry out your request {number} ({subject}) of {received}, because:"
    ),
}
_BY_STATE: Final = {
    RequestState.NEW: Occasion.RECEIVED,
    RequestState.IN_PROGRESS: Occasion.PROGRESS,
    RequestState.WAITING_CLIENT: Occasion.QUESTION,
    RequestState.WAITING_OPERATOR: Occasion.HANDED_OVER,
    RequestState.RESOLVED: Occasion.RESOLVED,
    RequestState.CANCELLED: Occasion.PROGRESS,
    RequestState.REFUSED: Occasion.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Notice:
    """A text to a client, to be corrected and sent.

    Args:
        address: to whom, or empty where no address is known.
    """

    address: str
    subject: str
    text: str


def usual_occasion(state: RequestState) -> Occasion:
    """Return what a client is usually told about a request in a state."""
    return _BY_STATE[state]


def write(
    request: Request, occasion: Occasion, address: str, manager: str, operator: str
) -> Notice:
    """Write the text in the language in use.

    Args:
        request: what it is about.
        occasion: why.
        address: to whom.
        manager: who signs it.
        operator: whose manager that is, or empty.
    """
    body = _(_BODIES[occasion]).format(
        number=request.number,
        subject=request.subject,
        received=formats.moment(request.received_at),
        due=formats.moment(request.due_at) or "–",
        news=formats.moment(request.news_due_at) or "–",
    )
    signature = "\n".join(line for line in (manager, operator) if line)
    text = "\n\n".join((_("Good day,"), body, _("Kind regards"))) + f"\n{signature}\n"
    return Notice(address, f"{request.number}: {request.subject}", text)
