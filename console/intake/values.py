"""Cells as people fill them in, turned into values.

Each function takes a cell and returns ``(value, code)``; ``code`` is empty, or names what is
wrong, and the value is then what is kept.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from console.domain import phone
from console.domain.line import UNLIMITED_MB, LineState, Roaming

Outcome = tuple[Any, str]
Normaliser = Callable[[Any], Outcome]
UNLIMITED: Final = UNLIMITED_MB

_EXCEL_DAY_ZERO: Final = date(1899, 12, 30)
_CZECH_DATE: Final = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4}|\d{2})")
_ISO_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_SLASHED_DATE: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_VOLUME: Final = re.compile(r"([\d., ]+)(TB|GB|MB|KB|G|M)?", re.IGNORECASE | re.ASCII)
_MEGABYTES: Final = {
    "TB": 1024 * 1024,
    "GB": 1024,
    "G": 1024,
    "MB": 1,
    "M": 1,
    "": 1,
    "KB": Decimal(1) / 1024,
}
_PARTED: Final = re.compile(r"[,;\n]")
_DIGITS: Final = re.compile(r"[+-]?[\d.,]+", re.ASCII)
_LIMIT: Final = Decimal(10) ** 12
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_NO_LIMIT: Final = frozenset({"neomezene", "neomezeny", "neomezena", "neomezeno", "unlimited", "∞"})
_NOTHING: Final = frozenset({"", "-", "–", "bez dat", "bez", "zadna", "none", "n/a"})
_YES: Final = frozenset({"ano", "a", "yes", "y", "true", "pravda", "x", "1", "✓", "✔"})
_NO: Final = frozenset({"ne", "n", "no", "false", "nepravda", "0", "-"})
_STATES: Final = {
    "aktivni": LineState.ACTIVE,
    "active": LineState.ACTIVE,
    "v provozu": LineState.ACTIVE,
    "blokovano": LineState.BLOCKED,
    "blokovana": LineState.BLOCKED,
    "blocked": LineState.BLOCKED,
    "docasne odpojeno": LineState.SUSPENDED,
    "odpojeno": LineState.SUSPENDED,
    "pozastaveno": LineState.SUSPENDED,
    "suspended": LineState.SUSPENDED,
    "zruseno": LineState.CANCELLED,
    "neaktivni": LineState.CANCELLED,
    "deaktivovano": LineState.CANCELLED,
    "cancelled": LineState.CANCELLED,
}


def plain(text: str) -> str:
    """Return a text in lower case, without accents and with single spaces, for comparing."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFD", text)
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(text.split()).casefold()


def written(cell: Any) -> str:
    """Return a cell as a person would have written it, with tidy spaces."""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return " ".join(str(cell).split())


def text(cell: Any) -> Outcome:
    """Take any cell as text."""
    return written(cell), ""


def several(cell: Any) -> Outcome:
    """Take several texts, parted by commas, semicolons or lines."""
    parts = (part.strip() for part in _PARTED.split(written(cell)))
    return tuple(dict.fromkeys(part for part in parts if part)), ""


def decimal(cell: Any) -> Outcome:
    """Take a number as people write it: ``1 536``, ``99,00``, ``1.234,50``, ``99.5``."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _bounded(Decimal(str(cell)))
    digits = "".join(written(cell).split()).removesuffix("Kč").removesuffix(",-")
    if not digits:
        return None, ""
    if not _DIGITS.fullmatch(digits):
        return None, "number-value"
    try:
        return _bounded(Decimal(_decimal_point(digits)))
    except InvalidOperation:
        return None, "number-value"


def _bounded(value: Decimal) -> Outcome:
    """Refuse what is no finite number, or larger than any price or count can be."""
    if not value.is_finite() or abs(value) >= _LIMIT:
        return None, "number-value"
    return value.normalize() + 0, ""


def _decimal_point(digits: str) -> str:
    """Whichever of comma and point stands last parts the fraction, unless it groups."""
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma > point:
        return digits.replace(".", "").replace(",", ".")
    if digits.count(".") > 1:
        return digits.replace(".", "")
    return digits.replace(",", "")


def money(cell: Any) -> Outcome:
    """Take an amount in CZK, two places."""
    value, code = decimal(cell)
    return (None, code) if value is None else (value.quantize(Decimal("0.01")), code)


def price(cell: Any) -> Outcome:
    """Take an amount in CZK that is not below nought."""
    value, code = money(cell)
    return (None, "number-value") if value is not None and value < 0 else (value, code)


def used(cell: Any) -> Outcome:
    """Take a volume that was used, not below nought."""
    value, code = decimal(cell)
    return (None, "number-value") if value is not None and value < 0 else (value, code)


def count(cell: Any) -> Outcome:
    """Take a whole number that is not below nought."""
    value, code = used(cell)
    if value is not None and value != int(value):
        return None, "number-value"
    return (None if value is None else int(value)), code


def vat_rate(cell: Any) -> Outcome:
    """Take a VAT rate in per cent; a cell shown in per cent holds a part of one."""
    value, code = decimal(written(cell).rstrip("% "))
    if value is not None and isinstance(cell, float) and 0 < value < 1:
        value = value * 100
    if value is not None and not 0 <= value <= 100:
        return None, "number-value"
    return value, code


def amount(cell: Any) -> Outcome:
    """Take an included volume of minutes, SMS or megabytes, or UNLIMITED."""
    if plain(written(cell)) in _NO_LIMIT:
        return UNLIMITED, ""
    value, code = decimal(cell)
    if value is None or value < 0:
        return None, code or ("" if value is None else "number-value")
    return int(value), code


def volume(cell: Any) -> Outcome:
    """Take a data package in megabytes: ``1,5 GB`` is 1536, ``neomezeně`` is UNLIMITED."""
    words = plain(written(cell))
    if words in _NO_LIMIT:
        return UNLIMITED, ""
    if words in _NOTHING:
        return (0 if words.startswith("bez") else None), ""
    match = _VOLUME.fullmatch(words)
    value = decimal(match[1])[0] if match else None
    if match is None or value is None:
        return None, "number-value"
    return int(value * _MEGABYTES[(match[2] or "").upper()]), ""


def yes_no(cell: Any) -> Outcome:
    """Take ``ano``, ``ne``, ``A``, ``N``, ``yes``, ``no``, ``x``, ``1``, ``0`` or nothing."""
    if isinstance(cell, bool):
        return cell, ""
    word = plain(written(cell))
    if not word:
        return None, ""
    if word in _YES:
        return True, ""
    return (False, "") if word in _NO else (None, "yes-no-value")


def roaming(cell: Any) -> Outcome:
    """Take yes or no, or ``EU``."""
    word = plain(written(cell))
    if word == "eu":
        return Roaming.EU, ""
    value, code = yes_no(cell)
    if value is None:
        return Roaming.UNKNOWN, "roaming-value" if code else ""
    return Roaming.ON if value else Roaming.OFF, ""


def state(cell: Any) -> Outcome:
    """Take the state of a number; nothing means active."""
    word = plain(written(cell))
    if not word:
        return LineState.ACTIVE, ""
    known = _STATES.get(word)
    return (known, "") if known else (LineState.ACTIVE, "state-value")


def day(cell: Any) -> Outcome:
    """Take a date: a date cell, ``4. 7. 2020``, ISO, ``4/7/2020`` or a serial number."""
    if isinstance(cell, datetime):
        return cell.date(), ""
    if isinstance(cell, date):
        return cell, ""
    if isinstance(cell, (int, float)) and 20000 < cell < 80000:
        return _EXCEL_DAY_ZERO + timedelta(days=int(cell)), ""
    words = written(cell)
    if not words:
        return None, ""
    try:
        return _day_from_text(words), ""
    except ValueError:
        return None, "date-value"


def _day_from_text(words: str) -> date:
    if match := _ISO_DATE.fullmatch(words):
        return date(int(match[1]), int(match[2]), int(match[3]))
    match = _CZECH_DATE.fullmatch(words) or _SLASHED_DATE.fullmatch(words)
    if not match:
        raise ValueError(words)
    year = int(match[3])
    return date(year if year > 99 else 2000 + year, int(match[2]), int(match[1]))


_MONTHS: Final = (
    "leden",
    "unor",
    "brezen",
    "duben",
    "kveten",
    "cerven",
    "cervenec",
    "srpen",
    "zari",
    "rijen",
    "listopad",
    "prosinec",
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/. ]?(\d{1,2})")
_MONTH_FIRST: Final = re.compile(r"(\d{1,2})[-/. ]{1,2}(\d{4})")
_MONTH_NAMED: Final = re.compile(r"([a-z]+) (\d{4})")


def month(cell: Any) -> Outcome:
    """Take a month as its first day: ``2026-08``, ``8/2026``, ``srpen 2026``, or any day of it."""
    if isinstance(cell, float) and cell.is_integer() and cell >= 100_000:
        cell = str(int(cell))
    words = plain(written(cell))
    if not words:
        return None, "month-missing"
    year, number = _year_and_month(words)
    if not number:
        found, _code = day(cell)
        year, number = (found.year, found.month) if found else (0, 0)
    if not 1 <= number <= 12 or not 1990 <= year <= 2100:
        return None, "month-value"
    return date(year, number, 1), ""


def _year_and_month(words: str) -> tuple[int, int]:
    if match := _YEAR_FIRST.fullmatch(words):
        return int(match[1]), int(match[2])
    if match := _MONTH_FIRST.fullmatch(words):
        return int(match[2]), int(match[1])
    match = _MONTH_NAMED.fullmatch(words)
    if match and match[1] in _MONTHS:
        return int(match[2]), _MONTHS.index(match[1]) + 1
    return 0, 0


def msisdn(cell: Any) -> Outcome:
    """Take a phone number as E.164."""
    number = phone.normalise(cell)
    if number:
        return number, ""
    digits = re.sub(r"\D", "", written(cell))
    if not written(cell):
        return "", "number-missing"
    return "", "number-short" if digits and len(digits) < 9 else "number-wrong"


def contact_phone(cell: Any) -> Outcome:
    """Take a person's phone number; one that we do not understand is kept as written."""
    words = written(cell)
    if not words:
        return "", ""
    number = phone.normalise(cell)
    return (number, "") if number else (words, "phone-value")


def email(cell: Any) -> Outcome:
    """Take an e-mail address; one that looks wrong is kept as written."""
    words = written(cell)
    return words, "" if not words or _EMAIL.fullmatch(words) else "email-value"


def imei(cell: Any) -> Outcome:
    """Take an IMEI, whose last digit checks the others.

    Source:
        3GPP TS 23.003, annex B: the check digit of an IMEI by the Luhn formula.
    """
    digits = written(cell).replace(" ", "").replace("-", "").replace("/", "")
    if not digits:
        return "", ""
    is_whole = digits.isascii() and digits.isdigit() and len(digits) == 15
    return (digits, "") if is_whole and _luhn_fits(digits) else ("", "imei-value")


def iccid(cell: Any) -> Outcome:
    """Take the number of a SIM card as written; its check digit is a warning only.

    Source:
        ITU-T E.118, clause 4.4: 19 or 20 digits, the last by the Luhn formula.
    """
    words = written(cell)
    if not words:
        return "", ""
    digits = words.replace(" ", "").replace("-", "")
    if not digits.isascii() or not digits.isdigit() or not 18 <= len(digits) <= 20:
        return words, "iccid-form"
    return digits, "" if _luhn_fits(digits) else "iccid-check"


_DOUBLED: Final = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))
_ZERO: Final = ord("0")


def _luhn_fits(digits: str) -> bool:
    code = digits.encode()
    single = code[-1::-2]
    total = sum(single) - _ZERO * len(single) + sum(code[-2::-2].translate(_DOUBLED))
    return total % 10 == 0
