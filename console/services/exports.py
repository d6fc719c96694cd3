"""Any list as a table for a spreadsheet: its columns, filter and order, and all of its rows.

A PUK or a PIN goes out only where it is asked for by name and with a reason, which is written
down.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from console.documents import table_file
from console.documents.table_file import ENCODINGS, Cell
from console.domain import formats, phone
from console.domain.field_names import field_name
from console.domain.line import Barring
from console.domain.listing import Key, ListQuery
from console.domain.register_fields import FIELDS, SECRETS
from console.domain.shown_table import ShownTable
from console.errors import KnownError
from console.services import field_values, secrets
from console.storage import lists
from console.system_reasons import reason_of
from console.texts import N_, _
from console.workspace import Workspace

Progress = Callable[[int], None]
_PAGE: Final = 2000
_TITLES: Final = {
    "clients": N_("Clients"),
    "contacts": N_("Contacts"),
    "lines": N_("Numbers"),
    "sims": N_("SIM cards"),
    "devices": N_("Devices"),
    "tariffs": N_("Tariffs"),
    "requests": N_("Requests"),
    "orders": N_("Orders"),
    "catalogue_items": N_("Price list"),
    "usage": N_("Usage"),
    "documents": N_("Documents"),
}
_PHONES: Final = frozenset({"msisdn", "mobile", "landline", "fax"})
_VOLUMES: Final = frozenset({"data_mb", "included_mb"})
_AMOUNTS: Final = frozenset({"included_minutes", "included_sms"})
_SECRETS_SQL: Final = {
    "lines": "SELECT l.id, s.puk, s.pin FROM lines l JOIN sims s ON s.id = l.sim_id"
    " WHERE l.id IN ({marks})",
    "sims": "SELECT id, puk, pin FROM sims WHERE id IN ({marks})",
}
WITH_SECRETS: Final = frozenset(_SECRETS_SQL)
"""Nouns whose tables can have a PUK and a PIN, where they are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What is to be written.

    Args:
        query: the list as it is shown.
        columns: fields of its summaries, in order.
        secrets: ``puk`` and ``pin``, where they were asked for by name.
        reason: why the secrets are needed.
        encoding: of CSV: ``utf-8`` or ``cp1250``.
    """

    query: ListQuery
    columns: tuple[str, ...]
    secrets: tuple[str, ...] = ()
    reason: str = ""
    encoding: str = "utf-8"


def export(workspace: Workspace, what: Export, path: Path, progress: Progress | None = None) -> int:
    """Write a list to a file; the end of its name says which kind.

    Args:
        workspace: the open workspace.
        what: the list, its columns, how it is written.
        path: ``.xlsx`` or ``.csv``; a file that is there is replaced when all is written.
        progress: called now and then with the rows done; raising cancels, and leaves nothing.

    Returns:
        Count of rows.

    Raises:
        KnownError: ``export-kind``, ``export-unwritable``, ``export-letter``,
            ``reveal-reason-needed``, ``word-unknown``.
    """
    _check(workspace, what, path)
    heads = [_head(what.query.noun, name) for name in (*what.columns, *what.secrets)]
    title = _(_TITLES[what.query.noun])
    return _write(path, what.encoding, title, heads, _rows(workspace, what, progress))


def export_table(table: ShownTable, path: Path, encoding: str = "utf-8") -> int:
    """Write a table that a page shows to a file; the end of its name says which kind.

    Args:
        table: its heads and values.
        path: ``.xlsx`` or ``.csv``; a file that is there is replaced when all is written.
        encoding: of CSV: ``utf-8`` or ``cp1250``.

    Returns:
        Count of rows.

    Raises:
        KnownError: ``export-kind``, ``export-unwritable``, ``export-letter``,
            ``word-unknown``.
    """
    _check_file(path, encoding)
    return _write(path, encoding, table.title, table.heads, (_plain(row) for row in table.rows))


def _plain(row: Iterable[Cell]) -> list[Cell]:
    """Return values as a spreadsheet takes them: it searches for no space that never breaks."""
    return [cell.replace("\u00a0", " ") if isinstance(cell, str) else cell for cell in row]


def _write(
    path: Path,
    encoding: str,
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
) -> int:
    part = path.with_name(f".{path.name}.part")
    try:
        if path.suffix.lower() == ".xlsx":
            count = table_file.write_xlsx(part, title, heads, rows)
        else:
            count = table_file.write_csv(part, encoding, heads, rows)
        part.replace(path)
    except OSError as error:
        raise KnownError("export-unwritable", path=path, reason=reason_of(error)) from error
    finally:
        part.unlink(missing_ok=True)
    return count


def check_noun(word: str) -> str:
    """Return a word that names a list.

    Raises:
        KnownError: ``word-unknown``.
    """
    if word not in _TITLES:
        raise KnownError("word-unknown", word=word, known=", ".join(_TITLES))
    return word


def columns_of(noun: str) -> tuple[str, ...]:
    """Return the fields of a noun's list that a table can have; ids are none."""
    return tuple(n for n in lists.fields(noun) if n != "id" and not n.endswith("_id"))


def _check(workspace: Workspace, what: Export, path: Path) -> None:
    noun = what.query.noun
    known = columns_of(noun)
    _check_file(path, what.encoding)
    for word in what.columns:
        if word not in known:
            raise KnownError("word-unknown", word=word, known=", ".join(known))
    for word in what.secrets:
        if word not in SECRETS or noun not in WITH_SECRETS:
            offered = ", ".join(sorted(SECRETS)) if noun in WITH_SECRETS else "–"
            raise KnownError("word-unknown", word=word, known=offered)
    if what.secrets:
        for client_id in _clients(workspace, what.query):
            secrets.reveal_all(workspace, client_id, what.reason)


def _check_file(path: Path, encoding: str) -> None:
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise KnownError("export-kind", name=path.name)
    if encoding not in ENCODINGS:
        raise KnownError("word-unknown", word=encoding, known=", ".join(ENCODINGS))


def _clients(workspace: Workspace, query: ListQuery) -> list[int]:
    if query.client_id:
        return [query.client_id]
    found = workspace.store.db.conn.execute("SELECT id FROM clients WHERE deleted_at IS NULL")
    return [row[0] for row in found.fetchall()]


def _head(noun: str, name: str) -> str:
    known = (field.label for field in FIELDS.get(noun, ()) if field.name == name)
    return next(known, field_name(name))


def _rows(workspace: Workspace, what: Export, progress: Progress | None) -> Iterator[list[Cell]]:
    after: Key | None = None
    done, is_more = 0, True
    query = replace(what.query, is_whole=True)
    while is_more:
        page = lists.page(workspace.store.db, query, after, _PAGE)
        hidden = _secrets(workspace, what, [row.id for row in page.rows])
        for row in page.rows:
            yield [
                *(_cell(name, getattr(row, name)) for name in what.columns),
                *hidden.get(row.id, [""] * len(what.secrets)),
            ]
        done += len(page.rows)
        if progress:
            progress(done)
        is_more = not page.at_end
        after = page.keys[-1] if page.keys else None


def _secrets(workspace: Workspace, what: Export, ids: Sequence[int]) -> dict[int, list[str]]:
    if not what.secrets or not ids:
        return {}
    marks = ",".join("?" * len(ids))
    statement = _SECRETS_SQL[what.query.noun].format(marks=marks)
    found = workspace.store.db.conn.execute(statement, list(ids)).fetchall()
    place = {"puk": 1, "pin": 2}
    return {row[0]: [row[place[name]] for name in what.secrets] for row in found}


def _cell(name: str, value: Any) -> Cell:
    """Return a value as a spreadsheet takes it, so that an import reads the same again."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return formats.yes_no(value)
    if isinstance(value, StrEnum):
        return str(getattr(value, "label", value.value))
    if name in _PHONES:
        return phone.pretty(value)
    if name in _VOLUMES or name in _AMOUNTS:
        return field_values.volume(value, in_bytes=name in _VOLUMES)
    if isinstance(value, datetime):
        return formats.moment(value).replace("\u00a0", " ")
    if isinstance(value, tuple):
        words = [Barring(one).label for one in value] if name == "barrings" else value
        return ", ".join(words)
    if isinstance(value, (int, Decimal, date)):
        return value
    return str(value)
