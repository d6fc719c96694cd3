"""The log of openings, read with what was opened and for which request."""

from typing import Final

from console.domain.access import AccessSummary
from console.storage import rows
from console.storage.connection import Database

_TITLE: Final = """CASE t.noun
    WHEN 'clients' THEN (SELECT name FROM clients WHERE id = t.record_id)
    WHEN 'contacts' THEN (SELECT name FROM contacts WHERE id = t.record_id)
    WHEN 'lines' THEN (SELECT msisdn FROM lines WHERE id = t.record_id)
    WHEN 'requests' THEN (SELECT number FROM requests WHERE id = t.record_id)
    WHEN 'sims' THEN (SELECT iccid FROM sims WHERE id = t.record_id)
    END"""


def summaries(db: Database, client_id: int, record_id: int, limit: int) -> list[AccessSummary]:
    """Return a client's openings, the newest first; of one record where its id is not 0."""
    found = db.conn.execute(
        "SELECT t.id, t.client_id, t.at, t.actor, t.noun, t.record_id,"
        f" coalesce({_TITLE}, ''), t.request_id, coalesce(r.number, ''), t.reason"
        " FROM accesses t LEFT JOIN requests r ON r.id = t.request_id"
        " WHERE t.client_id = ?1 AND (?2 = 0 OR t.record_id = ?2)"
        " ORDER BY t.at DESC, t.id DESC LIMIT ?3",
        (client_id, record_id, limit),
    )
    return rows.decode_all(AccessSummary, found)
