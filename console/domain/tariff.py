"""Tariffs: rows of a client's price list, with their validity."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from console.domain.record import ClientRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff(ClientRecord):
    """A price-list row. Prices are CZK without VAT.

    Args:
        monthly_fee: contract price a month.
        list_fee: list price a month, or None where the client's list has no such column.
        included_minutes: free minutes, UNLIMITED (-1), or None where unsaid; SMS likewise.
        included_mb: free megabytes, -1 for unlimited, or None.
        vat_rate: per cent.
        billing_step: seconds as the price list writes them, for example ``60+1``.
        successor: code of the tariff that replaces it, or empty.
    """

    code: str
    name: str
    monthly_fee: Decimal = Decimal(0)
    list_fee: Decimal | None = None
    included_minutes: int | None = None
    minute_price: Decimal | None = None
    included_sms: int | None = None
    sms_price: Decimal | None = None
    included_mb: int | None = None
    mb_price: Decimal | None = None
    billing_step: str = ""
    vat_rate: Decimal = Decimal(21)
    valid_from: date | None = None
    valid_until: date | None = None
    successor: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffSummary:
    """A tariff as lists show it, with the count of numbers on it."""

    id: int
    client_id: int
    client: str
    code: str
    name: str
    monthly_fee: Decimal
    list_fee: Decimal | None
    included_minutes: int | None
    minute_price: Decimal | None
    included_sms: int | None
    sms_price: Decimal | None
    included_mb: int | None
    mb_price: Decimal | None
    billing_step: str
    vat_rate: Decimal
    valid_from: date | None
    valid_until: date | None
    successor: str
    note: str
    lines: int
