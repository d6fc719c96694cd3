"""Devices: phones, modems and accessories in the client's hands."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from console.domain.record import ClientRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Device(ClientRecord):
    """A phone, modem or accessory.

    Args:
        imei: fifteen digits, or empty for accessories.
        kind: phone, modem, accessory…, in the client's own words.
        handed_over_on: the day on which the holder took it, or None.
        price: CZK without VAT, or None.
    """

    model: str
    kind: str = ""
    imei: str = ""
    line_id: int | None = None
    order_id: int | None = None
    holder: str = ""
    price: Decimal | None = None
    bought_on: date | None = None
    warranty_until: date | None = None
    handed_over_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceSummary:
    """A device as lists show it: with its number and its order."""

    id: int
    client_id: int
    client: str
    model: str
    kind: str
    imei: str
    msisdn: str
    order: str
    holder: str
    price: Decimal | None
    bought_on: date | None
    warranty_until: date | None
    handed_over_on: date | None
    note: str
