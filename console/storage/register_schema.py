"""The step of the schema that completes the registers; ``migrations`` runs it in its turn."""

from typing import Final

from console.domain.search import NOUNS
from console.storage import journal, search
from console.storage.connection import Database

_TEXT: Final = "TEXT NOT NULL DEFAULT ''"
_LIST: Final = "TEXT NOT NULL DEFAULT '[]'"
_DAY: Final = "TEXT"
_MONEY: Final = "TEXT"
_COLUMNS: Final = {
    "clients": {
        "delivery_address": _TEXT,
        "billing_accounts": _LIST,
        "cost_centres": _LIST,
        "office_hours": _TEXT,
        "invoice_cycle": _TEXT,
        "retention_class": _TEXT,
    },
    "contacts": {
        "other_phones": _LIST,
        "channel": "TEXT",
        "role": _TEXT,
        "revoked_on": _DAY,
        "revocation_reason": _TEXT,
        "verification": _TEXT,
        "privacy_notice_on": _DAY,
    },
    "authorities": {"mandate_until": _DAY, "revoked_on": _DAY},
    "lines": {
        "kind": _TEXT,
        "commitment_penalty": _MONEY,
        "barrings": _LIST,
        "forwarding": _TEXT,
        "disconnected_on": _DAY,
        "number_lost_on": _DAY,
        "portability": _TEXT,
    },
    "line_changes": {"applied": "INTEGER NOT NULL DEFAULT 1"},
    "sims": {"pin": _TEXT, "predecessor_id": "INTEGER REFERENCES sims", "note": _TEXT},
    "tariffs": {"billing_step": _TEXT, "successor": _TEXT},
    "devices": {"bought_on": _DAY, "handed_over_on": _DAY},
    "orders": {"portal_reference": _TEXT, "sent_at": "TEXT"},
    "order_lines": {"kind": _TEXT, "delivered": "INTEGER NOT NULL DEFAULT 0"},
    "accesses": {"reason": _TEXT},
}
_INDEXES: Final = (
    "line_changes_due ON line_changes(effective_on) WHERE applied = 0",
    "devices_by_model ON devices(czech_key(model), id)",
    "devices_by_holder ON devices(czech_key(holder), id)",
    "devices_by_warranty ON devices(coalesce(warranty_until, ''), id)",
    "devices_by_line ON devices(line_id)",
    "devices_by_imei ON devices(imei)",
    "sims_by_client ON sims(client_id, iccid, id)",
    "usage_by_month ON usage(client_id, month, msisdn)",
    "usage_by_line ON usage(line_id)",
)


def m0006_registers(db: Database) -> None:
    """Keep all that an expert expects to know of the registers; keep what was billed."""
    for table, columns in _COLUMNS.items():
        journal.drop_triggers(db, table)
        for name, kind in columns.items():
            db.conn.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")
        journal.create_triggers(db, table)
    db.conn.execute(
        "CREATE TABLE usage(id INTEGER PRIMARY KEY, version INTEGER NOT NULL DEFAULT 1,"
        " deleted_at TEXT, client_id INTEGER NOT NULL REFERENCES clients,"
        " line_id INTEGER REFERENCES lines,"
        " msisdn TEXT NOT NULL, month TEXT NOT NULL, item TEXT NOT NULL, charged TEXT NOT NULL,"
        f" source {_TEXT}) STRICT"
    )
    journal.create_triggers(db, "usage")
    for index in _INDEXES:
        db.conn.execute(f"CREATE INDEX {index}")
    for noun in NOUNS:
        search.renew_triggers(db, noun)
