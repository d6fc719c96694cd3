"""Issuing the record of a complaint, or the reply to it."""

from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from console.domain import formats
from console.domain.complaint import Complaint, ComplaintOutcome
from console.domain.complaint_record import ComplaintDetails, Decision
from console.domain.document import DocumentKind
from console.domain.journal import Changes
from console.services import complaints, papers, requests
from console.texts import _
from console.workspace import Workspace
from ui.dialogs.form import money
from ui.dialogs.papers import RequestPaperDialog
from ui.widgets.dates import DayField

_REASONS_HEIGHT = 110
_OUTCOMES = (ComplaintOutcome.ACCEPTED, ComplaintOutcome.PARTLY, ComplaintOutcome.REJECTED)


class ComplaintPaperDialog(RequestPaperDialog):
    """Asks for the bill, and in a reply for how the complaint was settled."""

    def make_fields(self) -> None:
        """Add the bill, and the decision."""
        super().make_fields()
        self.invoice = self.add_text(_("Number of the bill"), longest=60)
        self.amount = self.add_text(_("Disputed sum with VAT, Kč"), longest=20)
        if self.kind is DocumentKind.COMPLAINT_REPLY:
            self._make_decision()

        self.request.currentIndexChanged.connect(self._load_complaint)

    def _load_complaint(self) -> None:
        """Read what is known of the complaint that is chosen."""
        request_id = self.request.currentData()
        if request_id:
            self.desk.tasks.query(
                lambda w: complaints.complaint_of(w, request_id), self._show_complaint
            )

    def _show_complaint(self, found: Complaint | None) -> None:
        """Fill in what is known; what was typed meanwhile stays."""
        if found is None:
            return
        self._fill(self.invoice, found.invoice)
        self._fill(self.amount, formats.money(found.amount))
        if self.kind is DocumentKind.COMPLAINT_REPLY and found.outcome:
            self.outcome.setCurrentIndex(_OUTCOMES.index(found.outcome))
            if not self.reasons.toPlainText():
                self.reasons.setPlainText(found.reasons)
            self._fill(self.remedy, found.remedy)
            self._fill(self.returned, formats.money(found.refund))
            self.decided.set_day(found.decided_on or self.decided.day)

    @staticmethod
    def _fill(field: QLineEdit, text: str) -> None:
        if not field.text():
            field.setText(text)

    def _make_decision(self) -> None:
        self.outcome = self.add_choice(_("Outcome"))
        for outcome in _OUTCOMES:
            self.outcome.addItem(outcome.label, outcome)
        self.reasons = QPlainTextEdit()
        self.reasons.setAccessibleName(_("Reasons"))
        self.reasons.setTabChangesFocus(True)
        self.reasons.setFixedHeight(_REASONS_HEIGHT)
        self.form.addRow(_("Reasons"), self.reasons)
        self.remedy = self.add_text(_("What is done about it"))
        self.returned = self.add_text(_("Returned with VAT, Kč"), longest=20)
        self.decided = DayField(_("Decided on"))
        self.form.addRow(_("Decided on"), self.decided)

    def submit(self) -> None:
        """Issue it, where the sums are sums and a reply has reasons."""
        request_id = self.request.currentData()
        try:
            details = ComplaintDetails(
                invoice=self.invoice.text().strip(), amount=self._sum(self.amount)
            )
            decision = self._decision()
        except InvalidOperation:
            text = _("A sum is no number. Nothing was issued; correct it.")
            self.banner.show_text(text, "danger")
            return
        if decision and not decision.reasons:
            self.banner.show_text(_("Say the reasons. Nothing was issued yet."), "danger")
            self.reasons.setFocus()
            return

        def work(workspace: Workspace) -> Changes:
            found = requests.dossier(workspace, request_id).request
            return papers.issue_complaint_record(workspace, found, details, decision)

        if request_id:
            self.issue(work)

    def _decision(self) -> Decision | None:
        if self.kind is not DocumentKind.COMPLAINT_REPLY:
            return None
        return Decision(
            accepted=self.outcome.currentData() is not ComplaintOutcome.REJECTED,
            is_partial=self.outcome.currentData() is ComplaintOutcome.PARTLY,
            reasons=self.reasons.toPlainText().strip(),
            decided_on=self.decided.day,
            remedy=self.remedy.text().strip(),
            returned=self._sum(self.returned),
        )

    @staticmethod
    def _sum(field: QLineEdit) -> Decimal | None:
        return money(field.text()) if field.text().strip() else None
