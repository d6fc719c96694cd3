"""Files that belong to a record: stored once by their content, encrypted, read again whole."""

from console.domain.attachment import Attachment
from console.domain.record import ClientRecord
from console.errors import KnownError
from console.services import files
from console.workspace import Workspace


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
