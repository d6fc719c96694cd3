"""Identities only grow, whatever the clock does, and never meet across devices."""

from hypothesis import given
from hypothesis import strategies as st

from console.storage.ids import EPOCH_MS, IdMaker


@given(st.lists(st.integers(EPOCH_MS, EPOCH_MS + 10**9), min_size=1, max_size=200))
def test_ids_grow_though_the_clock_jumps(times: list[int]) -> None:
    clock = iter(times)
    maker = IdMaker(5, clock_ms=lambda: next(clock))
    made = [maker.next() for _ in times]
    assert made == sorted(set(made))
    assert all(0 < number < 2**63 for number in made[1:])


def test_ids_go_on_behind_the_last_one() -> None:
    first = IdMaker(5, clock_ms=lambda: EPOCH_MS + 1000)
    last = first.batch(5000)[-1]
    assert IdMaker(5, last, clock_ms=lambda: EPOCH_MS).next() > last


def test_devices_never_meet() -> None:
    one, other = (IdMaker(device, clock_ms=lambda: EPOCH_MS + 7) for device in (1, 2))
    assert not set(one.batch(9000)) & set(other.batch(9000))
