"""Fixtures: a clock that stands where the test sets it, in the open workspace."""

import pytest

from console.workspace import Workspace
from tests.services.steps import Clock


@pytest.fixture
def clock(opened: Workspace) -> Clock:
    """The workspace's clock, at ten in the morning of a Wednesday without holidays near."""
    clock = Clock("2026-11-04T10:00")
    opened.store.clock = clock
    return clock
