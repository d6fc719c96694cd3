"""Every file that we read, spoilt in many ways: one clear error, or what was in it; no more."""

from pathlib import Path

import pytest

from tests.faults import fuzz
from tests.faults.readers import READERS

TRIALS = 60


@pytest.mark.parametrize("kind", sorted(READERS))
def test_spoilt_file_gives_one_clear_error(kind: str, tmp_path: Path) -> None:
    assert fuzz.bears(kind, tmp_path, TRIALS) == ""
