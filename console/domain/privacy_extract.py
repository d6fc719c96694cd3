"""What is kept about a person, as the person may ask: the finished data.

Source:
    Regulation (EU) 2016/679, article 15.
"""

from dataclasses import dataclass
from datetime import date, datetime

from console.domain.letterhead import Letterhead


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptField:
    """One datum with what it is called."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRequest:
    """A request in which the person appears, and what the data may be used for."""

    number: str
    received: datetime
    subject: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAccess:
    """Who looked at the data, when, and for which request."""

    at: datetime
    actor: str
    request: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyExtract(Letterhead):
    """All that the extract says.

    Args:
        further: where else the person appears: authorities, devices, messages, orders.
    """

    person: str
    as_of: date
    fields: tuple[KeptField, ...]
    numbers: tuple[KeptField, ...]
    requests: tuple[KeptRequest, ...]
    accesses: tuple[KeptAccess, ...]
    further: tuple[KeptField, ...] = ()
