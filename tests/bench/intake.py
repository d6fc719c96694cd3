"""Taking in 100,000 rows of XLSX, against reading them and storing them bare."""

from pathlib import Path

import python_calamine

from console.services import clients, imports
from console.workspace import Workspace
from tests.bench.data import empty, spreadsheet
from tests.bench.measure import Row, seconds

ROWS = 100_000


def rows(folder: Path) -> list[Row]:
    """Measure the import of numbers, and of numbers with cards: two records a row."""
    return [
        _row(folder / "numbers", "import 100,000 rows of XLSX", with_cards=False),
        _row(folder / "cards", "import 100,000 rows of XLSX with SIM cards", with_cards=True),
    ]


def _row(folder: Path, what: str, *, with_cards: bool) -> Row:
    folder.mkdir()
    file = spreadsheet(folder / "cisla.xlsx", ROWS, with_cards=with_cards)
    bare, made = empty(folder / "bare"), empty(folder / "workspace")
    floor = min(seconds(lambda n=n: _bare(bare, file, n)) for n in range(2))
    taken = seconds(lambda: _import(made, file))
    for table, is_filled in (("lines", True), ("sims", with_cards)):
        (count,) = made.store.db.conn.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert count == ROWS * is_filled
    made.close()
    bare.close()
    return Row(what, taken, "s", floor, 3)


def _import(made: Workspace, file: Path) -> None:
    client = clients.client_by_ico(made, "00259586")
    outcome = imports.run(made, client.id, imports.read_file(file, "numbers")).result
    assert outcome.added == ROWS, outcome


def _bare(made: Workspace, file: Path, number: int) -> None:
    """Read with calamine and store with ``executemany`` into a table without anything else."""
    cells = python_calamine.load_workbook(file).get_sheet_by_index(0).to_python()[1:]
    names = [f"c{index}" for index in range(len(cells[0]))]
    connection = made.store.db.conn
    connection.execute(f"CREATE TABLE bare{number}(id INTEGER PRIMARY KEY, {', '.join(names)})")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        f"INSERT INTO bare{number}({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        [[cell if isinstance(cell, str | float) else str(cell) for cell in row] for row in cells],
    )
    connection.execute("COMMIT")
