"""How rows of a file are found in the register and written, noun by noun."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import repeat
from typing import Any, Final

from console.domain.catalogue_item import CatalogueItem, ItemKind
from console.domain.contact import Contact
from console.domain.device import Device
from console.domain.line import Line
from console.domain.record import Record
from console.domain.sim import Sim
from console.domain.tariff import Tariff
from console.domain.usage import Usage
from console.intake.catalogue_items import identity as item_key
from console.intake.usage import identity as usage_key
from console.intake.values import plain
from console.services import catalogue_items, devices, sims
from console.services.line_history import track_changes
from console.storage import rows
from console.workspace import Workspace

Changed = tuple[Any, dict[str, Any]]
"""What the register knows, and what a row changes of it."""
_SIM_FIELDS: Final = ("iccid", "puk", "pin")


@dataclass(frozen=True, slots=True)
class Noun:
    """How rows of one noun are found in the register and written.

    Args:
        keeps_source: whether its records say which file they came from.
    """

    known: Callable[[Workspace, int], Mapping[str, Any]]
    key: Callable[[dict[str, Any]], str]
    difference: Callable[[Any, Mapping[str, Any]], dict[str, Any]]
    insert: Callable[[Workspace, int, Sequence[Mapping[str, Any]]], None]
    update: Callable[[Workspace, Sequence[Changed]], None]
    keeps_source: bool = False


_KEYS: Final = {"numbers": "lines.msisdn", "sims": "sims.iccid", "devices": "devices.imei"}
ELSEWHERE: Final = {
    "numbers": "number-elsewhere",
    "sims": "sim-elsewhere",
    "devices": "device-elsewhere",
}
"""What is said of a row whose key another client has."""


def elsewhere(workspace: Workspace, what: str, client_id: int) -> dict[str, str]:
    """Return the keys that other clients have, with their names."""
    if what not in _KEYS:
        return {}
    table, column = _KEYS[what].split(".")
    found = workspace.store.db.conn.execute(
        f"SELECT t.{column}, c.name FROM {table} t JOIN clients c ON c.id = t.client_id"
        f" WHERE t.client_id != ? AND t.{column} != '' AND t.deleted_at IS NULL"
        " AND c.deleted_at IS NULL",
        (client_id,),
    )
    return dict(found.fetchall())


def numbers_of(workspace: Workspace, client_id: int) -> dict[str, int]:
    """Return the client's numbers with the ids of their lines."""
    found = workspace.store.db.conn.execute(
        "SELECT msisdn, id FROM lines WHERE client_id = ? AND deleted_at IS NULL", (client_id,)
    )
    return dict(found.fetchall())


def tariff_names(workspace: Workspace, client_id: int) -> dict[str, str]:
    """Return the client's tariffs as its price list writes them, by their plain names."""
    known = workspace.store.select(Tariff, "client_id = ?", [client_id])
    return {plain(tariff.name): tariff.name for tariff in known}


def _differs(record: Record, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that the file gives otherwise; an empty cell says nothing."""
    return {
        name: value
        for name, value in values.items()
        if value not in (None, "", ()) and hasattr(record, name) and getattr(record, name) != value
    }


@dataclass(frozen=True, slots=True)
class _KnownLine:
    """A line with its card, as far as a file can change them."""

    line: Line
    sim: Sim | None


def _known_lines(workspace: Workspace, client_id: int) -> dict[str, _KnownLine]:
    store = workspace.store
    sims = {
        sim.id: sim
        for sim in store.select(
            Sim,
            "id IN (SELECT sim_id FROM lines WHERE client_id = ? AND deleted_at IS NULL)",
            [client_id],
        )
    }
    return {
        line.msisdn: _KnownLine(line, sims.get(line.sim_id or 0))
        for line in store.select(Line, "client_id = ?", [client_id])
    }


def _line_difference(known: _KnownLine, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row changes; a PUK belongs to a card and says nothing without one."""
    plain_values = {n: v for n, v in values.items() if n not in _SIM_FIELDS and n != "msisdn"}
    difference = _differs(known.line, plain_values)
    if not (known.sim or values.get("iccid")):
        return difference
    for name in _SIM_FIELDS:
        value = values.get(name)
        if value and value != (getattr(known.sim, name) if known.sim else ""):
            difference[name] = value
    return difference


def _insert_lines(workspace: Workspace, client_id: int, new: Sequence[Mapping[str, Any]]) -> None:
    """Store new numbers in bulk, their cards first: a number refers to its card."""
    if not new:
        return
    store = workspace.store
    names = [n for n in new[0] if n not in _SIM_FIELDS]
    encoders = [rows.encoder(Line, name) for name in names]
    line_ids = store.new_ids(len(new))
    sim_ids = [store.new_id() if values.get("iccid") else None for values in new]
    store.insert_many(
        Sim,
        ("id", "client_id", "line_id", "iccid", "puk", "pin"),
        [
            (
                sim_id,
                client_id,
                line_id,
                values["iccid"],
                values.get("puk") or "",
                values.get("pin") or "",
            )
            for line_id, sim_id, values in zip(line_ids, sim_ids, new, strict=True)
            if sim_id
        ],
    )
    values_by_column = [
        [None if (value := values[name]) is None else encode(value) for values in new]
        for name, encode in zip(names, encoders, strict=True)
    ]
    store.insert_many(
        Line,
        ("id", "client_id", "sim_id", *names),
        list(zip(line_ids, repeat(client_id), sim_ids, *values_by_column, strict=False)),
    )


def _update_lines(workspace: Workspace, changed: Sequence[Changed]) -> None:
    """Change numbers, their cards first."""
    lines = [(known.line, _with_card(workspace, known, dict(values))) for known, values in changed]
    track_changes(workspace, lines, workspace.store.today())


def _with_card(workspace: Workspace, known: _KnownLine, changes: dict[str, Any]) -> dict[str, Any]:
    """Change a number's card; another ICCID is another card, whose predecessor stays."""
    store = workspace.store
    today = store.today()
    card = {n: changes.pop(n) for n in _SIM_FIELDS if n in changes}
    if "iccid" in card:
        if known.sim:
            store.update(known.sim, valid_until=today)
        sim = store.insert(
            Sim(
                client_id=known.line.client_id,
                line_id=known.line.id,
                iccid=card["iccid"],
                puk=card.get("puk", ""),
                pin=card.get("pin", ""),
                predecessor_id=known.sim.id if known.sim else None,
                valid_from=today,
            )
        )
        changes["sim_id"] = sim.id
    elif card and known.sim:
        store.update(known.sim, **card)
    return changes


def _known_contacts(workspace: Workspace, client_id: int) -> dict[str, Contact]:
    found = workspace.store.select(Contact, "client_id = ?", [client_id])
    return {plain(contact.email or contact.name): contact for contact in found}


def _known_tariffs(workspace: Workspace, client_id: int) -> dict[str, Tariff]:
    found = workspace.store.select(Tariff, "client_id = ?", [client_id])
    return {plain(tariff.code or tariff.name): tariff for tariff in found}


def _insert_contacts(
    workspace: Workspace, client_id: int, new: Sequence[Mapping[str, Any]]
) -> None:
    for values in new:
        given = {name: value for name, value in values.items() if value is not None}
        workspace.store.insert(Contact(client_id=client_id, **given))


def _insert_tariffs(workspace: Workspace, client_id: int, new: Sequence[Mapping[str, Any]]) -> None:
    for values in new:
        given = {name: value for name, value in values.items() if value is not None}
        given.setdefault("monthly_fee", Decimal(0))
        given["name"] = given.get("name") or given.get("code", "")
        given["code"] = given.get("code") or ""
        workspace.store.insert(Tariff(client_id=client_id, **given))


def _update_records(workspace: Workspace, changed: Sequence[Changed]) -> None:
    workspace.store.update_many(changed)


def _contact_key(values: Mapping[str, Any]) -> str:
    return plain(str(values.get("email") or values.get("name") or ""))


def _tariff_key(values: Mapping[str, Any]) -> str:
    return plain(str(values.get("code") or values.get("name") or ""))


def _line_key(values: Mapping[str, Any]) -> str:
    return str(values["msisdn"])


def _known_sims(workspace: Workspace, client_id: int) -> dict[str, Sim]:
    return {sim.iccid: sim for sim in workspace.store.select(Sim, "client_id = ?", [client_id])}


def _insert_sims(workspace: Workspace, client_id: int, new: Sequence[Mapping[str, Any]]) -> None:
    for values in new:
        given = {name: value for name, value in values.items() if value is not None}
        sims.add_sim(workspace, Sim(client_id=client_id, **given))


def _update_sims(workspace: Workspace, changed: Sequence[Changed]) -> None:
    for sim, changes in changed:
        sims.change_sim(workspace, sim, **changes)


def _sim_key(values: Mapping[str, Any]) -> str:
    return str(values["iccid"])


def _known_devices(workspace: Workspace, client_id: int) -> dict[str, Device]:
    found = workspace.store.select(Device, "client_id = ?", [client_id])
    return {_device_key(_as_values(device)): device for device in found}


def _as_values(device: Device) -> dict[str, Any]:
    return {name: getattr(device, name) for name in ("imei", "model", "holder", "line_id")}


def _insert_devices(workspace: Workspace, client_id: int, new: Sequence[Mapping[str, Any]]) -> None:
    for values in new:
        given = {name: value for name, value in values.items() if value is not None}
        devices.add_device(workspace, Device(client_id=client_id, **given))


def _device_key(values: Mapping[str, Any]) -> str:
    """Recognise a device by its IMEI, and without one by its model and who has it."""
    words = (values["model"], values.get("holder") or "", values.get("line_id") or "")
    return str(values.get("imei") or plain("|".join(map(str, words))))


def _known_items(workspace: Workspace, _client_id: int) -> dict[str, CatalogueItem]:
    found = workspace.store.select(CatalogueItem)
    return {plain(item.code or item.name): item for item in found}


def _insert_items(workspace: Workspace, _client_id: int, new: Sequence[Mapping[str, Any]]) -> None:
    for values in new:
        given = {name: value for name, value in values.items() if value is not None}
        given["name"] = given.get("name") or given.get("code", "")
        given.setdefault("kind", ItemKind.SERVICE)
        catalogue_items.add_item(workspace, CatalogueItem(**given))


def _known_usage(workspace: Workspace, client_id: int) -> dict[str, Usage]:
    """Return what was billed in all months; numbers of a month are few beside the client's."""
    found = workspace.store.select(Usage, "client_id = ?", [client_id])
    return {usage_key({"msisdn": u.msisdn, "month": u.month}): u for u in found}


def _insert_usage(workspace: Workspace, client_id: int, new: Sequence[Mapping[str, Any]]) -> None:
    """Store usage in bulk, each row with its line where the register has the number."""
    if not new:
        return
    store = workspace.store
    here = numbers_of(workspace, client_id)
    names = [name for name in new[0] if name != "msisdn"]
    columns = [_column(new, name) for name in names]
    numbers = [values["msisdn"] for values in new]
    store.insert_many(
        Usage,
        ("id", "client_id", "item", "line_id", "msisdn", *names),
        list(
            zip(
                store.new_ids(len(new)),
                repeat(client_id, len(new)),
                repeat("", len(new)),
                [here.get(number) for number in numbers],
                numbers,
                *columns,
                strict=True,
            )
        ),
    )


def _column(new: Sequence[Mapping[str, Any]], name: str) -> list[Any]:
    """Return a field of all rows as the database keeps it; values that repeat are made once."""
    encode = rows.encoder(Usage, name)
    made = {value: encode(value) for value in {v[name] for v in new} if value is not None}
    nothing = "" if name == "invoice" else None
    return [nothing if (value := v[name]) is None else made[value] for v in new]


NOUNS: Final[Mapping[str, Noun]] = {
    "numbers": Noun(_known_lines, _line_key, _line_difference, _insert_lines, _update_lines),
    "sims": Noun(_known_sims, _sim_key, _differs, _insert_sims, _update_sims),
    "devices": Noun(_known_devices, _device_key, _differs, _insert_devices, _update_records),
    "contacts": Noun(_known_contacts, _contact_key, _differs, _insert_contacts, _update_records),
    "catalogue": Noun(_known_items, item_key, _differs, _insert_items, _update_records),
    "usage": Noun(
        _known_usage, usage_key, _differs, _insert_usage, _update_records, keeps_source=True
    ),
    "tariffs": Noun(_known_tariffs, _tariff_key, _differs, _insert_tariffs, _update_records),
}
