"""Tables as files for a spreadsheet: XLSX, and CSV that a Czech Excel opens right.

Gets finished values and writes them row by row: no queries. Nothing in a cell is ever a
formula, and what a spreadsheet would spoil (long and leading-zero digits) stays text.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from console.errors import KnownError

ENCODINGS: Final = {"utf-8": "utf-8-sig", "cp1250": "cp1250"}
"""What CSV can be written in: UTF-8 with its mark, or Windows' Czech."""
MARK: Final = "'"
"""Stands before text that a spreadsheet would take for a formula; reading takes it off."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", MARK)
_LONGEST_NUMBER: Final = 11
_LONGEST_CELL: Final = 32_767
Cell = str | int | Decimal | date | None


def write_xlsx(path: Path, title: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a workbook with one sheet.

    Args:
        path: of the file.
        title: of the sheet.
        heads: of the columns.
        rows: text, whole numbers, amounts and days.

    Returns:
        Count of rows.
    """
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(title[:31])
        formats = {
            date: book.add_format({"num_format": "d. m. yyyy"}),
            Decimal: book.add_format({"num_format": "#,##0.00"}),
            str: book.add_format({"num_format": "@"}),
        }
        bold = book.add_format({"bold": True, "num_format": "@"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(0, len(heads) - 1), 18)
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, bold)
        for count, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                _write_cell(sheet, (count, column), cell, formats)
    return count


def _write_cell(sheet: Any, place: tuple[int, int], cell: Cell, formats: dict[type, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, date):
        sheet.write_datetime(*place, cell, formats[date])
    elif isinstance(cell, Decimal):
        sheet.write_number(*place, float(cell), formats[Decimal])
    elif isinstance(cell, int):
        sheet.write_number(*place, cell)
    elif len(cell) > _LONGEST_CELL:
        raise KnownError("export-cell-long", row=place[0] + 1)
    else:
        sheet.write_string(*place, cell, formats[str])


def write_csv(
    path: Path, encoding: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> int:
    """Write semicolon-separated values.

    Args:
        path: of the file.
        encoding: a key of ENCODINGS.
        heads: of the columns.
        rows: text, whole numbers, amounts and days.

    Returns:
        Count of rows.

    Raises:
        KnownError: ``export-letter`` where the encoding lacks a letter: row and column are
            named, and nothing is replaced in silence.
    """
    count = 0
    with path.open("w", encoding=ENCODINGS[encoding], newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow([_csv_cell(head) for head in heads])
        for count, row in enumerate(rows, 1):
            try:
                writer.writerow([_csv_cell(cell) for cell in row])
            except UnicodeEncodeError as error:
                raise _lacking(count, heads, row, encoding) from error
    return count


def _lacking(number: int, heads: Sequence[str], row: Sequence[Cell], encoding: str) -> KnownError:
    for head, cell in zip(heads, row, strict=True):
        for letter in _csv_cell(cell):
            if letter.encode(ENCODINGS[encoding], "ignore") == b"":
                return KnownError("export-letter", row=number + 1, column=head, letter=letter)
    raise AssertionError("every letter can be written")


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return f"{cell.day}.{cell.month}.{cell.year}"
    if isinstance(cell, Decimal):
        return f"{cell:.2f}".replace(".", ",")
    if isinstance(cell, int):
        return str(cell)
    if cell.startswith(_FORMULA):
        return f"{MARK}{cell}"
    is_spoilt = cell.isdigit() and (len(cell) > _LONGEST_NUMBER or cell.startswith("0"))
    return f"\t{cell}" if is_spoilt else cell
