"""Files that belong to a record: stored once by their content, encrypted, read again whole."""

import mimetypes
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from console.domain.attachment import Attachment
from console.domain.record import ClientRecord
from console.errors import KnownError
from console.services import files
from console.system_reasons import reason_of
from console.workspace import Workspace

LARGEST: Final = 100 * 2**20
"""Bytes that one file may have."""
_AT_ONCE: Final = 500


def attach(
    workspace: Workspace, owner: ClientRecord, name: str, media_type: str, content: bytes
) -> Attachment:
    """Store a file with a record, inside the caller's unit."""
    sha256 = files.put(workspace, content)
    return workspace.store.insert(
        Attachment(
            client_id=owner.client_id,
            owner_id=owner.id,
            name=name,
            media_type=media_type,
            size=len(content),
            sha256=sha256,
        )
    )


def attachments_of(workspace: Workspace, owner_id: int) -> list[Attachment]:
    """Return the files of a record in the order in which they came."""
    return workspace.store.select(Attachment, "owner_id = ?", [owner_id])


def content_of(workspace: Workspace, attachment: Attachment) -> bytes:
    """Return a file's bytes.

    Raises:
        KnownError: ``attachment-missing`` where it is gone or was altered.
    """
    content = files.get(workspace, attachment.sha256)
    if content is None:
        raise KnownError("attachment-missing", name=attachment.name)
    return content


def attach_file(workspace: Workspace, owner: ClientRecord, path: Path) -> Attachment:
    """Store a file from the disk with a record, inside the caller's unit.

    Raises:
        KnownError: ``attachment-large``, ``file-unreadable``.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise KnownError("attachment-large", name=path.name, megabytes=LARGEST // 2**20)
        content = path.read_bytes()
    except OSError as error:
        raise KnownError("file-unreadable", name=path.name, reason=reason_of(error)) from error
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return attach(workspace, owner, path.name, media_type, content)


def by_owner(workspace: Workspace, owner_ids: Sequence[int]) -> dict[int, list[Attachment]]:
    """Return the files of many records, by the id of their owner."""
    found: dict[int, list[Attachment]] = defaultdict(list)
    for start in range(0, len(owner_ids), _AT_ONCE):
        part = owner_ids[start : start + _AT_ONCE]
        marks = ",".join("?" * len(part))
        for one in workspace.store.select(Attachment, f"owner_id IN ({marks})", part):
            found[one.owner_id].append(one)
    return dict(found)


def save_copy(content: bytes, target: Path) -> Path:
    """Write a copy of a file outside the workspace, because the person asks for it.

    Raises:
        KnownError: ``file-unwritable``.
    """
    try:
        target.write_bytes(content)
    except OSError as error:
        raise KnownError("file-unwritable", path=target, reason=reason_of(error)) from error
    return target
