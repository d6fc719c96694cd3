"""The written confirmation of a request that came by word of mouth: the finished data."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.letterhead import Letterhead
from console.domain.signature import Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenConfirmation(Letterhead):
    """All that the form says.

    Args:
        request: number of the request.
        kind: what is asked for, in words.
        asked_by: who asked.
        authority: whether they may, and on what basis.
        numbers: phone numbers concerned, as people read them.
    """

    request: str
    kind: str
    channel: str
    asked_by: str
    authority: str
    received: datetime
    subject: str
    text: str
    numbers: tuple[str, ...]
    signatures: tuple[Signature, ...] = ()
