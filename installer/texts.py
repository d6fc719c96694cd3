"""Catalogues: texts out of the code into the Czech catalogue, and compiled.

python -m installer.texts            update and compile
python -m installer.texts --check    only say what is missing; exit 1 where anything is
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "resources" / "locale" / "cs" / "LC_MESSAGES" / "klientela.po"
MO = PO.with_suffix(".mo")
FOLDERS = ("console", "ui")
KEYWORDS = {"_": None, "N_": None, "NN_": (1, 2), "ngettext": (1, 2)}


def extracted() -> Catalog:
    """Return the texts of the code."""
    catalog = Catalog(project="Klientela", fuzzy=False)
    for folder in FOLDERS:
        found = extract_from_dir(
            str(ROOT / folder), method_map=[("**.py", "python")], keywords=KEYWORDS
        )
        for file, _line, message, _comments, _context in sorted(found, key=lambda f: f[:2]):
            catalog.add(message, locations=[(f"{folder}/{file}", 0)])
    return catalog


def stored() -> Catalog:
    """Return the Czech catalogue as it is."""
    if not PO.exists():
        return Catalog(locale="cs", fuzzy=False)
    with PO.open("rb") as file:
        return read_po(file, locale="cs")


def problems() -> list[str]:
    """Return the texts without a translation, those that nobody uses, and a stale binary."""
    code, czech = extracted(), stored()
    found = [f"not translated: {m.id}" for m in code if m.id and not _is_done(czech.get(m.id))]
    found += [f"not used: {m.id}" for m in czech if m.id and code.get(m.id) is None]
    if not MO.exists() or MO.read_bytes() != compiled(czech):
        found.append("klientela.mo is not made from klientela.po")
    return found


def _is_done(message: object) -> bool:
    text = getattr(message, "string", "")
    if getattr(message, "fuzzy", True):
        return False
    return all(text) if isinstance(text, (tuple, list)) else bool(text)


def compiled(catalog: Catalog) -> bytes:
    """Return the binary form of a catalogue."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def update() -> None:
    """Merge the code's texts into the catalogue and compile it."""
    czech = stored()
    czech.update(extracted(), no_fuzzy_matching=True)
    _head(czech)
    czech.obsolete.clear()
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, czech, sort_output=True, omit_header=False, width=100, no_location=True)
    MO.write_bytes(compiled(stored()))


def _head(catalog: Catalog) -> None:
    """Say whose catalogue it is, without dates, so that only texts change the file."""
    catalog.header_comment = "# Czech texts of Klientela."
    catalog.project, catalog.version = "Klientela", "1"
    catalog.last_translator = catalog.language_team = "Klientela"
    catalog.msgid_bugs_address = ""
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)


if __name__ == "__main__":
    if "--check" not in sys.argv:
        update()
    for line in problems():
        print(line)
    sys.exit(1 if "--check" in sys.argv and problems() else 0)
