"""The list of numbers, with the card of the chosen one beside it."""

from typing import Any

from PySide6.QtWidgets import QWidget

from console.domain.line import LineState
from console.domain.listing import ListQuery
from console.texts import _
from ui.desk import Desk
from ui.models import columns
from ui.pages.list_page import ListPage
from ui.widgets.line_card import LineCardView
from ui.widgets.parts import button
from ui.widgets.record_view import Choice
from ui.widgets.register_view import RegisterView


def line_choices() -> list[Choice]:
    """Return the filters of a list of numbers."""
    return [(_("All states"), ()), *((s.label, (("state", s.value),)) for s in LineState)]


class LinesPage(ListPage):
    """All numbers of all clients."""

    nouns = frozenset({"lines", "sims", "clients"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        view = RegisterView(
            desk,
            "lines",
            _("Numbers"),
            columns.LINES,
            ListQuery(noun="lines", sort="msisdn"),
            line_choices(),
            _("No number yet. Import the client's list."),
        )
        self._card = LineCardView(desk)
        super().__init__(desk, view, self._card, parent)
        view.tools.insertWidget(
            2, button(_("Import…"), lambda: desk.import_requested.emit(0), "upload")
        )
        view.record_selected.connect(self._on_selected)
        view.record_opened.connect(lambda line: desk.client_requested.emit(line.client_id))

    def show_line(self, line_id: int) -> None:
        """Show the card of a number by its id, wherever it stands in the list."""
        self._card.show_line(line_id)

    def _on_selected(self, line: Any) -> None:
        if line is not None:
            self._card.show_line(line.id)

    def clear(self) -> None:
        """Forget every record, for locking."""
        super().clear()
        self._card.clear()
