"""Clients: organisations with an IČO that hold everything else."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.domain.record import Record
from console.texts import N_, _


class InvoiceCycle(StrEnum):
    """How often the client is billed; the empty value means that nobody said."""

    UNKNOWN = ""
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"

    @property
    def label(self) -> str:
        """The cycle in the language in use."""
        return _(_CYCLE_LABELS[self])


_CYCLE_LABELS: Final = {
    InvoiceCycle.UNKNOWN: "",
    InvoiceCycle.MONTHLY: N_("Monthly"),
    InvoiceCycle.QUARTERLY: N_("Quarterly"),
    InvoiceCycle.YEARLY: N_("Yearly"),
}


class RetentionClass(StrEnum):
    """How long the client's data are kept behind the contract's end."""

    UNKNOWN = ""
    SHORT = "short"
    STANDARD = "standard"
    LONG = "long"

    @property
    def label(self) -> str:
        """The class in the language in use."""
        return _(_RETENTION_LABELS[self])


_RETENTION_LABELS: Final = {
    RetentionClass.UNKNOWN: "",
    RetentionClass.SHORT: N_("Short"),
    RetentionClass.STANDARD: N_("Standard"),
    RetentionClass.LONG: N_("Long"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Client(Record):
    """An organisation in the care of the account manager.

    Args:
        ico: eight digits, checked; unique among the clients of a workspace.
        data_box: identifier of the data box (datová schránka), or empty.
        customer_account: the main one; billing accounts stand beside it.
        office_hours: as the client publishes them, in words.
        language: that the client is written to in, ``cs`` or ``en``; ours where empty.
    """

    name: str
    ico: str
    dic: str = ""
    data_box: str = ""
    seat: str = ""
    billing_address: str = ""
    delivery_address: str = ""
    customer_account: str = ""
    billing_accounts: tuple[str, ...] = ()
    cost_centres: tuple[str, ...] = ()
    office_hours: str = ""
    invoice_cycle: InvoiceCycle = InvoiceCycle.UNKNOWN
    retention_class: RetentionClass = RetentionClass.UNKNOWN
    note: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSummary:
    """A client as lists show it.

    Args:
        lines: count of the client's numbers that are not cancelled.
        open_requests: count of requests that still want work.
        overdue: count of open requests whose governing deadline has passed.
    """

    id: int
    name: str
    ico: str
    seat: str
    agreement: str
    lines: int
    contacts: int
    open_requests: int
    overdue: int
    dic: str
    data_box: str
    billing_address: str
    delivery_address: str
    customer_account: str
    billing_accounts: tuple[str, ...]
    cost_centres: tuple[str, ...]
    office_hours: str
    invoice_cycle: InvoiceCycle
    retention_class: RetentionClass
    language: str
    note: str
