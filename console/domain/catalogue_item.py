"""The operator's price list of devices, accessories and SIM cards, with its validity."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from console.domain.record import Record
from console.texts import N_, _

USUAL_WARRANTY: Final = 24
"""Months.

Source:
    Act 89/2012, s. 2165: a defect may be claimed within two years of the take-over.
"""


class ItemKind(StrEnum):
    """What an ordered item becomes in the register."""

    DEVICE = "device"
    ACCESSORY = "accessory"
    SIM = "sim"
    SERVICE = "service"

    @property
    def label(self) -> str:
        """The kind in the language in use."""
        return _(_KIND_LABELS[self])

    @classmethod
    def _missing_(cls, value: object) -> "ItemKind | None":
        """Read lines of older orders, which did not say what they are."""
        return cls.SERVICE if value == "" else None


_KIND_LABELS: Final = {
    ItemKind.DEVICE: N_("device"),
    ItemKind.ACCESSORY: N_("accessory"),
    ItemKind.SIM: N_("SIM card"),
    ItemKind.SERVICE: N_("service"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueItem(Record):
    """A row of the operator's price list; it is the same for all clients.

    Args:
        code: the operator's, or empty.
        price: CZK a piece without VAT.
        vat_rate: per cent.
        warranty_months: counted from the day on which it is delivered; 0 for none.
        valid_until: last day on which it is sold, or None.
    """

    code: str = ""
    name: str
    kind: ItemKind = ItemKind.DEVICE
    price: Decimal = Decimal(0)
    vat_rate: Decimal = Decimal(21)
    warranty_months: int = USUAL_WARRANTY
    valid_from: date | None = None
    valid_until: date | None = None
    note: str = ""

    def is_sold_on(self, day: date) -> bool:
        """Whether it can be ordered on a day."""
        return (not self.valid_from or self.valid_from <= day) and (
            not self.valid_until or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueSummary:
    """An item as lists show it, with the count of orders that have it."""

    id: int
    code: str
    name: str
    kind: ItemKind
    price: Decimal
    vat_rate: Decimal
    warranty_months: int
    valid_from: date | None
    valid_until: date | None
    note: str
    orders: int
