"""A person whose data were erased: who stands in the place, since when, and why.

Nothing here says who it was; only the person's former record is named, by its id.
"""

from dataclasses import dataclass
from datetime import datetime

from console.domain.contact import Contact
from console.domain.record import ClientRecord


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who has numbers or devices of a client and is no contact."""

    client_id: int
    name: str
    id: int = 0
    email: str = ""


Person = Contact | Holder
"""Whoever may ask what is kept about them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure(ClientRecord):
    """One erasure. It stays for ever, so that it can be done again over an older copy.

    Args:
        noun: ``contacts``, or ``journal`` for a holder who is no contact.
        record_id: of the contact, or of the journal's entry that made the person a holder.
        pseudonym: what stands in the place of the name.
        at: when, aware UTC.
        reason: the person's wish, or the rule of retention.
    """

    noun: str
    record_id: int
    pseudonym: str
    at: datetime
    reason: str
