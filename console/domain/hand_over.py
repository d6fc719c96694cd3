"""The protocol of devices handed over: the finished data."""

from dataclasses import dataclass
from datetime import date

from console.domain.letterhead import Letterhead
from console.domain.signature import Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedDevice:
    """One piece that changes hands.

    Args:
        number: phone number that it is for, as people read it, or empty.
        condition: new, used, with a scratch; empty for new.
    """

    model: str
    imei: str = ""
    number: str = ""
    accessories: str = ""
    condition: str = ""
    warranty_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Letterhead):
    """All that the protocol says."""

    handed_on: date
    place: str
    handed_by: str
    taken_by: str
    devices: tuple[HandedDevice, ...]
    note: str
    signatures: tuple[Signature, ...] = ()
