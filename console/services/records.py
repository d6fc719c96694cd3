"""Any noun of the register by its name: open, save, edit one field, delete, take a change back.

What each noun checks is in its own file; here is what forms and tables share.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from console.domain import phone
from console.domain.catalogue_item import CatalogueItem
from console.domain.client import Client
from console.domain.contact import Authority, Contact
from console.domain.device import Device
from console.domain.journal import Changes, JournalEntry
from console.domain.line import Line
from console.domain.record import Record
from console.domain.register_fields import FIELDS, register_field
from console.domain.sim import Sim
from console.domain.tariff import Tariff
from console.errors import KnownError
from console.intake.problems import message_of
from console.services import (
    access,
    authorities,
    catalogue_items,
    clients,
    contacts,
    devices,
    field_values,
    lines,
    sims,
    tariffs,
)
from console.services.field_values import Written
from console.storage import rows
from console.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Noun:
    """How records of a noun are made and changed."""

    record: type[Record]
    title: str
    add: Callable[..., Changes]
    change: Callable[..., Changes]
    delete: Callable[..., Changes]


def _change_line(
    workspace: Workspace, line: Line, effective_on: date | None = None, **changes: Any
) -> Changes:
    return lines.change_line(workspace, line, effective_on or workspace.store.today(), **changes)


_NOUNS: Final[Mapping[str, _Noun]] = {
    "clients": _Noun(
        Client, "name", clients.add_client, clients.change_client, clients.delete_client
    ),
    "contacts": _Noun(
        Contact, "name", contacts.add_contact, contacts.change_contact, contacts.delete_contact
    ),
    "authorities": _Noun(
        Authority,
        "mandate",
        authorities.add_authority,
        authorities.change_authority,
        authorities.delete_authority,
    ),
    "lines": _Noun(Line, "msisdn", lines.add_line, _change_line, lines.delete_line),
    "sims": _Noun(Sim, "iccid", sims.add_sim, sims.change_sim, sims.delete_sim),
    "tariffs": _Noun(
        Tariff, "name", tariffs.add_tariff, tariffs.change_tariff, tariffs.delete_tariff
    ),
    "catalogue_items": _Noun(
        CatalogueItem,
        "name",
        catalogue_items.add_item,
        catalogue_items.change_item,
        catalogue_items.delete_item,
    ),
    "devices": _Noun(
        Device, "model", devices.add_device, devices.change_device, devices.delete_device
    ),
}
_OPENINGS: Final = frozenset({"clients", "contacts", "lines"})
"""Nouns whose opening is a person's data, which some agreements want written down."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A record as a form shows it.

    Args:
        values: by the field's name, as a person writes it; secrets are empty.
    """

    noun: str
    record: Record
    values: Mapping[str, Written]


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved, and sentences about what was kept though it looks wrong."""

    record: Record
    warnings: tuple[str, ...] = ()


def record_type(noun: str) -> type[Record]:
    """Return the type of a noun's records."""
    return _NOUNS[noun].record


def title_of(record: Record) -> str:
    """Return what a record of the register is called."""
    noun = next(noun for noun in _NOUNS.values() if noun.record is type(record))
    title = str(getattr(record, noun.title))
    return phone.pretty(title) if isinstance(record, Line) else title


def owner_of(record: Record) -> int:
    """Return the id of the client that a record belongs to; a client is its own."""
    return int(getattr(record, "client_id", record.id))


def opened(workspace: Workspace, noun: str, record_id: int) -> Opened:
    """Open a record for a form; written down where the client's agreement logs openings.

    Raises:
        KnownError: ``record-missing``.
    """
    record = workspace.store.get(_NOUNS[noun].record, record_id)
    if noun in _OPENINGS:
        access.opened(workspace, noun, record_id, owner_of(record))
    return Opened(noun, record, _written(workspace, noun, record))


def blank(workspace: Workspace, noun: str, owner: Mapping[str, int]) -> Opened:
    """Return an empty record of a noun for a form.

    Args:
        workspace: the open workspace.
        noun: whose.
        owner: ids of what it belongs to, by field: ``client_id``, ``contact_id``.
    """
    record = _blank(noun, owner)
    return Opened(noun, record, _written(workspace, noun, record))


def _blank(noun: str, owner: Mapping[str, int]) -> Record:
    given: dict[str, Any] = {**dict.fromkeys(_EMPTY.get(noun, ()), ""), **owner}
    return _NOUNS[noun].record(**given)


_EMPTY: Final[Mapping[str, tuple[str, ...]]] = {
    "clients": ("name", "ico"),
    "contacts": ("name",),
    "lines": ("msisdn",),
    "sims": ("iccid",),
    "tariffs": ("code", "name"),
    "devices": ("model",),
    "catalogue_items": ("name",),
}
"""Fields without a default, by noun."""


def plain(record: Record) -> Opened:
    """Return a record for a form that refers to nothing else, a client or a contact."""
    noun = next(noun for noun, known in _NOUNS.items() if known.record is type(record))
    values = {
        field.name: field_values.plain(field, getattr(record, field.name)) for field in FIELDS[noun]
    }
    return Opened(noun, record, values)


def entered(workspace: Workspace, shown: Opened, values: Mapping[str, Written]) -> Record:
    """Return the record with what a form holds; nothing is stored.

    Raises:
        KnownError: ``field-wrong``, ``field-missing``.
    """
    changes, _warnings = _read(workspace, shown, values, is_new=not shown.record.id)
    return replace(shown.record, **changes)


def _written(workspace: Workspace, noun: str, record: Record) -> dict[str, Written]:
    return {
        field.name: field_values.written(workspace, field, getattr(record, field.name))
        for field in FIELDS[noun]
    }


def save(
    workspace: Workspace,
    shown: Opened,
    values: Mapping[str, Written],
    effective_on: date | None = None,
) -> Changes:
    """Store a new or changed record as one action; the result is a :class:`Saved`.

    Args:
        workspace: the open workspace.
        shown: the record as the form showed it.
        values: the form's fields as they are now; those that nobody touched change nothing.
        effective_on: from which day tracked fields have their new values; today where None.

    Raises:
        KnownError: ``field-wrong``, ``field-missing`` and what the noun checks.
    """
    noun = _NOUNS[shown.noun]
    is_new = not shown.record.id
    changes, warnings = _read(workspace, shown, values, is_new=is_new)
    if is_new:
        done = noun.add(workspace, replace(shown.record, **changes))
    else:
        when = {"effective_on": effective_on} if shown.noun == "lines" else {}
        done = noun.change(workspace, shown.record, **when, **changes)
    record: Any = done.result
    return Changes(done.unit, done.nouns, Saved(record, tuple(warnings)))


def _read(
    workspace: Workspace, shown: Opened, values: Mapping[str, Written], *, is_new: bool
) -> tuple[dict[str, Any], list[str]]:
    changes: dict[str, Any] = {}
    warnings: list[str] = []
    for field in FIELDS[shown.noun]:
        if field.name not in values or (field.is_fixed and not is_new):
            continue
        text = values[field.name]
        if text == shown.values[field.name] and not (is_new and field.is_required):
            continue
        value, code = field_values.read(workspace, owner_of(shown.record), field, text)
        changes[field.name] = value
        if code:
            warnings.append(f"{field.label}: {message_of(code, str(text))}")
    return changes, warnings


def change_field(
    workspace: Workspace,
    noun: str,
    record_id: int,
    name: str,
    written: str,
    seen: str,
    effective_on: date | None = None,
) -> Changes:
    """Change one field, as a cell of a table is edited; the result is a :class:`Saved`.

    Args:
        workspace: the open workspace.
        noun: whose.
        record_id: which.
        name: of the field.
        written: the new text.
        seen: the text that the person has overwritten.
        effective_on: from which day a tracked field has it; today where None.

    Raises:
        KnownError: ``record-changed`` where another value stands there now; as :func:`save`.
    """
    field = register_field(noun, name)
    record = workspace.store.get(_NOUNS[noun].record, record_id)
    before = field_values.written(workspace, field, getattr(record, name))
    if before != seen:
        raise KnownError("record-changed")
    return save(workspace, Opened(noun, record, {name: before}), {name: written}, effective_on)


def delete(workspace: Workspace, noun: str, record_ids: Sequence[int]) -> Changes:
    """Take records off the lists as one action; undo brings all of them back."""
    store, known = workspace.store, _NOUNS[noun]
    records = [store.get(known.record, record_id) for record_id in record_ids]
    detail = title_of(records[0]) if len(records) == 1 else str(len(records))
    nouns: set[str] = set()
    with store.unit(f"delete-{_singular(noun)}", detail) as unit:
        for record in records:
            known.delete(workspace, record)
        nouns |= store.tables_changed
    return Changes(unit, frozenset(nouns), len(records))


def _singular(noun: str) -> str:
    return "authority" if noun == "authorities" else noun.removesuffix("s").replace("_", "-")


def take_back(workspace: Workspace, shown: Opened, entry: JournalEntry) -> Changes:
    """Give a record the values that it had before one of its changes.

    Only fields that still have what the change gave them go back, so that nothing later is
    lost; it is a change of its own, which can be taken back, too.

    Raises:
        KnownError: ``undo-conflict`` where nothing of it is left.
    """
    noun = _NOUNS[shown.noun]
    record = workspace.store.get(noun.record, shown.record.id)
    editable = {field.name: field for field in FIELDS[shown.noun]}
    changes = {
        name: rows.decode_field(entry.table, name, before)
        for name, (before, after) in entry.changed.items()
        if name in editable and rows.encode_field(noun.record, name, getattr(record, name)) == after
    }
    if entry.operation != "update" or not changes:
        raise KnownError("undo-conflict")
    done = noun.change(workspace, record, **changes)
    result: Any = done.result
    return Changes(done.unit, done.nouns, Saved(result))
