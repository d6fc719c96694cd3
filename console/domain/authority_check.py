"""A check of authority as it was made: the answer, and all that it was based on."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from console.domain.record import ClientRecord
from console.domain.request import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityCheck(ClientRecord):
    """One answer to "may they ask for this?". Append-only.

    Args:
        request_id: the request or None for an order.
        at: when it was asked, aware UTC.
        contact_id: who asks, or None for somebody who is no contact.
        person: who asks, as known then.
        numbers: E.164 numbers concerned.
        amount: of an order, CZK without VAT, or None.
        why: the answer in words.
        basis: the facts that decided it, one a line.
        override: why it was done in spite of the answer, or empty.
    """

    request_id: int | None = None
    order_id: int | None = None
    at: datetime
    contact_id: int | None = None
    person: str = ""
    kind: Kind
    numbers: tuple[str, ...] = ()
    amount: Decimal | None = None
    allowed: bool
    why: str
    basis: tuple[str, ...] = ()
    override: str = ""
