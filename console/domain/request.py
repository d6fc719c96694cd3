"""Requests: anything a client asks for, with its kind, channel, state and story."""

from enum import StrEnum
from typing import Final

from console.texts import N_, _


class Kind(StrEnum):
    """What is asked for."""

    FAULT = "fault"
    COMPLAINT = "complaint"
    INFORMATION = "information"
    CONSULTATION = "consultation"
    SERVICE_SETUP = "service-setup"
    SERVICE_CHANGE = "service-change"
    SERVICE_CANCELLATION = "service-cancellation"
    NUMBER_ACTIVATION = "number-activation"
    NUMBER_DEACTIVATION = "number-deactivation"
    SIM_BLOCK = "sim-block"
    SIM_UNBLOCK = "sim-unblock"
    SIM_SWAP = "sim-swap"
    ROAMING_ON = "roaming-on"
    ROAMING_OFF = "roaming-off"
    TARIFF_CHANGE = "tariff-change"
    DEVICE_ORDER = "device-order"
    ORDER_STATUS = "order-status"
    CONTRACT_PREPARATION = "contract-preparation"
    INCIDENT = "incident"
    CLAIM = "claim"

    @property
    def label(self) -> str:
        """The kind in the language in use."""
        return _(_KIND_LABELS[self])


class Channel(StrEnum):
    """How the request came."""

    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    FAX = "fax"
    PORTAL = "portal"
    IN_PERSON = "in-person"

    @property
    def label(self) -> str:
        """The channel in the language in use."""
        return _(_CHANNEL_LABELS[self])

    @property
    def is_written(self) -> bool:
        """Whether a contract's rule for written requests covers it."""
        return self in (Channel.EMAIL, Channel.LETTER, Channel.FAX)


_KIND_LABELS: Final = {
    Kind.FAULT: N_("Fault"),
    Kind.COMPLAINT: N_("Complaint"),
    Kind.INFORMATION: N_("Information"),
    Kind.CONSULTATION: N_("Consultation"),
    Kind.SERVICE_SETUP: N_("Service set-up"),
    Kind.SERVICE_CHANGE: N_("Service change"),
    Kind.SERVICE_CANCELLATION: N_("Service cancellation"),
    Kind.NUMBER_ACTIVATION: N_("Number activation"),
    Kind.NUMBER_DEACTIVATION: N_("Number deactivation"),
    Kind.SIM_BLOCK: N_("SIM block"),
    Kind.SIM_UNBLOCK: N_("SIM unblock"),
    Kind.SIM_SWAP: N_("SIM swap"),
    Kind.ROAMING_ON: N_("Roaming on"),
    Kind.ROAMING_OFF: N_("Roaming off"),
    Kind.TARIFF_CHANGE: N_("Tariff change"),
    Kind.DEVICE_ORDER: N_("Device order"),
    Kind.ORDER_STATUS: N_("Order status"),
    Kind.CONTRACT_PREPARATION: N_("Contract preparation"),
    Kind.INCIDENT: N_("Incident"),
    Kind.CLAIM: N_("Claim"),
}

_CHANNEL_LABELS: Final = {
    Channel.PHONE: N_("Phone"),
    Channel.EMAIL: N_("E-mail"),
    Channel.LETTER: N_("Letter"),
    Channel.FAX: N_("Fax"),
    Channel.PORTAL: N_("Portal"),
    Channel.IN_PERSON: N_("In person"),
}
