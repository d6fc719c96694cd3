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
        price: CZK without VAT, or None.
    """

    model: str
    kind: str = ""
    imei: str = ""
    line_id: int | None = None
    order_id: int | None = None
    holder: str = ""
    price: Decimal | None = None
    warranty_until: date | None = None
    note: str = ""
