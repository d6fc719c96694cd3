"""Big data for measuring: a spreadsheet, and workspaces with many numbers."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from console import workspace
from console.domain.client import Client
from console.domain.line import Line
from console.domain.request import Kind
from console.domain.sim import Sim
from console.services import agreements, clients
from console.services.requests import Draft, log_request
from console.workspace import Workspace

PASSPHRASE = "správná kobyla baterie"
_BATCH = 50_000
_FIRST = ("Jana", "Petr", "Žofie", "Jiří", "Ludmila", "Řehoř", "Kateřina", "Vojtěch")
_LAST = ("Nováková", "Dvořák", "Šťastná", "Kučera", "Příhodová", "Černý", "Ďurišová", "Hájek")
_HEADER = (
    "Tel. číslo",
    "Číslo SIM",
    "PUK",
    "Uživatel",
    "Odbor",
    "Středisko",
    "Tarif",
    "Data",
    "Roaming",
    "Stav",
    "Aktivováno",
    "Závazek do",
)
_OF_CARDS = ("Číslo SIM", "PUK")


def holder(number: int) -> str:
    """Return a name; every few thousand it repeats, as names do."""
    return f"{_FIRST[number % 8]} {_LAST[number // 8 % 8]} {number // 64 % 997}"


def spreadsheet(path: Path, rows: int, *, with_cards: bool) -> Path:
    """Write an office's list of numbers, with the columns of their SIM cards or without."""
    import xlsxwriter

    kept = [n for n, name in enumerate(_HEADER[:-1]) if with_cards or name not in _OF_CARDS]

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Čísla")
        day = book.add_format({"num_format": "d. m. yyyy"})
        sheet.write_row(0, 0, [*(_HEADER[n] for n in kept), _HEADER[-1]])
        for number in range(rows):
            cells = _cells(number)
            sheet.write_row(number + 1, 0, [cells[n] for n in kept])
            ends = date(2027, 1, 1) + timedelta(days=number % 700)
            sheet.write_datetime(number + 1, len(kept), ends, day)
    return path


def _cells(number: int) -> tuple[str | int, ...]:
    digits = 602_000_000 + number
    return (
        f"{digits // 10**6} {digits // 1000 % 1000:03} {digits % 1000:03}",
        iccid(number),
        f"{number * 7919 % 10**8:08}",
        holder(number),
        f"Odbor {number % 23}",
        f"{1000 + number % 40}",
        f"Tarif {number % 9}",
        "neomezeně" if number % 5 == 0 else f"{1 + number % 9} 024",
        "ANO" if number % 3 else "ne",
        "aktivní",
        f"{1 + number % 28}. {1 + number % 12}. 202{number % 6}",
    )


def iccid(number: int) -> str:
    """Return an ICCID with its check digit."""
    body = f"894201{number:012}"
    total = sum(
        sum(divmod(int(digit) * (2 if place % 2 == 0 else 1), 10))
        for place, digit in enumerate(reversed(body))
    )
    return f"{body}{-total % 10}"


def empty(folder: Path) -> Workspace:
    """Make a workspace with one client."""
    made = workspace.create(folder, PASSPHRASE, "Jana Nováková")
    clients.add_client(made, Client(name="Magistrát", ico="00259586"))
    return made


def with_clients(folder: Path, count: int, numbers: int, faults: int) -> None:
    """Make a workspace of many clients, each with numbers and with faults of October 2026."""
    made = workspace.create(folder, PASSPHRASE, "Jana Nováková")
    for place in range(count):
        client = Client(name=f"Město {place}", ico=_ico(place))
        clients.add_client(made, client)
        client = clients.client_by_ico(made, client.ico)
        agreements.choose_agreement(made, client.id, "o2-public-sector", date(2020, 1, 1))
        _add(made, client.id, range(place * numbers, (place + 1) * numbers))
        for fault in range(faults):
            log_request(made, _fault(client, fault))
    made.close()


def _ico(number: int) -> str:
    body = f"{number + 1:07}"
    total = sum(int(digit) * weight for digit, weight in zip(body, range(8, 1, -1), strict=True))
    return f"{body}{(11 - total % 11) % 10}"


def _fault(client: Client, number: int) -> Draft:
    came = datetime(2026, 10, 1 + number % 28, 9, tzinfo=UTC)
    return Draft(
        client_id=client.id, kind=Kind.FAULT, subject=f"Výpadek {number}", place="radnice",
        received_at=came, reason="dodatečně",
    )  # fmt: skip


def with_numbers(folder: Path, count: int) -> Workspace:
    """Make a workspace with many numbers and cards."""
    made = empty(folder)
    client = clients.client_by_ico(made, "00259586")
    for first in range(0, count, _BATCH):
        _add(made, client.id, range(first, min(first + _BATCH, count)))
    return made


def _add(made: Workspace, client_id: int, numbers: range) -> None:
    store = made.store
    with store.unit("bench"):
        line_ids = [store.new_id() for _ in numbers]
        sim_ids = [store.new_id() for _ in numbers]
        store.insert_many(
            Sim,
            ("id", "client_id", "line_id", "iccid"),
            [
                (sim, client_id, line, iccid(n))
                for line, sim, n in zip(line_ids, sim_ids, numbers, strict=True)
            ],
        )
        store.insert_many(
            Line,
            ("id", "client_id", "sim_id", "msisdn", "holder", "cost_centre", "tariff"),
            [
                (
                    line,
                    client_id,
                    sim,
                    f"+420{602_000_000 + n}",
                    holder(n),
                    f"{1000 + n % 40}",
                    f"Tarif {n % 9}",
                )
                for line, sim, n in zip(line_ids, sim_ids, numbers, strict=True)
            ],
        )


_shared: dict[str, Path] = {}


def share(folder: Path) -> None:
    """Say where the workspace of a million numbers goes, which several benches look at."""
    _shared["million"] = folder / "million"


def million() -> Path:
    """Return a workspace of 1,000,000 numbers, made when it is first asked for."""
    folder = _shared["million"]
    if not folder.exists():
        with_numbers(folder, 1_000_000).close()
    return folder


def opened(folder: Path) -> Callable[[], Workspace]:
    """Return what opens a workspace, for the thread that will own it."""
    return lambda: workspace.open_workspace(folder, workspace.unlock(folder, PASSPHRASE))
