"""The card beside a search: of the number, the person or the client that was found."""

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from console.domain.line import Line
from console.domain.search import SearchHit
from console.services import lines
from ui.desk import Desk
from ui.widgets.line_card import LineCardView
from ui.widgets.person_card import PersonCardView


class CallCards(QStackedWidget):
    """Shows one card at a time."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._line = LineCardView(desk, offers_request=False)
        self._person = PersonCardView(desk)
        self.addWidget(self._line)
        self.addWidget(self._person)

    def clear(self) -> None:
        """Show that nothing is found."""
        self._line.clear()
        self.setCurrentWidget(self._line)

    def show_hit(self, hit: SearchHit) -> None:
        """Show what a search has found."""
        if hit.noun in ("lines", "sims"):
            self.show_line(hit.owner_id)
            return
        self.setCurrentWidget(self._person)
        if hit.noun == "contacts":
            self._person.show_person(hit.id)
        else:
            self._person.show_client(hit.client_id)

    def show_numbers(self, numbers: Sequence[str]) -> None:
        """Show the first of these that the register has."""

        def done(found: dict[str, Line]) -> None:
            known = next((found[number] for number in numbers if number in found), None)
            if known is not None:
                self.show_line(known.id)

        self._desk.tasks.query(lambda w: lines.lines_by_number(w, numbers), done)

    def show_line(self, line_id: int) -> None:
        """Show a number by its id."""
        self.setCurrentWidget(self._line)
        self._line.show_line(line_id)
