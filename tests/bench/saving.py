"""Saving one request, journalled and synced, against a bare insert and its commit."""

import statistics
from pathlib import Path

from console.domain.request import Channel, Kind
from console.services import agreements, clients, requests
from console.services.requests import Draft
from console.workspace import Workspace
from tests.bench.data import with_numbers
from tests.bench.measure import Row, median

SAVES = 150
NUMBERS = 20_000
_BARE = "INSERT INTO bare(a, b, c, d, e, f, g, h) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


def rows(folder: Path) -> list[Row]:
    """Measure both in turn in the same encrypted file, which waits for the disk each time."""
    made = with_numbers(folder / "workspace", NUMBERS)
    client = clients.client_by_ico(made, "00259586")
    agreements.choose_agreement(made, client.id, "o2-public-sector", made.store.now().date())
    prepare_bare(made)
    floors, taken = [], []
    for number in range(SAVES):
        floors.append(median([lambda: bare(made)]))
        taken.append(median([lambda n=number: _save(made, client.id, n)]))
    made.close()
    floor, value = statistics.median(floors[10:]), statistics.median(taken[10:])
    return [Row("save one request", value * 1000, "ms", floor * 1000, 2)]


def prepare_bare(made: Workspace) -> None:
    """Make the table of the floor, where it is not there yet."""
    columns = "id INTEGER PRIMARY KEY, a, b, c, d, e, f, g, h"
    made.store.db.conn.execute(f"CREATE TABLE IF NOT EXISTS bare({columns})")


def bare(made: Workspace) -> None:
    """Insert a row without journal, and commit it."""
    connection = made.store.db.conn
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(_BARE, ("2026-AM-0001", "fault", "phone", "new", "Nejde signál", "", 1, 2))
    connection.execute("COMMIT")


def _save(made: Workspace, client_id: int, number: int) -> None:
    draft = Draft(
        client_id=client_id,
        kind=Kind.FAULT,
        channel=Channel.PHONE,
        numbers=(f"+420{602_000_000 + number}",),
        subject="Nejde signál",
    )
    assert requests.log_request(made, draft).unit
