"""The lists of orders, of the price list and of what was used."""

from typing import Final

from console.domain.order import OPEN_ORDERS
from console.storage.listed import CLIENT, Listed

_OPEN: Final = ", ".join(f"'{state}'" for state in OPEN_ORDERS)
_LINES: Final = "FROM order_lines l WHERE l.order_id = t.id AND l.deleted_at IS NULL"
ORDERS: Final = Listed(
    "order.OrderSummary",
    f"{CLIENT} LEFT JOIN contacts o ON o.id = t.contact_id"
    " LEFT JOIN requests r ON r.id = t.request_id",
    {
        "client": "c.name",
        "contact": "coalesce(o.name, '')",
        "items": f"(SELECT count(*) {_LINES})",
        "pieces": f"(SELECT coalesce(sum(l.quantity), 0) {_LINES})",
        "delivered": f"(SELECT coalesce(sum(l.delivered), 0) {_LINES})",
        "request": "coalesce(r.number, '')",
        "net": f"(SELECT printf('%.2f', coalesce(sum(l.quantity * l.unit_price), 0)) {_LINES})",
    },
    {
        "ordered_on": "t.ordered_on",
        "number": "t.number",
        "state": "t.state",
        "client": "czech_key(c.name)",
    },
    {
        "open": f"(t.state IN ({_OPEN})) = ?",
        "state": "t.state = ?",
        "request": "t.request_id = ?",
    },
)
CATALOGUE: Final = Listed(
    "catalogue_item.CatalogueSummary",
    "",
    {
        "orders": "(SELECT count(DISTINCT l.order_id) FROM order_lines l WHERE l.code = t.code"
        " AND l.code != '' AND l.deleted_at IS NULL)"
    },
    {
        "name": "czech_key(t.name)",
        "code": "t.code",
        "kind": "t.kind",
        "price": "CAST(t.price AS REAL)",
        "valid_until": "coalesce(t.valid_until, '')",
    },
    {
        "kind": "t.kind = ?",
        "sold_on": "? BETWEEN coalesce(t.valid_from, '') AND coalesce(t.valid_until, '9')",
    },
    client="",
    words="t.code || ' ' || t.name || ' ' || t.note",
)
USAGE: Final = Listed(
    "usage.UsageSummary",
    f"{CLIENT} LEFT JOIN lines l ON l.client_id = t.client_id AND l.msisdn = t.msisdn"
    " AND l.deleted_at IS NULL",
    {
        "client": "c.name",
        "line_id": "l.id",
        "holder": "coalesce(l.holder, '')",
        "cost_centre": "coalesce(l.cost_centre, '')",
        "tariff": "coalesce(l.tariff, '')",
    },
    {
        "month": "t.month",
        "msisdn": "t.msisdn",
        "charged": "CAST(t.charged AS REAL)",
    },
    {"month": "t.month = ?"},
    words="t.msisdn || ' ' || t.invoice || ' ' || coalesce(l.holder, '') || ' ' ||"
    " coalesce(l.cost_centre, '') || ' ' || coalesce(l.tariff, '')",
)
