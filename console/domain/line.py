"""Lines: phone numbers and all that hangs on them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
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


class LineKind(StrEnum):
    """What a number is for; the empty value means that nobody said."""

    UNKNOWN = ""
    VOICE = "voice"
    DATA = "data"
    M2M = "m2m"
    FIXED = "fixed"
    ESIM = "esim"

    @property
    def label(self) -> str:
        """The kind in the language in use."""
        return _(_KIND_LABELS[self])


_KIND_LABELS: Final = {
    LineKind.UNKNOWN: "",
    LineKind.VOICE: N_("Voice"),
    LineKind.DATA: N_("Data"),
    LineKind.M2M: N_("M2M"),
    LineKind.FIXED: N_("Fixed line"),
    LineKind.ESIM: N_("eSIM"),
}


class Barring(StrEnum):
    """What a number may not be used for."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"
    INTERNATIONAL = "international"
    PREMIUM = "premium"
    PREMIUM_SMS = "premium-sms"
    DATA = "data"
    ROAMING_DATA = "roaming-data"

    @property
    def label(self) -> str:
        """The barring in the language in use."""
        return _(_BARRING_LABELS[self])


_BARRING_LABELS: Final = {
    Barring.OUTGOING: N_("Outgoing calls"),
    Barring.INCOMING: N_("Incoming calls"),
    Barring.INTERNATIONAL: N_("International calls"),
    Barring.PREMIUM: N_("Premium calls"),
    Barring.PREMIUM_SMS: N_("Premium SMS"),
    Barring.DATA: N_("Mobile data"),
    Barring.ROAMING_DATA: N_("Data in roaming"),
}


class Portability(StrEnum):
    """Where a number comes from or goes to; the empty value means that nobody said."""

    UNKNOWN = ""
    OWN = "own"
    PORTED_IN = "ported-in"
    PORTING_OUT = "porting-out"

    @property
    def label(self) -> str:
        """The portability in the language in use."""
        return _(_PORTABILITY_LABELS[self])


_PORTABILITY_LABELS: Final = {
    Portability.UNKNOWN: "",
    Portability.OWN: N_("Own number"),
    Portability.PORTED_IN: N_("Ported in"),
    Portability.PORTING_OUT: N_("Being ported out"),
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
        commitment_penalty: what ending it early costs, CZK without VAT, or None.
        barrings: words of Barring.
        forwarding: where calls are forwarded, as the client says it.
        disconnected_on: first day of the temporary disconnection, or None.
        number_lost_on: the day on which a disconnected number is lost for good, or None.
    """

    msisdn: str
    kind: LineKind = LineKind.UNKNOWN
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
    commitment_penalty: Decimal | None = None
    barrings: tuple[str, ...] = ()
    forwarding: str = ""
    disconnected_on: date | None = None
    number_lost_on: date | None = None
    portability: Portability = Portability.UNKNOWN
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange(ClientRecord):
    """One step in a line's history of states, tariffs and cards, by the day it took effect.

    Args:
        field: name of the line's field that changed.
        before: the value until then, as stored.
        after: the value from then on, as stored.
        request_id: the request that asked for it, or None.
        applied: whether the line bears it already; a day to come is waited for.
    """

    line_id: int
    effective_on: date
    field: str
    before: str = ""
    after: str = ""
    request_id: int | None = None
    applied: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSummary:
    """A line as lists show it: with its client's name and its card."""

    id: int
    client_id: int
    client: str
    msisdn: str
    kind: LineKind
    holder: str
    department: str
    cost_centre: str
    tariff: str
    data_mb: int | None
    roaming: Roaming
    state: LineState
    iccid: str
    activated_on: date | None
    commitment_until: date | None
    commitment_penalty: Decimal | None
    barrings: tuple[str, ...]
    forwarding: str
    disconnected_on: date | None
    number_lost_on: date | None
    portability: Portability
    note: str
