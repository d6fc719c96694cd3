"""Links between requests: how two of them belong together."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.domain.record import ClientRecord
from console.texts import N_, _


class LinkKind(StrEnum):
    """How two requests belong together."""

    RELATED = "related"
    MERGED = "merged"
    SPLIT = "split"

    @property
    def label(self) -> str:
        """The link in the language in use."""
        return _(_LINK_LABELS[self])


_LINK_LABELS: Final = {
    LinkKind.RELATED: N_("belongs to"),
    LinkKind.MERGED: N_("merged into"),
    LinkKind.SPLIT: N_("split from"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLink(ClientRecord):
    """Two requests that belong together; the one was merged into, or split from, the other."""

    request_id: int
    other_id: int
    kind: LinkKind
