"""The operator's portal: address and login name in the settings, the password in the keyring."""

import json
from dataclasses import asdict, dataclass
from typing import Final
from urllib.parse import urlsplit

from console.domain.journal import Changes
from console.errors import KnownError
from console.storage import settings as stored
from console.vault import secrets, slots
from console.workspace import Workspace

_PORTAL: Final = "portal"
_PASSWORD: Final = "portal"  # noqa: S105  (what it is kept as, not the password)
_SCHEMES: Final = frozenset({"https", "http"})


@dataclass(frozen=True, slots=True)
class Portal:
    """Where orders are sent to.

    Args:
        address: of the web page, or empty.
        login: the account manager's name there, or empty.
    """

    address: str = ""
    login: str = ""


def portal(workspace: Workspace) -> Portal:
    """Return the portal as it is set."""
    plain = stored.read(workspace.store).get(_PORTAL, "")
    return Portal(**json.loads(plain)) if plain else Portal()


def change_portal(workspace: Workspace, changed: Portal, password: str | None) -> Changes:
    """Set the portal; its password goes into the keyring and nowhere else.

    Args:
        workspace: the open workspace.
        changed: address and login name.
        password: None leaves the one that is there.

    Raises:
        KnownError: ``portal-address-wrong``, ``keyring-missing`` where the password cannot be
            kept; nothing was stored.
    """
    kept = Portal(changed.address.strip(), changed.login.strip())
    if kept.address and not _is_web(kept.address):
        raise KnownError("portal-address-wrong", address=kept.address)
    if password is not None and not secrets.keep(_owner(workspace), _PASSWORD, password):
        raise KnownError("keyring-missing")
    with workspace.store.unit("change-settings") as unit:
        stored.write(workspace.store, {_PORTAL: json.dumps(asdict(kept))})
    return Changes(unit, frozenset({"settings"}), kept)


def address(workspace: Workspace) -> str:
    """Return the address that a browser may open.

    Raises:
        KnownError: ``portal-missing``.
    """
    found = portal(workspace).address
    if not _is_web(found):
        raise KnownError("portal-missing")
    return found


def password(workspace: Workspace) -> str:
    """Return the password out of this machine's keyring.

    Raises:
        KnownError: ``portal-password-missing``.
    """
    found = secrets.get(_owner(workspace), _PASSWORD)
    if not found:
        raise KnownError("portal-password-missing")
    return found


def _is_web(text: str) -> bool:
    """Whether a browser, and nothing else of the machine, would open it."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.hostname) and not any(c.isspace() for c in text)


def _owner(workspace: Workspace) -> str:
    return slots.read(workspace.folder).workspace_id
