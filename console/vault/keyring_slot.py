"""The keyring slot: this machine's Secret Service opens the workspace without a passphrase.

Optional. A keyring that is absent, locked, slow or changed never costs data: the passphrase
is asked for instead. The keyring holds a wrapping key of its own, never the data key.
"""

from collections.abc import Callable
from typing import Any, Final

from console.vault import slots as slot_file
from console.vault.keyrings import SERVICE, with_patience
from console.vault.keys import KEY_BYTES, new_key
from console.vault.slots import Slot, Slots

KIND: Final = "keyring"


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


def unlock(slots: Slots, asked: Callable[[str], str | None] = lambda _: None) -> bytes | None:
    """Return the data key, or None where the keyring does not give it in time.

    Args:
        slots: of the workspace.
        asked: gives what the keyring said of an account where it was asked before; None where
            it was not.
    """
    slot = slots.slot(KIND)
    if slot is None:
        return None
    stored = asked(_account(slots))
    if stored is None:
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
