"""Saved views: under a name, replaced by it, forgotten by it, kept with the workspace."""

from console import workspace
from console.services import history, views
from console.services.views import SavedView
from console.workspace import Workspace
from tests.services.steps import refused

LATE = SavedView("Pozdě", (("open", 1),), "novák", "due_at", descending=False)
ALL = SavedView("Všechny", (), "", "received_at", descending=True)


def test_views_come_back_as_they_were_saved(opened: Workspace) -> None:
    views.save_view(opened, "requests", LATE)
    views.save_view(opened, "requests", ALL)
    assert views.views(opened, "requests") == [LATE, ALL]
    assert views.views(opened, "lines") == []
    folder, key = opened.folder, opened.data_key
    opened.close()
    again = workspace.open_workspace(folder, key)
    assert views.views(again, "requests") == [LATE, ALL]
    again.close()


def test_name_replaces_and_removes(opened: Workspace) -> None:
    views.save_view(opened, "requests", LATE)
    changed = SavedView("Pozdě", (), "x", "number", descending=True)
    views.save_view(opened, "requests", changed)
    assert views.views(opened, "requests") == [changed]
    views.remove_view(opened, "requests", "Pozdě")
    assert views.views(opened, "requests") == []
    history.undo_last(opened)
    assert views.views(opened, "requests") == [changed]


def test_view_needs_a_name(opened: Workspace) -> None:
    with refused("field-missing"):
        views.save_view(opened, "requests", SavedView(" ", (), "", "number", False))
