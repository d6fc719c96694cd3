"""The one window over a workspace: being it, and bringing the one that is there to the front."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.vault.instance import Instance


def take_window(folder: Path) -> "Instance":
    """Become the one window over a workspace; listen there for a second start.

    Raises:
        KnownError: ``workspace-in-use``; :func:`raise_window` brings the other one up.
    """
    from console.vault import instance

    return instance.take(folder)


def raise_window(folder: Path) -> bool:
    """Bring the window that has a workspace to the front; return whether it answered."""
    from console.vault import instance

    return instance.raise_other(folder)
