"""The list of erasures beside the database, so that an older copy does not bring anybody back.

It names records by their ids and says who stands in their place, never who it was. It is kept
in the workspace and beside its backups; opening a workspace does again what its database lacks.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from console.domain.erasure import Erasure
from console.paths import ERASURES_NAME
from console.storage import erasing
from console.storage.store import Store

_NONCE_BYTES: Final = 12
_ACTION: Final = "erase-person"


def read(folder: Path, key: bytes) -> list[Erasure]:
    """Return the erasures that a folder's list has; none where there is no list for this key."""
    return opened(folder, key) or []


def opened(folder: Path, key: bytes) -> list[Erasure] | None:
    """Return the erasures that a folder's list has, or None where the key does not open it."""
    try:
        sealed = (folder / ERASURES_NAME).read_bytes()
        plain = AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
        return [_from_plain(one) for one in json.loads(plain)]
    except (OSError, InvalidTag, ValueError, KeyError, TypeError):
        return None


def _from_plain(plain: dict[str, Any]) -> Erasure:
    return Erasure(**{**plain, "at": datetime.fromisoformat(plain["at"]), "deleted_at": None})


def write(folder: Path, key: bytes, found: Iterable[Erasure]) -> None:
    """Write a folder's list in one step."""
    plain = [{**asdict(one), "at": one.at.isoformat(), "deleted_at": None} for one in found]
    nonce = os.urandom(_NONCE_BYTES)
    target = folder / ERASURES_NAME
    temporary = target.with_suffix(".new")
    with temporary.open("wb") as file:
        file.write(nonce + AESGCM(key).encrypt(nonce, json.dumps(plain).encode(), None))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(target)


def sync(store: Store, folder: Path, key: bytes, others: Iterable[Path] = ()) -> list[Erasure]:
    """Bring list and database together: what only one of them has is done in the other.

    Args:
        store: the open database.
        folder: of the workspace.
        key: 32 bytes, for the list.
        others: further folders with a list, for example that of the backups.

    Returns:
        The erasures that were done again.
    """
    kept = {one.id: one for one in store.select(Erasure)}
    listed = {one.id: one for place in (folder, *others) for one in read(place, key)}
    again = [one for one in {**kept, **listed}.values() if not erasing.is_done(store, one)]
    missing = [one for number, one in listed.items() if number not in kept]
    if again or missing:
        with store.unit(_ACTION):
            for one in missing:
                _remember(store, one)
            for one in again:
                erasing.erase(store, erasing.subject_of(store, one), one.pseudonym)
    everything = {**kept, **listed}
    for place in (folder, *others):
        if place.is_dir() and {one.id for one in read(place, key)} != set(everything):
            write(place, key, everything.values())
    return again


def _remember(store: Store, erasure: Erasure) -> None:
    """Take an erasure into the database; its client may be one that this copy does not have."""
    known = store.db.conn.execute("SELECT 1 FROM clients WHERE id = ?", (erasure.client_id,))
    if known.fetchone():
        values = {f.name: getattr(erasure, f.name) for f in fields(erasure)}
        store.insert(replace(Erasure(**values), version=1))
