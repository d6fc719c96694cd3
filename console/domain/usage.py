"""Usage: what was used and billed for a number in a month, and what does not add up."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from console.domain.record import ClientRecord
from console.texts import N_, _


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage(ClientRecord):
    """A number's part of a month's bill; amounts are CZK without VAT.

    Args:
        line_id: the number in the register, or None where the register does not have it.
        msisdn: the billed number in E.164.
        month: first day of the billed month.
        item: what was billed, where a bill names it.
        call_minutes: of calls, or None where the bill does not say; SMS and data likewise.
        used_mb: megabytes.
        roaming_charge: charged for roaming, or None.
        other_charge: charged for anything else, or None.
        charged: all that was charged for the number.
        invoice: number of the bill, or empty.
        source: name of the file that it came from.
    """

    line_id: int | None = None
    msisdn: str
    month: date
    item: str = ""
    call_minutes: Decimal | None = None
    sms: int | None = None
    used_mb: Decimal | None = None
    roaming_charge: Decimal | None = None
    other_charge: Decimal | None = None
    charged: Decimal
    invoice: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageSummary:
    """A number's part of a month's bill as lists show it, with what the register knows.

    Args:
        line_id: the number as the register has it now, or None.
    """

    id: int
    client_id: int
    client: str
    line_id: int | None
    msisdn: str
    month: date
    holder: str
    cost_centre: str
    tariff: str
    call_minutes: Decimal | None
    sms: int | None
    used_mb: Decimal | None
    roaming_charge: Decimal | None
    other_charge: Decimal | None
    charged: Decimal
    invoice: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageSum:
    """What one cost centre was billed in a month, CZK without VAT; without one where empty."""

    month: date
    cost_centre: str
    numbers: int
    charged: Decimal


class Oddity(StrEnum):
    """What does not add up between a bill and the register."""

    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    NEVER_BILLED = "never-billed"

    @property
    def label(self) -> str:
        """The oddity in the language in use."""
        return _(_ODDITY_LABELS[self])


_ODDITY_LABELS: Final = {
    Oddity.UNKNOWN: N_("billed, but not in the register"),
    Oddity.CANCELLED: N_("billed, but cancelled before the month"),
    Oddity.NEVER_BILLED: N_("active the whole month, but not billed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageFinding:
    """A number whose bill and register do not agree.

    Args:
        charged: CZK without VAT, or None where nothing was billed.
        disputed: the same with VAT, or None.
        invoice: number of the bill, or empty.
    """

    client_id: int
    oddity: Oddity
    msisdn: str
    month: date
    holder: str = ""
    cost_centre: str = ""
    tariff: str = ""
    charged: Decimal | None = None
    disputed: Decimal | None = None
    invoice: str = ""
