"""The openings of a client's data: who opened what, when, and for which request."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QListWidget, QWidget

from console.domain import formats
from console.domain.access import AccessSummary
from console.texts import N_, _

_NOUNS: Final = {
    "clients": N_("client"),
    "contacts": N_("contact"),
    "lines": N_("number"),
    "requests": N_("request"),
    "sims": N_("SIM card"),
}


class AccessView(QListWidget):
    """A plain list, the newest opening first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("results")
        self.setAccessibleName(_("Openings"))
        self.setWordWrap(True)

    def show_openings(self, openings: Sequence[AccessSummary]) -> None:
        """Show the openings of a client's data."""
        self.clear()
        for opening in openings:
            what = f"{_(_NOUNS.get(opening.noun, opening.noun))} {opening.title}"
            why = opening.reason or (
                _("for {request}").format(request=opening.request)
                if opening.request
                else _("for no request")
            )
            self.addItem("  ·  ".join((formats.moment(opening.at), opening.actor, what, why)))
