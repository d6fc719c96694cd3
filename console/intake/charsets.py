"""Bytes of mails as text, where the charset that they name is missing, unknown or wrong.

Offices send Windows-1250 and ISO 8859-2 under the name of a western charset, which takes any
byte: what it makes of Czech is found by letters that no western text has at such places.
"""

import re
from typing import Final

_CZECH: Final = ("cp1250", "iso8859-2")
_ANY_BYTE: Final = frozenset(
    {"iso8859-1", "iso8859-15", "iso8859-2", "cp1252", "latin-1", "us-ascii", "ascii", "cp437"}
)
_NEVER_WESTERN: Final = re.compile(
    "[\x80-\x9f]"  # controls, which are letters in Windows
    "|[a-zà-ÿ][¹¾©®]|[¹¾©®][a-zà-ÿ]"  # š and ž of ISO 8859-2, ž of Windows
    r"|\bè[a-zà-ÿ]",  # č at the beginning of a word
    re.IGNORECASE,
)
_NEVER_NORDIC: Final = frozenset("ìïòùèíýú")
"""What stands beside ř in Czech, and beside ø in no Nordic text."""
_ISO: Final = re.compile(b"[\xa9\xae\xb9\xbe]")
_WINDOWS: Final = re.compile(b"[\x80-\x9f]")


def decoded(content: bytes, named: str = "") -> str:
    """Return the text of bytes.

    Args:
        content: of a part or a header of a mail.
        named: the charset that it says it has, or empty.
    """
    if content.isascii():
        return content.decode("ascii")
    charset = _known(named)
    for one in dict.fromkeys(("utf-8", charset)):
        try:
            text = content.decode(one)
        except UnicodeDecodeError:
            continue
        if one not in _ANY_BYTE or not _is_czech_misread(text):
            return text
    is_iso = _ISO.search(content) and not _WINDOWS.search(content)
    return content.decode(_CZECH[1] if is_iso else _CZECH[0], errors="replace")


def _is_czech_misread(text: str) -> bool:
    """Return whether a text has letters as Czech has them under a western name."""
    letters = set(text.lower())
    has_both = "ø" in letters and bool(letters & _NEVER_NORDIC)
    return has_both or bool(_NEVER_WESTERN.search(text))


def _known(named: str) -> str:
    import codecs

    try:
        return codecs.lookup(named.strip("\"' ")).name if named else "utf-8"
    except (LookupError, ValueError):
        return "utf-8"
