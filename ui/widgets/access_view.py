"""The openings of a client's data: who opened what, when, and for which request."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QListWidget, QWidget

from console.domain import formats
from console.domain.access import AccessSummary
from console.domain.shown_table import ShownTable
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
        self._rows: tuple[tuple[str, str, str, str], ...] = ()

    def show_openings(self, openings: Sequence[AccessSummary]) -> None:
        """Show the openings of a client's data."""
        self.clear()
        self._rows = tuple(_parts(opening) for opening in openings)
        for parts in self._rows:
            self.addItem("  ·  ".join(parts))

    def clear(self) -> None:
        """Forget the openings."""
        self._rows = ()
        super().clear()

    def shown_table(self) -> ShownTable:
        """Return the openings for a file."""
        heads = (_("When"), _("Who"), _("What was opened"), _("Why"))
        return ShownTable("openings", _("Openings"), heads, self._rows)


def _parts(opening: AccessSummary) -> tuple[str, str, str, str]:
    what = f"{_(_NOUNS.get(opening.noun, opening.noun))} {opening.title}"
    why = opening.reason or (
        _("for {request}").format(request=opening.request)
        if opening.request
        else _("for no request")
    )
    return formats.moment(opening.at), opening.actor, what, why
