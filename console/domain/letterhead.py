"""What every document says of who issues it and for whom."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """How the operator's documents look.

    Args:
        colour: of rules and charts as ``#rrggbb``, or empty for our own.
        logo: SHA-256 of the picture, hexadecimal, or empty.
        address: the operator's, in one line, or empty.
    """

    colour: str = ""
    logo: str = ""
    address: str = ""


OWN_LOOK: Final = Brand()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What every document begins with.

    Args:
        number: of the document.
        revision: 1 for the first issue.
        issued_at: aware.
    """

    number: str
    revision: int
    language: str
    client: str
    ico: str
    seat: str
    issued_at: datetime
    manager: str
    manager_email: str
    manager_phone: str
    operator: str
    brand: Brand = OWN_LOOK
