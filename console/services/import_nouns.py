"""How rows of a file are found in the register and written, noun by noun."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import repeat
from typing import Any, Final

from console.domain import phone
from console.domain.catalogue_item import CatalogueItem, ItemKind
from console.domain.device import Device
from console.domain.tariff import Tariff
from console.domain.usage import Usage
from console.intake.catalogue_items import identity as item_key
from console.intake.usage import identity as usage_key
from console.intake.values import plain
from console.services import catalogue_items, devices
from console.services.import_clients import CLIENTS
from console.services.import_contacts import CONTACTS
from console.services.import_lines import NUMBERS
from console.services.import_noun import (
    Noun,
    differs,
    given,
    update_records,
)
from console.services.import_references import NUMBERS_SQL, by_word, refer
from console.services.import_sims import SIMS
from console.storage import rows
from console.workspace import Workspace


def _known_tariffs(workspace: Workspace, client_id: int) -> dict[str, Tariff]:
    found = workspace.store.select(Tariff, "client_id = ?", [client_id])
    return {plain(tariff.code or tariff.name): tariff for tariff in found}


def _insert_tariffs(workspace: Workspace, client_id: int, new: Sequence[Mapping[str, Any]]) -> None:
    for values in new:
        said = given(values)
        said.setdefault("monthly_fee", Decimal(0))
        said["name"] = said.get("name") or said.get("code", "")
        said["code"] = said.get("code") or ""
        workspace.store.insert(Tariff(client_id=client_id, **said))


def _tariff_key(values: Mapping[str, Any]) -> str:
    return plain(str(values.get("code") or values.get("name") or ""))


def _known_devices(workspace: Workspace, client_id: int) -> dict[str, Device]:
    found = workspace.store.select(Device, "client_id = ?", [client_id])
    return {_device_key(_as_values(device)): device for device in found}


def _as_values(device: Device) -> dict[str, Any]:
    return {name: getattr(device, name) for name in ("imei", "model", "holder", "line_id")}


def _insert_devices(workspace: Workspace, client_id: int, new: Sequence[Mapping[str, Any]]) -> None:
    for values in new:
        said = given(values)
        devices.add_device(workspace, Device(client_id=client_id, **said))


def _device_key(values: Mapping[str, Any]) -> str:
    """Recognise a device by its IMEI, and without one by its model and who has it."""
    words = (values["model"], values.get("holder") or "", values.get("line_id") or "")
    return str(values.get("imei") or plain("|".join(map(str, words))))


def _known_items(workspace: Workspace, _client_id: int) -> dict[str, CatalogueItem]:
    found = workspace.store.select(CatalogueItem)
    return {plain(item.code or item.name): item for item in found}


def _insert_items(workspace: Workspace, _client_id: int, new: Sequence[Mapping[str, Any]]) -> None:
    for values in new:
        said = given(values)
        said["name"] = said.get("name") or said.get("code", "")
        said.setdefault("kind", ItemKind.SERVICE)
        catalogue_items.add_item(workspace, CatalogueItem(**said))


def _known_usage(workspace: Workspace, client_id: int) -> dict[str, Usage]:
    """Return what was billed in all months; numbers of a month are few beside the client's."""
    found = workspace.store.select(Usage, "client_id = ?", [client_id])
    return {usage_key({"msisdn": u.msisdn, "month": u.month}): u for u in found}


def _insert_usage(workspace: Workspace, client_id: int, new: Sequence[Mapping[str, Any]]) -> None:
    """Store usage in bulk, each row with its line where the register has the number."""
    if not new:
        return
    store = workspace.store
    here = by_word(workspace, client_id, NUMBERS_SQL)
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


def _column(new: Sequence[Mapping[str, Any]], name: str) -> Sequence[Any]:
    """Return a field of all rows as the database keeps it."""
    column = rows.encode_column(Usage, name, [values[name] for values in new])
    return [value or "" for value in column] if name == "invoice" else column


NOUNS: Final[Mapping[str, Noun]] = {
    "numbers": NUMBERS,
    "contacts": CONTACTS,
    "clients": CLIENTS,
    "sims": SIMS,
    "devices": Noun(
        _known_devices,
        _device_key,
        differs,
        _insert_devices,
        update_records,
        lambda device: device.model,
        settle=refer,
        place="devices.imei",
        elsewhere="device-elsewhere",
    ),
    "catalogue": Noun(
        _known_items, item_key, differs, _insert_items, update_records, lambda item: item.name
    ),
    "usage": Noun(
        _known_usage,
        usage_key,
        differs,
        _insert_usage,
        update_records,
        lambda usage: phone.pretty(usage.msisdn),
        keeps_source=True,
    ),
    "tariffs": Noun(
        _known_tariffs,
        _tariff_key,
        differs,
        _insert_tariffs,
        update_records,
        lambda tariff: tariff.name,
    ),
}
