"""SIM cards; a line has one after another."""

from dataclasses import dataclass
from datetime import date

from console.domain.record import ClientRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Sim(ClientRecord):
    """A SIM card.

    Args:
        iccid: the card's number as it was written, checked only as a warning.
        puk: secret, as is the PIN; never printed, logged or searched.
        predecessor_id: the card that this one replaced, or None.
        order_id: the order that it came with, or None.
        form: plastic size or ``eSIM``; empty where unsaid.
        valid_from: first day in its line, or None.
        valid_until: last day in its line, or None while in use.
    """

    line_id: int | None = None
    iccid: str
    puk: str = ""
    pin: str = ""
    form: str = ""
    predecessor_id: int | None = None
    order_id: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    note: str = ""

    def __repr__(self) -> str:
        return f"Sim(id={self.id})"


@dataclass(frozen=True, slots=True, kw_only=True)
class SimSummary:
    """A SIM card as lists show it, without its secrets.

    Args:
        has_secrets: whether a PUK or a PIN is kept for it.
        predecessor: number of the card that it replaced, or empty.
        order: number of the order that it came with, or empty.
    """

    id: int
    client_id: int
    client: str
    line_id: int | None
    msisdn: str
    iccid: str
    form: str
    predecessor: str
    order: str
    valid_from: date | None
    valid_until: date | None
    has_secrets: bool
    note: str
