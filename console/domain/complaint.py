"""Complaints: the bill that is complained of, how it was settled, what is given back, until when.

A complaint belongs to one request; this is what only a complaint has.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from console.domain.legal_time import objection_due, refund_due
from console.domain.record import ClientRecord
from console.texts import N_, _


class ComplaintSubject(StrEnum):
    """What is complained of."""

    QUALITY = "quality"
    BILLING = "billing"

    @property
    def label(self) -> str:
        """The subject in the language in use."""
        return _(_SUBJECT_LABELS[self])


class ComplaintOutcome(StrEnum):
    """How a complaint was decided."""

    OPEN = ""
    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        """The outcome in the language in use."""
        return _(_OUTCOME_LABELS[self])


_SUBJECT_LABELS: Final = {
    ComplaintSubject.QUALITY: N_("quality of the service"),
    ComplaintSubject.BILLING: N_("bill"),
}
_OUTCOME_LABELS: Final = {
    ComplaintOutcome.OPEN: N_("not decided yet"),
    ComplaintOutcome.ACCEPTED: N_("accepted"),
    ComplaintOutcome.PARTLY: N_("accepted in part"),
    ComplaintOutcome.REJECTED: N_("rejected"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint(ClientRecord):
    """What belongs to a request of kind complaint.

    Args:
        invoice: number of the bill, or empty.
        period: what the bill is for, as it says.
        amount: what is disputed, CZK with VAT, or None.
        reasons: why it was decided so.
        remedy: what is done about it.
        decided_on: the day of the decision, or None.
        reply_proof: how it is proven that the reply was delivered, for example a receipt.
        reply_delivered_on: the day on which the client had the reply, or None.
        refund: what is given back, CZK with VAT, or None.
        refund_paid_on: the day on which it was given back, or None.
    """

    request_id: int
    subject: ComplaintSubject = ComplaintSubject.QUALITY
    invoice: str = ""
    period: str = ""
    amount: Decimal | None = None
    outcome: ComplaintOutcome = ComplaintOutcome.OPEN
    reasons: str = ""
    remedy: str = ""
    decided_on: date | None = None
    reply_proof: str = ""
    reply_delivered_on: date | None = None
    refund: Decimal | None = None
    refund_paid_on: date | None = None

    @property
    def is_of_bill(self) -> bool:
        """Whether a bill is complained of."""
        return self.subject is ComplaintSubject.BILLING

    def refund_until(self, holidays: Collection[date]) -> date | None:
        """Return the last day for giving the money back, or None where none is owed.

        Args:
            holidays: days on which nothing ends.

        Source:
            Act 127/2005, s. 64(10).
        """
        if not self.refund or self.decided_on is None:
            return None
        return refund_due(self.decided_on, holidays)

    def objection_until(self, settle_by: date | None, holidays: Collection[date]) -> date | None:
        """Return the last day on which the client may turn to the regulator, or None.

        Args:
            settle_by: last day for settling the complaint; where nothing was decided by then,
                the month runs from it.
            holidays: days on which nothing ends.

        Source:
            Act 127/2005, s. 129(3).
        """
        if self.outcome is ComplaintOutcome.ACCEPTED:
            return None
        start = self.reply_delivered_on or self.decided_on or settle_by
        return objection_due(start, holidays) if start else None
