"""Saved views of lists: what a person filtered and sorted by, under a name of its own.

They are kept in the workspace, because a filter may name a person.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from console.domain.journal import Changes
from console.errors import KnownError
from console.storage import settings as stored
from console.texts import _
from console.workspace import Workspace

_KEY: Final = "views_{noun}"


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view of a list.

    Args:
        choice: the label-free filters of the list that were chosen.
        text: of the filter field.
        sort: the column, as the list names it.
    """

    name: str
    choice: tuple[tuple[str, Any], ...]
    text: str
    sort: str
    descending: bool


def views(workspace: Workspace, noun: str) -> list[SavedView]:
    """Return the saved views of a noun's list, in the order of saving."""
    plain = stored.read(workspace.store).get(_KEY.format(noun=noun), "[]")
    return [
        SavedView(
            one["name"],
            tuple((name, value) for name, value in one["choice"]),
            one["text"],
            one["sort"],
            one["descending"],
        )
        for one in json.loads(plain)
    ]


def save_view(workspace: Workspace, noun: str, view: SavedView) -> Changes:
    """Save a view; one of the same name is replaced.

    Raises:
        KnownError: ``field-missing``.
    """
    if not view.name.strip():
        raise KnownError("field-missing", field=_("Name"))
    others = [one for one in views(workspace, noun) if one.name != view.name]
    return _store(workspace, noun, [*others, view])


def remove_view(workspace: Workspace, noun: str, name: str) -> Changes:
    """Forget a view."""
    return _store(workspace, noun, [one for one in views(workspace, noun) if one.name != name])


def _store(workspace: Workspace, noun: str, kept: list[SavedView]) -> Changes:
    plain = [
        {
            "name": one.name,
            "choice": list(one.choice),
            "text": one.text,
            "sort": one.sort,
            "descending": one.descending,
        }
        for one in kept
    ]
    with workspace.store.unit("save-view") as unit:
        values = {_KEY.format(noun=noun): json.dumps(plain, ensure_ascii=False)}
        stored.write(workspace.store, values)
    return Changes(unit, frozenset({"settings"}), kept)
