"""The fields that every document begins with: client, account manager, operator."""

from typing import Any

from console import texts
from console.domain.client import Client
from console.services import settings
from console.workspace import Workspace


def letterhead(workspace: Workspace, client: Client, number: str, revision: int) -> dict[str, Any]:
    """Return the fields that every document begins with."""
    me = settings.manager(workspace)
    return {
        "number": number,
        "revision": revision,
        "language": texts.language(),
        "client": client.name,
        "ico": client.ico,
        "seat": client.seat,
        "issued_at": workspace.store.now(),
        "manager": me.name,
        "manager_email": me.email,
        "manager_phone": me.phone,
        "operator": me.operator,
        "brand": settings.brand(workspace),
    }
