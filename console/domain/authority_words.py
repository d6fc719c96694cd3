"""The answers to "may they ask for this?": kept as sentences, and said again in any language."""

import re
from collections.abc import Iterator
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
