"""A signature that somebody drew on the screen: ink as strokes, with name, time and place."""

from dataclasses import dataclass
from datetime import datetime

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A drawn signature.

    Args:
        name: who signed.
        role: for whom: ``client`` or ``operator``.
        at: when, aware.
        place: where.
        strokes: each from pen down to pen up; points from 0 to 1, to the right and down, in
            a field whose width is three times its height.
    """

    name: str
    role: str
    at: datetime
    place: str
    strokes: tuple[tuple[Point, ...], ...]
