"""The annex of authorised persons: the finished data."""

from dataclasses import dataclass
from datetime import date

from console.domain.letterhead import Letterhead
from console.domain.signature import Signature


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisedPerson:
    """A person and what they may ask for, in words.

    Args:
        scope: what they may ask for.
        limits: for which numbers or cost centres; empty for all.
        until: last day, or None where it does not end.
    """

    name: str
    function: str
    phone: str
    email: str
    scope: str
    limits: str
    until: date | None
    mandate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisedPersons(Letterhead):
    """All that the annex says, as of a day."""

    as_of: date
    agreement: str
    persons: tuple[AuthorisedPerson, ...]
    signatures: tuple[Signature, ...] = ()
