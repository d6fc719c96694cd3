"""The list of SIM cards, with the chosen one beside it."""

from typing import Any

from PySide6.QtWidgets import QWidget

from console.domain.listing import ListQuery
from console.texts import _
from ui.desk import Desk
from ui.dialogs.open_record import add_record
from ui.models import columns
from ui.pages.list_page import ListPage
from ui.widgets.parts import button
from ui.widgets.record_view import Choice
from ui.widgets.register_view import RegisterView
from ui.widgets.sim_card import SimCardView


def sim_choices() -> list[Choice]:
    """Return the filters of a list of SIM cards."""
    return [
        (_("All cards"), ()),
        (_("In use"), (("in_use", True),)),
        (_("Not in use"), (("in_use", False),)),
    ]


class SimsPage(ListPage):
    """All SIM cards of all clients."""

    nouns = frozenset({"sims", "lines", "clients"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        view = RegisterView(
            desk,
            "sims",
            _("SIM cards"),
            columns.SIMS,
            ListQuery(noun="sims", sort="iccid"),
            sim_choices(),
            _("No SIM card yet. Import the client's list of numbers."),
        )
        self._card = SimCardView(desk)
        super().__init__(desk, view, self._card, parent)
        add = button(
            _("New SIM card"), lambda: add_record(desk, "sims", {"client_id": 0}, self), "plus"
        )
        view.tools.insertWidget(2, add)
        view.record_selected.connect(self._on_selected)
        view.record_opened.connect(lambda _sim: view.edit_current())

    def _on_selected(self, sim: Any) -> None:
        if sim is not None:
            self._card.show_sim(sim)

    def clear(self) -> None:
        """Forget every record, for locking."""
        super().clear()
        self._card.clear()
