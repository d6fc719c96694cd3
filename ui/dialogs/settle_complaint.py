"""Deciding a complaint: the outcome, why, what is given back, how the reply is proven."""

from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QWidget

from console.domain.complaint import ComplaintOutcome
from console.services import complaints
from console.services.complaints import Settlement
from console.services.requests import Dossier
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.kept_fields import KeptField
from ui.widgets.dates import DayField
from ui.widgets.money_field import MoneyField
from ui.widgets.parts import heading

_OUTCOMES = (ComplaintOutcome.ACCEPTED, ComplaintOutcome.PARTLY, ComplaintOutcome.REJECTED)


class SettleComplaintDialog(FormDialog):
    """Decides a complaint and resolves its request; may be corrected later."""

    def __init__(self, desk: Desk, found: Dossier, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Decide the complaint"), _("Decide"), parent)
        self._request = found.request
        known = found.complaint
        self.form.addRow(heading(f"{found.request.number} · {found.request.subject}"))
        self.outcome = QComboBox()
        self.outcome.setAccessibleName(_("Decision"))
        for outcome in _OUTCOMES:
            self.outcome.addItem(outcome.label, outcome)
        self.form.addRow(_("Decision"), self.outcome)
        self.reasons = QPlainTextEdit(known.reasons if known else "")
        self.reasons.setAccessibleName(_("Reasons"))
        self.reasons.setTabChangesFocus(True)
        self.reasons.setMaximumHeight(110)
        self.form.addRow(_("Reasons"), self.reasons)
        self.remedy = self.add_text(_("Remedy"), known.remedy if known else "")
        self.refund = MoneyField(_("Refund"), known.refund if known else None)
        self.form.addRow(_("Refund"), self.refund)
        delivered = known.reply_delivered_on if known else None
        self.is_delivered = QCheckBox(_("Reply delivered on"))
        self.is_delivered.setChecked(delivered is not None)
        self.delivered_on = DayField(_("Reply delivered on"), delivered)
        self.delivered_on.setEnabled(delivered is not None)
        self.is_delivered.toggled.connect(self.delivered_on.setEnabled)
        self.form.addRow(self.is_delivered, self.delivered_on)
        self.proof = self.add_text(_("Proof of the reply"), known.reply_proof if known else "")
        self.proof.setPlaceholderText(_("receipt, number of the data message…"))
        self.outcome.currentIndexChanged.connect(lambda: self._on_outcome())
        if known and known.outcome is not ComplaintOutcome.OPEN:
            self.outcome.setCurrentIndex(self.outcome.findData(known.outcome))
        self.resize(560, 460)
        self.keep_typed(f"settle-{found.request.id}", found.request.client_id, self._fields())

    def _fields(self) -> dict[str, QWidget | KeptField]:
        return {
            "outcome": self.outcome,
            "reasons": self.reasons,
            "remedy": self.remedy,
            "refund": self.refund,
            "is_delivered": self.is_delivered,
            "delivered_on": self.delivered_on,
            "proof": self.proof,
        }

    def _on_outcome(self) -> None:
        rejected = self.outcome.currentData() == ComplaintOutcome.REJECTED
        self.form.setRowVisible(self.refund, not rejected)

    def submit(self) -> None:
        """Store the decision; the request is resolved with it."""
        refund = self.refund.read()
        if refund.is_wrong:
            self.banner.show_text(refund.message, "danger")
            return
        outcome = ComplaintOutcome(self.outcome.currentData())
        settlement = Settlement(
            outcome=outcome,
            reasons=self.reasons.toPlainText(),
            remedy=self.remedy.text(),
            refund=None if outcome is ComplaintOutcome.REJECTED else refund.amount,
            reply_proof=self.proof.text(),
            reply_delivered_on=self.delivered_on.day if self.is_delivered.isChecked() else None,
        )
        request = self._request
        self.save(lambda w: complaints.settle(w, request, settlement))
