"""XLSX and ODS are archives: what one would become is measured before anything opens it.

A few kilobytes may inflate without end, and two cells may span a sheet of billions: what
reads workbooks lays out the whole rectangle in memory. How cells are read is in ``tables``.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from console.errors import KnownError

INFLATED_BYTES: Final = 600 * 1024 * 1024
INFLATION: Final = 200
ROWS: Final = 1_048_576
COLUMNS: Final = 512
CELLS: Final = 40_000_000
_ALWAYS_ALLOWED_BYTES: Final = 1 << 24
_ALWAYS_ALLOWED_CELLS: Final = 2_000_000
_EMPTY_TO_FILLED: Final = 50
_CHUNK: Final = 1 << 20
_OVERLAP: Final = 32
_LETTERS: Final = 26
_REPEATED: Final = re.compile(rb"""number-(?:rows|columns)-repeated=["'](\d+)["']""")
_ODS_ROW: Final = re.compile(rb"<table:table-row([^>]*)>(.*?)</table:table-row>", re.DOTALL)
_ODS_CELL: Final = re.compile(rb"<table:table-cell([^>]*[^/])>")
_WIDE: Final = re.compile(rb""" r=["'][A-Z]{2}""")
_CELL: Final = re.compile(rb""" r=["']([A-Z]{1,3})(\d{1,7})["']""")
_ROW: Final = re.compile(rb"""<row[^>]* r=["'](\d{1,7})["']""")


def check(path: Path) -> None:
    """Refuse archives that would inflate or spread without end.

    Args:
        path: a ZIP archive that claims to be a workbook.

    Raises:
        KnownError: ``table-damaged``, ``table-protected``, ``table-not-a-table``,
            ``table-too-large`` or ``table-too-wide``.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = {entry.filename for entry in archive.infolist()}
            _check_entries(path, archive)
            if "content.xml" in names:
                _check_repetitions(path, archive)
            elif not any(name.startswith("xl/") for name in names):
                raise KnownError("table-not-a-table", name=path.name)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise KnownError("table-damaged", name=path.name) from error
    except RuntimeError as error:
        raise KnownError("table-protected", name=path.name) from error


def _check_entries(path: Path, archive: zipfile.ZipFile) -> None:
    """Measure every entry, whatever it is called: a workbook may refer to any of them."""
    allowed = min(INFLATED_BYTES, max(path.stat().st_size * INFLATION, _ALWAYS_ALLOWED_BYTES))
    inflated = 0
    for entry in archive.infolist():
        if entry.flag_bits & 1:
            raise KnownError("table-protected", name=path.name)
        extent = _Extent()
        for chunk in _chunks(archive, entry):
            inflated += len(chunk)
            if inflated > allowed:
                raise KnownError("table-too-large", name=path.name)
            extent.take(chunk)
        _check_extent(path, extent)


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Give the true content; the size that an entry declares of itself may be a lie."""
    with archive.open(entry) as stream:
        while chunk := _read(stream):
            if b"<!ENTITY" in chunk:
                raise ValueError("entities in a table")
            yield chunk


def _read(stream: IO[bytes]) -> bytes:
    try:
        return stream.read(_CHUNK)
    except zlib.error as error:
        raise zipfile.BadZipFile(str(error)) from error


@dataclass(slots=True)
class _Extent:
    """How far the cells of a sheet of XLSX reach, and how many there are."""

    width: int = 0
    height: int = 0
    filled: int = 0
    _before: bytes = b""

    def take(self, chunk: bytes) -> None:
        text = self._before + chunk
        self._before = chunk[-_OVERLAP:]
        self.filled += text.count(b"<c ")
        if _WIDE.search(text):
            self._take_every_cell(text)
        elif last := list(_ROW.finditer(text, max(0, text.rfind(b"<row")))):
            self.width = max(self.width, _LETTERS)
            self.height = max(self.height, int(last[-1][1]))

    def _take_every_cell(self, text: bytes) -> None:
        rows = {int(cell[2]) for cell in _CELL.finditer(text)}
        columns = {cell[1] for cell in _CELL.finditer(text)}
        self.height = max(self.height, *rows)
        self.width = max(self.width, *map(_column_number, columns))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number


def _check_extent(path: Path, extent: _Extent) -> None:
    if extent.width > COLUMNS:
        raise KnownError("table-too-wide", name=path.name, columns=COLUMNS)
    cells = extent.width * extent.height
    if cells > max(_ALWAYS_ALLOWED_CELLS, extent.filled * _EMPTY_TO_FILLED):
        raise KnownError("table-too-large", name=path.name)


def _check_repetitions(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse an ODS whose few filled cells stand for an enormous sheet."""
    with archive.open("content.xml") as stream:
        content = stream.read(INFLATED_BYTES)
    for row in _ODS_ROW.finditer(content):
        if b"office:value" not in row[2] and b"<text:p" not in row[2]:
            continue
        height = _REPEATED.search(row[1])
        if height and int(height[1]) > COLUMNS:
            raise KnownError("table-too-large", name=path.name)
        for cell in _ODS_CELL.finditer(row[2]):
            width = _REPEATED.search(cell[1])
            if width and int(width[1]) > COLUMNS:
                raise KnownError("table-too-wide", name=path.name, columns=COLUMNS)
