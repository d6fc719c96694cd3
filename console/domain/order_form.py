"""The order form: the finished data, nothing left to compute."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from console.domain.letterhead import OWN_LOOK, Brand
from console.domain.signature import Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFormLine:
    """A line of the form; prices in CZK without VAT, the rate in per cent."""

    position: int
    item: str
    number: str
    quantity: int
    unit_price: Decimal
    vat_rate: Decimal
    net: Decimal
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFormVat:
    """Sums at one VAT rate, CZK; the rate in per cent."""

    rate: Decimal
    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderForm:
    """All that the form says; sums in CZK."""

    number: str
    document: str
    revision: int
    language: str
    client: str
    ico: str
    dic: str
    seat: str
    ordered_on: date
    issued_at: datetime
    ordered_by: str
    authority: str
    delivery_address: str
    manager: str
    manager_email: str
    manager_phone: str
    operator: str
    note: str
    lines: tuple[OrderFormLine, ...]
    vat: tuple[OrderFormVat, ...]
    net: Decimal
    gross: Decimal
    brand: Brand = OWN_LOOK
    signatures: tuple[Signature, ...] = ()
