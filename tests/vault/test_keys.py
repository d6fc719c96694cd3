"""Sub-keys: one for each purpose, always the same, never the data key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.vault import keys
from console.vault.keys import PURPOSES

DATA_KEY = bytes(range(32))
RELEASED = "cbc8a8dfb1db7328035245e4cdbefa10f1c9be07b64ac62f1cb7ea459c85b1a3"
"""HKDF by RFC 5869 written out: extract with no salt, expand with ``klientela/database/1``."""


def test_purposes_have_keys_of_their_own() -> None:
    made = {keys.sub_key(DATA_KEY, purpose) for purpose in PURPOSES}
    assert len(made) == len(PURPOSES)
    assert {len(key) for key in made} == {32}
    assert DATA_KEY not in made


def test_key_of_a_purpose_never_changes() -> None:
    """A released workspace opens with exactly this key."""
    assert keys.sub_key(DATA_KEY, "database").hex() == RELEASED


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_other_data_keys_give_other_keys(one: bytes, other: bytes) -> None:
    same = keys.sub_key(one, "database") == keys.sub_key(other, "database")
    assert same == (one == other)


@pytest.mark.parametrize("purpose", ["", "Database", "database ", "mail"])
def test_unknown_purpose_is_refused(purpose: str) -> None:
    with pytest.raises(ValueError, match=f"^{purpose}$"):
        keys.sub_key(DATA_KEY, purpose)


def test_new_keys_are_long_and_never_the_same() -> None:
    made = {keys.new_key() for _ in range(100)}
    assert len(made) == 100
    assert {len(key) for key in made} == {keys.KEY_BYTES}
