"""The end of a paper that is signed: the places to sign never stand on a page of their own."""

from typing import Final

from reportlab.platypus import Flowable, FrameBreak

from console.documents import base
from console.documents.tagging import TaggedHeading

_LEAST: Final = 60.0
"""Height of what stands at least above the places to sign; points."""
_WHOLE: Final = 160.0
"""Height up to which a section goes to the next page as a whole; points."""


def ended(story: list[Flowable], places: list[Flowable]) -> list[Flowable]:
    """Return a story with the places to sign, which stay on a page with the end of the story.

    Args:
        story: what is signed.
        places: to sign, with the gap above.
    """
    begun, last = list(story), list[Flowable]()
    while begun and base.height_of(last) < _LEAST:
        last.insert(0, begun.pop())
    if begun and isinstance(begun[-1], TaggedHeading):
        last.insert(0, begun.pop())
    return [*begun, _Ending(last, places)]


class _Ending(Flowable):  # type: ignore[misc]  # reportlab has no types
    """The last pieces of a story and the places to sign; it is never drawn but always split."""

    def __init__(self, last: list[Flowable], places: list[Flowable]) -> None:
        super().__init__()
        self._last = last
        self._places = places

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return a size that no page has."""
        return width, 1e6

    def split(self, width: float, height: float) -> list[Flowable]:
        """Return the pieces where they fit, otherwise so that some go to the next page."""
        whole = [*self._last, *self._places]
        if base.height_of(whole) <= height:
            return whole
        begun = self._begun(width, height)
        if begun:
            return begun
        return [FrameBreak(), self] if height < base.HEIGHT - 1 else whole

    def _begun(self, width: float, height: float) -> list[Flowable]:
        """Return what a page takes of a long last section, and the rest with the places."""
        place = next(n for n, one in enumerate(self._last) if not isinstance(one, TaggedHeading))
        lead, long, rest = self._last[:place], self._last[place], self._last[place + 1 :]
        tall = base.height_of([long])
        room = min(height - base.height_of(lead), tall - _LEAST)
        if tall <= _WHOLE or room < _LEAST:
            return []
        parts = long.split(width, room)
        if len(parts) < 2:
            return []
        return [*lead, parts[0], _Ending([*parts[1:], *rest], self._places)]
