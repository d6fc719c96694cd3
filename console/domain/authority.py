"""May this contact ask for this? The answer comes with what it is based on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from console.domain import formats
from console.domain.contact import Authority, Contact
from console.domain.request import Kind
from console.texts import N_, _

EMERGENCY: Final = Kind.SIM_BLOCK
"""Anybody may have a lost card blocked; it is confirmed later."""
_ANYBODY: Final = N_("Anybody may ask for this.")
_FREE: Final = frozenset({Kind.INFORMATION, Kind.ORDER_STATUS, Kind.FAULT, Kind.CONSULTATION})


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer.

    Args:
        allowed: whether the request may be carried out.
        template: why, marked for translation.
        facts: what stands in it.
        to_confirm: whether an authorised person has to confirm it later.
    """

    allowed: bool
    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    to_confirm: bool = False

    @property
    def why(self) -> str:
        """The reason in the language in use."""
        return _(self.template).format(**self.facts)


def judge(
    contact: Contact | None,
    grants: Sequence[Authority],
    kind: Kind,
    numbers: Mapping[str, str],
    on: date,
    authorised_only: bool = False,
) -> Verdict:
    """Say whether a person may ask for something.

    Args:
        contact: who asks, or None for somebody we do not know.
        grants: the narrower authorities of the contact.
        kind: what is asked for.
        numbers: E.164 numbers concerned, each with its cost centre.
        on: the day on which it was asked.
        authorised_only: whether it came by a line that only authorised persons may use.
    """
    verdict = _judge(contact, grants, kind, numbers, on)
    if authorised_only and verdict.template == _ANYBODY:
        return Verdict(False, N_("The dedicated line is for authorised persons only."))
    return verdict


def _judge(
    contact: Contact | None,
    grants: Sequence[Authority],
    kind: Kind,
    numbers: Mapping[str, str],
    on: date,
) -> Verdict:
    if contact is None:
        return _stranger(kind)
    if (ended := _ended(contact, on)) is not None:
        return ended if kind not in _FREE | {EMERGENCY} else _free(contact, kind)
    if kind is Kind.DEVICE_ORDER and contact.may_order:
        return Verdict(True, N_("{name} may order."), {"name": contact.name})
    if kind is not Kind.DEVICE_ORDER and contact.authorised:
        return Verdict(True, N_("{name} is an authorised person."), {"name": contact.name})
    if any(_covers(grant, kind, numbers, on) for grant in grants):
        return Verdict(True, N_("{name} has authority for this."), {"name": contact.name})
    if kind in _FREE or kind is EMERGENCY:
        return _free(contact, kind)
    return Verdict(False, N_("{name} has no authority for this."), {"name": contact.name})


def _ended(contact: Contact, on: date) -> Verdict | None:
    """Say why the person's authority is over, or nothing where it is not."""
    if contact.revoked_on and contact.revoked_on <= on:
        facts = {"name": contact.name, "day": formats.day(contact.revoked_on)}
        return Verdict(False, N_("The authority of {name} was revoked on {day}."), facts)
    if contact.valid_until and contact.valid_until < on:
        facts = {"name": contact.name, "day": formats.day(contact.valid_until)}
        return Verdict(False, N_("The authority of {name} ended on {day}."), facts)
    return None


def _stranger(kind: Kind) -> Verdict:
    if kind is EMERGENCY:
        return Verdict(
            True,
            N_("An emergency block is done for anybody; an authorised person confirms it later."),
            to_confirm=True,
        )
    if kind in _FREE:
        return Verdict(True, _ANYBODY)
    return Verdict(False, N_("The person is no contact of the client."))


def _free(contact: Contact, kind: Kind) -> Verdict:
    if kind is EMERGENCY:
        return Verdict(
            True,
            N_("{name} has no authority, but an emergency block is done and confirmed later."),
            {"name": contact.name},
            to_confirm=True,
        )
    return Verdict(True, _ANYBODY)


def _covers(grant: Authority, kind: Kind, numbers: Mapping[str, str], on: date) -> bool:
    return (
        (not grant.valid_from or grant.valid_from <= on)
        and all(last is None or on <= last for last in (grant.valid_until, grant.mandate_until))
        and (not grant.revoked_on or on < grant.revoked_on)
        and (not grant.actions or kind.value in grant.actions)
        and (not grant.numbers or set(numbers) <= set(grant.numbers))
        and (not grant.cost_centres or set(numbers.values()) <= set(grant.cost_centres))
    )
