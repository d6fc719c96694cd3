"""Due times of 100,000 requests, against one bisect in a table for each."""

import random
from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from pathlib import Path

from console.domain.due_times import DueTimes
from console.domain.request import Channel, Kind
from console.domain.story import Facts
from console.services.shipped import shipped
from tests.bench.measure import Row, seconds

REQUESTS = 100_000
_KINDS = (Kind.FAULT, Kind.COMPLAINT, Kind.TARIFF_CHANGE, Kind.SIM_BLOCK, Kind.INFORMATION)
_CHANNELS = (Channel.PHONE, Channel.EMAIL, Channel.LETTER)


def rows(_folder: Path) -> list[Row]:
    """Measure two agreements that count differently."""
    facts = _facts()
    floor = seconds(lambda: _bisect_each(facts), 3)
    return [
        Row(f"deadlines of 100,000 requests, {key}", seconds(lambda k=key: _due(k, facts), 3), "s",
            floor, 2)
        for key in ("o2-public-sector", "municipal-tender")
    ]  # fmt: skip


def _facts() -> list[Facts]:
    chance = random.Random(7)
    first = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        Facts(
            kind=chance.choice(_KINDS),
            channel=chance.choice(_CHANNELS),
            count=chance.choice((1, 1, 1, 3, 12)),
            received=first + timedelta(seconds=chance.randrange(365 * 86400)),
        )
        for _ in range(REQUESTS)
    ]


def _due(key: str, facts: list[Facts]) -> None:
    due = DueTimes(shipped(key)).due
    assert all(due(fact) for fact in facts)


def _bisect_each(facts: list[Facts]) -> None:
    """Add 24 hours of office time by a table that is there already, as the design's floor."""
    first = datetime(2026, 1, 1, tzinfo=UTC)
    starts = [day * 86400 + 8 * 3600 for day in range(800)]
    done = [day * 6 * 3600 for day in range(800)]
    for fact in facts:
        at = int((fact.received - first).total_seconds())
        index = bisect_right(starts, at) - 1
        worked = done[index] + min(at - starts[index], 6 * 3600) + 24 * 3600
        later = bisect_right(done, worked) - 1
        assert first + timedelta(seconds=starts[later] + worked - done[later])
