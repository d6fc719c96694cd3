"""What the nouns are called where several of them are listed."""

from typing import Final

from console.texts import N_, _

_NAMES: Final = {
    "clients": N_("Clients"),
    "contacts": N_("Contacts"),
    "lines": N_("Numbers"),
    "sims": N_("SIM cards"),
    "requests": N_("Requests"),
    "entries": N_("Stories"),
    "orders": N_("Orders"),
    "tariffs": N_("Tariffs"),
    "agreements": N_("Agreements"),
    "devices": N_("Devices"),
    "meetings": N_("Meetings"),
    "documents": N_("Documents"),
    "accesses": N_("Openings"),
    "attachments": N_("Files"),
    "authority_checks": N_("Checks of authority"),
    "line_changes": N_("Changes of numbers"),
    "meeting_points": N_("Points of meetings"),
    "order_lines": N_("Lines of orders"),
    "outgoing_mails": N_("Mails"),
    "complaints": N_("Complaints"),
}


def noun_name(noun: str) -> str:
    """Return what a noun is called, in the language in use."""
    return _(_NAMES[noun]) if noun in _NAMES else noun
