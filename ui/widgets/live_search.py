"""Searching while the person types: the newest text only, one question at a time."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from console.domain.search import NOUNS, SearchHit
from console.services import search
from ui.tasks import Tasks


class LiveSearch(QObject):
    """Asks at each keystroke; what is typed while an answer is under way is asked once, after it.

    Args:
        tasks: the way to the services.
        field: where the person types.
        nouns: nouns to look for.
        limit: the most hits for each noun.
        reading: gives what to look for, out of what stands in the field.
    """

    found = Signal(list)
    """Hits for the text that stands in the field."""
    confirmed = Signal()
    """Enter was pressed; what was found for the text is shown by now."""

    def __init__(
        self,
        tasks: Tasks,
        field: QLineEdit,
        nouns: Iterable[str] = NOUNS,
        limit: int = 8,
        reading: Callable[[str], str] = str.strip,
    ) -> None:
        super().__init__(field)
        self._tasks = tasks
        self._field = field
        self._nouns = tuple(nouns)
        self._limit = limit
        self._reading = reading
        self._asked: str | None = None
        self._is_confirmed = False
        field.returnPressed.connect(self._on_return_pressed)

    def ask(self) -> None:
        """Look for what stands in the field."""
        if self._asked is not None:
            return
        self._asked = self._field.text()
        text = self._reading(self._asked)
        if not text:
            self._on_answered([])
            return
        self._tasks.query(
            lambda workspace: search.find(workspace, text, self._nouns, limit=self._limit),
            self._on_answered,
            self._on_failed,
        )

    def _on_return_pressed(self) -> None:
        """Wait for the answer: a hurried Enter must not take what an older text found."""
        if self._asked is None:
            self.confirmed.emit()
        else:
            self._is_confirmed = True

    def _on_answered(self, hits: list[SearchHit]) -> None:
        is_newest = self._asked == self._field.text()
        self._asked = None
        if is_newest:
            self.found.emit(hits)
            if self._is_confirmed:
                self._is_confirmed = False
                self.confirmed.emit()
        else:
            self.ask()

    def _on_failed(self, error: Exception) -> None:
        self._asked = None
        self._is_confirmed = False
        self._tasks.failed.emit(error)
