"""Filling in what a request still needs: place and beginning of a fault, the bill complained of."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QWidget

from console.domain.complaint import Complaint, ComplaintSubject
from console.domain.request import Kind
from console.services import complaints
from console.services.requests import Dossier
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.kept_fields import KeptField
from ui.widgets.dates import DayField, MomentField
from ui.widgets.money_field import MoneyField


class RequestFactsDialog(FormDialog):
    """Shows what fits the kind of the request."""

    def __init__(self, desk: Desk, found: Dossier, parent: QWidget | None = None) -> None:
        title = _("Fill in {number}").format(number=found.request.number)
        super().__init__(desk, title, _("Save"), parent)
        self._request = found.request
        self.subject = self.add_text(_("Subject"), found.request.subject)
        self.text = QPlainTextEdit(found.request.text)
        self.text.setAccessibleName(_("Text"))
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(90)
        self.form.addRow(_("Text"), self.text)
        if found.request.kind is Kind.FAULT:
            self._add_fault()
        if found.request.kind is Kind.COMPLAINT:
            self._add_complaint(found.complaint)
        self.resize(540, 380)
        self.keep_typed(f"facts-{found.request.id}", found.request.client_id, self._fields())

    def _fields(self) -> dict[str, QWidget | KeptField]:
        fields: dict[str, QWidget | KeptField] = {"subject": self.subject, "text": self.text}
        if self._request.kind is Kind.FAULT:
            fields |= {"place": self.place, "began_at": self.began_at}
        if self._request.kind is Kind.COMPLAINT:
            fields |= {
                "about": self.about,
                "invoice": self.invoice,
                "period": self.period,
                "amount": self.amount,
                "is_refunded": self.is_refunded,
                "refunded_on": self.refunded_on,
            }
        return fields

    def _add_fault(self) -> None:
        request = self._request
        self.place = self.add_text(_("Place"), request.place)
        self.began_at = MomentField(_("Began"), request.began_at or request.received_at)
        self.form.addRow(_("Began"), self.began_at)

    def _add_complaint(self, known: Complaint | None) -> None:
        shown = known or Complaint(client_id=0, request_id=0)
        self.about = QComboBox()
        self.about.setAccessibleName(_("About"))
        for subject in ComplaintSubject:
            self.about.addItem(subject.label, subject)
        self.about.setCurrentIndex(self.about.findData(shown.subject))
        self.form.addRow(_("About"), self.about)
        self.invoice = self.add_text(_("Invoice"), shown.invoice, 60)
        self.period = self.add_text(_("Billing period"), shown.period, 60)
        request = self._request
        self.was_delivered = QCheckBox(_("Bill delivered on"))
        self.was_delivered.setChecked(request.delivered_on is not None)
        self.delivered_on = DayField(_("Bill delivered on"), request.delivered_on)
        self.delivered_on.setEnabled(request.delivered_on is not None)
        self.was_delivered.toggled.connect(self.delivered_on.setEnabled)
        self.form.addRow(self.was_delivered, self.delivered_on)
        self.asks_abroad = QCheckBox(_("A foreign operator must be asked"))
        self.asks_abroad.setChecked(request.foreign_operator)
        self.form.addRow("", self.asks_abroad)
        self.amount = MoneyField(_("Disputed"), shown.amount)
        self.form.addRow(_("Disputed"), self.amount)
        self.is_refunded = QCheckBox(_("Refunded on"))
        self.is_refunded.setChecked(shown.refund_paid_on is not None)
        self.refunded_on = DayField(_("Refunded on"), shown.refund_paid_on)
        self.refunded_on.setEnabled(shown.refund_paid_on is not None)
        self.is_refunded.toggled.connect(self.refunded_on.setEnabled)
        self.form.addRow(self.is_refunded, self.refunded_on)
        self.form.setRowVisible(self.refunded_on, bool(shown.refund))

    def _facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = {
            "subject": self.subject.text().strip(),
            "text": self.text.toPlainText(),
        }
        if self._request.kind is Kind.FAULT:
            facts |= {"place": self.place.text().strip(), "began_at": self.began_at.moment}
        if self._request.kind is Kind.COMPLAINT:
            delivered = self.delivered_on.day if self.was_delivered.isChecked() else None
            facts |= {
                "delivered_on": delivered,
                "foreign_operator": self.asks_abroad.isChecked(),
            }
        return facts

    def _bill(self) -> dict[str, Any]:
        if self._request.kind is not Kind.COMPLAINT:
            return {}
        return {
            "subject": ComplaintSubject(self.about.currentData()),
            "invoice": self.invoice.text().strip(),
            "period": self.period.text().strip(),
            "amount": self.amount.read().amount,
            "refund_paid_on": self.refunded_on.day if self.is_refunded.isChecked() else None,
        }

    def submit(self) -> None:
        """Store all of it as one action."""
        request, facts = self._request, self._facts()
        if request.kind is Kind.COMPLAINT and self.amount.read().is_wrong:
            self.banner.show_text(self.amount.read().message, "danger")
            return
        bill = self._bill()
        self.save(lambda w: complaints.fill_in(w, request, facts, bill))
