"""Files that belong to a record: stored once by their content, encrypted, read again whole."""

import hashlib
from pathlib import Path

from console.domain.attachment import Attachment
from console.domain.record import ClientRecord
from console.errors import KnownError
from console.storage import attachments as stored
from console.workspace import Workspace


def place(workspace: Workspace) -> tuple[Path, bytes]:
    """Return the folder of the files and the key that they are encrypted with."""
    from console.vault.keys import sub_key

    return workspace.folder / "attachments", sub_key(workspace.data_key, "attachments")


def attach(
    workspace: Workspace, owner: ClientRecord, name: str, media_type: str, content: bytes
) -> Attachment:
    """Store a file with a record, inside the caller's unit."""
    sha256 = hashlib.sha256(content).hexdigest()
    stored.put(*place(workspace), sha256, content)
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
    content = stored.get(*place(workspace), attachment.sha256)
    if content is None or hashlib.sha256(content).hexdigest() != attachment.sha256:
        raise KnownError("attachment-missing", name=attachment.name)
    return content
