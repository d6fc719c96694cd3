"""The quick way to many due times gives what the explained way gives."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.deadlines import compute
from console.domain.due_times import DueTimes
from console.domain.request import Channel, Kind
from console.domain.story import Facts
from console.services.shipped import shipped, shipped_keys

FACTS = st.builds(
    Facts,
    kind=st.sampled_from(Kind),
    channel=st.sampled_from(Channel),
    count=st.integers(0, 40),
    received=st.integers(0, 5 * 365 * 86_400).map(
        lambda seconds: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    ),
    foreign_operator=st.booleans(),
)
CLOSED = frozenset({date(2026, 3, 4), date(2026, 8, 14)})


@pytest.mark.parametrize("key", shipped_keys())
@settings(max_examples=80, deadline=None)
@given(facts=FACTS, closures=st.sampled_from([frozenset(), CLOSED]))
def test_quick_due_time_is_the_explained_one(
    key: str, facts: Facts, closures: frozenset[date]
) -> None:
    explained = compute(shipped(key), facts, closures=closures).governing
    quick = DueTimes(shipped(key), closures).due(facts)
    assert quick == (explained.due if explained else None)


def test_due_times_of_one_agreement_do_not_depend_on_their_order() -> None:
    times = DueTimes(shipped("o2-public-sector"))
    facts = [
        Facts(
            kind=Kind.FAULT,
            channel=channel,
            count=count,
            received=datetime(2026, 3, 2, 9, tzinfo=UTC),
        )
        for channel in Channel
        for count in (1, 9, 10)
    ]
    assert [times.due(f) for f in facts] == [times.due(f) for f in reversed(facts)][::-1]
