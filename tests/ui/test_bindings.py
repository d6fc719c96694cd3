"""The window library keeps its references: PySide6 6.12.0 on Python 3.11 does not.

There every void call loses a reference to None; after some 5,000 calls the process aborts.
"""

import sys

import pytest
from PySide6.QtWidgets import QLabel

CALLS = 2_000


@pytest.mark.usefixtures("qapp")
def test_void_calls_lose_no_reference_to_none() -> None:
    label = QLabel()
    before = sys.getrefcount(None)
    for _turn in range(CALLS):
        label.setText("a")
    assert abs(sys.getrefcount(None) - before) < CALLS // 10
