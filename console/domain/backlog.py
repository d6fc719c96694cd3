"""The backlog of a month: what was open, came, was closed, was opened again, stays open.

Each figure is counted for itself out of the steps of the requests' stories; that they add up
is not computed but follows from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from console.domain.request import RequestState
from console.domain.story import REOPENED

STATE_WORDS: Final[Mapping[str, RequestState]] = {
    **{state.value: state for state in RequestState},
    REOPENED: RequestState.IN_PROGRESS,
}
"""What the reference of a step means: the state that the request went into."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a request: when, and into which state."""

    at: datetime
    state: RequestState


@dataclass(frozen=True, slots=True)
class Movement:
    """What became of one request, or of many, in a period; how often each."""

    opening: int = 0
    received: int = 0
    closed: int = 0
    reopened: int = 0
    closing: int = 0


def movement(received: datetime, steps: Sequence[Step], begin: datetime, end: datetime) -> Movement:
    """Return what became of a request in a period.

    Args:
        received: when it came, before ``end``.
        steps: of its story, in the order of time.
        begin: first moment of the period.
        end: first moment after it.
    """
    is_open, closed, reopened = True, 0, 0
    was_open = received < begin
    for step in (step for step in steps if step.at < end):
        if step.at < begin:
            was_open = received < begin and step.state.is_open
        else:
            closed += is_open and not step.state.is_open
            reopened += step.state.is_open and not is_open
        is_open = step.state.is_open
    return Movement(was_open, received >= begin, closed, reopened, is_open)


def total(movements: Iterable[Movement]) -> Movement:
    """Return what became of many requests."""
    found = list(movements)
    return Movement(
        opening=sum(one.opening for one in found),
        received=sum(one.received for one in found),
        closed=sum(one.closed for one in found),
        reopened=sum(one.reopened for one in found),
        closing=sum(one.closing for one in found),
    )
