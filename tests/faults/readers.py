"""How each kind of file is read, for the fuzz runs."""

import tomllib
from collections.abc import Callable
from pathlib import Path

from console import workspace
from console.domain import terms
from console.services import backups, imports, restore, verify
from console.storage.operations import FILE_NAME, Operations
from tests.faults import work


def prepared(kind: str, folder: Path) -> tuple[Callable[[], object], Path]:
    """Return a reader and the whole file that it reads."""
    made = folder / "workspace"
    work.make(made)
    key = workspace.unlock(made, work.PASSPHRASE)
    if kind == "slots":
        return (lambda: _slots(made)), made / "slots.json"
    if kind == "backup":
        opened = workspace.open_workspace(made, key)
        path = backups.by_hand(opened, folder / "stick").path
        opened.close()
        return (lambda: restore.restore(path, folder / "new", key)), path
    if kind == "log":
        return (lambda: Operations(made, key, "x").read()), made / FILE_NAME
    if kind == "database":
        return (lambda: _database(made, key)), made / workspace.DATABASE_NAME
    if kind == "agreement":
        path = folder / "terms.toml"
        shipped = Path(__file__).parents[2] / "resources" / "agreements"
        path.write_bytes((shipped / "municipal-tender.toml").read_bytes())
        return (lambda: _agreement(path)), path
    return _table(kind, folder)


def _table(kind: str, folder: Path) -> tuple[Callable[[], object], Path]:
    path = folder / f"numbers.{kind}"
    if kind == "csv":
        lines = [f"77712345{n % 10};Holder {n}" for n in range(300)]
        path.write_text("\n".join(["Telefon;Jméno", *lines]), encoding="utf-8")
    else:
        import xlsxwriter

        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["Telefon", "Jméno"])
            for row in range(1, 300):
                sheet.write_row(row, 0, [f"7771234{row:02}", f"Holder {row}"])
    return (lambda: imports.read_file(path, "numbers")), path


def _slots(folder: Path) -> None:
    (folder / "slots.json.prev").unlink(missing_ok=True)
    workspace.unlock(folder, work.PASSPHRASE)


def _database(folder: Path, key: bytes) -> None:
    for end in ("-wal", "-shm"):
        (folder / f"{workspace.DATABASE_NAME}{end}").unlink(missing_ok=True)
    opened = workspace.open_workspace(folder, key)
    try:
        verify.verify(opened)
    finally:
        opened.close()


def _agreement(path: Path) -> None:
    """Read the terms that are still TOML; the library itself refuses all others."""
    try:
        body = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return
    terms.parse_agreement(path.name, body)
