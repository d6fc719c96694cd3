"""What the day brings: overdue, due today, news due, whom to ask, waiting, ending soon."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from console.domain import phone
from console.domain.explanation import PRAGUE
from console.domain.listing import ListQuery
from console.domain.overview import Ending, Expiring, Overview
from console.domain.request import Confirmation, RequestState, RequestSummary
from console.storage import lists, rows
from console.workspace import Workspace

_SHOWN: Final = 200
_RECENT: Final = 12
_LEAD: Final = timedelta(days=30)
_ENDING_SHOWN: Final = 50


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
        expiring(workspace),
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


def expiring(workspace: Workspace) -> list[Expiring]:
    """Return what ends within thirty days, the soonest first."""
    today = workspace.store.now().astimezone(PRAGUE).date()
    span = [today.isoformat(), (today + _LEAD).isoformat()]
    run = workspace.store.db.conn.execute
    contacts = run(
        "SELECT t.valid_until, t.name, t.id, c.id, c.name FROM contacts t"
        " JOIN clients c ON c.id = t.client_id WHERE t.deleted_at IS NULL"
        " AND t.valid_until BETWEEN ? AND ? ORDER BY t.valid_until LIMIT ?",
        [*span, _ENDING_SHOWN],
    ).fetchall()
    lines = run(
        "SELECT t.commitment_until, t.msisdn, t.id, c.id, c.name FROM lines t"
        " JOIN clients c ON c.id = t.client_id WHERE t.deleted_at IS NULL"
        " AND coalesce(t.commitment_until, '') BETWEEN ? AND ?"
        " ORDER BY coalesce(t.commitment_until, ''), t.id LIMIT ?",
        [*span, _ENDING_SHOWN],
    ).fetchall()
    found = [
        *(_expiring(Ending.AUTHORITY, row[1], row) for row in contacts),
        *(_expiring(Ending.COMMITMENT, phone.pretty(row[1]), row) for row in lines),
    ]
    return sorted(found, key=lambda one: one.until)[:_ENDING_SHOWN]


def _expiring(ending: Ending, what: str, row: tuple[str, str, int, int, str]) -> Expiring:
    return Expiring(ending, what, row[2], row[3], row[4], date.fromisoformat(row[0]))
