"""What is typed into a form is kept beside what was typed before, whoever comes first."""

from typing import Any

from PySide6.QtCore import QObject

from console.domain.journal import Changes
from ui.desk import Desk
from ui.form_draft import FormDraft

OLDER, NEWER = {"client": 1, "text": "starší"}, {"client": 1, "text": "novější"}


def _draft(desk: Desk, typed: dict[str, Any], owner: QObject) -> FormDraft:
    return FormDraft(desk.tasks, "form", lambda: typed, owner)


def _shown(desk: Desk) -> list[dict[str, Any]]:
    """Open the form anew; return what it shows."""
    shown: list[dict[str, Any]] = []
    _draft(desk, {}, QObject()).load(shown.append)
    desk.tasks.wait()
    return shown


def _keep(desk: Desk, typed: dict[str, Any]) -> FormDraft:
    draft = _draft(desk, typed, desk.tasks)
    draft.touch()
    draft.flush()
    desk.tasks.wait()
    return draft


def test_what_is_typed_before_the_older_text_is_read_loses_neither(desk: Desk) -> None:
    _keep(desk, OLDER)
    hurried = _draft(desk, NEWER, desk.tasks)
    shown: list[dict[str, Any]] = []
    hurried.load(shown.append)
    hurried.touch()
    desk.tasks.wait()
    hurried.flush()
    desk.tasks.wait()
    assert shown == []
    assert _shown(desk) == [NEWER]
    desk.tasks.change(hurried.saving(lambda _w: Changes(0, frozenset())))
    desk.tasks.wait()
    assert _shown(desk) == [OLDER]
    assert _shown(desk) == [OLDER]


def test_older_text_that_was_put_aside_is_forgotten_once_it_is_done_with(desk: Desk) -> None:
    _keep(desk, OLDER)
    hurried = _draft(desk, NEWER, desk.tasks)
    hurried.load(lambda _typed: None)
    hurried.touch()
    desk.tasks.wait()
    hurried.forget()
    desk.tasks.wait()
    assert _shown(desk) == [OLDER]
    again = _draft(desk, OLDER, desk.tasks)
    again.load(lambda _typed: None)
    desk.tasks.wait()
    again.forget()
    desk.tasks.wait()
    assert _shown(desk) == []


def test_form_that_was_emptied_leaves_no_draft(desk: Desk) -> None:
    typed = dict(OLDER)
    draft = _keep(desk, typed)
    typed.clear()
    draft.touch()
    draft.flush()
    desk.tasks.wait()
    assert _shown(desk) == []
