"""Files of the workspace by their content: documents, logos. Encrypted beside the database."""

import hashlib
from pathlib import Path

from console.storage import attachments
from console.workspace import Workspace


def put(workspace: Workspace, content: bytes) -> str:
    """Keep a content; return its SHA-256, hexadecimal."""
    sha256 = hashlib.sha256(content).hexdigest()
    attachments.put(*_place(workspace), sha256, content)
    return sha256


def get(workspace: Workspace, sha256: str) -> bytes | None:
    """Return a content by its SHA-256, or None where it is missing or was altered."""
    content = attachments.get(*_place(workspace), sha256)
    if content is None or hashlib.sha256(content).hexdigest() != sha256:
        return None
    return content


def drop(workspace: Workspace, sha256: str) -> None:
    """Take a content away; one that is not there is no error."""
    folder, key = _place(workspace)
    attachments.path(folder, key, sha256).unlink(missing_ok=True)


def _place(workspace: Workspace) -> tuple[Path, bytes]:
    from console.vault.keys import sub_key

    return workspace.folder / "attachments", sub_key(workspace.data_key, "attachments")
