"""The cards that one sees while somebody calls: of a number, of a person, of a client."""

from dataclasses import dataclass
from datetime import date, datetime

from console.domain.authority import MayAsk
from console.domain.client import Client
from console.domain.contact import Authority, Contact
from console.domain.local_time import PRAGUE
from console.domain.request import OPEN_STATES, Entry, EntryKind, Request
from console.services import agreements, contacts, lines
from console.services.lines import LineCard
from console.storage import rows
from console.workspace import Workspace

_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES)
_TALK = ", ".join(
    f"'{kind}'"
    for kind in (
        EntryKind.CALL,
        EntryKind.MAIL,
        EntryKind.FAX,
        EntryKind.LETTER,
        EntryKind.NOTICE,
    )
)
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class LastContact:
    """When we last spoke.

    Args:
        what: the channel or kind of message, in the language in use.
        request: number of the request that it was about.
    """

    at: datetime
    what: str
    request: str


@dataclass(frozen=True, slots=True)
class NumberCard:
    """A number, with who may ask for what about it."""

    card: LineCard
    may_ask: list[MayAsk]
    last_contact: LastContact | None


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A contact, with what the person may ask for."""

    contact: Contact
    client: Client
    may_ask: MayAsk | None
    grants: list[Authority]
    open_requests: list[Request]
    last_contact: LastContact | None


@dataclass(frozen=True, slots=True)
class ClientCard:
    """A client, with who may ask for what."""

    client: Client
    agreement: str
    may_ask: list[MayAsk]
    open_requests: list[Request]
    last_contact: LastContact | None


def number_card(workspace: Workspace, line_id: int) -> NumberCard:
    """Open the card of a number; the opening is logged where the agreement says so."""
    card = lines.card(workspace, line_id)
    line = card.line
    found = contacts.who_may_ask(
        workspace, line.client_id, {line.msisdn: line.cost_centre}, _today(workspace)
    )
    about = "id IN (SELECT request_id FROM request_lines WHERE line_id = ?)"
    return NumberCard(card, found, _last_contact(workspace, about, line_id))


def person_card(workspace: Workspace, contact_id: int) -> PersonCard:
    """Open the card of a contact; the opening is logged where the agreement says so."""
    store = workspace.store
    contact = contacts.contact(workspace, contact_id)
    all_allowed = contacts.who_may_ask(workspace, contact.client_id, {}, _today(workspace))
    return PersonCard(
        contact,
        store.get(Client, contact.client_id),
        next((one for one in all_allowed if one.contact.id == contact_id), None),
        contacts.grants_of(workspace, contact_id),
        _open_requests(workspace, "contact_id = ?", contact_id),
        _last_contact(workspace, "contact_id = ?", contact_id),
    )


def client_card(workspace: Workspace, client_id: int) -> ClientCard:
    """Return the card of a client."""
    version = agreements.in_force(workspace, client_id)
    return ClientCard(
        workspace.store.get(Client, client_id),
        agreements.name_of(version),
        contacts.who_may_ask(workspace, client_id, {}, _today(workspace)),
        _open_requests(workspace, "client_id = ?", client_id),
        _last_contact(workspace, "client_id = ?", client_id),
    )


def _today(workspace: Workspace) -> date:
    return workspace.store.now().astimezone(PRAGUE).date()


def _open_requests(workspace: Workspace, about: str, record_id: int) -> list[Request]:
    return workspace.store.select(
        Request,
        f"{about} AND state IN ({_OPEN})",
        [record_id],
        order=f"coalesce(due_at, 'z'), id LIMIT {_SHOWN}",
    )


def _last_contact(workspace: Workspace, about: str, record_id: int) -> LastContact | None:
    """Return the later of the last request that came and the last message about one."""
    store = workspace.store
    came = store.select(Request, about, [record_id], order="received_at DESC LIMIT 1")
    if not came:
        return None
    columns = rows.column_list(Entry, "e")
    said = store.db.conn.execute(
        f"SELECT {columns} FROM entries e WHERE e.deleted_at IS NULL AND e.kind IN ({_TALK})"
        f" AND e.request_id IN (SELECT id FROM requests WHERE {about} AND deleted_at IS NULL"
        " ORDER BY received_at DESC LIMIT 200) ORDER BY e.at DESC LIMIT 1",
        [record_id],
    ).fetchone()
    first = LastContact(came[0].received_at, came[0].channel.label, came[0].number)
    if said is None:
        return first
    entry = rows.decode(Entry, said)
    number = store.get(Request, entry.request_id).number
    later = LastContact(entry.at, entry.kind.label, number)
    return max(first, later, key=lambda contact: contact.at)
