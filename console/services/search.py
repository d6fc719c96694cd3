"""Finding anything by any part of its words."""

from collections.abc import Iterable

from console.domain.search import NOUNS, SearchHit
from console.storage import search
from console.workspace import Workspace


def find(
    workspace: Workspace,
    text: str,
    nouns: Iterable[str] = NOUNS,
    client_id: int = 0,
    limit: int = 8,
) -> list[SearchHit]:
    """Return what fits, noun by noun, the newest first; see ``storage.search``."""
    return search.find(workspace.store.db, text, nouns, client_id, limit)
