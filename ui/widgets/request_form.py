"""The fields of a request that is being logged; what fits its kind is shown, the rest is not."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QPlainTextEdit

from console.domain import formats
from console.domain.contact import Contact
from console.domain.request import Channel, Kind
from console.services.mails import MailProposal
from console.services.requests import Draft
from console.texts import _
from ui.widgets.dates import DayField, MomentField, today
from ui.widgets.money_field import MoneyField

LONGEST_SUBJECT: Final = 300


class RequestForm(QObject):
    """Adds its rows to a form. Knows neither client nor numbers.

    Args:
        form: takes the rows.
        opened_at: when the form was opened; the request counts as received when the person
            begins to write it down, unless they say otherwise.
    """

    changed = Signal()
    """Something that the preview depends on."""
    typed = Signal()
    """The person filled in something, which has to be kept."""

    def __init__(self, form: QFormLayout, opened_at: datetime, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self.opened_at = opened_at
        self.contact_wish = 0
        self._is_filling = False
        self.kind = self._choice(_("Kind"), [(kind.label, kind) for kind in Kind])
        self.kind.setCurrentIndex(self.kind.findData(Kind.FAULT))
        self.channel = self._choice(_("Channel"), [(c.label, c) for c in Channel])
        self.contact = self._choice(_("Contact"), [(_("somebody else"), 0)])
        self.caller = self._line(_("Name of the caller"))
        self.subject = self._line(_("Subject"))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Text"))
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(70)
        form.addRow(_("Text"), self.text)
        self._add_facts()
        self.received = MomentField(_("Received"), opened_at)
        self.received.setEnabled(False)
        self.other_time = QCheckBox(_("received earlier"))
        form.addRow(self.other_time, self.received)
        self.override = QCheckBox(_("Log it in spite of the authority"))
        form.addRow("", self.override)
        self.reason = self._line(_("Reason"))
        self._connect()
        self._on_kind()

    def _choice(self, name: str, choices: list[tuple[str, Any]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        for text, value in choices:
            box.addItem(text, value)
        self._form.addRow(name, box)
        return box

    def _line(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setMaxLength(LONGEST_SUBJECT)
        self._form.addRow(name, field)
        return field

    def _add_facts(self) -> None:
        """Add what only faults and complaints have; it may be filled in later."""
        self.place = self._line(_("Place"))
        self.invoice = self._line(_("Invoice"))
        self.period = self._line(_("Billing period"))
        self.amount = MoneyField(_("Disputed"))
        self._form.addRow(_("Disputed"), self.amount)
        self.is_delivered = QCheckBox(_("Bill delivered on"))
        self.delivered_on = DayField(_("Bill delivered on"))
        self.delivered_on.setEnabled(False)
        self._form.addRow(self.is_delivered, self.delivered_on)
        self.foreign = QCheckBox(_("A foreign operator must be asked"))
        self._form.addRow("", self.foreign)

    def _connect(self) -> None:
        for box in (self.kind, self.channel, self.contact):
            box.currentIndexChanged.connect(self._on_changed)
        for check in (self.other_time, self.is_delivered, self.foreign):
            check.toggled.connect(self._on_changed)
        for moment in (self.received, self.delivered_on):
            moment.dateTimeChanged.connect(self._on_changed)
        for facts in (self.invoice, self.period, self.amount, self.place):
            facts.textEdited.connect(self._on_changed)
        for field in (self.subject, self.reason, self.caller):
            field.textEdited.connect(self._on_typed)
        self.text.textChanged.connect(self._on_typed)
        self.override.toggled.connect(self._on_typed)
        self.other_time.toggled.connect(self.received.setEnabled)
        self.is_delivered.toggled.connect(self.delivered_on.setEnabled)
        self.kind.currentIndexChanged.connect(lambda: self._on_kind())
        self.contact.currentIndexChanged.connect(lambda: self._on_contact())

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Fill in what the person did not type."""
        before, self._is_filling = self._is_filling, True
        try:
            yield
        finally:
            self._is_filling = before

    def _on_changed(self) -> None:
        self._on_typed()
        self.changed.emit()

    def _on_typed(self) -> None:
        if not self._is_filling:
            self.typed.emit()

    def begin(self, moment: datetime) -> None:
        """Say when the person began to write the request down."""
        self.opened_at = moment
        if not self.other_time.isChecked():
            with self.filling():
                self.received.set_moment(moment)

    def clear(self, opened_at: datetime) -> None:
        """Empty every field."""
        with self.filling():
            self.contact_wish = 0
            self.set_kind(Kind.FAULT)
            self.channel.setCurrentIndex(0)
            self.show_contacts([])
            for field in self._texts().values():
                field.clear()
            self.text.clear()
            for check in self._checks().values():
                check.setChecked(False)
            self.delivered_on.set_day(today())
            self.begin(opened_at)

    def _on_kind(self) -> None:
        kind = Kind(self.kind.currentData())
        self._form.setRowVisible(self.place, kind is Kind.FAULT)
        for field in (self.invoice, self.period, self.amount, self.delivered_on, self.foreign):
            self._form.setRowVisible(field, kind is Kind.COMPLAINT)

    def _on_contact(self) -> None:
        self._form.setRowVisible(self.caller, not self.contact.currentData())

    def set_kind(self, kind: Kind) -> None:
        """Choose a kind."""
        self.kind.setCurrentIndex(self.kind.findData(kind))

    def show_draft(self, draft: Draft) -> None:
        """Show what a draft knows; who asks and when stays to be said."""
        with self.filling():
            self.set_kind(draft.kind)
            self.channel.setCurrentIndex(max(0, self.channel.findData(draft.channel)))
            self.subject.setText(draft.subject)
            self.text.setPlainText(draft.text)
            self.invoice.setText(draft.invoice)
            self.period.setText(draft.period)
            self.amount.setText(formats.money(draft.amount))

    def show_mail(self, found: MailProposal) -> None:
        """Show what a mail says; what it is becomes the person's to correct."""
        mail, draft = found.mail, found.draft
        with self.filling():
            self.set_kind(found.kind)
            self.channel.setCurrentIndex(self.channel.findData(Channel.EMAIL))
            self.subject.setText(mail.subject)
            self.text.setPlainText(mail.text)
            if draft:
                self.caller.setText(draft.caller)
                self.invoice.setText(draft.invoice)
                self.period.setText(draft.period)
            if draft and draft.received_at:
                self.set_received(draft.received_at)
        self.contact_wish = found.contact.id if found.contact else 0

    @property
    def has_text(self) -> bool:
        """Whether the person wrote anything."""
        return bool(self.text.toPlainText() or any(f.text() for f in self._texts().values()))

    def set_received(self, moment: datetime) -> None:
        """Say that it was received earlier than it is written down."""
        with self.filling():
            self.received.set_moment(moment)
            self.other_time.setChecked(True)

    def show_contacts(self, found: list[Contact]) -> None:
        """Offer the contacts of the client; the wished one is chosen."""
        with self.filling():
            self.contact.clear()
            self.contact.addItem(_("somebody else"), 0)
            for contact in found:
                self.contact.addItem(contact.name, contact.id)
            self.choose_contact()

    def choose_contact(self) -> None:
        """Choose the contact that is wished for, where the client has it."""
        with self.filling():
            self.contact.setCurrentIndex(max(0, self.contact.findData(self.contact_wish)))
        self._on_contact()

    def show_override(self, is_needed: bool) -> None:
        """Ask for a reason where authority is overridden or the time lies back."""
        self._form.setRowVisible(self.override, is_needed)
        self._form.setRowVisible(self.reason, is_needed or self.other_time.isChecked())

    def draft(self, client_id: int, numbers: list[str]) -> Draft:
        """Return the request as it is filled in."""
        kind = Kind(self.kind.currentData())
        return Draft(
            client_id=client_id,
            kind=kind,
            channel=Channel(self.channel.currentData()),
            numbers=tuple(numbers),
            contact_id=self.contact.currentData() or None,
            caller="" if self.contact.currentData() else self.caller.text(),
            subject=self.subject.text(),
            text=self.text.toPlainText(),
            received_at=self.moment,
            override_authority=self.override.isChecked(),
            reason=self.reason.text(),
            **self._facts(kind),
        )

    def _facts(self, kind: Kind) -> dict[str, Any]:
        if kind is Kind.FAULT:
            return {"place": self.place.text()}
        if kind is not Kind.COMPLAINT:
            return {}
        return {
            "invoice": self.invoice.text(),
            "period": self.period.text(),
            "amount": self.amount.read().amount,
            "delivered_on": self.delivered_on.day if self.is_delivered.isChecked() else None,
            "foreign_operator": self.foreign.isChecked(),
        }

    @property
    def wrong(self) -> str:
        """What keeps the form from being saved, in words; empty where nothing does."""
        is_complaint = Kind(self.kind.currentData()) is Kind.COMPLAINT
        amount = self.amount.read()
        return amount.message if is_complaint and amount.is_wrong else ""

    @property
    def moment(self) -> datetime:
        """When the request was received, aware."""
        return self.received.moment if self.other_time.isChecked() else self.opened_at

    def kept(self) -> dict[str, Any]:
        """Return what has to survive a crash."""
        return {
            "kind": str(self.kind.currentData()),
            "channel": str(self.channel.currentData()),
            "contact": self.contact.currentData() or 0,
            "received": self.moment.isoformat(),
            "delivered": self.delivered_on.day.isoformat(),
            **{name: check.isChecked() for name, check in self._checks().items()},
            **{name: field.text() for name, field in self._texts().items()},
            "text": self.text.toPlainText(),
        }

    def restore(self, typed: dict[str, Any]) -> datetime:
        """Put back what was kept; return when it was received."""
        received = datetime.fromisoformat(typed["received"])
        with self.filling():
            self.set_kind(Kind(typed["kind"]))
            self.channel.setCurrentIndex(max(0, self.channel.findData(Channel(typed["channel"]))))
            self.contact_wish = typed["contact"]
            for name, field in self._texts().items():
                field.setText(typed.get(name, ""))
            for name, check in self._checks().items():
                check.setChecked(typed.get(name, False))
            if "delivered" in typed:
                self.delivered_on.set_day(date.fromisoformat(typed["delivered"]))
            self.text.setPlainText(typed["text"])
            self.received.set_moment(received)
            if not self.other_time.isChecked():
                self.opened_at = received
        return received

    def _checks(self) -> dict[str, QCheckBox]:
        return {
            "is_other_time": self.other_time,
            "is_delivered": self.is_delivered,
            "foreign": self.foreign,
            "override": self.override,
        }

    def _texts(self) -> dict[str, QLineEdit]:
        return {
            "subject": self.subject,
            "reason": self.reason,
            "caller": self.caller,
            "place": self.place,
            "invoice": self.invoice,
            "period": self.period,
            "amount": self.amount,
        }
