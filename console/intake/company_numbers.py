"""The numbers that the state gives to an organisation, taken from a cell or a form."""

from typing import Any

from console.intake.values import Outcome, written


def ico(cell: Any) -> Outcome:
    """Take an IČO; leading zeros that a spreadsheet cut off come back."""
    words = "".join(written(cell).split())
    digits = words.zfill(8) if words.isdecimal() and words.isascii() else words
    return (digits, "") if not digits or is_ico(digits) else ("", "ico-value")


def dic(cell: Any) -> Outcome:
    """Take a DIČ."""
    words = "".join(written(cell).split())
    return (words, "") if not words or is_dic(words) else ("", "dic-value")


def is_ico(text: str) -> bool:
    """Return whether a text is an IČO: eight digits, the last of which checks the others."""
    from stdnum.cz import dic as checked

    return len(text) == 8 and bool(checked.is_valid(text))


def is_dic(text: str) -> bool:
    """Say whether it is a DIČ of a company, a person or a group.

    Source:
        Act 280/2009, s. 130: the country's code and a part that is the IČO, the birth number
        or another number; groups have nine digits that begin with 699.
    """
    from stdnum.cz import dic as checked

    digits = text.replace(" ", "").upper().removeprefix("CZ")
    is_group = len(digits) in (9, 10) and digits.isdigit() and digits.startswith("699")
    return is_group or bool(checked.is_valid(digits))
