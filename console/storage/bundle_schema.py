"""The schema's step for what comes back from deputies."""

from console.storage import journal
from console.storage.connection import Database


def m0010_conflicts(db: Database) -> None:
    """Keep what was changed on both sides until a person decides."""
    run = db.conn.execute
    run(
        "CREATE TABLE conflicts(id INTEGER PRIMARY KEY, version INTEGER NOT NULL DEFAULT 1,"
        " deleted_at TEXT, client_id INTEGER NOT NULL REFERENCES clients, noun TEXT NOT NULL,"
        " record_id INTEGER NOT NULL, field TEXT NOT NULL DEFAULT '', base TEXT NOT NULL,"
        " mine TEXT NOT NULL, theirs TEXT NOT NULL, by TEXT NOT NULL DEFAULT '',"
        " found_at TEXT NOT NULL, decision TEXT NOT NULL DEFAULT '') STRICT"
    )
    run("CREATE INDEX conflicts_open ON conflicts(decision, id)")
    run("CREATE INDEX conflicts_by_client ON conflicts(client_id)")
    journal.create_triggers(db, "conflicts")
