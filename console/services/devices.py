"""Devices: adding, changing, taking off the lists."""

from typing import Any

from console.domain.device import Device
from console.domain.journal import Changes
from console.domain.register_fields import register_field
from console.errors import KnownError
from console.workspace import Workspace


def add_device(workspace: Workspace, device: Device) -> Changes:
    """Store a new device.

    Raises:
        KnownError: ``field-missing``, ``imei-exists``.
    """
    store = workspace.store
    _check(workspace, device)
    with store.unit("add-device", device.model) as unit:
        stored = store.insert(device)
    return Changes(unit, frozenset(store.tables_changed), stored)


def change_device(workspace: Workspace, device: Device, **changes: Any) -> Changes:
    """Change fields of a device.

    Raises:
        KnownError: as :func:`add_device`, ``record-changed``.
    """
    store = workspace.store
    with store.unit("change-device", device.model) as unit:
        stored = store.update(device, **changes)
        _check(workspace, stored)
    return Changes(unit, frozenset(store.tables_changed), stored)


def delete_device(workspace: Workspace, device: Device) -> Changes:
    """Take a device off the lists; undo brings it back."""
    store = workspace.store
    with store.unit("delete-device", device.model) as unit:
        store.delete(device)
    return Changes(unit, frozenset(store.tables_changed), device)


def _check(workspace: Workspace, device: Device) -> None:
    if not device.model.strip():
        label = register_field("devices", "model").label
        raise KnownError("field-missing", field=label, name="model")
    if device.imei and workspace.store.select(
        Device, "imei = ? AND id != ?", [device.imei, device.id]
    ):
        raise KnownError("imei-exists", imei=device.imei, name="imei")
