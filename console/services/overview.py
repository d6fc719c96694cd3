"""What the day brings: overdue, due today, news due, whom to ask, waiting, ending soon."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

from console.domain.listing import ListQuery
from console.domain.local_time import PRAGUE
from console.domain.overview import Overview
from console.domain.request import Confirmation, RequestState, RequestSummary
from console.services import expiry
from console.storage import lists, rows
from console.workspace import Workspace

_SHOWN: Final = 200
_RECENT: Final = 12


def overview(workspace: Workspace) -> Overview:
    """Return the overview of this moment."""
    now = workspace.store.now()
    today = now.astimezone(PRAGUE).date()
    tomorrow = datetime.combine(today + timedelta(days=1), time(), PRAGUE)
    by_tonight = rows.encode_datetime(tomorrow)
    due = _page(workspace, "due_at", ("due_before", by_tonight))
    overdue = [request for request in due if request.is_overdue(now)]
    late = {request.id for request in overdue}
    return Overview(
        overdue,
        [request for request in due if request.id not in late],
        _page(workspace, "news_due_at", ("news_before", by_tonight)),
        _chase(workspace, by_tonight),
        _waiting(workspace),
        _recent(workspace),
        expiry.due(workspace),
        _open_count(workspace),
    )


def _chase(workspace: Workspace, by_tonight: str) -> list[RequestSummary]:
    """Return whom to ask today; an emergency block is confirmed though it is done already."""
    asked = _page(workspace, "chase_at", ("chase_before", by_tonight))
    known = {request.id for request in asked}
    wanted = _page(workspace, "received_at", ("confirmation", Confirmation.WANTED.value))
    return [*asked, *(request for request in wanted if request.id not in known)]


def _waiting(workspace: Workspace) -> list[RequestSummary]:
    found = [
        request
        for state in (RequestState.WAITING_CLIENT, RequestState.WAITING_OPERATOR)
        for request in _page(workspace, "due_at", ("state", state.value))
    ]
    return sorted(found, key=lambda r: r.due_at or datetime.max.replace(tzinfo=UTC))


def _recent(workspace: Workspace) -> list[RequestSummary]:
    query = ListQuery(noun="requests", sort="received_at", descending=True)
    return lists.page(workspace.store.db, query, None, _RECENT).rows


def _open_count(workspace: Workspace) -> int:
    query = ListQuery(noun="requests", sort="due_at", filters=(("open", 1),))
    return len(lists.ids(workspace.store.db, query, 10_000))


def _page(workspace: Workspace, sort: str, condition: tuple[str, str]) -> list[RequestSummary]:
    query = ListQuery(noun="requests", sort=sort, filters=(condition,))
    return lists.page(workspace.store.db, query, None, _SHOWN).rows
