"""The answers to "may they ask for this?": kept as sentences, and said again in any language."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from console import texts
from console.domain import formats
from console.texts import N_, _

ANYBODY: Final = N_("Anybody may ask for this.")
DEDICATED: Final = N_("The dedicated line is for authorised persons only.")
AUTHORISED: Final = N_("{name} is an authorised person.")
GRANTED: Final = N_("{name} has authority for this.")
BEYOND: Final = N_("{name} may order for {limit} at most; this costs {amount}.")
MAY_ORDER: Final = N_("{name} may order.")
NO_AUTHORITY: Final = N_("{name} has no authority for this.")
REVOKED: Final = N_("The authority of {name} was revoked on {day}.")
ENDED: Final = N_("The authority of {name} ended on {day}.")
BLOCK_FOR_ANYBODY: Final = N_(
    "An emergency block is done for anybody; an authorised person confirms it later."
)
STRANGER: Final = N_("The person is no contact of the client.")
BLOCK: Final = N_("{name} has no authority, but an emergency block is done and confirmed later.")
_ANSWERS: Final = (
    ANYBODY, DEDICATED, AUTHORISED, GRANTED, BEYOND, MAY_ORDER, NO_AUTHORITY, REVOKED, ENDED,
    BLOCK_FOR_ANYBODY, STRANGER, BLOCK,
)  # fmt: skip
_SUMS: Final = ("limit", "amount")
"""What stands in an answer as an amount, which is written by the rules of its language."""


def reworded(kept: str) -> str:
    """Return a kept answer in the language in use, whatever language it was kept in.

    Args:
        kept: as it was stored; what is none of the answers stays as it is.
    """
    for language, template, pattern in _patterns():
        found = pattern.fullmatch(kept)
        if found:
            facts = found.groupdict()
            facts |= {name: _sum(facts[name], language) for name in _SUMS if name in facts}
            return _(template).format(**facts)
    return kept


def basis_in_words(fact: str) -> str:
    """Return a fact that a check was based on in the language in use.

    Args:
        fact: as ``authority`` keeps it, in words that no translation changes; what is none of
            them stays as it is.
    """
    for pattern, say in _FACTS:
        if found := pattern.fullmatch(fact):
            return say(found)
    return fact


def _say_contact(found: re.Match[str]) -> str:
    until = found["until"]
    said = _("Contact, version {version}: authorised: {authorised}, may order: {orders}, {until}")
    return said.format(
        version=found["version"],
        authorised=_yes_no(found["authorised"]),
        orders=_yes_no(found["orders"]),
        until=_("no end") if until == "open" else _("until {day}").format(day=_day(until)),
    )


def _say_grant(found: re.Match[str]) -> str:
    text = (
        _("Authority, version {version}: it covers this")
        if found["covers"] == "covers"
        else _("Authority, version {version}: it does not cover this")
    )
    parts = [text.format(version=found["version"])]
    if found["limit"]:
        parts.append(_("up to {amount}").format(amount=formats.money(Decimal(found["limit"]))))
    if found["mandate"]:
        parts.append(_("mandate: {document}").format(document=found["mandate"]))
    return ", ".join(parts)


def _yes_no(word: str) -> str:
    return _("not said") if word == "None" else formats.yes_no(word == "True")


def _day(iso: str) -> str:
    return formats.day(date.fromisoformat(iso))


_ISO: Final = r"\d{4}-\d\d-\d\d"
_FLAG: Final = "True|False|None"
_FACTS: Final = (
    (
        re.compile(rf"asked on ({_ISO})"),
        lambda found: _("Asked on {day}").format(day=_day(found[1])),
    ),
    (
        re.compile("line for authorised persons only"),
        lambda _found: _("The request came by the line for authorised persons only."),
    ),
    (re.compile("no contact of the client"), lambda _found: _("No contact of the client")),
    (
        re.compile(
            rf"contact version (?P<version>\d+): authorised (?P<authorised>{_FLAG}),"
            rf" may order (?P<orders>{_FLAG}), until (?P<until>open|{_ISO})"
        ),
        _say_contact,
    ),
    (
        re.compile(
            r"grant \d+ version (?P<version>\d+) (?P<covers>covers|does not cover) it"
            r"(?:, up to (?P<limit>[\d.]+) CZK)?(?:, mandate (?P<mandate>.*))?",
            re.DOTALL,
        ),
        _say_grant,
    ),
)
"""How ``authority`` keeps what a check was based on, and what says it again."""


def _sum(text: str, language: str) -> str:
    with texts.speaking(language):
        value = formats.read_money(text)
    return text if value is None else formats.money(value)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple(_all_patterns())


def _all_patterns() -> Iterator[tuple[str, str, re.Pattern[str]]]:
    for language in texts.LANGUAGES:
        with texts.speaking(language):
            for template in _ANSWERS:
                plain = re.escape(_(template))
                named = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", plain)
                yield language, template, re.compile(named, re.DOTALL)
