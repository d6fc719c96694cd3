"""What is typed into a form, kept while it is typed, so that nothing but saving ends it."""

import contextlib
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

from console.domain.journal import Changes
from console.domain.record import Record
from console.services import drafts
from console.services.mails import MailProposal
from console.workspace import Workspace
from ui.tasks import Tasks

_KEEP_MS: Final = 700
Typed = Mapping[str, Any]


def name_for(form: str, about: object) -> str:
    """Return the name of the draft of a form opened for something; each has its own."""
    if about is None:
        return form
    if isinstance(about, Record):
        return f"{form}-{about.id}"
    mail = about.mail if isinstance(about, MailProposal) else None
    said = f"{mail.message_id} {mail.sender} {mail.subject} {mail.text}" if mail else repr(about)
    return f"{form}-{hashlib.sha256(said.encode()).hexdigest()[:24]}"


@dataclass(slots=True)
class _State:
    """What worker and window both know of a draft."""

    is_there: bool = False
    is_saved: bool = False


class FormDraft:
    """Keeps a form under a name. What nobody touched is neither kept nor forgotten.

    Args:
        tasks: the way to the services.
        name: of the draft; stable.
        typed: gives what is worth keeping, empty where nothing is.
        owner: as long as it lives, the clock runs.
    """

    def __init__(self, tasks: Tasks, name: str, typed: Callable[[], Typed], owner: QObject) -> None:
        self.name = name
        self._tasks = tasks
        self._typed = typed
        self._state = _State()
        self._timer = QTimer(owner, singleShot=True, interval=_KEEP_MS)
        self._timer.timeout.connect(self._keep)
        self.is_touched = False

    def load(self, show: Callable[[dict[str, Any]], object]) -> None:
        """Read what was kept and pass it on.

        Where the person has begun to type before it was read, it is put aside, and comes when
        what is typed now is done with.
        """
        name, aside, state = self.name, f"{self.name}-aside", self._state

        def read(workspace: Workspace) -> dict[str, Any] | None:
            there = drafts.kept(workspace, name)
            waiting = None if there else drafts.kept(workspace, aside)
            if waiting:
                drafts.keep(workspace, name, waiting)
                drafts.forget(workspace, aside)
            return there or waiting

        def found(typed: dict[str, Any] | None) -> None:
            if typed and self.is_touched:
                self._tasks.query(lambda w: drafts.keep(w, aside, typed), lambda _none: None)
            elif typed:
                state.is_there = True
                show(typed)

        self._tasks.query(read, found)

    def touch(self) -> None:
        """Say that the person typed or chose something."""
        self.is_touched = True
        self._timer.start()

    def flush(self) -> None:
        """Keep at once what waits to be kept: the form closes."""
        if self._timer.isActive():
            self._keep()

    def _keep(self) -> None:
        self._timer.stop()
        name, typed, state = self.name, dict(self._typed()), self._state

        def work(workspace: Workspace) -> None:
            if state.is_saved:
                return
            if typed:
                drafts.keep(workspace, name, typed)
                state.is_there = True
            elif state.is_there:
                drafts.forget(workspace, name)

        self._tasks.query(work, lambda _none: None)

    def forget(self) -> None:
        """Forget it: the person begins anew."""
        self._timer.stop()
        self.is_touched = False
        name, state = self.name, self._state
        state.is_there = False
        self._tasks.query(lambda w: drafts.forget(w, name), lambda _none: None)

    def renew(self) -> None:
        """Begin another draft of the same form: the one before was saved, or is put away."""
        self._timer.stop()
        self.is_touched = False
        self._state = _State()

    def saving(self, work: Callable[[Workspace], Changes]) -> Callable[[Workspace], Changes]:
        """Return a change that forgets the draft when it went through, locked meanwhile or not."""
        name, state = self.name, self._state

        def run(workspace: Workspace) -> Changes:
            changes = work(workspace)
            if state.is_there or self.is_touched:
                state.is_saved = True
                with contextlib.suppress(OSError):
                    drafts.forget(workspace, name)
            return changes

        return run
