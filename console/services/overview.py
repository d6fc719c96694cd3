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
    queries = {
        "overdue": _query("due_at", ("due_before", rows.encode_datetime(now))),
        "due_today": _query(
            "due_at", ("due_from", rows.encode_datetime(now)), ("due_before", by_tonight)
        ),
        "news_due": _query("news_due_at", ("news_before", by_tonight)),
    }
    found = {name: _page(workspace, query) for name, query in queries.items()}
    return Overview(
        **found,
        chase=_chase(workspace, by_tonight),
        waiting=_waiting(workspace),
        recent=_recent(workspace),
        expiring=expiry.due(workspace),
        open_count=_count(workspace, _query("due_at", ("open", 1))),
        counts={
            name: _count(workspace, queries[name])
            for name, page in found.items()
            if len(page) == _SHOWN
        },
    )


def _chase(workspace: Workspace, by_tonight: str) -> list[RequestSummary]:
    """Return whom to ask today; an emergency block is confirmed though it is done already."""
    asked = _page(workspace, _query("chase_at", ("chase_before", by_tonight)))
    known = {request.id for request in asked}
    wanted = _page(workspace, _query("received_at", ("confirmation", Confirmation.WANTED.value)))
    return [*asked, *(request for request in wanted if request.id not in known)]


def _waiting(workspace: Workspace) -> list[RequestSummary]:
    found = [
        request
        for state in (RequestState.WAITING_CLIENT, RequestState.WAITING_OPERATOR)
        for request in _page(workspace, _query("due_at", ("state", state.value)))
    ]
    return sorted(found, key=lambda r: r.due_at or datetime.max.replace(tzinfo=UTC))


def _recent(workspace: Workspace) -> list[RequestSummary]:
    query = ListQuery(noun="requests", sort="received_at", descending=True)
    return lists.page(workspace.store.db, query, None, _RECENT).rows


def _query(sort: str, *conditions: tuple[str, str | int]) -> ListQuery:
    return ListQuery(noun="requests", sort=sort, filters=conditions)


def _page(workspace: Workspace, query: ListQuery) -> list[RequestSummary]:
    return lists.page(workspace.store.db, query, None, _SHOWN).rows


def _count(workspace: Workspace, query: ListQuery) -> int:
    return lists.count(workspace.store.db, query)
