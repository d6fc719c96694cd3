"""Duplicates of the register: found by what they share, merged so that nothing is lost.

The record that is kept takes what it lacks from the others; where they say otherwise, their
value goes into the note. All that belonged to the others belongs to the kept one. It is one
action with one undo.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from console.domain import phone
from console.domain.access import Access
from console.domain.attachment import Attachment
from console.domain.authority_check import AuthorityCheck
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.device import Device
from console.domain.duplicates import Duplicate, Group, MergedField
from console.domain.journal import Changes
from console.domain.line import Line, LineChange
from console.domain.line_history import in_order
from console.domain.record import Record
from console.domain.register_fields import FIELDS, SECRETS, FieldType, RegisterField
from console.domain.sim import Sim
from console.domain.usage import Usage
from console.errors import KnownError
from console.intake.values import plain
from console.services import backups, field_values, records
from console.services.line_history import as_stored
from console.storage import rows
from console.texts import N_, _
from console.workspace import Workspace

_Key = Callable[[Any], Sequence[tuple[str, str]]]
_REFERENCES: Final[Mapping[type[Record], str]] = {
    Line: "line_id",
    Contact: "contact_id",
    Sim: "sim_id",
    Client: "client_id",
}
"""By which field other records refer to a noun."""
_WITH_THE_LINE: Final = (Sim, Device, Usage)
"""What goes along to the client that keeps the number."""
_NOT_MOVED: Final = (Access, AuthorityCheck, LineChange)
"""What says how it was then and never changes, and histories, which have rules of their own."""
_BY_NUMBER: Final = N_("the number {value}")
_BY_NAME: Final = N_("the name {value}")
_BY_MAIL: Final = N_("the e-mail {value}")
_BY_PHONE: Final = N_("the phone {value}")
_BY_CARD: Final = N_("the ICCID {value}")
_BY_ICO: Final = N_("the IČO {value}")


def _line_keys(line: Line) -> Sequence[tuple[str, str]]:
    return ((_BY_NUMBER, line.msisdn),)


def _sim_keys(sim: Sim) -> Sequence[tuple[str, str]]:
    return ((_BY_CARD, "".join(sim.iccid.split())),)


def _client_keys(client: Client) -> Sequence[tuple[str, str]]:
    return ((_BY_ICO, client.ico), (_BY_NAME, plain(client.name)))


def _contact_keys(contact: Contact) -> Sequence[tuple[str, str]]:
    """People are alike within one client only: two towns may have a Jan Novák each."""
    own = f"{contact.client_id}|"
    shared = (
        (_BY_NAME, plain(contact.name)),
        (_BY_MAIL, contact.email.casefold()),
        (_BY_PHONE, phone.normalise(contact.mobile)),
    )
    return tuple((why, f"{own}{value}") for why, value in shared if value)


_KEYS: Final[Mapping[str, tuple[type[Record], _Key]]] = {
    "lines": (Line, _line_keys),
    "contacts": (Contact, _contact_keys),
    "sims": (Sim, _sim_keys),
    "clients": (Client, _client_keys),
}
_SQL_KEYS: Final = {"lines": "msisdn", "sims": "iccid"}
"""Where the database itself finds what stands twice, without reading a million rows."""


def find(workspace: Workspace, noun: str, client_id: int = 0) -> list[Group]:
    """Return groups of records that are likely the same.

    Args:
        workspace: the open workspace.
        noun: ``lines`` (by number, over all clients), ``contacts`` (by name, e-mail or phone),
            ``sims`` (by ICCID) or ``clients`` (by IČO or name).
        client_id: only groups that a record of this client is in; 0 for all.
    """
    record_type, keys_of = _KEYS[noun]
    by_key: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in _candidates(workspace, noun, record_type):
        for key in keys_of(record):
            if key[1]:
                by_key[key].append(record)
    groups: dict[frozenset[int], Group] = {}
    for (why, value), found in by_key.items():
        ids = frozenset(record.id for record in found)
        owners = {records.owner_of(record) for record in found}
        if len(ids) > 1 and ids not in groups and (not client_id or client_id in owners):
            shared = records.title_of(found[0]) if why == _BY_NAME else _said(why, value)
            said = _(why).format(value=shared)
            groups[ids] = Group(noun, said, [_duplicate(workspace, noun, r) for r in found])
    return list(groups.values())


def _said(why: str, value: str) -> str:
    shown = value.rpartition("|")[2]
    return phone.pretty(shown) if why in (_BY_NUMBER, _BY_PHONE) else shown


def _candidates(workspace: Workspace, noun: str, record_type: type[Record]) -> list[Record]:
    column = _SQL_KEYS.get(noun)
    if column is None:
        return workspace.store.select(record_type)
    return workspace.store.select(
        record_type,
        f"{column} IN (SELECT {column} FROM {noun} WHERE deleted_at IS NULL AND {column} != ''"
        f" GROUP BY {column} HAVING count(*) > 1)",
    )


def _duplicate(workspace: Workspace, noun: str, record: Record) -> Duplicate:
    owner = workspace.store.select(Client, "id = ?", [records.owner_of(record)])
    values = {
        field.name: field_values.shown(workspace, field, getattr(record, field.name))
        for field in FIELDS[noun]
    }
    title = records.title_of(record)
    return Duplicate(record.id, title, owner[0].name if owner else "", values)


def preview(
    workspace: Workspace, noun: str, kept_id: int, other_ids: Sequence[int]
) -> list[MergedField]:
    """Say what the kept record would hold; nothing is stored."""
    record_type = _KEYS[noun][0]
    kept, others = _read(workspace, record_type, kept_id, other_ids)
    merged = []
    for field in FIELDS[noun]:
        value, noted = _merged(field, kept, others)
        said = [field_values.shown(workspace, field, one) for one in noted]
        shown = field_values.shown(workspace, field, value)
        if shown or said:
            merged.append(MergedField(field.name, shown, tuple(said)))
    return merged


def merge(workspace: Workspace, noun: str, kept_id: int, other_ids: Sequence[int]) -> Changes:
    """Make one record of several; the result is the kept one.

    Args:
        workspace: the open workspace.
        noun: a key of the nouns whose duplicates are found.
        kept_id: the record that stays.
        other_ids: those that become part of it.

    Raises:
        KnownError: ``record-missing``, ``merge-secrets`` where a PUK or PIN would be lost,
            ``backup-failed``.
    """
    record_type = _KEYS[noun][0]
    kept, others = _read(workspace, record_type, kept_id, other_ids)
    changes = _all_merged(workspace, noun, kept, others)
    backups.before(workspace, "merge")
    store = workspace.store
    with store.unit("merge", records.title_of(kept)) as unit:
        for other in others:
            _take_over(workspace, record_type, kept, other)
            store.delete(store.get(record_type, other.id))
        current: Any = store.get(record_type, kept.id)
        stored = store.update(current, **changes)
    return Changes(unit, frozenset(store.tables_changed), stored)


def _read(
    workspace: Workspace, record_type: type[Record], kept_id: int, other_ids: Sequence[int]
) -> tuple[Record, list[Record]]:
    store = workspace.store
    others = [store.get(record_type, one) for one in other_ids if one != kept_id]
    return store.get(record_type, kept_id), others


def _merged(
    field: RegisterField, kept: Record, others: Sequence[Record]
) -> tuple[Any, tuple[Any, ...]]:
    """Return the value of a field of the one record, and those of the others that differ."""
    value = getattr(kept, field.name)
    theirs = [getattr(other, field.name) for other in others]
    if field.holds in (FieldType.LIST, FieldType.MANY):
        return tuple(dict.fromkeys([*value, *(word for words in theirs for word in words)])), ()
    if field.name == "note":
        return "\n".join(dict.fromkeys(filter(None, [value, *theirs]))), ()
    told = [one for one in theirs if one not in (None, "", False)]
    if value in (None, "") and told:
        value = told[0]
    return value, tuple(dict.fromkeys(one for one in told if one != value))


def _all_merged(
    workspace: Workspace, noun: str, kept: Record, others: Sequence[Record]
) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    lost = []
    for field in FIELDS[noun]:
        value, noted = _merged(field, kept, others)
        if noted and field.name in SECRETS:
            raise KnownError("merge-secrets")
        if value != getattr(kept, field.name):
            changes[field.name] = value
        shown = [field_values.shown(workspace, field, one) for one in noted]
        lost += [f"{field.label}: {one}" for one in shown if one]
    if lost:
        note = changes.get("note", getattr(kept, "note", ""))
        said = _("Merged, also known: {values}").format(values="; ".join(lost))
        changes["note"] = f"{note}\n{said}".strip()
    return changes


def _take_over(
    workspace: Workspace, record_type: type[Record], kept: Record, other: Record
) -> None:
    """Let all that refers to one record refer to another."""
    store, field = workspace.store, _REFERENCES[record_type]
    owner = {"client_id": records.owner_of(kept)} if record_type is Line else {}
    for referring in rows.TABLES:
        if referring in _NOT_MOVED or field not in rows.columns(referring):
            continue
        moved = owner if referring in _WITH_THE_LINE else {}
        store.refer(referring, field, other.id, {field: kept.id, **moved})
    if isinstance(kept, Line) and isinstance(other, Line):
        _take_line(workspace, kept, other)
    if record_type is Sim:
        store.refer(Sim, "predecessor_id", other.id, {"predecessor_id": kept.id})
    if record_type is Client:
        store.refer(LineChange, field, other.id, {field: kept.id})
        store.refer(Attachment, "owner_id", other.id, {"owner_id": kept.id})


def _take_line(workspace: Workspace, kept: Line, other: Line) -> None:
    """Take a number's card where the kept one has none, and each history that fits behind.

    A history that does not end in what the kept number has would leave a gap or an overlap;
    it stays with the record that is put away, where it can be read.
    """
    store = workspace.store
    if kept.sim_id is None and other.sim_id is not None:
        store.update(store.get(Line, kept.id), sim_id=other.sim_id)
    own = {change.field for change in store.select(LineChange, "line_id = ?", [kept.id])}
    theirs: dict[str, list[LineChange]] = defaultdict(list)
    for change in store.select(LineChange, "line_id = ?", [other.id]):
        theirs[change.field].append(change)
    for name, chain in theirs.items():
        last = [change for change in in_order(chain) if change.applied][-1:]
        fits = not last or last[0].after == as_stored(name, getattr(kept, name))
        if name not in own and fits:
            moved = {"line_id": kept.id, "client_id": kept.client_id}
            store.update_many([(change, moved) for change in chain])
