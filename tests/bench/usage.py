"""Taking in a bill of 100,000 rows, against reading it and storing it bare."""

from pathlib import Path

import python_calamine

from console.services import clients, imports
from console.workspace import Workspace
from tests.bench.data import empty
from tests.bench.measure import Row, seconds

ROWS = 100_000
_HEADER = (
    "Období",
    "Číslo",
    "Minuty",
    "SMS",
    "Data MB",
    "Roaming Kč",
    "Ostatní Kč",
    "Celkem Kč bez DPH",
)
Cells = list[list[str]]


def rows(folder: Path) -> list[Row]:
    """Measure the import of a workbook, and of the same bill as CSV taken in again."""
    workbook, text = _workbook(folder / "vyuctovani.xlsx"), _csv(folder / "vyuctovani.csv")
    bare, made = empty(folder / "bare"), empty(folder / "workspace")
    floor = min(seconds(lambda n=n: _bare(bare, _read(workbook), n)) for n in range(2))
    taken = seconds(lambda: _import(made, workbook, ROWS, 0))
    again = seconds(lambda: _import(made, text, 0, ROWS))
    made.close()
    bare.close()
    return [
        Row("import a bill of 100,000 rows of XLSX", taken, "s", floor, 3),
        Row("the same bill again, as CSV", again, "s", floor, 3),
    ]


def _import(made: Workspace, file: Path, added: int, unchanged: int) -> None:
    client = clients.client_by_ico(made, "00259586")
    outcome = imports.run(made, client.id, imports.read_file(file, "usage")).result
    assert (outcome.added, outcome.unchanged, outcome.refused) == (added, unchanged, 0), outcome


def _read(file: Path) -> Cells:
    return python_calamine.load_workbook(file).get_sheet_by_index(0).to_python()[1:]  # type: ignore[return-value]


def _bare(made: Workspace, cells: Cells, number: int) -> None:
    """Store with ``executemany`` into a table without anything else."""
    names = [f"c{index}" for index in range(len(cells[0]))]
    connection = made.store.db.conn
    table = f"bare_bill{number}"
    connection.execute(f"CREATE TABLE {table}(id INTEGER PRIMARY KEY, {', '.join(names)})")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        f"INSERT INTO {table}({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        cells,
    )
    connection.execute("COMMIT")


def _cells(number: int) -> tuple[str, ...]:
    return (
        f"2026-{8 + number % 2:02}",
        f"{602_000_000 + number // 2}",
        f"{number * 7 % 700}",
        f"{number * 3 % 200}",
        f"{number * 37 % 12_000},0",
        "129,50" if number % 17 == 0 else "0,00",
        "0,00",
        f"{100 + number % 400},{number % 100:02}",
    )


def _workbook(path: Path) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Vyúčtování")
        sheet.write_row(0, 0, _HEADER)
        for number in range(ROWS):
            sheet.write_row(number + 1, 0, _cells(number))
    return path


def _csv(path: Path) -> Path:
    lines = (";".join(row) for row in (_HEADER, *map(_cells, range(ROWS))))
    path.write_bytes("\r\n".join(lines).encode("cp1250"))
    return path
