"""Orders: numbered order forms with their lines."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from console.domain.catalogue_item import ItemKind
from console.domain.record import ClientRecord
from console.texts import N_, _

_HALER: Final = Decimal("0.01")


class OrderState(StrEnum):
    """How far an order is; ``order_workflow`` says what each state needs."""

    DRAFT = "draft"
    SENT = "sent"
    CONFIRMED = "confirmed"
    PART_DELIVERED = "part-delivered"
    DELIVERED = "delivered"
    HANDED_OVER = "handed-over"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The state in the language in use."""
        return _(_STATE_LABELS[self])

    @classmethod
    def _missing_(cls, value: object) -> "OrderState | None":
        """Read the journal of older workspaces, where issuing the form was a state."""
        return cls.DRAFT if value == "issued" else None


OPEN_ORDERS: Final = (
    OrderState.DRAFT,
    OrderState.SENT,
    OrderState.CONFIRMED,
    OrderState.PART_DELIVERED,
    OrderState.DELIVERED,
)
"""States in which something is still to be done."""
_STATE_LABELS: Final = {
    OrderState.DRAFT: N_("Draft"),
    OrderState.SENT: N_("Sent to the portal"),
    OrderState.CONFIRMED: N_("Confirmed"),
    OrderState.PART_DELIVERED: N_("Part delivered"),
    OrderState.DELIVERED: N_("Delivered"),
    OrderState.HANDED_OVER: N_("Handed over"),
    OrderState.CANCELLED: N_("Cancelled"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(ClientRecord):
    """A numbered order form.

    Args:
        number: what people read, with the manager's own prefix.
        contact_id: the person who orders, or None.
        portal_reference: what the operator's portal calls it, or empty.
        sent_at: when it went to the portal, aware UTC, or None.
        request_id: the request that asked for it, or None.
        taken_by: who took over what was delivered, or empty.
        handed_over_on: the day of it, or None.
        cancelled_because: why it was cancelled, or empty.
    """

    number: str
    state: OrderState = OrderState.DRAFT
    ordered_on: date
    contact_id: int | None = None
    request_id: int | None = None
    delivery_address: str = ""
    portal_reference: str = ""
    sent_at: datetime | None = None
    taken_by: str = ""
    handed_over_on: date | None = None
    cancelled_because: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine(ClientRecord):
    """A line of an order.

    Args:
        quantity: pieces.
        unit_price: CZK a piece without VAT.
        vat_rate: per cent.
        msisdn: the number it is for, in E.164, or empty.
        kind: what it becomes in the register.
        code: the item's in the price list, or empty.
        warranty_months: counted from the day of delivery.
        delivered: pieces that have arrived.
    """

    order_id: int
    position: int
    item: str
    quantity: int = 1
    unit_price: Decimal = Decimal(0)
    vat_rate: Decimal = Decimal(21)
    msisdn: str = ""
    kind: ItemKind = ItemKind.SERVICE
    code: str = ""
    warranty_months: int = 0
    delivered: int = 0
    note: str = ""

    @property
    def open_pieces(self) -> int:
        """Pieces that have not arrived."""
        return self.quantity - self.delivered

    @property
    def net(self) -> Decimal:
        """Price of the line without VAT, CZK."""
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class VatSum:
    """What is charged at one VAT rate: rate in per cent, the rest in CZK."""

    rate: Decimal
    net: Decimal
    vat: Decimal

    @property
    def gross(self) -> Decimal:
        """Price with VAT, CZK."""
        return self.net + self.vat


def vat_summary(lines: tuple[OrderLine, ...]) -> tuple[VatSum, ...]:
    """Sum the lines by VAT rate, the tax rounded once per rate.

    Args:
        lines: lines of one order.

    Returns:
        One sum for each rate that occurs, the lowest rate first; CZK.

    Source:
        Act 235/2004, s. 37: the tax is computed from the base and rounded mathematically.
    """
    nets: dict[Decimal, Decimal] = {}
    for line in lines:
        nets[line.vat_rate] = nets.get(line.vat_rate, Decimal(0)) + line.net
    return tuple(
        VatSum(rate=rate, net=nets[rate], vat=_round(nets[rate] * rate / 100))
        for rate in sorted(nets)
    )


def _round(amount: Decimal) -> Decimal:
    return amount.quantize(_HALER, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSummary:
    """An order as lists show it; net in CZK without VAT."""

    id: int
    client_id: int
    client: str
    number: str
    state: OrderState
    ordered_on: date
    contact: str
    items: int
    pieces: int
    delivered: int
    portal_reference: str
    request: str
    net: Decimal
