"""The columns of lists about orders: orders, the price list, and what was billed."""

from typing import Any, Final

from console.domain import formats, phone
from console.domain.order import OrderState
from console.texts import N_, _
from ui.models.record_table import Column
from ui.widgets.dates import today

_ORDER_TONES: Final = {
    OrderState.DRAFT: "neutral",
    OrderState.SENT: "info",
    OrderState.CONFIRMED: "info",
    OrderState.PART_DELIVERED: "warning",
    OrderState.DELIVERED: "warning",
    OrderState.HANDED_OVER: "good",
    OrderState.CANCELLED: "neutral",
}


def order_tone(order: Any) -> str:
    """Return the tone of an order's state."""
    return _ORDER_TONES[order.state]


def _arrived(order: Any) -> str:
    return _("{done} of {all}").format(done=order.delivered, all=order.pieces)


def _sold(item: Any) -> str:
    return _("on sale") if _is_sold(item) else _("not on sale")


def _is_sold(item: Any) -> bool:
    day = today()
    return (not item.valid_from or item.valid_from <= day) and (
        not item.valid_until or day <= item.valid_until
    )


def _amount(value: Any) -> str:
    return "" if value is None else formats.whole(round(value))


ORDERS: Final = (
    Column("number", N_("Number"), lambda c: c.number, 124, "number"),
    Column("client", N_("Client"), lambda c: c.client, 140, "client", elastic=True),
    Column("state", N_("State"), lambda c: c.state.label, 150, "state", tone=order_tone),
    Column(
        "day",
        N_("Ordered on"),
        lambda c: formats.day(c.ordered_on),
        110,
        "ordered_on",
        field="ordered_on",
    ),
    Column("contact", N_("Ordered by"), lambda c: c.contact, 150, elastic=True, shown=False),
    Column("delivered", N_("Delivered"), _arrived, 100, right=True, shown=False),
    Column("net", N_("Without VAT"), lambda c: formats.money(c.net), 120, right=True),
    Column(
        "reference",
        N_("Portal reference"),
        lambda c: c.portal_reference,
        140,
        shown=False,
        elastic=True,
        field="portal_reference",
    ),
    Column("request", N_("Request"), lambda c: c.request, 130, shown=False),
    Column("items", N_("Lines"), lambda c: formats.whole(c.items), 80, right=True, shown=False),
)

CATALOGUE: Final = (
    Column("name", N_("Name"), lambda c: c.name, 240, "name", elastic=True),
    Column("code", N_("Code"), lambda c: c.code, 110, "code"),
    Column("kind", N_("Kind"), lambda c: c.kind.label, 120, "kind"),
    Column("price", N_("Price"), lambda c: formats.money(c.price), 110, "price", right=True),
    Column("vat_rate", N_("VAT"), lambda c: formats.percent(c.vat_rate), 80, right=True),
    Column(
        "warranty_months",
        N_("Warranty (months)"),
        lambda c: str(c.warranty_months),
        130,
        right=True,
    ),
    Column(
        "from",
        N_("Valid from"),
        lambda c: formats.day(c.valid_from),
        110,
        field="valid_from",
        shown=False,
    ),
    Column(
        "until",
        N_("Valid until"),
        lambda c: formats.day(c.valid_until),
        110,
        "valid_until",
        field="valid_until",
    ),
    Column(
        "sold",
        N_("Sale"),
        _sold,
        120,
        tone=lambda c: "good" if _is_sold(c) else "neutral",
        field="valid_until",
    ),
    Column("orders", N_("Orders"), lambda c: formats.whole(c.orders), 90, right=True),
    Column("note", N_("Note"), lambda c: c.note, 160, shown=False, elastic=True),
)

USAGE: Final = (
    Column("month", N_("Month"), lambda c: formats.month(c.month), 120, "month"),
    Column("msisdn", N_("Number"), lambda c: phone.pretty(c.msisdn), 120, "msisdn"),
    Column("holder", N_("Holder"), lambda c: c.holder, 150, elastic=True),
    Column("client", N_("Client"), lambda c: c.client, 150, elastic=True, shown=False),
    Column("cost_centre", N_("Cost centre"), lambda c: c.cost_centre, 140, elastic=True),
    Column("tariff", N_("Tariff"), lambda c: c.tariff, 120, elastic=True),
    Column(
        "minutes",
        N_("Calls (min)"),
        lambda c: _amount(c.call_minutes),
        100,
        right=True,
        field="call_minutes",
    ),
    Column("sms", N_("SMS"), lambda c: _amount(c.sms), 70, right=True),
    Column(
        "data", N_("Data used (MB)"), lambda c: _amount(c.used_mb), 90, right=True, field="used_mb"
    ),
    Column(
        "roaming",
        N_("Roaming (CZK)"),
        lambda c: formats.money(c.roaming_charge),
        110,
        right=True,
        shown=False,
        field="roaming_charge",
    ),
    Column(
        "other",
        N_("Other (CZK)"),
        lambda c: formats.money(c.other_charge),
        110,
        right=True,
        shown=False,
        field="other_charge",
    ),
    Column(
        "charged", N_("Charged"), lambda c: formats.money(c.charged), 110, "charged", right=True
    ),
    Column("invoice", N_("Invoice"), lambda c: c.invoice, 110, shown=False),
    Column(
        "source",
        N_("Source"),
        lambda c: c.source,
        160,
        shown=False,
        field="other_charge",
        elastic=True,
    ),
)
