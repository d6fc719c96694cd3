"""Passwords of other systems, in this machine's own keyring and nowhere else."""

from typing import Any

from console.vault.keyrings import SERVICE, with_patience


def keep(workspace_id: str, name: str, secret: str) -> bool:
    """Put a password into the keyring.

    Args:
        workspace_id: whose.
        name: what it is for.
        secret: the password; empty takes it out.

    Returns:
        Whether the keyring has it now.
    """
    account = _account(workspace_id, name)

    def store(backend: Any) -> bool:
        if not secret:
            backend.delete_password(SERVICE, account)
            return True
        backend.set_password(SERVICE, account, secret)
        kept = backend.get_password(SERVICE, account)
        return bool(kept == secret)

    return bool(with_patience(store))


def get(workspace_id: str, name: str) -> str:
    """Return a password, or nothing where the keyring does not give it in time."""
    account = _account(workspace_id, name)
    found = with_patience(lambda backend: backend.get_password(SERVICE, account))
    return str(found or "")


def _account(workspace_id: str, name: str) -> str:
    return f"{workspace_id}/{name}"
