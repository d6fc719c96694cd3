"""What ends in a span of days, out of the registers' indexes."""

from datetime import date
from typing import Any, Final

from console.storage.connection import Database

_CLIENT: Final = "JOIN clients c ON c.id = t.client_id WHERE t.deleted_at IS NULL"
_QUERIES: Final = {
    "commitment": (
        "SELECT t.commitment_until, t.msisdn, 'lines', t.id, c.id, c.name FROM lines t"
        f" {_CLIENT} AND t.state != 'cancelled'"
        " AND coalesce(t.commitment_until, '') BETWEEN :since AND :until"
        " ORDER BY coalesce(t.commitment_until, ''), t.id LIMIT :most"
    ),
    "number": (
        "SELECT t.number_lost_on, t.msisdn, 'lines', t.id, c.id, c.name FROM lines t"
        f" {_CLIENT} AND t.number_lost_on BETWEEN :since AND :until"
        " ORDER BY t.number_lost_on, t.id LIMIT :most"
    ),
    "authority": (
        "SELECT day, name, 'contacts', id, client_id, client FROM ("
        " SELECT t.valid_until AS day, t.name, t.id, t.client_id, c.name AS client"
        f" FROM contacts t {_CLIENT} AND t.revoked_on IS NULL AND (t.authorised OR t.may_order)"
        " UNION ALL SELECT t.valid_until, o.name, o.id, t.client_id, c.name"
        f" FROM authorities t JOIN contacts o ON o.id = t.contact_id {_CLIENT}"
        " AND t.revoked_on IS NULL AND o.deleted_at IS NULL)"
        " WHERE day BETWEEN :since AND :until ORDER BY day, id LIMIT :most"
    ),
    "mandate": (
        "SELECT t.mandate_until, o.name, 'contacts', o.id, c.id, c.name FROM authorities t"
        f" JOIN contacts o ON o.id = t.contact_id {_CLIENT} AND t.revoked_on IS NULL"
        " AND o.deleted_at IS NULL AND t.mandate_until BETWEEN :since AND :until"
        " ORDER BY t.mandate_until, t.id LIMIT :most"
    ),
    "warranty": (
        "SELECT t.warranty_until, t.model, 'devices', t.id, c.id, c.name FROM devices t"
        f" {_CLIENT} AND coalesce(t.warranty_until, '') BETWEEN :since AND :until"
        " ORDER BY coalesce(t.warranty_until, ''), t.id LIMIT :most"
    ),
    "agreement": (
        "SELECT t.valid_until, t.name, 'clients', c.id, c.id, c.name FROM agreements t"
        f" {_CLIENT} AND t.valid_until BETWEEN :since AND :until"
        " ORDER BY t.valid_until, t.id LIMIT :most"
    ),
}


def ending(db: Database, what: str, since: date, until: date, most: int) -> list[tuple[Any, ...]]:
    """Return what ends between two days, both included, the soonest first.

    Args:
        db: the open database.
        what: a word of ``Ending`` but ``notice``, which is counted from the agreement's end.
        since: the first day.
        until: the last day.
        most: rows at most.

    Returns:
        Rows of day, name, table, id, id of the client and its name.
    """
    values = {"since": since.isoformat(), "until": until.isoformat(), "most": most}
    found: list[tuple[Any, ...]] = db.conn.execute(_QUERIES[what], values).fetchall()
    return found
