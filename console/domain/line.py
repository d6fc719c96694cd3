"""Lines: phone numbers and all that hangs on them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from console.domain.record import ClientRecord
from console.texts import N_, _


class LineState(StrEnum):
    """What the network does with a number."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The state in the language in use."""
        return _(_STATE_LABELS[self])


_STATE_LABELS: Final = {
    LineState.ACTIVE: N_("Active"),
    LineState.BLOCKED: N_("Blocked"),
    LineState.SUSPENDED: N_("Suspended"),
    LineState.CANCELLED: N_("Cancelled"),
}


class Roaming(StrEnum):
    """Where a number may be used abroad; the empty value means that nobody said."""

    UNKNOWN = ""
    OFF = "off"
    ON = "on"
    EU = "eu"

    @property
    def label(self) -> str:
        """The setting in the language in use."""
        return _(_ROAMING_LABELS[self])


_ROAMING_LABELS: Final = {
    Roaming.UNKNOWN: "",
    Roaming.OFF: N_("Off"),
    Roaming.ON: N_("On"),
    Roaming.EU: N_("EU"),
}

UNLIMITED_MB: Final = -1
"""Stored in place of a data volume that has no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(ClientRecord):
    """A phone number of a client.

    Args:
        msisdn: the number in E.164.
        sim_id: the SIM card in use, or None.
        tariff: name of the tariff as the client's list gives it.
        data_mb: data package in megabytes, UNLIMITED_MB, or None where unsaid.
        commitment_until: last day of the commitment, or None.
    """

    msisdn: str
    sim_id: int | None = None
    holder: str = ""
    department: str = ""
    cost_centre: str = ""
    tariff: str = ""
    data_mb: int | None = None
    roaming: Roaming = Roaming.UNKNOWN
    state: LineState = LineState.ACTIVE
    activated_on: date | None = None
    commitment_until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange(ClientRecord):
    """One step in a line's history of states, tariffs and cards, by the day it took effect.

    Args:
        field: name of the line's field that changed.
        before: the value until then, as stored.
        after: the value from then on, as stored.
        request_id: the request that asked for it, or None.
    """

    line_id: int
    effective_on: date
    field: str
    before: str = ""
    after: str = ""
    request_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSummary:
    """A line as lists show it: with its client's name and its card."""

    id: int
    client_id: int
    client: str
    msisdn: str
    holder: str
    cost_centre: str
    tariff: str
    data_mb: int | None
    roaming: Roaming
    state: LineState
    iccid: str
    activated_on: date | None
    commitment_until: date | None
    note: str
