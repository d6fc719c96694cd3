"""The card of a number: all that one wants to see while the client is on the phone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from console.domain import formats, phone
from console.domain.line import Barring, LineChange
from console.services import call_cards
from console.services.call_cards import NumberCard
from console.services.lines import LineCard
from console.texts import _
from ui.desk import Desk
from ui.dialogs.open_record import edit_record
from ui.dialogs.reveal import RevealDialog
from ui.widgets.parts import button, card, clear, facts, label, row, wrapped
from ui.widgets.person_card import last_contact_text, may_ask_card, requests_card


class LineCardView(QScrollArea):
    """Shows one number; empty until one is chosen.

    Args:
        desk: the way to the services.
        offers_request: whether the card has the button that logs a request.
    """

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, *, offers_request: bool = True
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._offers_request = offers_request
        self._line_id = 0
        self.setWidgetResizable(True)
        self.setMinimumWidth(300)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        self._layout = QVBoxLayout(holder)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.setWidget(holder)
        self.clear()
        desk.tasks.records_changed.connect(lambda _changes: self._reload())

    def show_line(self, line_id: int) -> None:
        """Show a number by its id."""
        self._line_id = line_id
        self._reload()

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self._line_id = 0
        clear(self._layout)
        self._layout.addWidget(card(wrapped(_("Choose a number to see its card."), "muted")))
        self._layout.addStretch(1)

    def _reload(self) -> None:
        line_id = self._line_id
        if line_id:
            self._desk.tasks.query(
                lambda workspace: call_cards.number_card(workspace, line_id),
                self._show,
                lambda _e: self.clear(),
            )

    def _show(self, seen: NumberCard) -> None:
        found = seen.card
        if found.line.id != self._line_id:
            return
        clear(self._layout)
        line = found.line
        parts = [
            label(phone.pretty(line.msisdn), "title"),
            wrapped(f"{line.holder or '–'} · {found.client.name}", "muted"),
            self._facts(found, last_contact_text(seen.last_contact)),
        ]
        if self._offers_request:
            log = button(_("Log a request"), lambda: self._log(found), "plus", primary=True)
            parts += [log, self._tools(found)]
        self._layout.addWidget(card(*parts))
        self._layout.addWidget(may_ask_card(seen.may_ask))
        self._layout.addWidget(requests_card(self._desk, found.open_requests))
        if found.changes:
            self._layout.addWidget(card(*self._changes(found)))
        self._layout.addStretch(1)

    def _tools(self, found: LineCard) -> QWidget:
        """Return the buttons that edit the number and reveal what its card keeps."""
        edit = button(
            _("Edit"), lambda: edit_record(self._desk, "lines", found.line.id, self), "pencil"
        )
        sim = found.sim
        if sim is None or not (sim.puk or sim.pin):
            return row(edit, None)
        reveal = button(
            _("PUK and PIN…"),
            lambda: RevealDialog(self._desk, sim.id, sim.iccid, self).open(),
            "eye",
        )
        return row(edit, reveal, None)

    @staticmethod
    def _facts(found: LineCard, last_contact: str) -> QWidget:
        line, tariff, sim = found.line, found.tariff, found.sim
        fee = f" · {formats.money(tariff.monthly_fee)}" if tariff else ""
        return facts(
            [
                (_("State"), line.state.label),
                (_("Tariff"), f"{line.tariff}{fee}" if line.tariff else ""),
                (_("Data package"), formats.volume(line.data_mb)),
                (_("Roaming"), line.roaming.label),
                (_("ICCID"), sim.iccid if sim else ""),
                (_("Cost centre"), line.cost_centre),
                (_("Department"), line.department),
                (_("Activated on"), formats.day(line.activated_on)),
                (_("Commitment until"), formats.day(line.commitment_until)),
                (_("Penalty"), formats.money(line.commitment_penalty)),
                (_("Kind"), line.kind.label),
                (_("Barrings"), ", ".join(Barring(word).label for word in line.barrings)),
                (_("Forwarding"), line.forwarding),
                (_("Disconnected on"), formats.day(line.disconnected_on)),
                (_("Number lost on"), formats.day(line.number_lost_on)),
                (_("Portability"), line.portability.label),
                (_("Last contact"), last_contact),
                (_("Note"), line.note),
            ]
        )

    @staticmethod
    def _changes(found: LineCard) -> list[QWidget]:
        shown: list[QWidget] = [label(_("History"), "heading")]
        return [
            *shown,
            *(
                wrapped(_said(change), "muted" if change.applied else "")
                for change in found.changes[:8]
            ),
        ]

    def _log(self, found: LineCard) -> None:
        self._desk.new_request_requested.emit(found.line)


def _said(change: LineChange) -> str:
    """Return a change as one line; one of a day to come says so."""
    text = f"{formats.day(change.effective_on)}  {change.before or '–'} → {change.after or '–'}"
    return text if change.applied else _("planned: {change}").format(change=text)
