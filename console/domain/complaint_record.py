"""The record of a complaint and the reply to it: the finished data."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from console.domain.letterhead import Letterhead
from console.domain.signature import Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintDetails:
    """What a complaint of a bill is about.

    Args:
        invoice: number of the bill, or empty.
        period: what the bill is for, or empty.
        amount: what is disputed, CZK with VAT, or None.
    """

    invoice: str = ""
    period: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How a complaint was settled.

    Args:
        accepted: whether the complaint was right.
        is_partial: whether it was right in part only.
        reasons: why.
        remedy: what is done about it, or empty.
        returned: what is given back, CZK with VAT, or None.
    """

    accepted: bool
    reasons: str
    decided_on: date
    remedy: str = ""
    returned: Decimal | None = None
    is_partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRecord(Letterhead):
    """All that the record says, and the reply where it was settled.

    Args:
        request: number of the request.
        due: until when it is to be settled, or None.
        explanation: how that came about.
        delivered_on: when the bill was delivered, or None.
    """

    request: str
    complainant: str
    channel: str
    received: datetime
    subject: str
    text: str
    numbers: tuple[str, ...]
    due: datetime | None
    explanation: tuple[str, ...]
    delivered_on: date | None
    details: ComplaintDetails
    decision: Decision | None
    signatures: tuple[Signature, ...] = ()
