"""The words of screen and paper: gettext over one catalogue, chosen once per process.

Source language is English. ``N_`` marks a text that is translated later, when it is shown.
"""

import gettext
import locale
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Final

import resources

LANGUAGES: Final = ("cs", "en")
_DOMAIN: Final = "klientela"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"
_spoken: ContextVar[str] = ContextVar("spoken", default="")
"""The language of what is written to somebody who does not speak ours."""


def system_language() -> str:
    """Return the system's language if we speak it, otherwise English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "cs" if os.environ[name].lower().startswith("cs") else "en"
    return "cs" if (locale.getlocale()[0] or "").lower().startswith(("cs", "czech")) else "en"


def use_language(code: str) -> None:
    """Translate from now on into ``code`` (one of LANGUAGES)."""
    global _catalogue, _language
    _catalogue = _read(code)
    _language = code


@lru_cache(maxsize=len(LANGUAGES))
def _read(code: str) -> gettext.NullTranslations:
    return gettext.translation(_DOMAIN, str(resources.path("locale")), [code], fallback=True)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Translate inside this block, and on this thread only, into ``code``; ours where empty."""
    token = _spoken.set(code)
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """Return the code of the language in use."""
    return _spoken.get() or _language


def _words() -> gettext.NullTranslations:
    spoken = _spoken.get()
    return _read(spoken) if spoken else _catalogue


def translate(message: str) -> str:
    """Return the text in the language in use."""
    return _words().gettext(message) if message else ""


@lru_cache(maxsize=256)
def wordings(message: str) -> frozenset[str]:
    """Return a message as it reads in each of our languages."""
    return frozenset(_read(code).gettext(message) for code in LANGUAGES)


def translate_plural(one: str, many: str, count: int) -> str:
    """Return the form of the text that fits the count (Czech has three)."""
    return _words().ngettext(one, many, count)


def mark(message: str) -> str:
    """Mark a text for the catalogue and return it unchanged."""
    return message


def mark_plural(one: str, many: str) -> tuple[str, str]:
    """Mark the two forms of a text for the catalogue and return them unchanged."""
    return one, many


_ = translate
N_ = mark
NN_ = mark_plural
ngettext = translate_plural
