"""Phone numbers as people write them, turned into E.164 and back.

Plain Czech numbers take a fast path; all others are judged by ``phonenumbers``, which is
imported when the first of them comes.
"""

import re
from collections.abc import Iterator
from typing import Final

COUNTRY: Final = "+420"
_CZECH: Final = re.compile(r"(?:\+420|00420|420)?([2-9]\d{8})", re.ASCII)
_LOOKS: Final = re.compile(r"[+\d][\d]*", re.ASCII)
_CLUTTER: Final = re.compile(r"[\s\u00a0\u202f()./\-–—'’`\u200b]+")
_RANGE_AT_MOST: Final = 1000
_WRITTEN: Final = re.compile(
    r"(?<![\w@])(?:(?:\+|00)\d{1,3}[\s\u00a0\u202f-]?)?(?:\d{3}[\s\u00a0\u202f-]?\d{3}"
    r"[\s\u00a0\u202f-]?\d{3}|\d{7,12})(?![\w@])"
)
_RANGE: Final = re.compile(r"\s*(?:-|–|—|až|do|to)\s*")
_OTHER_NUMBER: Final = re.compile(
    r"(?:\b(?:faktur\w*|invoices?|vs|ks|ss|(?:variabiln|konstantn|specifick)\w+\s+symbol\w*"
    r"|ičo?|dič|objednáv\w+|order|smlouv\w+|contract|spis\w*|účt?e?[tu]\w*|account)"
    r"|(?<!\w)(?:č\.\s?j|čj|sp\.\s?zn)\.?)"
    r"(?:\s*(?:číslo|čísla|číslem|č\.|no\.?|number|#|:|=))*[\s(]*(?:[a-z]{1,6}[/-])?$",
    re.IGNORECASE,
)
"""Words right before a number that make it an invoice's, an order's or a firm's."""
_CONTEXT: Final = 60
_ACCOUNT: Final = re.compile(r"/\d{4}(?!\d)")
_SAME_SERIES: Final = 4


def normalise(raw: object) -> str:
    """Return a number in E.164, or an empty string where it is no phone number.

    Args:
        raw: as a person or a spreadsheet wrote it: ``"799 000 001"``, ``"00420799000001"``,
            ``799000001.0``, ``"'799000001"``.
    """
    if isinstance(raw, str):
        digits = raw.replace(" ", "")
        if len(digits) == 9 and digits.isascii() and digits.isdigit() and digits[0] > "1":
            return COUNTRY + digits
    text = _as_text(raw)
    czech = _CZECH.fullmatch(text)
    if czech:
        return COUNTRY + czech[1]
    return _foreign(text)


def _as_text(raw: object) -> str:
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e16 else ""
    if isinstance(raw, bool) or (isinstance(raw, int) and raw < 0):
        return ""
    return _CLUTTER.sub("", str(raw))


def _foreign(text: str) -> str:
    """Judge a number that is not plainly Czech; without a country it is no number."""
    text = f"+{text[2:]}" if text.startswith("00") else text
    if not text.startswith("+") or not _LOOKS.fullmatch(text) or len(text) > 16:
        return ""
    import phonenumbers

    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number) or text.startswith(COUNTRY):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def pretty(number: str) -> str:
    """Return a number as people read it: ``799 000 001``, with the country unless Czech."""
    if number.startswith(COUNTRY) and len(number) == 13:
        return f"{number[4:7]} {number[7:10]} {number[10:]}"
    return number


def find_numbers(text: str) -> list[str]:
    """Find the phone numbers in free text.

    A range ``799000010-799000021`` gives each number in it, up to a thousand. Digits that the
    words before them call an invoice, an order, a file or a firm are none.

    Returns:
        Distinct numbers in E.164, in the order of the text.
    """
    found: dict[str, None] = {}
    previous, end = "", -1
    for start, behind, number in places(text):
        if previous and _RANGE.fullmatch(text[end:start]):
            found.update(dict.fromkeys(_between(previous, number)))
        found[number] = None
        previous, end = number, behind
    return list(found)


def places(text: str) -> Iterator[tuple[int, int, str]]:
    """Give where each phone number of a text begins and ends, and the number in E.164."""
    for start, end, number, is_other in _all_places(text):
        if not is_other:
            yield start, end, number


def doubtful_numbers(text: str) -> list[str]:
    """Return what the words before it call something else, and may be a phone number yet."""
    return list(dict.fromkeys(found[2] for found in _all_places(text) if found[3]))


def _all_places(text: str) -> Iterator[tuple[int, int, str, bool]]:
    other = ""
    for match in _WRITTEN.finditer(text):
        number = normalise(match[0])
        if number:
            is_other = _is_other(text, match, other)
            other = match[0] if is_other else other
            yield match.start(), match.end(), number, is_other


def _is_other(text: str, match: re.Match[str], other: str) -> bool:
    """Return whether digits are the number of something else.

    Args:
        text: in which they stand.
        match: where.
        other: the last ones that were; the next of the same series are, too.
    """
    if not match[0].isdigit() or len(match[0]) > 9:
        return False
    before = text[max(0, match.start() - _CONTEXT) : match.start()]
    is_named = bool(_OTHER_NUMBER.search(before))
    is_account = bool(_ACCOUNT.match(text, match.end()))
    return is_named or is_account or (bool(other) and match[0].startswith(other[:_SAME_SERIES]))


def _between(first: str, last: str) -> list[str]:
    low, high = int(first[1:]), int(last[1:])
    if len(first) != len(last) or not 0 < high - low < _RANGE_AT_MOST:
        return []
    return [f"+{number}" for number in range(low + 1, high)]
