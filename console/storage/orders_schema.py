"""The step of the schema for orders and usage; ``migrations`` runs it in its turn."""

from typing import Final

from console.storage import journal
from console.storage.connection import Database

_TEXT: Final = "TEXT NOT NULL DEFAULT ''"
_COLUMNS: Final = {
    "orders": {
        "taken_by": _TEXT,
        "handed_over_on": "TEXT",
        "cancelled_because": _TEXT,
    },
    "order_lines": {"code": _TEXT, "warranty_months": "INTEGER NOT NULL DEFAULT 0"},
    "sims": {"order_id": "INTEGER REFERENCES orders"},
    "usage": {
        "call_minutes": "TEXT",
        "sms": "INTEGER",
        "used_mb": "TEXT",
        "roaming_charge": "TEXT",
        "other_charge": "TEXT",
        "invoice": _TEXT,
    },
}
_CATALOGUE: Final = f"""id INTEGER PRIMARY KEY, version INTEGER NOT NULL DEFAULT 1,
    deleted_at TEXT, code {_TEXT}, name TEXT NOT NULL, kind {_TEXT}, price TEXT NOT NULL,
    vat_rate TEXT NOT NULL, warranty_months INTEGER NOT NULL, valid_from TEXT,
    valid_until TEXT, note {_TEXT}"""
_INDEXES: Final = (
    "catalogue_items_by_name ON catalogue_items(czech_key(name), id)",
    "orders_by_request ON orders(request_id) WHERE request_id IS NOT NULL",
    "devices_by_order ON devices(order_id) WHERE order_id IS NOT NULL",
    "sims_by_order ON sims(order_id) WHERE order_id IS NOT NULL",
    "usage_in_time ON usage(month, id)",
    "usage_by_number ON usage(msisdn, id)",
    "usage_by_charge ON usage(CAST(charged AS REAL), id)",
)


def m0008_orders(db: Database) -> None:
    """Keep the price list, how far orders are, and what was used.

    Issuing the form was a state of an order, which says nothing about where the order is; such
    an order is a draft that has a form.
    """
    run = db.conn.execute
    for table, columns in _COLUMNS.items():
        journal.drop_triggers(db, table)
        for name, kind in columns.items():
            run(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
    run("UPDATE orders SET state = 'draft' WHERE state = 'issued'")
    for table in _COLUMNS:
        journal.create_triggers(db, table)
    run(f"CREATE TABLE catalogue_items({_CATALOGUE}) STRICT")
    journal.create_triggers(db, "catalogue_items")
    for index in _INDEXES:
        run(f"CREATE INDEX {index}")
