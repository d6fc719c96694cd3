"""The care sheet of a client: the finished data of one page, nothing left to compute.

All texts are in the language of the sheet.
"""

from dataclasses import dataclass
from datetime import date, datetime

from console.domain.letterhead import OWN_LOOK, Brand


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetChannel:
    """A way to reach the operator, and when somebody answers."""

    label: str
    value: str
    hours: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSpecialist:
    """A person on the operator's side.

    Args:
        hours: when the person is on duty, and whether beyond that in a crisis.
        handles: kinds of requests that go to the person; empty for all.
        channels: how the person wants to be reached; empty for every way.
    """

    role: str
    name: str
    email: str
    landline: str
    mobile: str
    fax: str
    hours: str
    handles: str
    channels: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLevel:
    """A level of support and the units behind it."""

    number: int
    name: str
    units: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDeadline:
    """A rule that sets a deadline.

    Args:
        rule: where it stands, in words.
        within: how long it gives.
        nature: by the contract, by the law, or our own target.
        exceptions: what a recorded circumstance changes, or empty.
    """

    rule: str
    within: str
    nature: str
    exceptions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CareSheet:
    """All that the sheet says.

    Args:
        number: of the document.
        valid_from: first day of the version of the agreement that it tells.
        rules: single sentences: who may call, what is charged, what data are used for, who
            is responsible, when the client is informed, which days are closed.
    """

    number: str
    revision: int
    language: str
    client: str
    ico: str
    agreement: str
    valid_from: date
    issued_at: datetime
    manager: str
    manager_email: str
    manager_phone: str
    operator: str
    summary: str
    services: tuple[str, ...]
    channels: tuple[SheetChannel, ...]
    specialists: tuple[SheetSpecialist, ...]
    levels: tuple[SheetLevel, ...]
    deadlines: tuple[SheetDeadline, ...]
    rules: tuple[str, ...]
    brand: Brand = OWN_LOOK
