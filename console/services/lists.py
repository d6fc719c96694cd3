"""Lists of any noun, page by page."""

from console.domain.listing import Anchors, Key, ListQuery, Page
from console.storage import lists
from console.workspace import Workspace

PAGE_ROWS = 200
FOUND_AT_MOST = lists.FOUND_AT_MOST
"""Rows that a list narrowed by words shows, the newest ones."""


def page(
    workspace: Workspace, query: ListQuery, after: Key | None = None, limit: int = PAGE_ROWS
) -> Page:
    """Return the rows behind a key; from the beginning where it is None."""
    return lists.page(workspace.store.db, query, after, limit)


def anchors(
    workspace: Workspace, query: ListQuery, after: Key | None, step: int, count: int
) -> Anchors:
    """Return the next places at even distances, for the scroll bar."""
    return lists.anchors(workspace.store.db, query, after, step, count)


def ids(workspace: Workspace, query: ListQuery, limit: int = 10_000) -> list[int]:
    """Return the ids of the rows, for a step over all of them."""
    return lists.ids(workspace.store.db, query, limit)


def sortable(noun: str) -> tuple[str, ...]:
    """Return the columns that a noun's list can be sorted by."""
    return lists.sortable(noun)
