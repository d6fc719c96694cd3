"""Usage: what was billed for a number in a month."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from console.domain.record import ClientRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage(ClientRecord):
    """One item of a bill.

    Args:
        line_id: the number in the register, or None where the register does not have it.
        msisdn: the billed number in E.164.
        month: first day of the billed month.
        item: what was billed, as the bill names it.
        charged: CZK without VAT.
        source: name of the file that it came from.
    """

    line_id: int | None = None
    msisdn: str
    month: date
    item: str
    charged: Decimal
    source: str = ""
