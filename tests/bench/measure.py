"""A measured row, and the clock that fills it."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement against its floor of the same run.

    Args:
        name: what was measured.
        value: the measured figure, in ``unit``.
        floor: what it is held against, in ``unit``.
        budget: the most that ``value`` may be, as a multiple of ``floor``; where
            ``is_difference``, as a figure in ``unit`` above it.
    """

    name: str
    value: float
    unit: str
    floor: float
    budget: float
    is_difference: bool = False

    @property
    def ratio(self) -> float:
        """The value over its floor, or above it."""
        return self.value - self.floor if self.is_difference else self.value / self.floor

    @property
    def met(self) -> bool:
        """Whether the budget holds."""
        return self.ratio <= self.budget

    def to_json(self) -> dict[str, Any]:
        """Return the row as the command prints it."""
        row = asdict(self)
        del row["is_difference"]
        return {**row, "ratio": round(self.ratio, 3), "met": self.met}


def seconds(run: Callable[[], object], times: int = 1) -> float:
    """Return the shortest of some runs."""
    return min(_once(run) for _ in range(times))


def percentile_95(runs: list[Callable[[], object]]) -> float:
    """Return the time that 95 of 100 runs keep to, seconds."""
    return statistics.quantiles([_once(run) for run in runs], n=20)[-1]


def median(runs: list[Callable[[], object]]) -> float:
    """Return the middle time of some runs, seconds."""
    return statistics.median(_once(run) for run in runs)


def _once(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
