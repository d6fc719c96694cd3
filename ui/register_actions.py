"""What the menus do with the register: with the list that is shown, or with a new record."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from console.domain.sim import Sim
from console.services import sims
from console.texts import _
from ui.desk import Desk
from ui.dialogs.comparison import ComparisonDialog
from ui.dialogs.duplicates import DuplicatesDialog
from ui.dialogs.export import export_view
from ui.dialogs.open_record import add_record
from ui.dialogs.reveal import RevealDialog
from ui.widgets.record_view import RecordView
from ui.widgets.register_view import RegisterView

ADDED: Final = ("contacts", "lines", "sims", "devices", "tariffs", "catalogue_items")
"""Nouns that the menu adds; clients have an entry of their own."""

OF_NO_CLIENT: Final = frozenset({"catalogue_items"})
"""Nouns that are the same for all clients."""


class RegisterActions:
    """The entries of the menus that are about the register.

    Args:
        desk: passed to the dialogs.
        current: gives the page that is shown.
        window: parent of the dialogs.
    """

    def __init__(self, desk: Desk, current: Callable[[], Any], window: QWidget) -> None:
        self._desk = desk
        self._current = current
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what each entry does, by its name."""
        return {
            "edit": partial(self._with_list, RegisterView.edit_current),
            "many": partial(self._with_list, RegisterView.change_selected),
            "export": self._export,
            "reveal": self._reveal,
            "compare": self._compare,
            "duplicates": lambda: DuplicatesDialog(self._desk, self._window).open(),
            "delete": partial(self._with_list, RegisterView.delete_selected),
            **{f"new-{noun}": partial(self._add, noun) for noun in ADDED},
        }

    def _reveal(self) -> None:
        """Reveal the secrets of the chosen card, or of the card that the chosen number uses."""
        view = getattr(self._current(), "view", None)
        record = view.current() if isinstance(view, RegisterView) else None
        noun = view.noun if isinstance(view, RegisterView) else ""
        if record is not None and noun == "sims":
            RevealDialog(self._desk, record.id, record.iccid, self._window).open()
        elif record is not None and noun == "lines":
            self._desk.tasks.query(lambda w: sims.in_use(w, record.id), self._reveal_of)
        else:
            self._desk.message.emit(_("Choose a number or a SIM card first."))

    def _reveal_of(self, sim: Sim | None) -> None:
        if sim is None:
            self._desk.message.emit(_("The number has no SIM card."))
        else:
            RevealDialog(self._desk, sim.id, sim.iccid, self._window).open()

    def _compare(self) -> None:
        client = getattr(self._current(), "client", None)
        ComparisonDialog(self._desk, client.id if client else 0, self._window).open()

    def _export(self) -> None:
        view = getattr(self._current(), "view", None)
        if isinstance(view, RecordView):
            export_view(self._desk, view, self._window)
        else:
            self._desk.message.emit(_("This page has no list that could be written to a file."))

    def _with_list(self, wish: Callable[[RegisterView], object]) -> None:
        view = getattr(self._current(), "view", None)
        if isinstance(view, RegisterView):
            wish(view)
        else:
            self._desk.message.emit(_("Choose a record in a list of the register first."))

    def _add(self, noun: str) -> None:
        """Add a record to the client that is shown, or let the person choose the client."""
        client = getattr(self._current(), "client", None)
        owner = {} if noun in OF_NO_CLIENT else {"client_id": client.id if client else 0}
        add_record(self._desk, noun, owner, self._window)
