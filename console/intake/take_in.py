"""A table and the match of its columns become rows of values and a list of problems."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from console.intake import columns
from console.intake.columns import Field, Mapping
from console.intake.problems import KEPT, REFUSED, Problem
from console.intake.tables import RawTable
from console.intake.values import plain, written

_SHOWN_VALUE: Final = 40
_MEMORY: Final = 20_000
_TOTALS: Final = ("celkem", "soucet", "total", "sum", "suma", "mezisoucet")
_EMPTY: Final = ("", None)
_BATCH: Final = 2000

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Spec:
    """What a table of one noun holds.

    Args:
        noun: name of the noun's table.
        fields: what its columns can be.
        identity: gives what a row is recognised by inside the file; empty where nothing.
        missing: code of a row without an identity.
        repeated: code of a row whose identity stood before.
    """

    noun: str
    fields: tuple[Field, ...]
    identity: Callable[[dict[str, Any]], str]
    missing: str
    repeated: str


class Row(NamedTuple):
    """A row that can be taken in: its number in the sheet, from 1, and its values."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a table holds.

    Args:
        mapping: how its columns were understood.
        rows: those that can be taken in.
        problems: whatever a person should look at, in the order of the rows.
    """

    mapping: Mapping
    rows: list[Row]
    problems: list[Problem]


def take_in(
    table: RawTable, spec: Spec, mapping: Mapping | None = None, progress: Progress | None = None
) -> TakenIn:
    """Read a table row by row.

    Args:
        table: the sheet.
        spec: what it should hold.
        mapping: the match as the person corrected it; found by name where None.
        progress: called now and then with rows done and rows in all; may raise to cancel.

    Raises:
        KnownError: ``table-no-header``.
    """
    mapping = mapping or columns.match(table, spec.fields)
    reader = _Reader(spec, mapping)
    body = table.rows[mapping.header_row + 1 :]
    for offset in range(0, len(body), _BATCH):
        if progress:
            progress(offset, len(body))
        reader.read(mapping.header_row + offset + 2, body[offset : offset + _BATCH])
    if progress:
        progress(len(body), len(body))
    return TakenIn(mapping, reader.rows, reader.problems)


def best_table(tables: Sequence[RawTable], fields: Sequence[Field]) -> RawTable:
    """Return the sheet whose header fits best; the first one where none does."""
    return max(tables, key=lambda table: fit([table], fields))


def fit(tables: Sequence[RawTable], fields: Sequence[Field]) -> int:
    """Return how many columns the header that fits best has of these fields."""
    return max(
        (len(columns._match_row(row, fields)) for table in tables for row in table.rows[:50]),
        default=0,
    )


_Complaint = tuple[Field, str, str, Any]


class _Column:
    """A column that is read: what its cells mean, those that repeat understood once."""

    def __init__(self, field: Field, index: int, header: str) -> None:
        self.field = field
        self.header = header
        self._index = index
        self._known: dict[Any, tuple[Any, str]] = {}

    def read(
        self, rows: Sequence[Sequence[Any]]
    ) -> tuple[Sequence[Any], list[tuple[int, _Complaint]]]:
        """Return the values of some rows, and what is wrong with which of them."""
        index, known = self._index, self._known
        cells = [row[index] if index < len(row) else "" for row in rows]
        outcomes = [known.get(cell) or self._understand(cell) for cell in cells]
        values, codes = zip(*outcomes, strict=True)
        wrong = [
            (offset, (self.field, self.header, code, cells[offset]))
            for offset, code in (enumerate(codes) if any(codes) else ())
            if code
        ]
        return values, wrong

    def _understand(self, cell: Any) -> tuple[Any, str]:
        outcome = self.field.normaliser(cell)
        if len(self._known) < _MEMORY:
            self._known[cell] = outcome
        return outcome


class _Reader:
    """Reads the rows of one table, column by column, and decides row by row."""

    def __init__(self, spec: Spec, mapping: Mapping) -> None:
        self.rows: list[Row] = []
        self.problems: list[Problem] = []
        self._spec = spec
        self._seen: dict[str, int] = {}
        headers = {column.index: column.header for column in mapping.columns}
        self._columns = [
            _Column(field, index, headers[index])
            for field in spec.fields
            if (index := mapping.index_of(field.name)) is not None
        ]

    def read(self, number: int, rows: Sequence[Sequence[Any]]) -> None:
        """Read some rows; ``number`` is the sheet's number of the first."""
        names = [column.field.name for column in self._columns]
        complaints: defaultdict[int, list[_Complaint]] = defaultdict(list)
        read = []
        for column in self._columns:
            values, wrong = column.read(rows)
            read.append(values)
            for offset, complaint in wrong:
                complaints[offset].append(complaint)
        for offset, (cells, *values) in enumerate(zip(rows, *read, strict=True)):
            first = cells[0] if cells else None
            if first in _EMPTY:
                first = next((cell for cell in cells if cell not in _EMPTY), None)
            if first is None:
                continue
            if isinstance(first, str) and not first[:1].isdigit() and _is_total(first):
                self._report(number + offset, "", "total-row", REFUSED, "")
                continue
            self._decide(
                number + offset, dict(zip(names, values, strict=True)), complaints.get(offset, ())
            )

    def _decide(
        self,
        number: int,
        values: dict[str, Any],
        complaints: Sequence[_Complaint],
    ) -> None:
        """Take the row in, or leave it out for the first thing that forbids it."""
        for field, header, code, cell in complaints:
            if code in field.refusing:
                self._report(number, header, code, REFUSED, cell)
                return
        identity = self._spec.identity(values)
        if not identity:
            self._report(number, "", self._spec.missing, REFUSED, "")
            return
        first = self._seen.setdefault(identity, number)
        if first != number:
            self._report(number, "", self._spec.repeated, REFUSED, "", first)
            return
        for _field, header, code, cell in complaints:
            self._report(number, header, code, KEPT, cell)
        self.rows.append(Row(number, values))

    def _report(
        self, number: int, header: str, code: str, severity: str, cell: Any, first: int = 0
    ) -> None:
        value = written(cell)[:_SHOWN_VALUE]
        self.problems.append(Problem(number, header, code, severity, value, first))


def _is_total(first: str) -> bool:
    return plain(first).rstrip(":").split(" ")[0] in _TOTALS
