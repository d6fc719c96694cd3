"""Drafts of forms: what was typed survives a crash, a lock and a closed dialog."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from console.errors import KnownError
from console.storage import drafts as stored
from console.workspace import Workspace


def _place(workspace: Workspace) -> tuple[Path, bytes]:
    from console.vault.keys import sub_key

    return workspace.folder / "drafts", sub_key(workspace.data_key, "drafts")


def keep(workspace: Workspace, form: str, typed: Mapping[str, Any]) -> None:
    """Keep what was typed into a form, in place of what was kept before.

    Args:
        workspace: the open workspace.
        form: stable name of the form.
        typed: plain data.

    Raises:
        KnownError: ``disk-full``.
    """
    try:
        stored.write(*_place(workspace), form, json.dumps(typed, ensure_ascii=False).encode())
    except OSError as error:
        raise KnownError("disk-full") from error


def kept(workspace: Workspace, form: str) -> dict[str, Any] | None:
    """Return what was typed into a form and not saved, or None."""
    content = stored.read(*_place(workspace), form)
    if content is None:
        return None
    found = json.loads(content)
    return found if isinstance(found, dict) else None


def forget_of(workspace: Workspace, client_id: int) -> None:
    """Forget what was typed about a client, and whatever does not say about whom it is."""
    folder, key = _place(workspace)
    for path, content in stored.all_drafts(folder, key):
        typed = json.loads(content) if content else {}
        owner = typed.get("client", 0) if isinstance(typed, dict) else 0
        if owner in (0, client_id):
            path.unlink(missing_ok=True)


def forget(workspace: Workspace, form: str) -> None:
    """Forget what was typed: it was saved, or the person threw it away."""
    stored.remove(*_place(workspace), form)
