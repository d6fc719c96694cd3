"""The keyring slot: this machine's Secret Service opens the workspace without a passphrase.

Optional. A keyring that is absent, locked, slow or changed never costs data: the passphrase
is asked for instead. The keyring holds a wrapping key of its own, never the data key.
"""

import importlib
import logging
import threading
from collections.abc import Callable
from typing import Any, Final, TypeVar

from console.vault import slots as slot_file
from console.vault.keys import KEY_BYTES, new_key
from console.vault.slots import Slot, Slots

KIND: Final = "keyring"
SERVICE: Final = "Klientela"
PATIENCE: Final = 3.0
"""Seconds to wait for the keyring before the passphrase is asked for."""
_REAL_BACKENDS: Final = (
    ("SecretService", "Keyring"),
    ("libsecret", "Keyring"),
    ("kwallet", "DBusKeyring"),
    ("macOS", "Keyring"),
    ("Windows", "WinVaultKeyring"),
)

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


def make(slots: Slots, data_key: bytes) -> Slot | None:
    """Put a wrapping key into the keyring and wrap the data key with it.

    Returns:
        The slot, or None where this machine has no keyring that would do.
    """
    wrapping_key = new_key()
    stored = with_patience(lambda backend: _store(backend, slots, wrapping_key))
    if not stored:
        return None
    return slot_file.wrap(slots, KIND, {"account": _account(slots)}, wrapping_key, data_key)


def unlock(slots: Slots) -> bytes | None:
    """Return the data key, or None where the keyring does not give it within PATIENCE."""
    slot = slots.slot(KIND)
    if slot is None:
        return None
    stored = with_patience(lambda backend: backend.get_password(SERVICE, _account(slots)))
    try:
        wrapping_key = bytes.fromhex(stored or "")
    except ValueError:
        return None
    return slot_file.unwrap(slots, slot, wrapping_key) if len(wrapping_key) == KEY_BYTES else None


def forget(slots: Slots) -> None:
    """Take the wrapping key out of the keyring."""
    with_patience(lambda backend: backend.delete_password(SERVICE, _account(slots)))


def _account(slots: Slots) -> str:
    return f"{slots.workspace_id}/{slots.device}"


def _store(backend: Any, slots: Slots, wrapping_key: bytes) -> bool:
    backend.set_password(SERVICE, _account(slots), wrapping_key.hex())
    return bool(backend.get_password(SERVICE, _account(slots)) == wrapping_key.hex())


def with_patience(work: Callable[[Any], _Result]) -> _Result | None:
    """Ask the keyring on a thread of its own, because some keyrings never answer."""
    answers: list[_Result] = []

    def ask() -> None:
        try:
            backend = _real_backend()
            if backend is not None:
                answers.append(work(backend))
        except Exception as error:
            _log.info("the keyring does not help: %s", type(error).__name__)

    thread = threading.Thread(target=ask, name="keyring", daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return answers[0] if answers else None


def _real_backend() -> Any:
    """Return the system's own keyring, or None: no plain-text file is ever used.

    They are asked for by name, because looking through all installed packages for plug-ins
    takes longer than everything else at the start of the program.
    """
    for module, name in _REAL_BACKENDS:
        try:
            kind = getattr(importlib.import_module(f"keyring.backends.{module}"), name)
            if kind.viable:
                return kind()
        except (ImportError, AttributeError):
            continue
    return None
