"""What happened to requests, out of storage, and the deadlines that follow from it, back in.

The deadlines of a stored request are counted with the version of the agreement and with the
closures that it keeps, so that what is shown is what is stored until somebody recalculates.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from console.domain.agreement import Agreement
from console.domain.agreement_version import AgreementVersion
from console.domain.deadlines import Deadlines, compute
from console.domain.request import Entry, Request, RequestDeadline, RequestLine
from console.domain.story import Facts, Story, facts_of, story_of
from console.services import agreements
from console.workspace import Workspace

_AT_ONCE: Final = 500
_OfRequest = TypeVar("_OfRequest", Entry, RequestLine, RequestDeadline)


@dataclass(frozen=True, slots=True)
class Told:
    """A request with all that its deadlines depend on.

    Args:
        terms: the version of the agreement that it is counted with, or None.
    """

    request: Request
    lines: list[RequestLine]
    entries: list[Entry]
    terms: Agreement | None
    facts: Facts
    story: Story

    def deadlines(self, now: datetime | None = None) -> Deadlines:
        """Count the deadlines.

        Args:
            now: until when what still lasts stops the clocks; as it is stored where None.
        """
        return compute(self.terms, self.facts, self.story, now, self.request.closed_days)


def tell(workspace: Workspace, request: Request) -> Told:
    """Return one request with what its deadlines depend on."""
    return tell_all(workspace, [request])[0]


def tell_all(workspace: Workspace, requests: Sequence[Request]) -> list[Told]:
    """Return many requests, in their order, with what their deadlines depend on."""
    ids = [request.id for request in requests]
    lines = by_request(workspace, RequestLine, ids)
    entries = by_request(workspace, Entry, ids, order="at, id")
    terms = _terms(workspace, {r.agreement_id for r in requests if r.agreement_id})
    return [
        Told(
            request,
            lines[request.id],
            entries[request.id],
            terms.get(request.agreement_id or 0),
            facts_of(request, lines[request.id]),
            story_of(request, lines[request.id], entries[request.id]),
        )
        for request in requests
    ]


def by_request(
    workspace: Workspace, kind: type[_OfRequest], ids: Sequence[int], order: str = "id"
) -> dict[int, list[_OfRequest]]:
    """Return what belongs to requests, by the id of the request."""
    found: dict[int, list[_OfRequest]] = defaultdict(list)
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        marks = ",".join("?" * len(part))
        for record in workspace.store.select(kind, f"request_id IN ({marks})", part, order):
            found[record.request_id].append(record)
    return found


def _terms(workspace: Workspace, ids: Iterable[int]) -> dict[int, Agreement]:
    found = {}
    for version_id in ids:
        terms = agreements.terms_of(workspace.store.get(AgreementVersion, version_id))
        if terms:
            found[version_id] = terms
    return found


def recompute(workspace: Workspace, request: Request, begins_anew: bool = False) -> Request:
    """Bring the stored deadlines up to the request's story, inside the caller's unit.

    Args:
        workspace: the open workspace.
        request: as it is stored.
        begins_anew: whether a new period began, whose warnings are still to come.
    """
    deadlines = tell(workspace, request).deadlines()
    store_deadlines(workspace, request, deadlines, begins_anew)
    governing = deadlines.governing
    return workspace.store.update(
        request,
        due_at=governing.due if governing else None,
        clause=governing.clause if governing else "",
        news_due_at=deadlines.news_due,
        standing_since=governing.standing_since if governing else None,
    )


def store_deadlines(
    workspace: Workspace, request: Request, deadlines: Deadlines, begins_anew: bool = False
) -> None:
    """Store a request's deadlines, one for each nature, inside the caller's unit."""
    store = workspace.store
    stored = {
        deadline.nature: deadline
        for deadline in store.select(RequestDeadline, "request_id = ?", [request.id])
    }
    for deadline in deadlines.all:
        known = stored.pop(deadline.nature.value, None)
        facts = {
            "clause": deadline.clause,
            "due_at": deadline.due,
            "governing": deadline is deadlines.governing,
        }
        if known is None:
            store.insert(
                RequestDeadline(
                    client_id=request.client_id,
                    request_id=request.id,
                    nature=deadline.nature.value,
                    **facts,  # type: ignore[arg-type]
                )
            )
        else:
            warned = 0 if begins_anew else known.warned
            store.update(known, warned=warned, **facts)
    for gone in stored.values():
        store.delete(gone)
