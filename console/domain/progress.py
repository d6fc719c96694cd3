"""What long work says of itself while it goes on."""

from collections.abc import Callable
from typing import TypeAlias

Told: TypeAlias = Callable[[str], object]
"""Takes one short sentence in the language in use; called on the thread that does the work."""


def silent(_step: str) -> None:
    """Tell nobody."""
