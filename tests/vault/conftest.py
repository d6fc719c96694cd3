"""Fixtures: slots of a workspace that exists on paper only, and a data key."""

import pytest

from console.vault import keys, slots
from console.vault.slots import Slots


@pytest.fixture
def key() -> bytes:
    """A data key."""
    return keys.new_key()


@pytest.fixture
def empty() -> Slots:
    """The slots of a workspace, none of them filled."""
    return Slots("0123456789abcdef0123456789abcdef", generation=1, device=7)


@pytest.fixture
def wrapping_key() -> bytes:
    """The key that opens the slot of :func:`filled`."""
    return keys.new_key()


@pytest.fixture
def filled(empty: Slots, key: bytes, wrapping_key: bytes) -> Slots:
    """The slots with one of the kind ``recovery``."""
    slot = slots.wrap(empty, "recovery", {"hint": "ř"}, wrapping_key, key)
    return empty.with_slot(slot)
