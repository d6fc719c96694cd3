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
    made.store.db.conn.execute("CREATE TABLE bare(id INTEGER PRIMARY KEY, a, b, c, d, e, f, g, h)")
    floors, taken = [], []
    for number in range(SAVES):
        floors.append(median([lambda: _bare(made)]))
        taken.append(median([lambda n=number: _save(made, client.id, n)]))
    made.close()
    floor, value = statistics.median(floors[10:]), statistics.median(taken[10:])
    return [Row("save one request", value * 1000, "ms", floor * 1000, 2)]


def _bare(made: Workspace) -> None:
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
