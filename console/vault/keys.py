"""The data key of a workspace and the sub-keys that are derived from it."""

import os
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES: Final = 32
PURPOSES: Final = (
    "database",
    "backups",
    "attachments",
    "drafts",
    "slots",
    "operations",
    "erasures",
)


def new_key() -> bytes:
    """Return a random 256-bit key."""
    return os.urandom(KEY_BYTES)


def sub_key(data_key: bytes, purpose: str) -> bytes:
    """Derive the 256-bit key for one purpose.

    Args:
        data_key: the workspace's data key, 32 bytes.
        purpose: one of PURPOSES.

    Source:
        RFC 5869 (HKDF with SHA-256).
    """
    if purpose not in PURPOSES:
        raise ValueError(purpose)
    info = f"klientela/{purpose}/1".encode()
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=info).derive(data_key)
