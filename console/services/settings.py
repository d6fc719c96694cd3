"""Settings of a workspace: who the account manager is. They travel with the workspace."""

from dataclasses import dataclass, fields

from console.domain.journal import Changes
from console.storage import settings as stored
from console.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Manager:
    """The account manager as documents and numbers name them.

    Args:
        prefix: letters in the numbers of requests, the manager's own.
        operator: name of the operator, printed on documents.
    """

    name: str = ""
    prefix: str = "AM"
    email: str = ""
    phone: str = ""
    operator: str = ""


def manager(workspace: Workspace) -> Manager:
    """Return the account manager of the workspace."""
    values = stored.read(workspace.store)
    known = {f.name: f.default for f in fields(Manager)}
    return Manager(**{n: values.get(n, str(default)) for n, default in known.items()})


def change_manager(workspace: Workspace, manager: Manager) -> Changes:
    """Store the account manager; later changes bear the new name."""
    store = workspace.store
    values = {f.name: getattr(manager, f.name).strip() for f in fields(Manager)}
    values["prefix"] = values["prefix"].upper() or "AM"
    with store.unit("change-settings") as unit:
        stored.write(store, values)
    store.actor = values["name"] or store.actor
    return Changes(unit, frozenset({"settings"}), Manager(**values))
