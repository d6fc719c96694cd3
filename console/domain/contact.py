"""Contacts: the client's people, and what each may ask for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from console.domain.record import ClientRecord
from console.domain.request import Channel
from console.texts import N_, _


class ContactRole(StrEnum):
    """What the person is to the account manager; the empty value means that nobody said."""

    UNKNOWN = ""
    STATUTORY = "statutory"
    TECHNICAL = "technical"
    BILLING = "billing"
    ORDERS = "orders"
    USER = "user"

    @property
    def label(self) -> str:
        """The role in the language in use."""
        return _(_ROLE_LABELS[self])


_ROLE_LABELS: Final = {
    ContactRole.UNKNOWN: "",
    ContactRole.STATUTORY: N_("Statutory representative"),
    ContactRole.TECHNICAL: N_("Technical"),
    ContactRole.BILLING: N_("Billing"),
    ContactRole.ORDERS: N_("Orders"),
    ContactRole.USER: N_("User"),
}


class Verification(StrEnum):
    """How the person's identity is verified; the password itself is never stored."""

    UNKNOWN = ""
    CALL_BACK = "call-back"
    PASSWORD = "password"  # noqa: S105  (the method, not a password)
    DATA_BOX = "data-box"
    SIGNED_MAIL = "signed-mail"
    IN_PERSON = "in-person"

    @property
    def label(self) -> str:
        """The method in the language in use."""
        return _(_VERIFICATION_LABELS[self])


_VERIFICATION_LABELS: Final = {
    Verification.UNKNOWN: "",
    Verification.CALL_BACK: N_("Call back to a known number"),
    Verification.PASSWORD: N_("Password that the operator checks"),
    Verification.DATA_BOX: N_("Data box"),
    Verification.SIGNED_MAIL: N_("Signed e-mail"),
    Verification.IN_PERSON: N_("In person"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(ClientRecord):
    """A person at the client.

    Args:
        authorised: whether the person may ask for anything but orders.
        may_order: whether the person may order devices and SIM cards; None where unsaid.
        valid_until: last day of the authority, or None where it does not end.
        channel: how the person likes to be reached, or None.
        revoked_on: the first day without any authority, or None.
        privacy_notice_on: the day on which the notice of data processing was given, or None.
    """

    name: str
    function: str = ""
    department: str = ""
    landline: str = ""
    mobile: str = ""
    fax: str = ""
    other_phones: tuple[str, ...] = ()
    email: str = ""
    channel: Channel | None = None
    role: ContactRole = ContactRole.UNKNOWN
    authorised: bool = False
    may_order: bool | None = None
    valid_until: date | None = None
    revoked_on: date | None = None
    revocation_reason: str = ""
    verification: Verification = Verification.UNKNOWN
    privacy_notice_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(ClientRecord):
    """A grant to one contact that is narrower than the blanket authority.

    Args:
        actions: kinds of requests, as their words; empty means every kind.
        cost_centres: cost centres of the numbers concerned; empty means every one.
        numbers: E.164 numbers concerned; empty means every one.
        mandate: the document that gives the authority.
        mandate_until: last day of that document, or None.
        revoked_on: the first day on which the authority no longer holds, or None.
        order_limit: the most that one order may cost, CZK without VAT; None for any sum.
    """

    contact_id: int
    actions: tuple[str, ...] = ()
    cost_centres: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    mandate: str = ""
    mandate_until: date | None = None
    revoked_on: date | None = None
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
    fax: str
    other_phones: tuple[str, ...]
    email: str
    channel: Channel | None
    role: ContactRole
    authorised: bool
    may_order: bool | None
    valid_until: date | None
    revoked_on: date | None
    revocation_reason: str
    verification: Verification
    privacy_notice_on: date | None
    note: str
