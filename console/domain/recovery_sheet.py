"""The sheet with a workspace's recovery key. It is printed and never stored anywhere."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheet:
    """All that the sheet says.

    Args:
        workspace: which workspace the key opens.
        groups: the key in groups, as it is typed back.
        qr: what the QR code says.
        made_at: aware.
    """

    language: str
    workspace: str
    manager: str
    groups: tuple[str, ...]
    qr: str
    made_at: datetime

    def __repr__(self) -> str:
        return f"RecoverySheet({self.workspace!r})"
