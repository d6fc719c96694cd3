"""``slots.json``: the data key, wrapped once for each way of unlocking.

The file holds no secret in clear. Each slot wraps the same data key with a key of its own by
AES-256-GCM, bound to the workspace and to the kind of slot; a seal made with the data key
shows whether the file as a whole was altered. It is replaced in one step, and the one before
stays beside it as ``slots.json.prev``.
"""

import base64
import hmac
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from console import paths
from console.errors import KnownError
from console.vault.keys import KEY_BYTES, sub_key

FORMAT: Final = 1
FILE_NAME: Final = "slots.json"
PREVIOUS_NAME: Final = "slots.json.prev"
_NONCE_BYTES: Final = 12
_UNREADABLE: Final = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the data key.

    Args:
        kind: ``passphrase``, ``recovery`` or ``keyring``.
        facts: what deriving the wrapping key needs beside the secret (salt, costs, account).
        nonce: of the wrapping, 12 bytes.
        wrapped: the data key, encrypted and authenticated.
    """

    kind: str
    facts: Mapping[str, Any]
    nonce: bytes
    wrapped: bytes

    def __repr__(self) -> str:
        return f"Slot({self.kind})"


@dataclass(frozen=True, slots=True)
class Slots:
    """The whole file.

    Args:
        workspace_id: random, also kept inside the database.
        generation: grows with each data key.
        device: 0 to 1023, this copy of the workspace.
        slots: at most one of each kind.
    """

    workspace_id: str
    generation: int
    device: int
    slots: tuple[Slot, ...] = ()

    def slot(self, kind: str) -> Slot | None:
        """Return the slot of a kind, or None."""
        return next((slot for slot in self.slots if slot.kind == kind), None)

    def with_slot(self, slot: Slot) -> "Slots":
        """Return the slots with one added, or put in place of the one of its kind."""
        return replace(self, slots=(*self.without(slot.kind).slots, slot))

    def without(self, kind: str) -> "Slots":
        """Return the slots less the one of a kind."""
        return replace(self, slots=tuple(s for s in self.slots if s.kind != kind))


def wrap(
    slots: Slots, kind: str, facts: Mapping[str, Any], wrapping_key: bytes, data_key: bytes
) -> Slot:
    """Wrap the data key for one way of unlocking."""
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(wrapping_key).encrypt(nonce, data_key, _bound_to(slots, kind))
    return Slot(kind, facts, nonce, sealed)


def unwrap(slots: Slots, slot: Slot, wrapping_key: bytes) -> bytes | None:
    """Return the data key, or None where the wrapping key does not fit."""
    try:
        key = AESGCM(wrapping_key).decrypt(slot.nonce, slot.wrapped, _bound_to(slots, slot.kind))
    except (InvalidTag, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None


def _bound_to(slots: Slots, kind: str) -> bytes:
    return f"klientela/{FORMAT}/{slots.workspace_id}/{slots.generation}/{kind}".encode()


def write(folder: Path, slots: Slots, data_key: bytes) -> None:
    """Replace the file in one step; the one before becomes ``slots.json.prev``."""
    target = folder / FILE_NAME
    temporary = folder / f"{FILE_NAME}.new"
    with temporary.open("wb") as file:
        file.write(sealed(slots, data_key))
        file.flush()
        os.fsync(file.fileno())
    temporary.chmod(0o600)
    if target.exists():
        shutil.copy2(target, folder / PREVIOUS_NAME)
    temporary.replace(target)
    paths.sync_folder(folder)


def write_twice(folder: Path, slots: Slots, data_key: bytes) -> None:
    """Replace the file and the one before it, which the old way in would still open."""
    for _ in range(2):
        write(folder, slots, data_key)


def sealed(slots: Slots, data_key: bytes) -> bytes:
    """Return the content of the file, with its seal."""
    body = _to_json(slots)
    body["seal"] = _seal(body, data_key)
    return json.dumps(body, indent=2).encode() + b"\n"


def parse(content: bytes) -> Slots:
    """Read slots that lie elsewhere, in a backup.

    Raises:
        KnownError: ``slots-damaged``.
    """
    try:
        return _from_json(json.loads(content))
    except _UNREADABLE as error:
        raise KnownError("slots-damaged", path=FILE_NAME) from error


def read(folder: Path) -> Slots:
    """Read the file, or the one before it where the file is damaged.

    Raises:
        KnownError: ``workspace-missing`` or ``slots-damaged``.
    """
    if not (folder / FILE_NAME).exists() and not (folder / PREVIOUS_NAME).exists():
        raise KnownError("workspace-missing", path=folder)
    for name in (FILE_NAME, PREVIOUS_NAME):
        try:
            return _from_json(json.loads((folder / name).read_text(encoding="utf-8")))
        except _UNREADABLE:
            continue
    raise KnownError("slots-damaged", path=folder / FILE_NAME)


def check_seal(folder: Path, data_key: bytes) -> bool:
    """Return whether the file on the disk is as it was written, down to every field."""
    try:
        body = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    if not isinstance(body, dict):
        return False
    seal = str(body.get("seal", "")).encode(errors="replace")
    return hmac.compare_digest(seal, _seal(body, data_key).encode())


def _seal(body: Mapping[str, Any], data_key: bytes) -> str:
    unsealed = {name: value for name, value in body.items() if name != "seal"}
    text = json.dumps(unsealed, sort_keys=True, separators=(",", ":")).encode()
    return hmac.digest(sub_key(data_key, "slots"), text, "sha256").hex()


def _to_json(slots: Slots) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "workspace": slots.workspace_id,
        "generation": slots.generation,
        "device": slots.device,
        "slots": [
            {
                "kind": slot.kind,
                **slot.facts,
                "nonce": base64.b64encode(slot.nonce).decode(),
                "wrapped": base64.b64encode(slot.wrapped).decode(),
            }
            for slot in slots.slots
        ],
    }


def _from_json(body: Mapping[str, Any]) -> Slots:
    if body["format"] != FORMAT:
        raise ValueError("another format")
    return Slots(
        str(body["workspace"]),
        int(body["generation"]),
        int(body["device"]),
        tuple(_slot_from_json(dict(slot)) for slot in body["slots"]),
    )


def _slot_from_json(body: dict[str, Any]) -> Slot:
    kind = str(body.pop("kind"))
    nonce = base64.b64decode(body.pop("nonce"), validate=True)
    wrapped = base64.b64decode(body.pop("wrapped"), validate=True)
    return Slot(kind, body, nonce, wrapped)
