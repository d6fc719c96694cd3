"""What the processes do that are killed: one step after another, each told once it is saved."""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from console import workspace
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.line import Line
from console.services import backups, keys, restore
from console.vault import passphrase
from console.workspace import Workspace

PASSPHRASE: Final = "správná kobyla baterie"
STORED: Final = Path(__file__).parents[1] / "storage" / "stored"
ICO: Final = "00259586"


@contextlib.contextmanager
def cheap_keys() -> Iterator[None]:
    """Derive keys as cheaply as can be; their price is tested elsewhere."""
    dear, passphrase.TARGET = passphrase.TARGET, 0
    try:
        yield
    finally:
        passphrase.TARGET = dear


def make(folder: Path) -> None:
    """Make a workspace with a client and a backup."""
    with cheap_keys():
        made = workspace.create(folder, PASSPHRASE, "Jana Nováková")
    with made.store.unit("add"):
        made.store.insert(Client(name="Městský úřad Lípová", ico=ICO))
    backups.make(made, "hourly")
    made.close()


def acknowledge(number: int) -> None:
    """Say that a save was acknowledged."""
    os.write(1, b"%d\n" % number)


def saved(opened: Workspace) -> int:
    """Return the highest number that a save has left behind."""
    found = opened.store.db.conn.execute(
        "SELECT coalesce(max(CAST(name AS INTEGER)), 0) FROM contacts"
    )
    return int(found.fetchone()[0])


def save(opened: Workspace, number: int) -> None:
    """Save a contact that bears a number."""
    client = opened.store.select(Client)[0]
    with opened.store.unit("add"):
        opened.store.insert(Contact(client_id=client.id, name=str(number), note="x" * 500))


def _saves(folder: Path) -> None:
    opened = _open(folder)
    for number in range(saved(opened) + 1, 100_000):
        save(opened, number)
        acknowledge(number)


def _imports(folder: Path) -> None:
    """Save a contact and, in the same unit, a bulk of numbers."""
    opened = _open(folder)
    client = opened.store.select(Client)[0]
    for number in range(saved(opened) + 1, 100_000):
        with opened.store.unit("import"):
            ids = opened.store.new_ids(300)
            rows = [(i, client.id, f"+420{600_000_000 + i % 99_999_999}") for i in ids]
            opened.store.insert_many(Line, ("id", "client_id", "msisdn"), rows)
            opened.store.insert(Contact(client_id=client.id, name=str(number)))
        acknowledge(number)


def _backups(folder: Path) -> None:
    opened = _open(folder)
    for number in range(saved(opened) + 1, 100_000):
        save(opened, number)
        acknowledge(number)
        backups.make(opened, "hourly")


def _slots(folder: Path) -> None:
    opened = _open(folder)
    for number in range(saved(opened) + 1, 100_000):
        save(opened, number)
        acknowledge(number)
        keys.keep_recovery_key(opened, keys.draw_recovery_key(opened))


def _rekeying(folder: Path) -> None:
    opened = _open(folder)
    for number in range(saved(opened) + 1, 100_000):
        save(opened, number)
        acknowledge(number)
        keys.change_data_key(opened, PASSPHRASE)


def _migration(folder: Path) -> None:
    """Bring an older workspace up, which happens once."""
    shutil.rmtree(folder)
    shutil.copytree(STORED / "schema-1", folder)
    acknowledge(0)
    _open(folder).close()


def _restores(folder: Path) -> None:
    """Save, back up, and restore that backup over the workspace."""
    number = 0
    while True:
        opened = _open(folder)
        number = saved(opened) + 1
        save(opened, number)
        kept, key = backups.by_hand(opened), opened.data_key
        opened.close()
        acknowledge(number)
        for old in folder.parent.glob(f"{folder.name}.before-*"):
            shutil.rmtree(old)
        restore.restore(kept.path, folder, key)


def _open(folder: Path) -> Workspace:
    return workspace.open_workspace(folder, workspace.unlock(folder, PASSPHRASE))


WORK: Final[dict[str, Callable[[Path], None]]] = {
    "saves": _saves,
    "imports": _imports,
    "migration": _migration,
    "backups": _backups,
    "restores": _restores,
    "slot writes": _slots,
    "new data key": _rekeying,
}
