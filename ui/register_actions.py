"""What the menus do with the register: with the list that is shown, or with a new record.

The menus are made at the start, so the dialogs are imported when one of them is asked for.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QWidget

from console.texts import _
from ui.desk import Desk

if TYPE_CHECKING:
    from console.domain.sim import Sim
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
            "edit": partial(self._with_list, lambda view: view.edit_current()),
            "many": partial(self._with_list, lambda view: view.change_selected()),
            "export": self._export,
            "reveal": self._reveal,
            "compare": self._compare,
            "duplicates": self._duplicates,
            "delete": partial(self._with_list, lambda view: view.delete_selected()),
            **{f"new-{noun}": partial(self._add, noun) for noun in ADDED},
        }

    def _reveal(self) -> None:
        """Reveal the secrets of the chosen card, or of the card that the chosen number uses."""
        from console.services import sims

        view = self._list()
        record = view.current() if view else None
        noun = view.noun if view else ""
        if record is not None and noun == "sims":
            self._reveal_of(record)
        elif record is not None and noun == "lines":
            self._desk.tasks.query(lambda w: sims.in_use(w, record.id), self._reveal_of)
        else:
            self._desk.message.emit(_("Choose a number or a SIM card first."))

    def _reveal_of(self, sim: "Sim | None") -> None:
        from ui.dialogs.reveal import RevealDialog

        if sim is None:
            self._desk.message.emit(_("The number has no SIM card."))
        else:
            RevealDialog(self._desk, sim.id, sim.iccid, self._window).open()

    def _duplicates(self) -> None:
        from ui.dialogs.duplicates import DuplicatesDialog

        DuplicatesDialog(self._desk, self._window).open()

    def _compare(self) -> None:
        from ui.dialogs.comparison import ComparisonDialog

        client = getattr(self._current(), "client", None)
        ComparisonDialog(self._desk, client.id if client else 0, self._window).open()

    def _export(self) -> None:
        from ui.dialogs.export import ExportDialog, export_view
        from ui.widgets.record_view import RecordView

        page = self._current()
        view = getattr(page, "view", None)
        table = page.shown_table() if hasattr(page, "shown_table") else None
        if table is not None:
            ExportDialog(self._desk, table, self._window).open()
        elif isinstance(view, RecordView):
            export_view(self._desk, view, self._window)
        else:
            self._desk.message.emit(_("This page has no list that could be written to a file."))

    def _list(self) -> "RegisterView | None":
        """Return the list of the register that is shown."""
        from ui.widgets.register_view import RegisterView

        view = getattr(self._current(), "view", None)
        return view if isinstance(view, RegisterView) else None

    def _with_list(self, wish: Callable[["RegisterView"], object]) -> None:
        view = self._list()
        if view:
            wish(view)
        else:
            self._desk.message.emit(_("Choose a record in a list of the register first."))

    def _add(self, noun: str) -> None:
        """Add a record to the client that is shown, or let the person choose the client."""
        from ui.dialogs.open_record import add_record

        client = getattr(self._current(), "client", None)
        owner = {} if noun in OF_NO_CLIENT else {"client_id": client.id if client else 0}
        add_record(self._desk, noun, owner, self._window)
