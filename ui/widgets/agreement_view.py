"""What a client has agreed: who to call now, channels, people, levels, rules, closures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from console.domain import formats
from console.domain.agreement import Agreement, ClauseUnit, Nature
from console.domain.agreement_version import AgreementVersion, Closure
from console.domain.duty import Duty
from console.domain.explanation import Amount
from console.domain.legal_time import COMPLAINT_MONTHS
from console.services import agreements
from console.services.care_sheet import hours_in_words
from console.texts import _
from console.workspace import Workspace
from ui.desk import Desk
from ui.dialogs.agreement import AgreementDialog
from ui.dialogs.agreement_end import AgreementEndDialog
from ui.dialogs.recalculation import RecalculationDialog
from ui.widgets.dates import DayField
from ui.widgets.parts import Card, button, card, clear, facts, label, row, wrapped


@dataclass(frozen=True, slots=True)
class Agreed:
    """All that the view shows of one client."""

    client_id: int
    versions: list[AgreementVersion]
    shown: AgreementVersion | None
    terms: Agreement | None
    duty: Duty | None
    closures: list[Closure]


def read(workspace: Workspace, client_id: int, version_id: int, *, is_crisis: bool) -> Agreed:
    """Read what a client has agreed.

    Args:
        workspace: the open workspace.
        client_id: whose.
        version_id: the version to show; 0 for the one in force now.
        is_crisis: whether to say who may be called in a crisis.
    """
    versions = agreements.versions(workspace, client_id)
    in_force = agreements.in_force(workspace, client_id)
    shown = next(
        (v for v in versions if v.id == version_id), in_force or next(iter(versions), None)
    )
    return Agreed(
        client_id,
        versions,
        shown,
        agreements.terms_of(shown),
        agreements.who_to_call(workspace, client_id, is_crisis=is_crisis),
        agreements.closures(workspace, client_id),
    )


class AgreementView(QScrollArea):
    """Shows one version at a time; amending and recalculating start here."""

    care_sheet_requested = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._client_id = 0
        self._version_id = 0
        self._agreed: Agreed | None = None
        self._crisis = QCheckBox(_("It is a crisis"))
        self._crisis.toggled.connect(lambda: self.reload())
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        self._layout = QVBoxLayout(holder)
        self._layout.setContentsMargins(0, 8, 6, 0)
        self.setWidget(holder)

    def show_client(self, client_id: int) -> None:
        """Show the agreement of a client."""
        if client_id != self._client_id:
            self._version_id = 0
        self._client_id = client_id
        self.reload()

    def reload(self) -> None:
        """Read the agreement anew."""
        client_id, version_id, crisis = self._client_id, self._version_id, self._crisis.isChecked()
        if client_id:
            self._desk.tasks.query(
                lambda w: read(w, client_id, version_id, is_crisis=crisis), self._show
            )

    def clear(self) -> None:
        """Forget what is shown, for locking."""
        self._client_id = self._version_id = 0
        self._agreed = None
        self._crisis.setParent(None)
        clear(self._layout)

    def _show(self, agreed: Agreed) -> None:
        if agreed.client_id != self._client_id:
            return
        self._agreed = agreed
        at = self.verticalScrollBar().value()
        self._crisis.setParent(None)
        clear(self._layout)
        if agreed.terms is None or agreed.shown is None:
            text = _("The client has no agreement yet. Edit the client to choose one.")
            self._layout.addWidget(card(wrapped(text, "muted")))
            self._layout.addStretch(1)
            return
        self._layout.addWidget(self._head(agreed, agreed.terms))
        self._layout.addWidget(self._cards(agreed, agreed.terms))
        self._layout.addStretch(1)
        self.verticalScrollBar().setValue(at)

    def _cards(self, agreed: Agreed, terms: Agreement) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(10)
        cards = (
            self._duty(agreed.duty),
            _rules(terms),
            _channels(terms),
            _people(terms),
            self._closures(agreed.closures),
            _about(terms),
        )
        for number, shown in enumerate(cards):
            shown.content.addStretch(1)
            grid.addWidget(shown, number // 2, number % 2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        return holder

    def _head(self, agreed: Agreed, terms: Agreement) -> QWidget:
        chosen = QComboBox()
        chosen.setAccessibleName(_("Version of the agreement"))
        for version in agreed.versions:
            text = _("in force from {day}").format(day=formats.day(version.valid_from))
            if version.valid_until:
                text += " · " + _("ends on {day}").format(day=formats.day(version.valid_until))
            chosen.addItem(f"{agreements.name_of(version)} · {text}", version.id)
        if agreed.shown:
            chosen.setCurrentIndex(chosen.findData(agreed.shown.id))
        chosen.activated.connect(lambda: self._choose(chosen.currentData()))
        chosen.setMinimumContentsLength(24)
        return row(
            chosen,
            None,
            button(_("Care sheet"), self._care_sheet, "file-text"),
            button(_("Recalculate…"), self._recalculate, "refresh-cw"),
            button(_("End…"), self._change_end, "clock"),
            button(_("Amend…"), lambda: self._amend(terms), "pencil"),
        )

    def _change_end(self) -> None:
        if self._agreed and self._agreed.shown:
            AgreementEndDialog(self._desk, self._agreed.shown, self).open()

    def _choose(self, version_id: int) -> None:
        self._version_id = version_id
        self.reload()

    def _duty(self, duty: Duty | None) -> Card:
        lines: list[tuple[str, str]] = []
        for person in duty.people if duty else ():
            who = person.specialist
            how = who.mobile or who.landline or who.email
            lines.append(
                (f"{who.name} ({who.role.label})", _now(how, person.opens_at, person.is_reachable))
            )
        lines += [
            (way.point.label.shown, _now(way.point.value, way.opens_at, way.is_open))
            for way in (duty.ways if duty else ())
        ]
        shown = facts(lines) if lines else wrapped("–", "muted")
        return card(row(label(_("Who to call now"), "heading"), None, self._crisis), shown)

    def _closures(self, closures: list[Closure]) -> Card:
        day = DayField(_("Day"))
        reason = QLineEdit()
        reason.setAccessibleName(_("Reason"))
        reason.setPlaceholderText(_("Reason"))
        add = button(_("Add"), lambda: self._add_closure(day.day, reason.text()), "plus")
        parts: list[QWidget] = [label(_("Closed beside public holidays"), "heading")]
        for closure in closures:
            text = " · ".join(filter(None, (formats.day(closure.day), closure.reason)))
            remove = button(_("Remove"), self._remover(closure))
            remove.setAccessibleName(_("Remove {day}").format(day=formats.day(closure.day)))
            parts.append(row(wrapped(text), remove))
        if not closures:
            parts.append(wrapped(_("None."), "muted"))
        return card(*parts, row(day, reason, add))

    def _add_closure(self, day: date, reason: str) -> None:
        client_id = self._client_id
        self._desk.tasks.change(lambda w: agreements.add_closure(w, client_id, day, reason))

    def _remover(self, closure: Closure) -> Callable[[], None]:
        return lambda: self._desk.tasks.change(lambda w: agreements.remove_closure(w, closure))

    def _care_sheet(self) -> None:
        self.care_sheet_requested.emit(self._client_id)

    def _recalculate(self) -> None:
        RecalculationDialog(self._desk, self._client_id, self).open()

    def _amend(self, terms: Agreement) -> None:
        AgreementDialog(self._desk, self._client_id, terms, self).open()


def _now(how: str, opens_at: datetime | None, is_open: bool) -> str:
    if is_open or opens_at is None:
        return how if is_open else _("{how} · in a crisis only").format(how=how)
    return _("{how} · again from {at}").format(how=how, at=formats.moment(opens_at))


def _rules(terms: Agreement) -> Card:
    shown = [
        (
            str(Amount(clause.amount, clause.unit)),
            f"{clause.reference.shown} · {clause.nature.label}",
        )
        for clause in terms.clauses
    ]
    law = f"{_('Act 127/2005, section 64 (complaints)')} · {Nature.STATUTORY.label}"
    by_law = (str(Amount(COMPLAINT_MONTHS, ClauseUnit.MONTHS)), law)
    return card(label(_("Deadlines"), "heading"), facts([*shown, by_law]))


def _channels(terms: Agreement) -> Card:
    shown = [
        (point.label.shown, f"{point.value} · {hours_in_words(terms, point.calendar)}")
        for point in terms.contact_points
    ]
    empty = wrapped(_("None."), "muted")
    return card(label(_("Channels"), "heading"), facts(shown) if shown else empty)


def _people(terms: Agreement) -> Card:
    parts: list[QWidget] = [label(_("Specialists and levels"), "heading")]
    for person in terms.specialists:
        ways = " · ".join(filter(None, (person.mobile, person.landline, person.fax, person.email)))
        hours = hours_in_words(terms, person.calendar)
        parts.append(wrapped(f"{person.name} – {person.role.label}\n{ways}\n{hours}"))
    for level in terms.levels:
        units = ", ".join(unit.shown for unit in level.units)
        parts.append(wrapped(f"{level.number}. {level.name.shown}: {units}"))
    if len(parts) == 1:
        parts.append(wrapped(_("None."), "muted"))
    return card(*parts)


def _about(terms: Agreement) -> Card:
    rules = [
        _("The dedicated line is for authorised persons only.") if terms.authorised_only else "",
        "" if terms.charges_allowed else _("Nothing is charged for any request."),
        terms.responsible.shown,
        terms.purpose.shown,
        _("Each opening of a person's data is logged: who, when, for which request.")
        if terms.logs_access
        else "",
    ]
    services = "\n".join(f"• {service.shown}" for service in terms.services)
    texts = [text for text in (terms.summary.shown, *rules, services) if text]
    return card(label(_("What else was agreed"), "heading"), *(wrapped(text) for text in texts))
