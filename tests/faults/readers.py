"""Every file that we read, whole and with its reader, for the fuzz runs.

A new reader is one line in READERS: a function that prepares a folder and returns what reads,
and the file that is read.
"""

import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from console import settings, workspace
from console.domain import terms
from console.services import backups, bundles, document_views, imports, mails, restore, verify
from console.services import settings as workspace_settings
from console.services.settings import Manager
from console.storage.operations import FILE_NAME, Operations
from console.workspace import Workspace
from tests.faults import work

Reader = Callable[[], object]
Prepared = tuple[Reader, Path]
SAMPLES: Final = Path(__file__).parents[1] / "samples"
AGREEMENTS: Final = Path(__file__).parents[2] / "resources" / "agreements"


def _made(folder: Path) -> tuple[Path, bytes]:
    made = folder / "workspace"
    work.make(made)
    return made, workspace.unlock(made, work.PASSPHRASE)


def _opened(folder: Path) -> Workspace:
    return workspace.open_workspace(*_made(folder))


def _slots(folder: Path) -> Prepared:
    made, _key = _made(folder)

    def read() -> None:
        (made / "slots.json.prev").unlink(missing_ok=True)
        workspace.unlock(made, work.PASSPHRASE)

    return read, made / "slots.json"


def _backup(folder: Path) -> Prepared:
    opened = _opened(folder)
    path, key = backups.by_hand(opened, folder / "stick").path, opened.data_key
    opened.close()
    return partial(restore.restore, path, folder / "new", key), path


def _bundle(folder: Path) -> Prepared:
    opened = _opened(folder)
    path = bundles.make(opened, _client(opened), folder / "bundle", work.PASSPHRASE)
    opened.close()
    deputy = Manager(name="Petr", prefix="PE")

    def read() -> None:
        bundles.open_bundle(path, folder / "new", work.PASSPHRASE, deputy)

    return read, path


def _returned_bundle(folder: Path) -> Prepared:
    opened = _opened(folder)
    path = bundles.make(opened, _client(opened), folder / "bundle", work.PASSPHRASE)
    deputy = Manager(name="Petr", prefix="PE")
    key = bundles.open_bundle(path, folder / "deputy", work.PASSPHRASE, deputy)
    theirs = workspace.open_workspace(folder / "deputy", key)
    bundles.give_back(theirs, folder / "back")
    theirs.close()
    return partial(bundles.take_back, opened, folder / "back", work.PASSPHRASE), folder / "back"


def _client(opened: Workspace) -> work.Client:
    return opened.store.select(work.Client)[0]


def _log(folder: Path) -> Prepared:
    made, key = _made(folder)
    return (lambda: Operations(made, key, "x").read()), made / FILE_NAME


def _database(folder: Path) -> Prepared:
    made, key = _made(folder)

    def read() -> None:
        for end in ("-wal", "-shm"):
            (made / f"{workspace.DATABASE_NAME}{end}").unlink(missing_ok=True)
        opened = workspace.open_workspace(made, key)
        try:
            verify.verify(opened)
        finally:
            opened.close()

    return read, made / workspace.DATABASE_NAME


def _agreement(folder: Path) -> Prepared:
    """Read the terms that are still TOML; the library itself refuses all others."""
    path = folder / "terms.toml"
    path.write_bytes((AGREEMENTS / "municipal-tender.toml").read_bytes())

    def read() -> None:
        try:
            body = tomllib.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            return
        terms.parse_agreement(path.name, body)

    return read, path


def _xlsx(folder: Path) -> Prepared:
    import xlsxwriter

    path = folder / "numbers.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Telefon", "Jméno"])
        for row in range(1, 300):
            sheet.write_row(row, 0, [f"7771234{row:02}", f"Holder {row}"])
    return partial(imports.read_file, path, "numbers"), path


def _table(sample: str, what: str, folder: Path) -> Prepared:
    path = folder / sample
    path.write_bytes((SAMPLES / "urad" / sample).read_bytes())
    return partial(imports.read_file, path, what), path


_ROWS: Final = {
    "sims": "ICCID;Číslo;PUK;Forma\n" + "8942010007990000012;799000001;12345678;plastová\n" * 200,
    "devices": "Model;IMEI;Držitel;Záruka do\n"
    + "Galaxy A56;490154203237518;Jana Malá;31. 12. 2027\n" * 200,
    "clients": "Název;IČO;Sídlo\n" + "Obec Žďárek;00262129;Žďárek 1\n" * 200,
    "catalogue": "Kód;Název;Cena;DPH\n" + "A56;Galaxy A56;6190,00;21\n" * 200,
}


def _written(what: str, folder: Path) -> Prepared:
    path = folder / f"{what}.csv"
    path.write_bytes(_ROWS[what].encode("cp1250"))
    return partial(imports.read_file, path, what), path


def _ods(folder: Path) -> Prepared:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book, sheet = OpenDocumentSpreadsheet(), Table(name="Čísla")
    for number in range(100):
        row = TableRow()
        for text in ("Telefon", "Jméno") if not number else (f"7771234{number:02}", "Jana"):
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            row.addElement(cell)
        sheet.addElement(row)
    book.spreadsheet.addElement(sheet)
    path = folder / "numbers.ods"
    book.save(path)
    return partial(imports.read_file, path, "numbers"), path


def _mail(sample: str, folder: Path) -> Prepared:
    path = folder / sample
    path.write_bytes((SAMPLES / "posta" / sample).read_bytes())
    return partial(mails.propose, _opened(folder), path), path


def _logo(folder: Path) -> Prepared:
    from PIL import Image

    path = folder / "logo.png"
    Image.new("RGB", (120, 40), "#b3261e").save(path)
    return (lambda: workspace_settings.flat(path.read_bytes())), path


def _document(folder: Path) -> Prepared:
    """Read a PDF from outside: who sealed it, and whether it was issued here."""
    from datetime import date

    from console.services import documents

    opened = _opened(folder)
    issued = documents.issue_status_report(opened, _client(opened), date(2026, 10, 1)).result
    path = folder / "paper.pdf"
    path.write_bytes(issued.content)  # type: ignore[attr-defined]
    return (lambda: document_views.verify(opened, path.read_bytes())), path


def _certificate(folder: Path) -> Prepared:
    from console.services import certificates
    from tests.services import certificates as made

    path = made.make(folder)
    return partial(certificates.signer, path, made.SECRET), path


def _settings(folder: Path) -> Prepared:
    path = folder / "settings.json"
    settings.save(settings.Settings(language="cs", tables={"lines": {"order": [1, 2]}}), path)
    return partial(settings.load, path), path


READERS: Final[dict[str, Callable[[Path], Prepared]]] = {
    "slots": _slots,
    "backup": _backup,
    "bundle": _bundle,
    "returned bundle": _returned_bundle,
    "log": _log,
    "database": _database,
    "agreement": _agreement,
    "numbers xlsx": _xlsx,
    "contacts csv": partial(_table, "kontakty.csv", "contacts"),
    "numbers ods": _ods,
    "tariffs csv": partial(_table, "tarify.csv", "tariffs"),
    "usage csv": partial(_table, "vyuctovani-2026-08-az-10.csv", "usage"),
    "sims csv": partial(_written, "sims"),
    "devices csv": partial(_written, "devices"),
    "catalogue csv": partial(_written, "catalogue"),
    "clients csv": partial(_written, "clients"),
    "mail": partial(_mail, "zmena-tarifu-12-cisel.eml"),
    "mail about a bill": partial(_mail, "reklamace-vyuctovani.eml"),
    "logo": _logo,
    "document": _document,
    "settings": _settings,
    "certificate": _certificate,
}
