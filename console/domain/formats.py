"""Dates, money and volumes as people read them, the same on screen and on paper.

Formats are few and fixed, so they are written here; babel would cost its import on the way
to the first window.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from console import texts
from console.domain.line import UNLIMITED_MB
from console.domain.local_time import PRAGUE, WEEKDAY_NAMES
from console.domain.working_time import WEEKDAYS
from console.texts import N_, _

_NBSP: Final = "\u00a0"
_MONTHS: Final = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def day(value: date | None) -> str:
    """Return ``23. 11. 2026``."""
    return f"{value.day}.{_NBSP}{value.month}.{_NBSP}{value.year}" if value else ""


def moment(value: datetime | None) -> str:
    """Return ``23. 11. 2026 16:05``, the local time in Prague."""
    if value is None:
        return ""
    local = value.astimezone(PRAGUE)
    return f"{day(local.date())} {local.hour}:{local.minute:02}"


def clock(value: datetime | None) -> str:
    """Return the time of a day in Prague, or nothing."""
    if value is None:
        return ""
    at = value.astimezone(PRAGUE)
    return f"{at.hour}:{at.minute:02}"


def moment_of_year(value: datetime | None, year: int) -> str:
    """Return ``23. 11. 16:05``, with its year where that is another one."""
    if value is None:
        return ""
    local = value.astimezone(PRAGUE)
    if local.year != year:
        return moment(value)
    return f"{local.day}.{_NBSP}{local.month}. {local.hour}:{local.minute:02}"


def month(value: date) -> str:
    """Return ``October 2026``."""
    return f"{_(_MONTHS[value.month - 1])} {value.year}"


def whole(value: int) -> str:
    """Return a count with its thousands apart."""
    return f"{value:,}".replace(",", _NBSP)


def money(value: Decimal | None) -> str:
    """Return an amount in CZK with two places, by the rules of the language in use."""
    if value is None:
        return ""
    text = f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):,}"
    if texts.language() == "cs":
        text = text.replace(",", _NBSP).replace(".", ",")
    return f"{text}{_NBSP}Kč"


def decimal_mark() -> str:
    """Return what parts the fraction in the language in use."""
    return "," if texts.language() == "cs" else "."


def read_money(text: str) -> Decimal | None:
    """Return an amount in CZK as a person wrote it, or None where it is none.

    Of a point and a comma the last one parts the hundredths; a lone one parts thousands where
    exactly three digits follow a group of one to three in English.
    """
    plain = "".join(text.replace("Kč", "").replace("CZK", "").split())
    is_english = texts.language() == "en"
    if "," in plain and "." in plain:
        thousands = "," if plain.rindex(".") > plain.rindex(",") else "."
        plain = plain.replace(thousands, "")
    elif is_english and re.fullmatch(r"\d{1,3}(,\d{3})+", plain):
        plain = plain.replace(",", "")
    plain = plain.replace(",", ".")
    return Decimal(plain) if re.fullmatch(r"\d{1,12}(\.\d{1,4})?", plain) else None


def percent(value: Decimal) -> str:
    """Return a rate in per cent."""
    text = f"{value.normalize():f}"
    return f"{text.replace('.', ',') if texts.language() == 'cs' else text}{_NBSP}%"


def span(hours: float | None) -> str:
    """Return a length of time: ``5.5 h``, from two days on in days; nothing where unsaid."""
    if hours is None:
        return ""
    value, unit = (hours, _("h")) if hours < 48 else (hours / 24, _("d"))
    text = f"{value:.1f}".removesuffix(".0")
    return f"{text.replace('.', ',') if texts.language() == 'cs' else text}{_NBSP}{unit}"


def volume(megabytes: int | None) -> str:
    """Return a data volume: ``1.5 GB``, ``unlimited``, or nothing where unsaid."""
    if megabytes is None:
        return ""
    if megabytes == UNLIMITED_MB:
        return _("unlimited")
    if megabytes < 1024:
        return f"{megabytes}{_NBSP}MB"
    text = f"{megabytes / 1024:.1f}".removesuffix(".0")
    return f"{text.replace('.', ',') if texts.language() == 'cs' else text}{_NBSP}GB"


def file_size(count: int) -> str:
    """Return the size of a file of so many bytes."""
    if count < 1024**2:
        return f"{max(1, round(count / 1024))}{_NBSP}kB"
    text = f"{count / 1024**2:.1f}".removesuffix(".0")
    return f"{text.replace('.', ',') if texts.language() == 'cs' else text}{_NBSP}MB"


def amount(value: int | None) -> str:
    """Return an included volume of minutes or SMS."""
    if value is None:
        return ""
    return _("unlimited") if value == UNLIMITED_MB else whole(value)


def yes_no(value: bool | None) -> str:
    """Return yes, no, or nothing where unsaid."""
    return "" if value is None else _("yes") if value else _("no")


def anything(value: object) -> str:
    """Return a value of any field in words; nothing at all is an empty text."""
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return money(value)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(getattr(value, "label", value))


def opening_hours(windows: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """Return office hours by weekday: ``Mo, We 8:00–17:00; Fr 8:00–12:00``."""
    by_hours: dict[str, list[int]] = {}
    for number, weekday in enumerate(WEEKDAYS):
        if windows.get(weekday):
            by_hours.setdefault(_windows(windows[weekday]), []).append(number)
    return "; ".join(f"{_weekdays(days)}{_NBSP}{hours}" for hours, days in by_hours.items())


def _windows(windows: Sequence[tuple[str, str]]) -> str:
    return ", ".join(
        f"{opens.removeprefix('0')}–{closes.removeprefix('0')}" for opens, closes in windows
    )


def _weekdays(days: Sequence[int]) -> str:
    """Return weekdays, three and more in a row as a span."""
    names = [_(WEEKDAY_NAMES[day]) for day in days]
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{names[0]}–{names[-1]}"
    return ", ".join(names)
