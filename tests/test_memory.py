"""Python's search for cycles rests while rows are loaded, and is as it was behind it."""

import contextlib
import gc

import pytest

from console.memory import without_collection


@pytest.mark.parametrize("was_on", [True, False])
def test_collection_rests_and_is_as_it_was_also_behind_an_error(was_on: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if was_on else gc.disable)()
        with contextlib.suppress(KeyError), without_collection():
            assert not gc.isenabled()
            raise KeyError
        assert gc.isenabled() is was_on
    finally:
        (gc.enable if before else gc.disable)()
