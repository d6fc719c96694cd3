"""Clients: organisations with an IČO that hold everything else."""

from dataclasses import dataclass

from console.domain.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Client(Record):
    """An organisation in the care of the account manager.

    Args:
        ico: eight digits, checked; unique among the clients of a workspace.
        data_box: identifier of the data box (datová schránka), or empty.
        language: that the client is written to in, ``cs`` or ``en``; ours where empty.
    """

    name: str
    ico: str
    dic: str = ""
    data_box: str = ""
    seat: str = ""
    billing_address: str = ""
    customer_account: str = ""
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
