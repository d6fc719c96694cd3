"""Clients as a file gives them; one is recognised by its IČO."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from console.domain.client import Client
from console.services import clients
from console.services.import_noun import Changed, Noun, differs, given
from console.workspace import Workspace


def _known(workspace: Workspace, _client_id: int) -> dict[str, Client]:
    return {client.ico: client for client in clients.all_clients(workspace)}


def _insert(workspace: Workspace, _client_id: int, new: Sequence[Mapping[str, Any]]) -> None:
    for values in new:
        said = given(values)
        clients.add_client(workspace, Client(**{**said, "name": said.get("name") or said["ico"]}))


def _update(workspace: Workspace, changed: Sequence[Changed]) -> None:
    for client, changes in changed:
        clients.change_client(workspace, client, **changes)


CLIENTS: Final = Noun(
    known=_known,
    key=lambda values: str(values["ico"]),
    difference=differs,
    insert=_insert,
    update=_update,
    title=lambda client: client.name,
)
