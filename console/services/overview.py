"""What the day brings: overdue, due today, waiting, recent."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from console.domain.explanation import PRAGUE
from console.domain.listing import ListQuery
from console.domain.request import RequestState, RequestSummary
from console.storage import lists, rows
from console.workspace import Workspace

_SHOWN = 200
_RECENT = 12


@dataclass(frozen=True, slots=True)
class Overview:
    """Open requests by what they want today, each list the most urgent first."""

    overdue: list[RequestSummary]
    due_today: list[RequestSummary]
    waiting: list[RequestSummary]
    recent: list[RequestSummary]
    open_count: int


def overview(workspace: Workspace) -> Overview:
    """Return the overview of this moment."""
    store = workspace.store
    now = store.now()
    tomorrow = datetime.combine(now.astimezone(PRAGUE).date() + timedelta(days=1), time(), PRAGUE)
    due = _page(workspace, "due_at", ("due_before", rows.encode_datetime(tomorrow)))
    overdue = [request for request in due if request.is_overdue(now)]
    waiting = [
        request
        for state in (RequestState.WAITING_CLIENT, RequestState.WAITING_OPERATOR)
        for request in _page(workspace, "due_at", ("state", state.value))
    ]
    recent = lists.page(
        store.db, ListQuery(noun="requests", sort="received_at", descending=True), None, _RECENT
    ).rows
    return Overview(
        overdue,
        [request for request in due if request not in overdue],
        sorted(waiting, key=_due),
        recent,
        len(
            lists.ids(
                store.db, ListQuery(noun="requests", sort="due_at", filters=(("open", 1),)), 10_000
            )
        ),
    )


def _due(request: RequestSummary) -> datetime:
    return request.due_at or datetime.max.replace(tzinfo=UTC)


def _page(workspace: Workspace, sort: str, condition: tuple[str, str]) -> list[RequestSummary]:
    query = ListQuery(noun="requests", sort=sort, filters=(condition,))
    return lists.page(workspace.store.db, query, None, _SHOWN).rows
