"""The fields of a card that stays on its page: what is typed over the stored waits to be saved."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from console.domain.journal import Changes
from console.texts import _
from console.workspace import Workspace
from ui.desk import Desk
from ui.kept_fields import FieldsDraft, KeptField
from ui.widgets.parts import Banner


class KeptForm:
    """Shows what is stored where nothing else is typed, and brings back what was typed before.

    Args:
        desk: the way to the services.
        name: of the form; stable.
        fields: by stable names; no secrets.
        owner: the card.

    Attributes:
        banner: says that something typed before is shown; the card places it.
    """

    def __init__(
        self, desk: Desk, name: str, fields: Mapping[str, QWidget | KeptField], owner: QWidget
    ) -> None:
        self.banner = Banner(None, _("Start anew"), self._start_anew)
        self._draft = FieldsDraft(desk.tasks, name, 0, fields, owner)
        self._fill: Callable[[], object] = lambda: None
        self._is_read = False

    def show(self, fill: Callable[[], object]) -> None:
        """Show what is stored, unless something else is typed over it.

        Args:
            fill: puts what is stored into the fields.
        """
        self._fill = fill
        if self._draft.is_touched:
            return
        with self._draft.filling():
            fill()
        if not self._is_read:
            self._is_read = True
            self._draft.load(self._restore)

    def saving(self, work: Callable[[Workspace], Changes]) -> Callable[[Workspace], Changes]:
        """Return a change that forgets what was typed when it went through."""
        return self._draft.saving(work)

    def saved(self) -> None:
        """Take what the fields say as what is stored."""
        self._draft.renew()
        self.banner.clear()

    def clear(self, empty: Callable[[], object]) -> None:
        """Keep what is typed, and forget it here, for locking.

        Args:
            empty: empties the fields.
        """
        self._draft.flush()
        self._draft.renew()
        self._is_read = False
        with self._draft.filling():
            empty()
        self.banner.clear()

    def _restore(self, typed: Mapping[str, Any]) -> None:
        self._draft.restore(typed)
        self.banner.show_text(_("This was typed before and not saved."), "good")

    def _start_anew(self) -> None:
        self._draft.forget()
        with self._draft.filling():
            self._fill()
        self.banner.clear()
