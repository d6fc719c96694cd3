"""Whether the database's file is whole."""

from console.storage.connection import Database


def integrity(db: Database) -> list[str]:
    """Return what the driver finds wrong, with the write-ahead log checked in first.

    ``cipher_integrity_check`` reads the main file only, so the log is written back before.
    """
    run = db.conn.execute
    run("PRAGMA wal_checkpoint(FULL)").fetchall()
    cipher = [str(row[0]) for row in run("PRAGMA cipher_integrity_check").fetchall()]
    pages = [str(row[0]) for row in run("PRAGMA integrity_check").fetchall()]
    keys = [f"foreign key in {row[0]}" for row in run("PRAGMA foreign_key_check").fetchall()]
    return [*cipher, *(line for line in pages if line != "ok"), *keys]
