"""The story of a request on paper: the finished data."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.letterhead import Letterhead


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """One entry of the story; ``kind`` in words."""

    at: datetime
    kind: str
    author: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestStory(Letterhead):
    """All that the story says.

    Args:
        request: number of the request.
        due: the governing deadline, or None.
        explanation: how it came about.
    """

    request: str
    kind: str
    channel: str
    state: str
    asked_by: str
    authority: str
    subject: str
    text: str
    received: datetime
    registered: datetime
    resolved: datetime | None
    due: datetime | None
    explanation: tuple[str, ...]
    numbers: tuple[str, ...]
    entries: tuple[StoryLine, ...]
