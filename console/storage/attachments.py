"""Files beside the database: encrypted, named by a keyed hash of their content."""

import hmac
import os
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES: Final = 12


def path(folder: Path, key: bytes, sha256: str) -> Path:
    """Return where a content lies."""
    return folder / hmac.digest(key, sha256.encode(), "sha256").hex()


def put(folder: Path, key: bytes, sha256: str, content: bytes) -> None:
    """Store a content under its SHA-256; one that is there already stays."""
    target = path(folder, key, sha256)
    if get(folder, key, sha256) is not None:
        return
    nonce = os.urandom(_NONCE_BYTES)
    temporary = target.with_suffix(".new")
    with temporary.open("wb") as file:
        file.write(nonce + AESGCM(key).encrypt(nonce, content, sha256.encode()))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(target)


def get(folder: Path, key: bytes, sha256: str) -> bytes | None:
    """Return a content, or None where it is missing or was altered."""
    try:
        sealed = path(folder, key, sha256).read_bytes()
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], sha256.encode())
    except (OSError, InvalidTag, ValueError):
        return None
