"""PUK and PIN: hidden everywhere, revealed one at a time with a reason that is written down."""

from console.domain.access import Access
from console.domain.journal import Changes
from console.domain.register_fields import SECRETS
from console.domain.sim import Sim
from console.errors import KnownError
from console.workspace import Workspace


def reveal(workspace: Workspace, sim_id: int, name: str, reason: str) -> Changes:
    """Reveal a secret of a card; the result is the secret, and undo passes it by.

    Args:
        workspace: the open workspace.
        sim_id: whose card.
        name: ``puk`` or ``pin``.
        reason: why, in the person's words.

    Raises:
        KnownError: ``reveal-reason-needed``, ``secret-missing``.
    """
    if name not in SECRETS:
        raise ValueError(name)
    sim = workspace.store.get(Sim, sim_id)
    secret = str(getattr(sim, name))
    if not secret:
        raise KnownError("secret-missing")
    return _log(workspace, sim.client_id, "sims", sim_id, reason, secret)


def reveal_all(workspace: Workspace, client_id: int, reason: str) -> Changes:
    """Write down that the secrets of a client's cards went out in a table.

    Raises:
        KnownError: ``reveal-reason-needed``.
    """
    return _log(workspace, client_id, "clients", client_id, reason, None)


def _log(
    workspace: Workspace,
    client_id: int,
    noun: str,
    record_id: int,
    reason: str,
    secret: str | None,
) -> Changes:
    if not reason.strip():
        raise KnownError("reveal-reason-needed")
    store = workspace.store
    with store.unit("reveal-secret", noun) as unit:
        store.insert(
            Access(
                client_id=client_id,
                at=store.now(),
                actor=store.actor,
                noun=noun,
                record_id=record_id,
                reason=reason.strip(),
            )
        )
    return Changes(unit, frozenset(store.tables_changed), secret)
