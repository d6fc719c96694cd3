"""The recovery key: 160 random bits on paper, the way in when the passphrase is forgotten.

Forty characters in eight groups of five. The fifth character of each group checks the other
four and the group's place, so that a slip of the pen is found in its group. The key itself is
kept nowhere; a slot of its own wraps the data key with it.
"""

import base64
import os
import re
from collections.abc import Sequence
from typing import Any, Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from console.errors import KnownError
from console.vault import slots as slot_file
from console.vault.keys import KEY_BYTES
from console.vault.slots import Slot, Slots

KIND: Final = "recovery"
GROUPS: Final = 8
GROUP: Final = 5
_BITS: Final = 5
_BYTES: Final = 20
_SALT_BYTES: Final = 16
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES: Final = str.maketrans("OIL", "011")
_POLYNOMIAL: Final = 0b100101
_QR_PREFIX: Final = "KLIENTELA:RECOVERY:1"
_QR: Final = re.compile(_QR_PREFIX + r":[0-9A-F]{32}:(.*)", re.IGNORECASE | re.DOTALL)
_LONGEST: Final = 1000


def new() -> str:
    """Return a new recovery key as it is printed: ``XXXXX-XXXXX-…``, 160 random bits.

    Source:
        Crockford's base 32, whose alphabet has no I, L, O and U.
    """
    bits = int.from_bytes(os.urandom(_BYTES), "big")
    count = GROUPS * (GROUP - 1)
    values = [bits >> (_BITS * (count - 1 - at)) & 31 for at in range(count)]
    return "-".join(_group(at, values[at * 4 : at * 4 + 4]) for at in range(GROUPS))


def _group(place: int, values: Sequence[int]) -> str:
    return "".join(_ALPHABET[value] for value in (*values, _check(place, values)))


def _check(place: int, values: Sequence[int]) -> int:
    """Return the check character of a group: a weighted sum in the field of 32 elements.

    The weights differ, so that one wrong character, two that changed places, or a group in
    the place of another one never fit.

    Source:
        ISO/IEC 7064 in spirit; arithmetic in GF(2^5) over x^5 + x^2 + 1.
    """
    total = _times(place, 16)
    for weight, value in zip((2, 4, 8, 3), values, strict=True):
        total ^= _times(value, weight)
    return total


def _times(one: int, other: int) -> int:
    product = 0
    for bit in range(_BITS):
        if other >> bit & 1:
            product ^= one << bit
    for bit in range(2 * _BITS - 2, _BITS - 1, -1):
        if product >> bit & 1:
            product ^= _POLYNOMIAL << (bit - _BITS)
    return product


def tidy(text: str) -> str:
    """Return a recovery key as it is printed, from what a person typed or scanned.

    Case, spaces, hyphens, and O for 0 or I and L for 1 do not matter; the text of the QR
    code is taken, too.

    Raises:
        KnownError: ``recovery-key-length`` or ``recovery-key-group``, which names the first
            group that does not fit.
    """
    groups = groups_of(text)
    if len(groups) != GROUPS or len(groups[-1]) != GROUP:
        raise KnownError("recovery-key-length", groups=GROUPS, length=GROUP)
    wrong = wrong_groups(groups)
    if wrong:
        raise KnownError("recovery-key-group", group=wrong[0], written=groups[wrong[0] - 1])
    return "-".join(groups)


def groups_of(text: str) -> list[str]:
    """Return what was typed in groups of five, the last one perhaps shorter."""
    scanned = _QR.fullmatch(text[:_LONGEST].strip())
    typed = scanned.group(1) if scanned else text[:_LONGEST]
    characters = re.sub(r"[\s\-\u2010-\u2015]+", "", typed).upper().translate(_LOOKALIKES)
    return [characters[at : at + GROUP] for at in range(0, len(characters), GROUP)]


def wrong_groups(groups: Sequence[str]) -> list[int]:
    """Return which complete groups do not fit, counted from 1."""
    return [
        at + 1 for at, group in enumerate(groups) if len(group) == GROUP and not _fits(at, group)
    ]


def _fits(place: int, group: str) -> bool:
    if any(character not in _ALPHABET for character in group):
        return False
    *values, check = (_ALPHABET.index(character) for character in group)
    return place < GROUPS and _check(place, values) == check


def qr_text(slots: Slots, key: str) -> str:
    """Return what the QR code on the recovery sheet says; :func:`tidy` reads it back."""
    return f"{_QR_PREFIX}:{slots.workspace_id.upper()}:{key.replace('-', '')}"


def make(slots: Slots, key: str, data_key: bytes) -> Slot:
    """Wrap the data key for a recovery key.

    Raises:
        KnownError: where the key is none.
    """
    facts = {"kdf": "hkdf-sha256", "salt": base64.b64encode(os.urandom(_SALT_BYTES)).decode()}
    return slot_file.wrap(slots, KIND, facts, _derive(key, facts), data_key)


def unlock(slots: Slots, key: str) -> bytes:
    """Return the data key.

    Raises:
        KnownError: ``recovery-key-missing`` where the workspace has none,
            ``recovery-key-length``, ``recovery-key-group``, or ``recovery-key-wrong`` where
            it belongs to another workspace or was replaced by a newer one.
    """
    slot = slots.slot(KIND)
    if slot is None:
        raise KnownError("recovery-key-missing")
    data_key = slot_file.unwrap(slots, slot, _derive(key, slot.facts))
    if data_key is None:
        raise KnownError("recovery-key-wrong")
    return data_key


def _derive(key: str, facts: Any) -> bytes:
    """Derive the wrapping key; 160 random bits need no costly function.

    Raises:
        KnownError: where the key is none, or ``slots-damaged``.

    Source:
        RFC 5869 (HKDF with SHA-256).
    """
    characters = tidy(key).replace("-", "").encode()
    try:
        salt = base64.b64decode(facts["salt"])
    except (KeyError, TypeError, ValueError) as error:
        raise KnownError("slots-damaged", path=slot_file.FILE_NAME) from error
    info = b"klientela/recovery/1"
    derivation = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=salt, info=info)
    return derivation.derive(characters)
