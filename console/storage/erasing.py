"""Erasing a person: names and addresses give way to a pseudonym, in rows and in the journal.

The journal's chain covers hashes of its entries, and these stay: an entry that lost a person's
data is marked as erased and keeps its hash. What an erasure itself writes never held the data.
"""

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from console.domain.erasure import Erasure
from console.storage import journal
from console.storage.connection import Database
from console.storage.rows import TABLES
from console.storage.store import Store

_FROZEN: Final = frozenset({"documents", "agreements", "erasures"})
"""Issued documents are kept as they were issued, for as long as the law wants them."""
PERSONAL: Final = {
    "function": "",
    "department": "",
    "landline": "",
    "mobile": "",
    "fax": "",
    "other_phones": "[]",
    "email": "",
    "channel": None,
    "verification": "",
    "revocation_reason": "",
    "privacy_notice_on": None,
    "note": "",
}
"""Fields of a contact beside the name, and what they hold afterwards."""
_SHORTEST: Final = 4


@dataclass(slots=True)
class Reach:
    """What an erasure touches.

    Args:
        rows: count by table.
        entries: of the journal.
        details: actions whose description names the person.
    """

    rows: dict[str, int] = field(default_factory=dict)
    entries: int = 0
    details: int = 0


def words_of(store: Store, noun: str, record_id: int) -> list[str]:
    """Return what a person is found by: every name and address that the record ever had.

    Args:
        store: the open database.
        noun: ``contacts`` or ``lines``.
        record_id: of the record.
    """
    names = ("name", "email") if noun == "contacts" else ("holder",)
    found: dict[str, None] = {}
    columns = ", ".join(names)
    for row in store.db.conn.execute(f"SELECT {columns} FROM {noun} WHERE id = ?", (record_id,)):
        found.update(dict.fromkeys(row))
    for (changed,) in store.db.conn.execute(
        'SELECT changed FROM journal WHERE "table" = ? AND "row" = ? AND NOT erased',
        (noun, record_id),
    ):
        for name, value in json.loads(changed).items():
            if name in names:
                found.update(dict.fromkeys(value if isinstance(value, list) else [value]))
    texts = {text for text in found if isinstance(text, str) and len(text) >= _SHORTEST}
    texts |= {_without_titles(text) for text in texts if "@" not in text}
    return sorted((t for t in texts if len(t) >= _SHORTEST), key=len, reverse=True)


def _without_titles(name: str) -> str:
    """Return a name without degrees before and behind it: ``Ing. Jan Novák, Ph.D.``."""
    core = name.partition(",")[0]
    return " ".join(part for part in core.split() if not part.endswith("."))


def reach(store: Store, noun: str, record_id: int, pseudonym: str = "") -> Reach:
    """Return what an erasure would touch; nothing is changed."""
    words = [w for w in words_of(store, noun, record_id) if w != pseudonym]
    found = Reach()
    for table in _tables():
        count = len(_rows_with(store.db, table, words, record_id if table == noun else 0))
        if count:
            found.rows[table] = count
    found.entries = len(_entries_with(store.db, words, noun, record_id))
    found.details = len(_details_with(store.db, words))
    return found


def erase(store: Store, noun: str, record_id: int, pseudonym: str) -> Reach:
    """Put a pseudonym in the place of a person, inside the caller's unit.

    Args:
        store: the open database, in a unit.
        noun: ``contacts`` or ``lines``.
        record_id: of the record.
        pseudonym: what stands there afterwards.
    """
    words = [w for w in words_of(store, noun, record_id) if w != pseudonym]
    done = Reach()
    with _triggers_aside(store.db):
        for table in _tables():
            own = record_id if table == noun == "contacts" else 0
            for row in _rows_with(store.db, table, words, own):
                _change(store, table, row, words, pseudonym, is_subject=row[0] == own)
                done.rows[table] = done.rows.get(table, 0) + 1
        done.entries = _scrub_journal(store.db, words, noun, record_id, pseudonym)
        done.details = _scrub_details(store.db, words, pseudonym)
    store.tables_changed |= set(done.rows)
    return done


def _tables() -> list[str]:
    return [table for table in TABLES.values() if table not in _FROZEN]


def _texts(db: Database, table: str) -> list[str]:
    found = db.conn.execute(
        "SELECT name FROM pragma_table_info(?) WHERE type = 'TEXT' AND name != 'deleted_at'",
        (table,),
    )
    return [name for (name,) in found]


def _rows_with(db: Database, table: str, words: Sequence[str], own: int) -> list[tuple[Any, ...]]:
    """Return id, version and texts of the rows that name the person, or are the person's."""
    names = _texts(db, table)
    if not names or not (words or own):
        return []
    marks = " OR ".join(f"instr({name}, ?)" for name in names for _word in words)
    condition = f"({marks}) OR id = ?" if words else "id = ?"
    columns = ", ".join(("id", "version", *names))
    found: list[tuple[Any, ...]] = db.conn.execute(
        f"SELECT {columns} FROM {table} WHERE {condition}",
        [*(word for _name in names for word in words), own],
    ).fetchall()
    return found


def _change(
    store: Store,
    table: str,
    row: tuple[Any, ...],
    words: Sequence[str],
    pseudonym: str,
    *,
    is_subject: bool,
) -> None:
    """Change one row, and write an entry that says what is there now and not what was."""
    record_id, version, *texts = row
    names = _texts(store.db, table)
    changes: dict[str, Any] = {
        name: _replaced(text, words, pseudonym)
        for name, text in zip(names, texts, strict=True)
        if isinstance(text, str)
    }
    if is_subject:
        changes |= {"name": pseudonym, **PERSONAL}
    before = dict(zip(names, texts, strict=True))
    changes = {name: new for name, new in changes.items() if new != before.get(name)}
    if not changes:
        return
    sets = ", ".join(f"{name} = ?" for name in changes)
    store.db.conn.execute(
        f"UPDATE {table} SET {sets}, version = version + 1 WHERE id = ?",
        [*changes.values(), record_id],
    )
    journal.write_update(
        store.db,
        store.new_id(),
        table,
        record_id,
        version,
        {name: [None, new] for name, new in changes.items()},
    )


def _replaced(text: str, words: Sequence[str], pseudonym: str) -> str:
    for word in words:
        text = text.replace(word, "" if "@" in word else pseudonym)
    return text


def _entries_with(
    db: Database, words: Sequence[str], noun: str, record_id: int
) -> list[tuple[int, str, int, str]]:
    own = noun if noun == "contacts" else ""
    marks = "".join(" OR instr(changed, ?)" for _word in words)
    found: list[tuple[int, str, int, str]] = db.conn.execute(
        f'SELECT id, "table", "row", changed FROM journal WHERE ("table" = ? AND "row" = ?){marks}',
        [own, record_id, *(json.dumps(word, ensure_ascii=False)[1:-1] for word in words)],
    ).fetchall()
    return found


def _scrub_journal(
    db: Database, words: Sequence[str], noun: str, record_id: int, pseudonym: str
) -> int:
    scrubbed = 0
    for entry, table, row, changed in _entries_with(db, words, noun, record_id):
        if table in _FROZEN:
            continue
        fields = json.loads(changed)
        is_subject = table == noun == "contacts" and row == record_id
        kept = {
            name: _scrubbed(name, value, words, pseudonym, is_subject)
            for name, value in fields.items()
        }
        if kept != fields:
            db.conn.execute(
                "UPDATE journal SET changed = ?, erased = 1 WHERE id = ?",
                (json.dumps(kept, ensure_ascii=False), entry),
            )
            scrubbed += 1
    return scrubbed


def _scrubbed(name: str, value: Any, words: Sequence[str], pseudonym: str, is_subject: bool) -> Any:
    if isinstance(value, list):
        return [_scrubbed(name, one, words, pseudonym, is_subject) for one in value]
    if is_subject and name in PERSONAL:
        return PERSONAL[name] if value else value
    if is_subject and name == "name" and value:
        return pseudonym
    return _replaced(value, words, pseudonym) if isinstance(value, str) else value


def _details_with(db: Database, words: Sequence[str]) -> list[tuple[int, str]]:
    if not words:
        return []
    marks = " OR ".join("instr(detail, ?)" for _word in words)
    found: list[tuple[int, str]] = db.conn.execute(
        f"SELECT id, detail FROM units WHERE {marks}", list(words)
    ).fetchall()
    return found


def _scrub_details(db: Database, words: Sequence[str], pseudonym: str) -> int:
    found = _details_with(db, words)
    db.conn.executemany(
        "UPDATE units SET detail = ? WHERE id = ?",
        [(_replaced(detail, words, pseudonym), unit) for unit, detail in found],
    )
    return len(found)


@contextlib.contextmanager
def _triggers_aside(db: Database) -> Iterator[None]:
    """Take away the triggers that journal changes or forbid them; those of the search stay.

    They come back in the same transaction, so that no other program ever sees it without.
    """
    dropped = db.conn.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name NOT LIKE '%search%'"
    ).fetchall()
    for name, _sql in dropped:
        db.conn.execute(f"DROP TRIGGER {name}")
    yield
    for _name, statement in dropped:
        db.conn.execute(statement)


def is_done(store: Store, erasure: Erasure) -> bool:
    """Return whether nothing that a person was called by is left with the record."""
    words = words_of(store, erasure.noun, erasure.record_id)
    return all(word == erasure.pseudonym for word in words)
