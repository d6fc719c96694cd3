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
from console.storage import journal, person_words
from console.storage.connection import Database
from console.storage.person_words import Words
from console.storage.rows import TABLES, column_list, columns, decode_all
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
_NUMBERS: Final = frozenset({"msisdn", "iccid", "imei", "puk", "pin"})
"""Columns that name a thing of the register and no person."""


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


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose data go, and where they are looked for.

    Args:
        client_id: somebody of the same name at another client is somebody else.
        contact_id: of the person's own record, or 0 where the person is no contact.
        words: what the person is found by.
    """

    client_id: int
    contact_id: int
    words: Words


def subject_of(store: Store, erasure: Erasure) -> Subject:
    """Return whose data an erasure takes away, as far as they are still there."""
    own = erasure.record_id if erasure.noun == "contacts" else 0
    words = person_words.of(store.db, erasure.noun, erasure.record_id)
    return Subject(erasure.client_id, own, words.without(erasure.pseudonym))


def reach(store: Store, subject: Subject) -> Reach:
    """Return what an erasure would touch; nothing is changed."""
    found = Reach()
    for table in _tables():
        count = len(_rows_with(store.db, table, subject))
        if count:
            found.rows[table] = count
    found.entries = len(_entries_with(store.db, subject))
    found.details = len(_details_with(store.db, subject))
    return found


def naming(store: Store, subject: Subject) -> dict[str, list[int]]:
    """Return the ids of the rows that name a person, by table."""
    found = {table: [row[0] for row in _rows_with(store.db, table, subject)] for table in _tables()}
    return {table: ids for table, ids in found.items() if ids}


def records(store: Store, record_type: type[Any], ids: Sequence[int]) -> list[Any]:
    """Return records by their ids; deleted ones are kept, too, until they are erased."""
    if not ids:
        return []
    found = store.db.conn.execute(
        f"SELECT {column_list(record_type)} FROM {TABLES[record_type]}"
        " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(list(ids)),),
    )
    return decode_all(record_type, found)


def erase(store: Store, subject: Subject, pseudonym: str) -> Reach:
    """Put a pseudonym in the place of a person, inside the caller's unit.

    Args:
        store: the open database, in a unit.
        subject: whose data go.
        pseudonym: what stands there afterwards.
    """
    done = Reach()
    with _triggers_aside(store.db):
        for table in _tables():
            own = subject.contact_id if table == "contacts" else 0
            for row in _rows_with(store.db, table, subject):
                _change(store, table, row, subject.words, pseudonym, is_subject=row[0] == own)
                done.rows[table] = done.rows.get(table, 0) + 1
        done.entries = _scrub_journal(store.db, subject, pseudonym)
        done.details = _scrub_details(store.db, subject, pseudonym)
    store.tables_changed |= set(done.rows)
    return done


def _tables() -> list[str]:
    return [
        table
        for record_type, table in TABLES.items()
        if table not in _FROZEN and (table == "clients" or "client_id" in columns(record_type))
    ]


def _texts(db: Database, table: str) -> list[str]:
    found = db.conn.execute(
        "SELECT name FROM pragma_table_info(?) WHERE type = 'TEXT' AND name != 'deleted_at'",
        (table,),
    )
    return [name for (name,) in found]


def _rows_with(db: Database, table: str, subject: Subject) -> list[tuple[Any, ...]]:
    """Return id, version and texts of the rows that name the person, or are the person's."""
    names = _texts(db, table)
    sought = subject.words.sought
    own = subject.contact_id if table == "contacts" else 0
    if not names or not (sought or own):
        return []
    all_texts = " || char(10) || ".join(f"coalesce({name}, '')" for name in names)
    marks = " OR ".join("instr(texts, ?)" for _word in sought) or "0"
    owner = "id" if table == "clients" else "client_id"
    found: list[tuple[Any, ...]] = db.conn.execute(
        f"SELECT {', '.join(('id', 'version', *names))} FROM (SELECT *, {all_texts} AS texts"
        f" FROM {table} WHERE {owner} = ?) WHERE {marks} OR id = ?",
        [subject.client_id, *sought, own],
    ).fetchall()
    if table != "contacts":
        return found
    others = _namesakes(db, subject)
    return [row for row in found if row[0] not in others]


def _namesakes(db: Database, subject: Subject) -> set[int]:
    """Return the living contacts of the client who are called alike and are somebody else."""
    marks = ", ".join("?" * len(subject.words.texts))
    found = db.conn.execute(
        f"SELECT id FROM contacts WHERE client_id = ? AND id != ? AND deleted_at IS NULL"
        f" AND name IN ({marks}) AND email NOT IN ({marks})",
        [
            subject.client_id,
            subject.contact_id,
            *subject.words.texts,
            *subject.words.texts,
        ],
    )
    return {row[0] for row in found}


def _change(
    store: Store,
    table: str,
    row: tuple[Any, ...],
    words: Words,
    pseudonym: str,
    *,
    is_subject: bool,
) -> None:
    """Change one row, and write an entry that says what is there now and not what was."""
    record_id, version, *texts = row
    names = _texts(store.db, table)
    changes: dict[str, Any] = {
        name: _new_text(name, text, words, pseudonym)
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


def _new_text(name: str, text: str, words: Words, pseudonym: str) -> str:
    """Return what a column says afterwards; a number that the register is about stays."""
    return text if name in _NUMBERS else words.replaced(text, pseudonym)


def _entries_with(db: Database, subject: Subject) -> list[tuple[int, str, int, str]]:
    """Return the entries of the journal that name the person or are about the own record."""
    sought = [json.dumps(word, ensure_ascii=False)[1:-1] for word in subject.words.sought]
    marks = "".join(" OR instr(changed, ?)" for _word in sought)
    found = db.conn.execute(
        'SELECT id, "table", "row", changed FROM journal'
        f' WHERE ("table" = \'contacts\' AND "row" = ?){marks}',
        [subject.contact_id, *sought],
    ).fetchall()
    others = _namesakes(db, subject)
    return [
        entry
        for entry in found
        if entry[1] not in _FROZEN
        and not (entry[1] == "contacts" and entry[2] in others)
        and _owner(db, *entry[1:]) in (None, subject.client_id)
    ]


def _owner(db: Database, table: str, row: int, changed: str) -> int | None:
    """Return the client of a row, or None where it has none or nobody knows any more."""
    if table == "clients":
        return row
    if table not in _tables():
        return None
    found = db.conn.execute(f"SELECT client_id FROM {table} WHERE id = ?", (row,)).fetchone()
    owner = found[0] if found else json.loads(changed).get("client_id")
    return owner if isinstance(owner, int) else None


def _scrub_journal(db: Database, subject: Subject, pseudonym: str) -> int:
    scrubbed = 0
    for entry, table, row, changed in _entries_with(db, subject):
        fields = json.loads(changed)
        is_subject = table == "contacts" and row == subject.contact_id
        kept = {
            name: _scrubbed(name, value, subject.words, pseudonym, is_subject)
            for name, value in fields.items()
        }
        if kept != fields:
            db.conn.execute(
                "UPDATE journal SET changed = ?, erased = 1 WHERE id = ?",
                (json.dumps(kept, ensure_ascii=False), entry),
            )
            scrubbed += 1
    return scrubbed


def _scrubbed(name: str, value: Any, words: Words, pseudonym: str, is_subject: bool) -> Any:
    if isinstance(value, list):
        return [_scrubbed(name, one, words, pseudonym, is_subject) for one in value]
    if is_subject and name in PERSONAL:
        return PERSONAL[name] if value else value
    if is_subject and name == "name" and value:
        return pseudonym
    return _new_text(name, value, words, pseudonym) if isinstance(value, str) else value


def _details_with(db: Database, subject: Subject) -> list[tuple[int, str]]:
    """Return the actions whose description names the person, but for those of other clients."""
    sought = subject.words.sought
    if not sought:
        return []
    marks = " OR ".join("instr(detail, ?)" for _word in sought)
    found = db.conn.execute(f"SELECT id, detail FROM units WHERE {marks}", list(sought)).fetchall()
    return [one for one in found if _concerns(db, one[0], subject.client_id)]


def _concerns(db: Database, unit: int, client_id: int) -> bool:
    entries = db.conn.execute(
        f'SELECT "table", "row", changed FROM journal WHERE {journal.OF_UNIT}', {"unit": unit}
    ).fetchall()
    owners = {_owner(db, *entry) for entry in entries}
    return not owners or bool(owners & {None, client_id})


def _scrub_details(db: Database, subject: Subject, pseudonym: str) -> int:
    found = _details_with(db, subject)
    db.conn.executemany(
        "UPDATE units SET detail = ? WHERE id = ?",
        [(subject.words.replaced(detail, pseudonym), unit) for unit, detail in found],
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
    if erasure.noun == "contacts":
        found = store.db.conn.execute(
            "SELECT name FROM contacts WHERE id = ?", (erasure.record_id,)
        ).fetchone()
        if found and found[0] != erasure.pseudonym:
            return False
    return not subject_of(store, erasure).words
