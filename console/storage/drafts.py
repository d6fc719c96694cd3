"""What was typed and not saved yet: one encrypted file for each form, replaced in one step."""

import contextlib
import hmac
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES: Final = 12


def _path(folder: Path, key: bytes, name: str) -> Path:
    return folder / f"{hmac.digest(key, name.encode(), 'sha256').hex()[:32]}.draft"


def write(folder: Path, key: bytes, name: str, content: bytes) -> None:
    """Keep a draft under a name, in place of the one before."""
    nonce = os.urandom(_NONCE_BYTES)
    target = _path(folder, key, name)
    temporary = target.with_suffix(".new")
    with temporary.open("wb") as file:
        file.write(nonce + AESGCM(key).encrypt(nonce, content, target.stem.encode()))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(target)


def read(folder: Path, key: bytes, name: str) -> bytes | None:
    """Return a draft, or None where there is none that can be read."""
    path = _path(folder, key, name)
    content = _opened(path, key, path.stem)
    return _opened(path, key, name) if content is None else content


def _opened(path: Path, key: bytes, bound_to: str) -> bytes | None:
    """Return what a file holds; those of before were bound to the name in clear."""
    try:
        sealed = path.read_bytes()
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to.encode())
    except (OSError, InvalidTag, ValueError):
        return None


def all_drafts(folder: Path, key: bytes) -> Iterator[tuple[Path, bytes | None]]:
    """Give every draft; None where it cannot be read without its name."""
    for path in sorted(folder.glob("*.draft")):
        yield path, _opened(path, key, path.stem)


def remove(folder: Path, key: bytes, name: str) -> None:
    """Forget a draft."""
    with contextlib.suppress(FileNotFoundError):
        _path(folder, key, name).unlink()
