"""The register at full size: many numbers changed at once, and lists narrowed by filters."""

from collections.abc import Callable
from pathlib import Path

from console.domain.listing import ListQuery
from console.services import backups, many
from console.storage.connection import transaction
from console.workspace import Workspace
from tests.bench.data import million, opened, with_numbers
from tests.bench.measure import Row, percentile_95, seconds
from tests.bench.screen import application, desk_over
from ui.desk import Desk
from ui.models import columns
from ui.widgets.record_view import RecordView

NUMBERS = 200_000
CHANGED = 10_000
BUDGET = 20
"""Each number is four rows: itself, its history, and an entry of the journal for both."""
FILTERED_MS = 300
TEXTS = ("novak", "602 345", "kateřina", "Hájek 12", "456")
STATES = ((("state", "active"),), (("tariff", "Tarif 3"),), (("cost_centre", "1007"),))


def rows(folder: Path) -> list[Row]:
    """Measure both; the changes against bare updates of the same file."""
    return [_many(folder), *_filters()]


def _many(folder: Path) -> Row:
    """Change 10,000 numbers with their history, journalled, against bare statements.

    The floor writes what any program would have to: the new value and a row of history for
    each number, in tables with the same columns and indexes, without journal, undo and search.
    The backup that goes before it is measured with the vault.
    """
    made = with_numbers(folder / "workspace", NUMBERS)
    connection = made.store.db.conn
    ids = [row[0] for row in connection.execute("SELECT id FROM lines LIMIT ?", (CHANGED,))]
    connection.execute("CREATE TABLE bare_lines AS SELECT * FROM lines")
    connection.execute("CREATE UNIQUE INDEX bare_by_id ON bare_lines(id)")
    connection.execute("CREATE INDEX bare_by_tariff ON bare_lines(czech_key(tariff), id)")
    connection.execute("CREATE TABLE bare_changes AS SELECT * FROM line_changes")
    connection.execute("CREATE INDEX bare_by_line ON bare_changes(line_id, effective_on)")
    floors, taken = [], []
    for turn in range(3):
        backups.make(made, "bench")
        floors.append(seconds(lambda t=turn: _bare(made, ids, f"Nový {t}")))
        taken.append(seconds(lambda t=turn: _change(made, ids, f"Nový {t}")))
    made.close()
    return Row(f"change of {CHANGED:,} numbers at once", min(taken), "s", min(floors), BUDGET)


def _bare(made: Workspace, ids: list[int], tariff: str) -> None:
    with transaction(made.store.db) as connection:
        connection.executemany(
            "UPDATE bare_lines SET tariff = ?, version = version + 1 WHERE id = ?",
            [(tariff, one) for one in ids],
        )
        connection.executemany(
            "INSERT INTO bare_changes(id, line_id, client_id, effective_on, field, before, after)"
            " VALUES (?, ?, 1, '2026-11-26', 'tariff', '', ?)",
            [(one, one, tariff) for one in ids],
        )


def _change(made: Workspace, ids: list[int], tariff: str) -> None:
    assert many.change(made, "lines", ids, {"tariff": tariff}).result == len(ids)


def _filters() -> list[Row]:
    application()
    with desk_over(opened(million())) as desk:
        view = _shown_list(desk)
        by_text = [_filter(view, text=text, filters=()) for text in TEXTS]
        by_choice = [_filter(view, text="", filters=filters) for filters in STATES]
        for run in [*by_text, *by_choice]:
            run()
        text, choice = percentile_95(by_text * 4), percentile_95(by_choice * 4)
        view.close()
    return [
        Row("filter of 1,000,000 numbers by words, p95", text * 1000, "ms", 0, FILTERED_MS,
            is_difference=True),
        Row("filter of 1,000,000 numbers by a value, p95", choice * 1000, "ms", 0, FILTERED_MS,
            is_difference=True),
    ]  # fmt: skip


def _shown_list(desk: Desk) -> RecordView:
    view = RecordView(
        desk.tasks, "bench", "Numbers", columns.LINES, ListQuery(noun="lines", sort="msisdn")
    )
    view.resize(1060, 640)
    view.show()
    return view


def _filter(view: RecordView, **changes: object) -> Callable[[], None]:
    """Return a run that narrows the list and waits until its first page is painted."""

    def run() -> None:
        seen: list[object] = []
        connection = view.model.loaded.connect(lambda: seen.append(True))
        view.model.show_query(**changes)
        while not seen:
            application().processEvents()
        view.table.viewport().repaint()
        view.model.loaded.disconnect(connection)
        assert view.model.rowCount()

    return run
