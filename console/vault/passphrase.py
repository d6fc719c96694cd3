"""The passphrase slot: the way in that every workspace has."""

import base64
import os
import time
import unicodedata
from collections.abc import Callable
from typing import Any, Final

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw

from console.errors import KnownError
from console.vault import slots as slot_file
from console.vault.keys import KEY_BYTES
from console.vault.slots import Slot, Slots

KIND: Final = "passphrase"
SHORTEST: Final = 8
_SALT_BYTES: Final = 16
TARGET: float = 0.7
"""Seconds that one guess of the passphrase shall cost on this machine."""
_MEMORY_KIB: Final = 65536
_ROUNDS: Final = 4
_LANES: Final = 2
_DEAREST_ROUNDS: Final = 40
_MOST_MEMORY_KIB: Final = 1 << 18
_MOST_ROUNDS: Final = 64
_MOST_LANES: Final = 16


def calibrated(clock: Callable[[], float] = time.perf_counter) -> dict[str, int]:
    """Return costs that make one guess take about TARGET on this machine.

    Never cheaper than 64 MiB in four rounds, and never dearer than a machine twice as slow
    would bear.

    Args:
        clock: gives seconds.

    Source:
        RFC 9106, section 4: memory first, then as many rounds as the time allows.
    """
    costs = {"memory_kib": _MEMORY_KIB, "rounds": _ROUNDS, "lanes": _LANES}
    start = clock()
    _derive("calibration", {**costs, "salt": base64.b64encode(bytes(_SALT_BYTES)).decode()})
    taken = max(clock() - start, 1e-3)
    rounds = round(_ROUNDS * TARGET / taken)
    return {**costs, "rounds": min(max(rounds, _ROUNDS), _DEAREST_ROUNDS)}


def make(slots: Slots, passphrase: str, data_key: bytes) -> Slot:
    """Wrap the data key for a passphrase.

    Raises:
        KnownError: ``passphrase-short``.
    """
    if len(unicodedata.normalize("NFC", passphrase)) < SHORTEST:
        raise KnownError("passphrase-short", length=SHORTEST)
    facts = {
        "kdf": "argon2id",
        "salt": base64.b64encode(os.urandom(_SALT_BYTES)).decode(),
        **calibrated(),
    }
    return slot_file.wrap(slots, KIND, facts, _derive(passphrase, facts), data_key)


def unlock(slots: Slots, passphrase: str) -> bytes:
    """Return the data key.

    Raises:
        KnownError: ``passphrase-wrong``, or ``slots-damaged`` where the slot makes no sense.
    """
    slot = slots.slot(KIND)
    key = slot and slot_file.unwrap(slots, slot, _derive(passphrase, slot.facts))
    if not key:
        raise KnownError("passphrase-wrong")
    return key


def _derive(passphrase: str, facts: Any) -> bytes:
    """Derive the wrapping key; costs from the file are capped, so that a file cannot hang us.

    Raises:
        KnownError: ``slots-damaged``.

    Source:
        RFC 9106 (Argon2id).
    """
    try:
        return hash_secret_raw(
            unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"),
            base64.b64decode(facts["salt"]),
            time_cost=min(int(facts["rounds"]), _MOST_ROUNDS),
            memory_cost=min(int(facts["memory_kib"]), _MOST_MEMORY_KIB),
            parallelism=min(int(facts["lanes"]), _MOST_LANES),
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    except (KeyError, TypeError, ValueError, OverflowError, HashingError) as error:
        raise KnownError("slots-damaged", path=slot_file.FILE_NAME) from error
