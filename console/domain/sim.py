"""SIM cards; a line has one after another."""

from dataclasses import dataclass
from datetime import date

from console.domain.record import ClientRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Sim(ClientRecord):
    """A SIM card.

    Args:
        iccid: the card's number as it was written, checked only as a warning.
        puk: secret; never printed, logged or searched.
        form: plastic size or ``eSIM``; empty where unsaid.
        valid_from: first day in its line, or None.
        valid_until: last day in its line, or None while in use.
    """

    line_id: int | None = None
    iccid: str
    puk: str = ""
    form: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    def __repr__(self) -> str:
        return f"Sim(id={self.id})"
