"""Privacy: what is kept of a person, erasing a person, rules of retention with a preview."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from console.domain.attachment import Attachment
from console.domain.authority_check import AuthorityCheck
from console.domain.client import Client, RetentionClass
from console.domain.contact import Authority, Contact
from console.domain.device import Device
from console.domain.document import Document
from console.domain.erasure import Erasure
from console.domain.journal import Changes
from console.domain.line import Line
from console.domain.local_time import PRAGUE
from console.domain.order import Order
from console.domain.outgoing_mail import OutgoingMail
from console.domain.request import OPEN_STATES, Entry, Request
from console.domain.retention import (
    FEWEST_MONTHS,
    MOST_MONTHS,
    USUAL_MONTHS,
    Overdue,
    keep_until,
)
from console.errors import KnownError
from console.services import access, backups, documents, drafts, files
from console.storage import erasing, erasures
from console.storage import settings as stored
from console.texts import _
from console.vault.keys import sub_key
from console.workspace import Workspace

_OPEN: Final = ", ".join(f"'{state}'" for state in OPEN_STATES)
_SETTING: Final = "retention_{name}"


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What an erasure would do.

    Args:
        rows: count of records that name the person, by table.
        entries: entries of the journal that lose the data.
        files: files of the person's messages that go.
        documents: issued documents that name the person and stay, by their numbers.
    """

    contact: Contact
    rows: Mapping[str, int]
    entries: int
    files: int
    documents: tuple[str, ...]


def records_of(workspace: Workspace, contact: Contact) -> dict[str, Sequence[Any]]:
    """Return every record in which a person appears, by what it is."""
    store = workspace.store
    of_person = [contact.id]
    asked = store.select(Request, "contact_id = ?1 OR caller = ?2", [contact.id, contact.name])
    return {
        "person": [contact],
        "authorities": store.select(Authority, "contact_id = ?", of_person),
        "numbers": _held(workspace, Line, contact),
        "devices": _held(workspace, Device, contact),
        "requests": asked,
        "entries": _entries(workspace, contact),
        "orders": store.select(Order, "contact_id = ?", of_person),
        "mails": _mails(workspace, contact),
        "checks": store.select(AuthorityCheck, "contact_id = ?", of_person),
    }


def kept(workspace: Workspace, contact: Contact) -> dict[str, Any]:
    """Return everything that is kept of a person, as plain data for a machine to read.

    Source:
        Regulation (EU) 2016/679, art. 15 (access) and art. 20 (portability).
    """
    data: dict[str, Any] = {
        name: [_plain(record) for record in records]
        for name, records in records_of(workspace, contact).items()
    }
    data["documents"] = documents_of(workspace, contact)
    data["openings"] = [
        {"at": one.at.isoformat(), "by": one.actor, "request": one.request}
        for one in access.accesses(workspace, contact.client_id, contact.id)
    ]
    return data


def _held(workspace: Workspace, kind: Any, contact: Contact) -> list[Any]:
    return workspace.store.select(
        kind, "client_id = ? AND holder = ?", [contact.client_id, contact.name]
    )


def _entries(workspace: Workspace, contact: Contact) -> list[Entry]:
    words = [word for word in (contact.name, contact.email) if word]
    marks = " OR ".join("instr(author || ' ' || recipient || ' ' || text, ?)" for _w in words)
    where = f"client_id = ? AND ({marks})"
    return workspace.store.select(Entry, where, [contact.client_id, *words])


def _mails(workspace: Workspace, contact: Contact) -> list[OutgoingMail]:
    if not contact.email:
        return []
    return workspace.store.select(
        OutgoingMail, "client_id = ? AND instr(address, ?)", [contact.client_id, contact.email]
    )


def documents_of(workspace: Workspace, contact: Contact) -> list[str]:
    """Return the issued documents that name a person, by number and title."""
    found = workspace.store.select(
        Document, "client_id = ? AND instr(data, ?)", [contact.client_id, contact.name]
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


def export(workspace: Workspace, contact: Contact, target: Path) -> Path:
    """Write what is kept of a person as JSON; the opening is written down.

    Raises:
        KnownError: ``file-unwritable``.
    """
    access.opened(workspace, "contacts", contact.id, contact.client_id)
    text = json.dumps(kept(workspace, contact), ensure_ascii=False, indent=2)
    return documents.save_as(text.encode(), target)


def preview(workspace: Workspace, contact: Contact) -> ErasurePreview:
    """Say what an erasure would do; nothing is changed."""
    found = erasing.reach(workspace.store, "contacts", contact.id)
    return ErasurePreview(
        contact,
        found.rows,
        found.entries,
        len(_files(workspace, contact)),
        tuple(documents_of(workspace, contact)),
    )


def _files(workspace: Workspace, contact: Contact) -> list[Attachment]:
    """Return the files that came with the person's own messages."""
    words = [word for word in (contact.name, contact.email) if word]
    marks = " OR ".join("instr(e.author, ?)" for _w in words)
    return workspace.store.select(
        Attachment,
        f"owner_id IN (SELECT e.id FROM entries e WHERE e.client_id = ? AND ({marks}))",
        [contact.client_id, *words],
    )


def erase(workspace: Workspace, contact: Contact, reason: str) -> Changes:
    """Put a pseudonym in the place of a person: statistics and the journal's chain stay.

    It cannot be undone, and is done again where an older backup is restored. Issued documents
    stay as they were issued.

    Args:
        workspace: the open workspace.
        contact: the person.
        reason: the person's wish, or a rule.

    Returns:
        The changes; their result is the :class:`Erasure`.

    Raises:
        KnownError: ``erase-open-requests`` while something that the person asked for is open,
            ``field-missing``, ``backup-failed``.
    """
    if not reason.strip():
        raise KnownError("field-missing", field=_("Reason"))
    _refuse_open(workspace, contact)
    store = workspace.store
    gone = _files(workspace, contact)
    with store.unit("erase-person") as unit:
        for file in gone:
            store.delete(file)
        erasure = store.insert(
            Erasure(
                client_id=contact.client_id,
                noun="contacts",
                record_id=contact.id,
                pseudonym=_("Person {code}").format(code=secrets.token_hex(3).upper()),
                at=store.now(),
                reason=reason.strip(),
            )
        )
        erasing.erase(store, "contacts", contact.id, erasure.pseudonym)
    drafts.forget_of(workspace, contact.client_id)
    for file in gone:
        _drop(workspace, file.sha256)
    settle(workspace)
    backups.make(workspace, "after-erasure")
    return Changes(unit, frozenset(store.tables_changed), erasure)


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


def _refuse_open(workspace: Workspace, contact: Contact) -> None:
    found = workspace.store.select(
        Request, f"contact_id = ? AND state IN ({_OPEN})", [contact.id], order="id LIMIT 1"
    )
    if found:
        raise KnownError("erase-open-requests", number=found[0].number)


def _drop(workspace: Workspace, sha256: str) -> None:
    """Take a file's content away where no record has it any more."""
    if not workspace.store.select(Attachment, "sha256 = ?", [sha256], order="id LIMIT 1"):
        files.drop(workspace, sha256)


def rules(workspace: Workspace) -> dict[RetentionClass, int]:
    """Return for how many months the data of each class are kept."""
    values = stored.read(workspace.store)
    return {
        one: int(values.get(_SETTING.format(name=one.value), months))
        for one, months in USUAL_MONTHS.items()
    }


def change_rules(workspace: Workspace, changed: Mapping[RetentionClass, int]) -> Changes:
    """Set for how many months the data of each class are kept.

    Raises:
        KnownError: ``retention-months``.
    """
    if not all(FEWEST_MONTHS <= months <= MOST_MONTHS for months in changed.values()):
        raise KnownError("retention-months", fewest=FEWEST_MONTHS, most=MOST_MONTHS)
    with workspace.store.unit("change-settings") as unit:
        values = {_SETTING.format(name=one.value): str(n) for one, n in changed.items()}
        stored.write(workspace.store, values)
    return Changes(unit, frozenset({"settings"}), dict(changed))


def overdue(workspace: Workspace) -> list[Overdue]:
    """Return the people whose data are kept for longer than the rules say.

    A person counts from the day on which the authority ended or was revoked, or from the last
    thing asked for, whichever is later; who may still ask for something is never listed.
    """
    store = workspace.store
    months = rules(workspace)
    today = store.now().astimezone(PRAGUE).date()
    clients = {client.id: client for client in store.select(Client)}
    erased = {one.record_id for one in store.select(Erasure)}
    found = []
    for contact in store.select(Contact, "valid_until IS NOT NULL OR revoked_on IS NOT NULL"):
        client = clients.get(contact.client_id)
        since = _ended(workspace, contact)
        if client is None or since is None or contact.id in erased:
            continue
        kind = client.retention_class or RetentionClass.STANDARD
        until = keep_until(since, months[kind])
        if until < today:
            found.append(Overdue(contact.id, contact.name, client.name, since, until))
    return sorted(found, key=lambda one: one.until)


def _ended(workspace: Workspace, contact: Contact) -> date | None:
    """Return the day from which a person's data are kept for nothing but the rule."""
    ends = [day for day in (contact.valid_until, contact.revoked_on) if day]
    asked = workspace.store.select(
        Request, "contact_id = ?", [contact.id], order="coalesce(closed_at, '9') DESC LIMIT 1"
    )
    if asked and asked[0].closed_at is None:
        return None
    last = [asked[0].closed_at.astimezone(UTC).date()] if asked and asked[0].closed_at else []
    return max([min(ends), *last])


def apply_rules(workspace: Workspace, contact_ids: list[int]) -> Changes:
    """Erase people whose time is over, each as an action of its own.

    Args:
        workspace: the open workspace.
        contact_ids: of those that the preview listed and the person chose.

    Returns:
        The last changes; their result is the count of the erased.

    Raises:
        KnownError: ``retention-nobody`` where none of them is overdue any more.
    """
    due = {one.contact_id for one in overdue(workspace)} & set(contact_ids)
    if not due:
        raise KnownError("retention-nobody")
    reason = _("rule of retention")
    changes = [
        erase(workspace, workspace.store.get(Contact, contact_id), reason)
        for contact_id in sorted(due)
    ]
    nouns = frozenset(noun for one in changes for noun in one.nouns)
    return Changes(changes[-1].unit, nouns, len(changes))
