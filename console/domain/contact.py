"""Contacts: the client's people, and what each may ask for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from console.domain.record import ClientRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(ClientRecord):
    """A person at the client.

    Args:
        authorised: whether the person may ask for anything but orders.
        may_order: whether the person may order devices and SIM cards; None where unsaid.
        valid_until: last day of the authority, or None where it does not end.
    """

    name: str
    function: str = ""
    department: str = ""
    landline: str = ""
    mobile: str = ""
    fax: str = ""
    email: str = ""
    authorised: bool = False
    may_order: bool | None = None
    valid_until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(ClientRecord):
    """A grant to one contact that is narrower than the blanket authority.

    Args:
        actions: kinds of requests, as their words; empty means every kind.
        cost_centres: cost centres of the numbers concerned; empty means every one.
        numbers: E.164 numbers concerned; empty means every one.
        mandate: the document that gives the authority.
        order_limit: the most that one order may cost, CZK without VAT; None for any sum.
    """

    contact_id: int
    actions: tuple[str, ...] = ()
    cost_centres: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    mandate: str = ""
    order_limit: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSummary:
    """A contact as lists show it."""

    id: int
    client_id: int
    client: str
    name: str
    function: str
    department: str
    mobile: str
    landline: str
    email: str
    authorised: bool
    may_order: bool | None
    valid_until: date | None
