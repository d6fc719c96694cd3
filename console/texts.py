"""The words of screen and paper: gettext over one catalogue, chosen once per process.

Source language is English. ``N_`` marks a text that is translated later, when it is shown.
"""

import contextlib
import gettext
import locale
import os
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Final

import resources

LANGUAGES: Final = ("cs", "en")
_DOMAIN: Final = "klientela"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"
_spoken: ContextVar[gettext.NullTranslations | None] = ContextVar("spoken", default=None)


def system_language() -> str:
    """Return the system's language if we speak it, otherwise English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "cs" if os.environ[name].lower().startswith("cs") else "en"
    return "cs" if (locale.getlocale()[0] or "").lower().startswith(("cs", "czech")) else "en"


def use_language(code: str) -> None:
    """Translate from now on into ``code`` (one of LANGUAGES)."""
    global _catalogue, _language
    folder = str(resources.path("locale"))
    _catalogue = gettext.translation(_DOMAIN, folder, [code], fallback=True)
    _language = code


@contextlib.contextmanager
def speaking(code: str) -> Iterator[None]:
    """Translate into another language for a while, on this thread alone."""
    folder = str(resources.path("locale"))
    token = _spoken.set(gettext.translation(_DOMAIN, folder, [code], fallback=True))
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """Return the code of the language in use."""
    return _language


def translate(message: str) -> str:
    """Return the text in the language in use."""
    return (_spoken.get() or _catalogue).gettext(message) if message else ""


def translate_plural(one: str, many: str, count: int) -> str:
    """Return the form of the text that fits the count (Czech has three)."""
    return _catalogue.ngettext(one, many, count)


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
