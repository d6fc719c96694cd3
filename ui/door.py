"""The way into a workspace: this machine's keyring first, the passphrase where it does not help."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from console import workspace
from console.early_key import EarlyKey
from console.workspace import Workspace
from ui.desk import Desk

if TYPE_CHECKING:
    from ui.pages.unlock import UnlockPage

_PROMPT_MS: Final = 300
"""How long the keyring may take before the passphrase is asked for beside it."""


class Door(QObject):
    """Opens the workspace, and wants the prompt where a person has to.

    Args:
        desk: the way to the services.
        folder: of the workspace.
    """

    opened = Signal(Path)
    created = Signal()
    """The workspace that was opened is a new one."""
    prompt_wanted = Signal()

    def __init__(self, desk: Desk, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._folder = folder
        self._prompt: UnlockPage | None = None
        self.is_under_way = False
        """Whether the keyring is being asked."""

    @property
    def has_prompt(self) -> bool:
        """Whether the prompt was needed already."""
        return self._prompt is not None

    @property
    def prompt(self) -> "UnlockPage":
        """The prompt, made when it is first needed."""
        if self._prompt is None:
            from ui.pages.unlock import UnlockPage

            self._prompt = UnlockPage(self._desk, self._folder)
            self._prompt.unlocked.connect(self.opened)
            self._prompt.created.connect(self.created)
        return self._prompt

    def open_by(self, asked: EarlyKey) -> None:
        """Open by what the keyring was asked before; where that is slow, the prompt comes, too."""
        self._ask(asked)
        QTimer.singleShot(_PROMPT_MS, self._prompt_meanwhile)

    def ask_keyring(self) -> None:
        """Ask the keyring beside the prompt, and import ahead while the person types.

        There is nothing to ask for where there is no workspace yet.
        """
        if not self.prompt.is_new:
            self._ask(None)
        self._desk.tasks.prepare(_import_ahead)

    def _ask(self, asked: EarlyKey | None) -> None:
        folder = self._folder

        def work() -> Workspace | None:
            if not workspace.is_remembered(folder):
                return None
            key = workspace.unlock_by_keyring(folder, asked.take if asked else _not_asked)
            return workspace.open_workspace(folder, key) if key else None

        self.is_under_way = True
        self._desk.tasks.open(work, self._on_asked, self._on_failed)

    def _prompt_meanwhile(self) -> None:
        if self.is_under_way:
            self.prompt_wanted.emit()

    def _on_asked(self, is_open: bool) -> None:
        self.is_under_way = False
        if is_open:
            self.opened.emit(self._folder)
        else:
            self.prompt_wanted.emit()

    def _on_failed(self, error: Exception) -> None:
        self.is_under_way = False
        self.prompt_wanted.emit()
        self.prompt.show_error(error)


def _not_asked(_account: str) -> None:
    return None


def _import_ahead() -> None:
    """Import what opening and the first page need."""
    import console.services.overview  # noqa: F401

    workspace.import_ahead()
