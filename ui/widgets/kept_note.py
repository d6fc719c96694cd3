"""The note that is written beside a request and not saved yet: kept until it is."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject

from ui.form_draft import FormDraft
from ui.tasks import Tasks


class KeptNote:
    """Knows the note of the request that is shown.

    Args:
        tasks: the way to the services.
        owner: as in Qt.
    """

    def __init__(self, tasks: Tasks, owner: QObject) -> None:
        self._tasks = tasks
        self._owner = owner
        self._clock = QObject(owner)
        self._request_id = 0
        self._client_id = 0
        self._draft: FormDraft | None = None
        self.text = ""

    def open(self, request_id: int, client_id: int, show: Callable[[str], object]) -> None:
        """Go to the note of a request; what was kept of it is passed on."""
        if request_id == self._request_id:
            return
        self.close()
        self._request_id, self._client_id = request_id, client_id
        self._clock = QObject(self._owner)
        draft = self._draft = FormDraft(self._tasks, f"note-{request_id}", self._typed, self._clock)

        def found(typed: Mapping[str, Any]) -> None:
            if draft is self._draft:
                self.text = str(typed.get("text", ""))
                show(self.text)

        draft.load(found)

    def write(self, text: str) -> None:
        """Take what is written."""
        self.text = text
        if self._draft:
            self._draft.touch()

    def forget(self, request_id: int) -> None:
        """Forget the note of a request: it was saved."""
        if request_id == self._request_id and self._draft:
            self.text = ""
            self._draft.forget()

    def close(self) -> None:
        """Keep what is written, and forget it here."""
        if self._draft:
            self._draft.flush()
        self._clock.deleteLater()
        self._clock = QObject(self._owner)
        self._draft = None
        self._request_id = 0
        self.text = ""

    def _typed(self) -> dict[str, Any]:
        return {"client": self._client_id, "text": self.text} if self.text.strip() else {}
