"""Which kind of request words mean, as people write them in mails and in one line.

Words are compared without accents and case, by their stems.
"""

import re
import unicodedata
from typing import Final

from console.domain.request import Kind

_STEMS: Final[tuple[tuple[Kind, str], ...]] = (
    (Kind.COMPLAINT, r"\breklam|\bcomplain|\bchybne (?:vy)?uctov"),
    (Kind.SIM_UNBLOCK, r"\bodblok|\bunblock|\bzrus\w* blokac"),
    (Kind.SIM_SWAP, r"\b(?:vymen|zamen)\w* (?:\w+ )?(?:sim|kart)|\bswap\b|\besim\b|\bsim swap"),
    (Kind.SIM_BLOCK, r"\bblok|\bblock|\bztrat|\bztrac|\bukrad|\bodciz|\blost\b|\bstolen\b"),
    (Kind.TARIFF_CHANGE, r"\btarif|\btariff"),
    (Kind.ROAMING_OFF, r"\b(?:vypn|zrus|zakaz|deaktiv)\w* (?:\w+ )?roaming|\broaming (?:off|vyp)"),
    (Kind.ROAMING_ON, r"\broaming"),
    (
        Kind.NUMBER_DEACTIVATION,
        r"\b(?:zrus|deaktiv|odpoj|ukonc)\w* (?:\w+ ){0,2}cisl|\bdeaktiv|\bzrusit? cisl",
    ),
    (Kind.NUMBER_ACTIVATION, r"\bnov\w+ (?:\w+ )?cisl|\baktiv|\bzrid\w* (?:\w+ )?cisl|\bactivat"),
    (Kind.ORDER_STATUS, r"\bstav\w* (?:\w+ )?objednav|\bkde je (?:\w+ )?objednav|\border status"),
    (Kind.DEVICE_ORDER, r"\bobjedn|\border\b"),
    (Kind.CONTRACT_PREPARATION, r"\bsmlouv|\bdodatek|\bcontract"),
    (Kind.SERVICE_CANCELLATION, r"\b(?:zrus|ukonc|vypoved)\w* (?:\w+ )?sluzb|\bcancel"),
    (Kind.SERVICE_SETUP, r"\b(?:zrid|zrizen)\w* (?:\w+ )?sluzb|\bset ?up"),
    (Kind.SERVICE_CHANGE, r"\bdatov\w+ bali|\bzmen\w* (?:\w+ )?(?:sluzb|bali|data)|\bpresmerov"),
    (Kind.CLAIM, r"\bnahrad\w* skod|\bpojist|\bclaim"),
    (Kind.INCIDENT, r"\bincident|\bbezpecnost"),
    (
        Kind.FAULT,
        r"\bzavad|\bporuch|\bvypad|\bnefung|\bnejd|\bnejed|\bsignal|\bfault|\boutage|\bnelze",
    ),
    (Kind.CONSULTATION, r"\bkonzult|\bporad|\bschuz|\bconsult|\bmeeting"),
)
_COMPILED: Final = tuple((kind, re.compile(stems)) for kind, stems in _STEMS)


def plain(text: str) -> str:
    """Return text without accents, in lower case, with single spaces."""
    parts = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).split())


def kind_in(text: str) -> Kind | None:
    """Return the kind that a text asks for, or None where no word says it.

    Where several kinds are named, the one counts whose mistake would cost most: a complaint
    that speaks of roaming is a complaint.
    """
    words = plain(text)
    return next((kind for kind, stems in _COMPILED if stems.search(words)), None)


def without_kind(text: str, kind: Kind) -> str:
    """Return the words of a text that do not name a kind."""
    words = text.split()
    plainly = [plain(word) for word in words]
    line = " ".join(plainly)
    spans = [match.span() for match in dict(_COMPILED)[kind].finditer(line)]
    kept, start = [], 0
    for word, bare in zip(words, plainly, strict=True):
        end = start + len(bare)
        if not any(begin < end and start < behind for begin, behind in spans):
            kept.append(word)
        start = end + 1
    return " ".join(kept)
