"""Privacy: what is kept of a person, and erasing a person."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from console.domain.access import AccessSummary
from console.domain.attachment import Attachment
from console.domain.contact import Contact
from console.domain.document import Document
from console.domain.erasure import Erasure, Holder, Person
from console.domain.journal import Changes
from console.domain.request import OPEN_STATES, Request
from console.errors import KnownError
from console.services import access, backups, contacts, documents, drafts, files
from console.storage import erasing, erasures, person_words, rows
from console.texts import _
from console.vault.keys import sub_key
from console.workspace import Workspace

_OPEN: Final = ", ".join(f"'{state}'" for state in OPEN_STATES)
_SECTIONS: Final = {
    "authorities": "authorities",
    "lines": "numbers",
    "devices": "devices",
    "requests": "requests",
    "entries": "entries",
    "orders": "orders",
    "meetings": "meetings",
    "outgoing_mails": "mails",
    "authority_checks": "checks",
}
"""What the tables in which people appear are called in an extract; others keep their names."""


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What an erasure would do.

    Args:
        rows: count of records that name the person, by table.
        entries: entries of the journal that lose the data.
        files: files of the person's messages that go.
        documents: issued documents that name the person and stay, by their numbers.
    """

    person: Person
    rows: Mapping[str, int]
    entries: int
    files: int
    documents: tuple[str, ...]


def holders_of(workspace: Workspace, client_id: int) -> list[Holder]:
    """Return who has numbers or devices of a client and is no contact, in Czech order."""
    found = workspace.store.db.conn.execute(
        "SELECT holder FROM (SELECT holder FROM lines WHERE client_id = ?1 AND deleted_at IS NULL"
        " UNION SELECT holder FROM devices WHERE client_id = ?1 AND deleted_at IS NULL)"
        " WHERE holder != '' AND holder NOT IN (SELECT name FROM contacts WHERE client_id = ?1"
        " AND deleted_at IS NULL) ORDER BY czech_key(holder)",
        (client_id,),
    )
    return [Holder(client_id, name) for (name,) in found.fetchall()]


def people_of(workspace: Workspace, client_id: int) -> list[Person]:
    """Return everybody of a client: the contacts, then who is only a holder."""
    return [*contacts.contacts_of(workspace, client_id), *holders_of(workspace, client_id)]


def person_by_name(workspace: Workspace, client_id: int, name: str) -> Person:
    """Return a contact by name or e-mail, or else a holder by name.

    Raises:
        KnownError: ``contact-unknown``.
    """
    contact = contacts.contact_by_name(workspace, client_id, name)
    if contact is not None:
        return contact
    for holder in holders_of(workspace, client_id):
        if holder.name.casefold() == name.strip().casefold():
            return holder
    raise KnownError("contact-unknown", name=name)


def records_of(workspace: Workspace, person: Person) -> dict[str, Sequence[Any]]:
    """Return every record in which a person appears, by what it is."""
    store = workspace.store
    naming = erasing.naming(store, _subject(workspace, person))
    found: dict[str, dict[int, Any]] = {name: {} for name in _SECTIONS.values()}
    for record_type, table in rows.TABLES.items():
        if table == "accesses":
            continue
        section = _SECTIONS.get(table, table)
        known = erasing.records(store, record_type, naming.get(table, ()))
        if person.id and "contact_id" in rows.columns(record_type):
            known += store.select(record_type, "contact_id = ?", [person.id])
        if known:
            found.setdefault(section, {}).update({one.id: one for one in known})
    own = [person] if isinstance(person, Contact) else []
    others = found.pop("contacts", {})
    others.pop(person.id, None)
    named = {"contacts": others} if others else {}
    return {"person": own} | {
        name: list(ones.values()) for name, ones in {**found, **named}.items()
    }


def _subject(workspace: Workspace, person: Person) -> erasing.Subject:
    words = (
        person_words.of(workspace.store.db, "contacts", person.id)
        if person.id
        else person_words.named(person.name)
    )
    return erasing.Subject(person.client_id, person.id, words)


def kept(workspace: Workspace, person: Person) -> dict[str, Any]:
    """Return everything that is kept of a person, as plain data for a machine to read.

    Source:
        Regulation (EU) 2016/679, art. 15 (access) and art. 20 (portability).
    """
    data: dict[str, Any] = {
        name: [_plain(record) for record in records]
        for name, records in records_of(workspace, person).items()
    }
    data["documents"] = documents_of(workspace, person)
    data["openings"] = [
        {"at": one.at.isoformat(), "by": one.actor, "request": one.request}
        for one in openings_of(workspace, person)
    ]
    return data


def openings_of(workspace: Workspace, person: Person) -> list[AccessSummary]:
    """Return who opened a contact's record; of a holder no record is opened."""
    return access.accesses(workspace, person.client_id, person.id) if person.id else []


def documents_of(workspace: Workspace, person: Person) -> list[str]:
    """Return the issued documents that name a person, by number and title."""
    found = workspace.store.select(
        Document, "client_id = ? AND instr(data, ?)", [person.client_id, person.name]
    )
    return [f"{document.number} · {document.title}" for document in found]


def _plain(record: Any) -> dict[str, Any]:
    """Return a record as plain data; what says nothing is left out."""
    return {
        name: _simple(value)
        for name, value in asdict(record).items()
        if value not in (None, "", (), []) and name not in ("version", "puk", "pin")
    }


def _simple(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def export(workspace: Workspace, person: Person, target: Path) -> Path:
    """Write what is kept of a person as JSON; the opening is written down.

    Raises:
        KnownError: ``file-unwritable``.
    """
    if person.id:
        access.opened(workspace, "contacts", person.id, person.client_id)
    text = json.dumps(kept(workspace, person), ensure_ascii=False, indent=2)
    return documents.save_as(text.encode(), target)


def preview(workspace: Workspace, person: Person) -> ErasurePreview:
    """Say what an erasure would do; nothing is changed."""
    found = erasing.reach(workspace.store, _subject(workspace, person))
    return ErasurePreview(
        person,
        found.rows,
        found.entries,
        len(_files(workspace, person)),
        tuple(documents_of(workspace, person)),
    )


def _files(workspace: Workspace, person: Person) -> list[Attachment]:
    """Return the files that came with the person's own messages."""
    words = [word for word in (person.name, person.email) if word]
    marks = " OR ".join("instr(e.author, ?)" for _w in words)
    return workspace.store.select(
        Attachment,
        f"owner_id IN (SELECT e.id FROM entries e WHERE e.client_id = ? AND ({marks}))",
        [person.client_id, *words],
    )


def erase(workspace: Workspace, person: Person, reason: str) -> Changes:
    """Put a pseudonym in the place of a person: statistics and the journal's chain stay.

    It cannot be undone, and is done again where an older backup is restored. Issued documents
    stay as they were issued.

    Args:
        workspace: the open workspace.
        person: a contact, or a holder who is none.
        reason: the person's wish, or a rule.

    Returns:
        The changes; their result is the :class:`Erasure`.

    Raises:
        KnownError: ``erase-open-requests`` while something that the person asked for is open,
            ``field-missing``, ``backup-failed``.
    """
    if not reason.strip():
        raise KnownError("field-missing", field=_("Reason"))
    _refuse_open(workspace, person)
    store = workspace.store
    gone = _files(workspace, person)
    with store.unit("erase-person") as unit:
        for file in gone:
            store.delete(file)
        erasure = _erasures(workspace, person, reason.strip())[0]
        erasing.erase(store, _subject(workspace, person), erasure.pseudonym)
    drafts.forget_of(workspace, person.client_id)
    for file in gone:
        _drop(workspace, file.sha256)
    settle(workspace)
    backups.make(workspace, "after-erasure")
    return Changes(unit, frozenset(store.tables_changed), erasure)


def _erasures(workspace: Workspace, person: Person, reason: str) -> list[Erasure]:
    """Write down who stands where the person stood, for each way to find the person again."""
    store = workspace.store
    if person.id:
        places = [("contacts", person.id)]
    else:
        became = person_words.became_holder(store.db, person.client_id, person.name)
        places = [(person_words.HOLDER, entry) for entry in became]
    if not places:
        raise KnownError("contact-unknown", name=person.name)
    pseudonym = _("Person {code}").format(code=secrets.token_hex(3).upper())
    return [
        store.insert(
            Erasure(
                client_id=person.client_id,
                noun=noun,
                record_id=record_id,
                pseudonym=pseudonym,
                at=store.now(),
                reason=reason,
            )
        )
        for noun, record_id in places
    ]


def settle(workspace: Workspace) -> list[Erasure]:
    """Bring the lists of erasures beside database and backups up to the database.

    Returns:
        The erasures that had to be done again.
    """
    key = sub_key(workspace.data_key, "erasures")
    places = [workspace.folder / backups.FOLDER]
    second = backups.place_of_copies(workspace)
    if second is not None and second.is_dir():
        places.append(second)
    return erasures.sync(workspace.store, workspace.folder, key, places)


def _refuse_open(workspace: Workspace, person: Person) -> None:
    found = workspace.store.select(
        Request,
        f"(contact_id = ? OR client_id = ? AND caller = ?) AND state IN ({_OPEN})",
        [person.id or None, person.client_id, person.name],
        order="id LIMIT 1",
    )
    if found:
        raise KnownError("erase-open-requests", number=found[0].number)


def _drop(workspace: Workspace, sha256: str) -> None:
    """Take a file's content away where no record has it any more."""
    if not workspace.store.select(Attachment, "sha256 = ?", [sha256], order="id LIMIT 1"):
        files.drop(workspace, sha256)
