"""Tables in: XLSX, ODS, XLS and CSV become plain rows of cells.

What a file contains decides how it is read, not what it is called. Every file is measured
before it is opened: sizes, counts of rows and columns and the inflated size of archives have
caps, so that no file can hang the program or fill its memory.
"""

import csv
import io
import itertools
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from console.errors import KnownError
from console.intake import archives
from console.intake.archives import CELLS, COLUMNS, ROWS
from console.system_reasons import reason_of

FILE_BYTES: Final = 200 * 1024 * 1024
CELL_LENGTH: Final = 32_767
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES: Final = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"%PDF",
    b"RIFF",
    b"II*\0",
    b"MM\0*",
)
_DELIMITERS: Final = ";\t,"


@dataclass(frozen=True, slots=True)
class RawTable:
    """One sheet as it was read.

    Args:
        name: of the sheet, or of the file for CSV.
        rows: cells: str, float, int, bool, date, datetime; empty cells are ``""``.
    """

    name: str
    rows: list[list[Any]]


def read_tables(path: Path) -> list[RawTable]:
    """Read every sheet of a file.

    Args:
        path: an XLSX, ODS, XLS or CSV file.

    Returns:
        The sheets that have any row, at least one.

    Raises:
        KnownError: one of the ``table-…`` codes; nothing was changed.
    """
    head = _first_bytes(path)
    if head.startswith(_ZIP):
        archives.check(path)
        tables = _read_workbook(path)
    elif head.startswith(_OLE):
        tables = _read_workbook(path)
    elif head.startswith(_PICTURES) or (b"\0" in head and not _is_utf16(head)):
        raise KnownError("table-not-a-table", name=path.name)
    else:
        tables = [_read_csv(path)]
    filled = [table for table in tables if table.rows]
    if not filled:
        raise KnownError("table-empty", name=path.name)
    return filled


def _first_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > FILE_BYTES:
            raise KnownError("table-too-large", name=path.name)
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        reason = reason_of(error)
        raise KnownError("file-unreadable", name=path.name, reason=reason) from error
    if not head:
        raise KnownError("table-empty", name=path.name)
    return head


def _is_utf16(head: bytes) -> bool:
    return head.startswith((b"\xff\xfe", b"\xfe\xff"))


def _read_workbook(path: Path) -> list[RawTable]:
    from python_calamine import CalamineError, PasswordError

    try:
        workbook = _open_workbook(path)
        return [
            RawTable(name, _sheet_rows(path, workbook.get_sheet_by_name(name)))
            for name in workbook.sheet_names
        ]
    except PasswordError as error:
        raise KnownError("table-protected", name=path.name) from error
    except KnownError:
        raise
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise KnownError("table-damaged", name=path.name) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise KnownError("table-damaged", name=path.name) from error


def _open_workbook(path: Path) -> Any:
    """Open by name, which tells a protected file; where the name is wrong, by content."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError:
        raise
    except CalamineError:
        with path.open("rb") as file:
            return CalamineWorkbook.from_filelike(file)


def _sheet_rows(path: Path, sheet: Any) -> list[list[Any]]:
    start, end = sheet.start, sheet.end
    if start is None or end is None:
        return []
    height, width = end[0] + 1, end[1] + 1
    if width > COLUMNS:
        raise KnownError("table-too-wide", name=path.name, columns=COLUMNS)
    if height > ROWS or height * width > CELLS:
        raise KnownError("table-too-large", name=path.name)
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    return rows


def _read_csv(path: Path) -> RawTable:
    text = _decode(path)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        rows = list(_capped(path, reader))
    except csv.Error as error:
        raise KnownError("table-damaged", name=path.name) from error
    return RawTable(path.stem, rows if any(any(row) for row in rows) else [])


def _decode(path: Path) -> str:
    """Decode UTF-16 by its mark, else UTF-8 with or without one, else Windows' Czech."""
    data = path.read_bytes()
    if _is_utf16(data):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1250")
    except UnicodeDecodeError as error:
        raise KnownError("table-not-a-table", name=path.name) from error


def _delimiter(text: str) -> str:
    """Find the delimiter that parts the most lines into the same count of cells."""
    lines = list(itertools.islice((ln for ln in text.splitlines() if ln.strip()), 50))

    def fit(delimiter: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1]
        if not counts:
            return (0, 0)
        usual = max(set(counts), key=counts.count)
        return (counts.count(usual), usual)

    return max(_DELIMITERS, key=fit)


def _capped(path: Path, rows: Iterable[list[str]]) -> Iterator[list[Any]]:
    cells = 0
    for number, row in enumerate(rows):
        cells += len(row)
        if len(row) > COLUMNS:
            raise KnownError("table-too-wide", name=path.name, columns=COLUMNS)
        if number >= ROWS or cells > CELLS:
            raise KnownError("table-too-large", name=path.name)
        yield [_unmarked(cell) for cell in row]


def _unmarked(cell: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from taking text for a formula."""
    is_marked = len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@\t\r'"
    return cell[1:] if is_marked else cell
