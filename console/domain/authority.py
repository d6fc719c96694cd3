"""May this contact ask for this? The answer comes with what it is based on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from console.domain import authority_words as words
from console.domain import formats
from console.domain.contact import Authority, Contact
from console.domain.request import Kind
from console.texts import _

EMERGENCY: Final = Kind.SIM_BLOCK
"""Anybody may have a lost card blocked; it is confirmed later."""
_FREE: Final = frozenset({Kind.INFORMATION, Kind.ORDER_STATUS, Kind.FAULT, Kind.CONSULTATION})


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer.

    Args:
        allowed: whether the request may be carried out.
        template: why, marked for translation.
        facts: what stands in it.
        to_confirm: whether an authorised person has to confirm it later.
        basis: what was looked at, one fact a line; kept with the check.
    """

    allowed: bool
    template: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    to_confirm: bool = False
    basis: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """The reason in the language in use."""
        return _(self.template).format(**self.facts)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for.

    Args:
        numbers: E.164 numbers concerned, each with its cost centre.
        on: the day on which it was asked.
        authorised_only: whether it came by a line that only authorised persons may use.
        amount: of an order, CZK without VAT, or None where it is not known.
    """

    kind: Kind
    numbers: Mapping[str, str]
    on: date
    authorised_only: bool = False
    amount: Decimal | None = None


def judge(contact: Contact | None, grants: Sequence[Authority], asked: Asked) -> Verdict:
    """Say whether a person may ask for something.

    Args:
        contact: who asks, or None for somebody we do not know.
        grants: the narrower authorities of the contact.
        asked: what is asked for.
    """
    verdict = _judge(contact, grants, asked)
    if asked.authorised_only and verdict.template == words.ANYBODY:
        verdict = Verdict(False, words.DEDICATED)
    return replace(verdict, basis=tuple(_basis(contact, grants, asked)))


def _judge(contact: Contact | None, grants: Sequence[Authority], asked: Asked) -> Verdict:
    kind = asked.kind
    if contact is None:
        return _stranger(kind)
    who = {"name": contact.name}
    if (ended := _ended(contact, asked.on)) is not None:
        return ended if kind not in _FREE | {EMERGENCY} else _free(contact, kind)
    if kind is not Kind.DEVICE_ORDER and contact.authorised:
        return Verdict(True, words.AUTHORISED, who)
    fitting = [grant for grant in grants if _covers(grant, asked)]
    if any(_affords(grant, asked) for grant in fitting):
        return Verdict(True, words.GRANTED, who)
    if fitting:
        limit = max(grant.order_limit or Decimal(0) for grant in fitting)
        beyond = who | {"limit": formats.money(limit), "amount": formats.money(asked.amount)}
        return Verdict(False, words.BEYOND, beyond)
    if kind is Kind.DEVICE_ORDER and contact.may_order:
        return Verdict(True, words.MAY_ORDER, who)
    if kind in _FREE or kind is EMERGENCY:
        return _free(contact, kind)
    return Verdict(False, words.NO_AUTHORITY, who)


def is_authorised(contact: Contact, on: date) -> bool:
    """Return whether a person speaks for the client on a day in anything but orders.

    Args:
        contact: who.
        on: the day.
    """
    return contact.authorised and holds(contact, on)


def holds(contact: Contact, on: date) -> bool:
    """Return whether nothing has ended what a person may ask for by a day."""
    return _ended(contact, on) is None


def grant_holds(grant: Authority, on: date) -> bool:
    """Return whether a grant, and the document that gives it, are in force on a day."""
    ends = (grant.valid_until, grant.mandate_until)
    return (
        (not grant.valid_from or grant.valid_from <= on)
        and all(day is None or on <= day for day in ends)
        and (not grant.revoked_on or on < grant.revoked_on)
    )


def last_day(contact: Contact, grant: Authority | None = None) -> date | None:
    """Return the last day of what a person may ask for, or None where nothing ends it.

    Args:
        contact: who.
        grant: the narrower authority that it is about, or None for the blanket one.
    """
    held = (contact, grant) if grant else (contact,)
    ends = [one.valid_until for one in held]
    ends += [one.revoked_on - timedelta(days=1) for one in held if one.revoked_on]
    ends += [grant.mandate_until] if grant else []
    return min((day for day in ends if day), default=None)


def _ended(contact: Contact, on: date) -> Verdict | None:
    """Say why the person's authority is over, or nothing where it is not."""
    if contact.revoked_on and contact.revoked_on <= on:
        facts = {"name": contact.name, "day": formats.day(contact.revoked_on)}
        return Verdict(False, words.REVOKED, facts)
    if contact.valid_until and contact.valid_until < on:
        facts = {"name": contact.name, "day": formats.day(contact.valid_until)}
        return Verdict(False, words.ENDED, facts)
    return None


def _stranger(kind: Kind) -> Verdict:
    if kind is EMERGENCY:
        return Verdict(
            True,
            words.BLOCK_FOR_ANYBODY,
            to_confirm=True,
        )
    if kind in _FREE:
        return Verdict(True, words.ANYBODY)
    return Verdict(False, words.STRANGER)


def _free(contact: Contact, kind: Kind) -> Verdict:
    if kind is EMERGENCY:
        return Verdict(
            True,
            words.BLOCK,
            {"name": contact.name},
            to_confirm=True,
        )
    return Verdict(True, words.ANYBODY)


def _covers(grant: Authority, asked: Asked) -> bool:
    """Return whether a grant is for this; one for named numbers never covers an unnamed one."""
    return (
        grant_holds(grant, asked.on)
        and (not grant.actions or asked.kind.value in grant.actions)
        and (not grant.numbers or _within(asked.numbers, grant.numbers))
        and (not grant.cost_centres or _within(asked.numbers.values(), grant.cost_centres))
    )


def _within(wanted: Any, granted: Sequence[str]) -> bool:
    return bool(wanted) and set(wanted) <= set(granted)


def _affords(grant: Authority, asked: Asked) -> bool:
    return asked.amount is None or grant.order_limit is None or asked.amount <= grant.order_limit


def _basis(contact: Contact | None, grants: Sequence[Authority], asked: Asked) -> list[str]:
    """Return what was looked at, in words of the code that no translation changes."""
    facts = [f"asked on {asked.on.isoformat()}"]
    if asked.authorised_only:
        facts.append("line for authorised persons only")
    if contact is None:
        return [*facts, "no contact of the client"]
    ends = [day for day in (contact.valid_until, contact.revoked_on) if day]
    until = min(ends).isoformat() if ends else "open"
    facts.append(
        f"contact version {contact.version}: authorised {contact.authorised},"
        f" may order {contact.may_order}, until {until}"
    )
    return [*facts, *(_said(grant, asked) for grant in grants)]


def _said(grant: Authority, asked: Asked) -> str:
    covers = "covers" if _covers(grant, asked) else "does not cover"
    limit = f", up to {grant.order_limit} CZK" if grant.order_limit is not None else ""
    mandate = f", mandate {grant.mandate}" if grant.mandate else ""
    return f"grant {grant.id} version {grant.version} {covers} it{limit}{mandate}"


@dataclass(frozen=True, slots=True)
class MayAsk:
    """What one contact may ask for.

    Args:
        kinds: kinds of requests; all of them where ``is_all``.
        is_all: whether for anything but orders.
        may_order: whether for orders, too.
        until: last day, or None where it does not end.
    """

    contact: Contact
    kinds: tuple[Kind, ...]
    is_all: bool
    may_order: bool
    until: date | None


def may_ask(
    contact: Contact, grants: Sequence[Authority], numbers: Mapping[str, str], on: date
) -> MayAsk | None:
    """Return what a contact may ask for about numbers, or None where nothing needs authority.

    Args:
        contact: who.
        grants: the narrower authorities of the contact.
        numbers: E.164 numbers, each with its cost centre; none for what concerns no number.
        on: the day.
    """
    allowed = tuple(
        kind
        for kind in Kind
        if kind not in _FREE and _is_allowed(judge(contact, grants, Asked(kind, numbers, on)))
    )
    if not allowed:
        return None
    others = [k for k in Kind if k not in _FREE and k is not Kind.DEVICE_ORDER]
    dates = [
        contact.valid_until,
        *(day for g in grants for day in (g.valid_until, g.mandate_until)),
    ]
    until = min((day for day in dates if day and day >= on), default=None)
    return MayAsk(
        contact, allowed, set(others) <= set(allowed), Kind.DEVICE_ORDER in allowed, until
    )


def _is_allowed(verdict: Verdict) -> bool:
    return verdict.allowed and not verdict.to_confirm
