"""Taking a file into the register: what would change, and changing it, as one unit.

A dry run and the import itself are the same comparison; only the second one writes. A file
taken in twice changes nothing the second time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import repeat
from pathlib import Path
from typing import Any, Final

from console.domain.contact import Contact
from console.domain.explanation import PRAGUE
from console.domain.journal import Changes
from console.domain.line import Line
from console.domain.record import Record
from console.domain.sim import Sim
from console.domain.tariff import Tariff
from console.errors import KnownError
from console.intake import columns, contacts, numbers, tables, take_in, tariffs
from console.intake.columns import Mapping as ColumnMapping
from console.intake.problems import REFUSED, Problem
from console.intake.take_in import Progress, Row, Spec
from console.intake.values import plain
from console.services import backups
from console.services.lines import track_change
from console.storage import rows
from console.workspace import Workspace

SPECS: Final[Mapping[str, Spec]] = {
    "numbers": numbers.SPEC,
    "contacts": contacts.SPEC,
    "tariffs": tariffs.SPEC,
}
_SIM_FIELDS: Final = ("iccid", "puk")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was understood, before it is compared with the register.

    Args:
        what: a key of SPECS.
        name: of the file.
        mapping: the match of its columns, which the person may correct.
        fields: what a column can be: name and label.
    """

    what: str
    name: str
    table: tables.RawTable
    mapping: ColumnMapping
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or a dry run would do; counts of rows."""

    added: int
    changed: int
    unchanged: int
    refused: int
    problems: tuple[Problem, ...] = ()


def read_file(path: Path, what: str) -> ReadFile:
    """Read a file and match its columns.

    Raises:
        KnownError: where it is no table, or no row names its columns.
    """
    spec = SPECS[what]
    table = take_in.best_table(tables.read_tables(path), spec.fields)
    mapping = columns.match(table, spec.fields)
    labels = tuple((f.name, f.shown) for f in spec.fields)
    return ReadFile(what, path.name, table, mapping, labels)


def dry_run(
    workspace: Workspace, client_id: int, file: ReadFile, progress: Progress | None = None
) -> Outcome:
    """Say what an import would do; nothing is stored."""
    return _compare(workspace, client_id, file, progress).outcome()


def run(
    workspace: Workspace, client_id: int, file: ReadFile, progress: Progress | None = None
) -> Changes:
    """Take a file in, all of it or nothing, as one unit of the journal.

    Args:
        workspace: the open workspace.
        client_id: whose register.
        file: from :func:`read_file`, its mapping corrected where need be.
        progress: called with rows done and rows in all, for the last time when all is written
            but not kept yet; raising cancels the import.

    Raises:
        KnownError: ``backup-failed`` where the backup before it cannot be made.
    """
    plan = _compare(workspace, client_id, file, progress)
    if plan.new or plan.changed:
        backups.before(workspace, "import")
    store = workspace.store
    with store.unit("import", file.name) as unit:
        plan.write(workspace, client_id)
        if progress:
            progress(len(file.table.rows), len(file.table.rows))
    return Changes(unit, frozenset(store.tables_changed), plan.outcome())


@dataclass(slots=True)
class _Plan:
    """The difference between a file and the register."""

    noun: "_Noun"
    problems: list[Problem]
    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[tuple[Any, dict[str, Any]]] = field(default_factory=list)
    unchanged: int = 0

    def outcome(self) -> Outcome:
        refused = sum(problem.severity == REFUSED for problem in self.problems)
        return Outcome(
            len(self.new), len(self.changed), self.unchanged, refused, tuple(self.problems)
        )

    def write(self, workspace: Workspace, client_id: int) -> None:
        self.noun.insert(workspace, client_id, self.new)
        for record, changes in self.changed:
            self.noun.update(workspace, record, changes)


@dataclass(frozen=True, slots=True)
class _Noun:
    """How rows of one noun are found in the register and written."""

    known: Callable[[Workspace, int], Mapping[str, Any]]
    key: Callable[[Mapping[str, Any]], str]
    difference: Callable[[Any, Mapping[str, Any]], dict[str, Any]]
    insert: Callable[[Workspace, int, Sequence[Mapping[str, Any]]], None]
    update: Callable[[Workspace, Any, dict[str, Any]], None]


def _compare(
    workspace: Workspace, client_id: int, file: ReadFile, progress: Progress | None
) -> _Plan:
    taken = take_in.take_in(file.table, SPECS[file.what], file.mapping, progress)
    noun = _NOUNS[file.what]
    plan = _Plan(noun, list(taken.problems))
    known = noun.known(workspace, client_id)
    elsewhere = _elsewhere(workspace, client_id) if file.what == "numbers" else {}
    tidy = _tariff_names(workspace, client_id) if file.what == "numbers" else {}
    for row in taken.rows:
        _sort_in(plan, row, known, elsewhere, tidy)
    plan.problems.sort(key=lambda problem: problem.row)
    return plan


def _sort_in(
    plan: _Plan,
    row: Row,
    known: Mapping[str, Any],
    elsewhere: Mapping[str, str],
    tidy: Mapping[str, str],
) -> None:
    values = row.values
    if "tariff" in values:
        values["tariff"] = tidy.get(plain(values["tariff"]), values["tariff"])
    key = plan.noun.key(values)
    if key in elsewhere:
        plan.problems.append(
            Problem(row.number, "", "number-elsewhere", REFUSED, client=elsewhere[key])
        )
    elif key not in known:
        plan.new.append(values)
    elif difference := plan.noun.difference(known[key], values):
        plan.changed.append((known[key], difference))
    else:
        plan.unchanged += 1


def _elsewhere(workspace: Workspace, client_id: int) -> dict[str, str]:
    found = workspace.store.db.conn.execute(
        "SELECT l.msisdn, c.name FROM lines l JOIN clients c ON c.id = l.client_id"
        " WHERE l.client_id != ? AND l.deleted_at IS NULL AND c.deleted_at IS NULL",
        (client_id,),
    )
    return dict(found.fetchall())


def _tariff_names(workspace: Workspace, client_id: int) -> dict[str, str]:
    known = workspace.store.select(Tariff, "client_id = ?", [client_id])
    return {plain(tariff.name): tariff.name for tariff in known}


def _differs(record: Record, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that the file gives otherwise; an empty cell says nothing."""
    return {
        name: value
        for name, value in values.items()
        if value not in (None, "") and hasattr(record, name) and getattr(record, name) != value
    }


@dataclass(frozen=True, slots=True)
class _KnownLine:
    """A line with its card, as far as a file can change them."""

    line: Line
    sim: Sim | None


def _known_lines(workspace: Workspace, client_id: int) -> dict[str, _KnownLine]:
    store = workspace.store
    sims = {
        sim.id: sim
        for sim in store.select(
            Sim,
            "id IN (SELECT sim_id FROM lines WHERE client_id = ? AND deleted_at IS NULL)",
            [client_id],
        )
    }
    return {
        line.msisdn: _KnownLine(line, sims.get(line.sim_id or 0))
        for line in store.select(Line, "client_id = ?", [client_id])
    }


def _line_difference(known: _KnownLine, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row changes; a PUK belongs to a card and says nothing without one."""
    plain_values = {n: v for n, v in values.items() if n not in _SIM_FIELDS and n != "msisdn"}
    difference = _differs(known.line, plain_values)
    if not (known.sim or values.get("iccid")):
        return difference
    for name in _SIM_FIELDS:
        value = values.get(name)
        if value and value != (getattr(known.sim, name) if known.sim else ""):
            difference[name] = value
    return difference


def _insert_lines(workspace: Workspace, client_id: int, new: Sequence[Mapping[str, Any]]) -> None:
    """Store new numbers in bulk, their cards first: a number refers to its card."""
    if not new:
        return
    store = workspace.store
    names = [n for n in new[0] if n not in _SIM_FIELDS]
    encoders = [rows.encoder(Line, name) for name in names]
    line_ids = store.new_ids(len(new))
    sim_ids = [store.new_id() if values.get("iccid") else None for values in new]
    store.insert_many(
        Sim,
        ("id", "client_id", "line_id", "iccid", "puk"),
        [
            (sim_id, client_id, line_id, values["iccid"], values.get("puk") or "")
            for line_id, sim_id, values in zip(line_ids, sim_ids, new, strict=True)
            if sim_id
        ],
    )
    values_by_column = [
        [None if (value := values[name]) is None else encode(value) for values in new]
        for name, encode in zip(names, encoders, strict=True)
    ]
    store.insert_many(
        Line,
        ("id", "client_id", "sim_id", *names),
        list(zip(line_ids, repeat(client_id), sim_ids, *values_by_column, strict=False)),
    )


def _update_line(workspace: Workspace, known: _KnownLine, changes: dict[str, Any]) -> None:
    """Change a number; another ICCID is another card, whose predecessor stays in history."""
    store = workspace.store
    today = store.now().astimezone(PRAGUE).date()
    card = {n: changes.pop(n) for n in _SIM_FIELDS if n in changes}
    if "iccid" in card:
        if known.sim:
            store.update(known.sim, valid_until=today)
        sim = store.insert(
            Sim(
                client_id=known.line.client_id,
                line_id=known.line.id,
                iccid=card["iccid"],
                puk=card.get("puk", ""),
                valid_from=today,
            )
        )
        changes["sim_id"] = sim.id
    elif card and known.sim:
        store.update(known.sim, **card)
    track_change(workspace, known.line, today, None, changes)


def _known_contacts(workspace: Workspace, client_id: int) -> dict[str, Contact]:
    found = workspace.store.select(Contact, "client_id = ?", [client_id])
    return {plain(contact.email or contact.name): contact for contact in found}


def _known_tariffs(workspace: Workspace, client_id: int) -> dict[str, Tariff]:
    found = workspace.store.select(Tariff, "client_id = ?", [client_id])
    return {plain(tariff.code or tariff.name): tariff for tariff in found}


def _insert_contacts(
    workspace: Workspace, client_id: int, new: Sequence[Mapping[str, Any]]
) -> None:
    for values in new:
        given = {name: value for name, value in values.items() if value is not None}
        workspace.store.insert(Contact(client_id=client_id, **given))


def _insert_tariffs(workspace: Workspace, client_id: int, new: Sequence[Mapping[str, Any]]) -> None:
    for values in new:
        given = {name: value for name, value in values.items() if value is not None}
        given.setdefault("monthly_fee", Decimal(0))
        given["name"] = given.get("name") or given.get("code", "")
        given["code"] = given.get("code") or ""
        workspace.store.insert(Tariff(client_id=client_id, **given))


def _update_record(workspace: Workspace, record: Record, changes: dict[str, Any]) -> None:
    workspace.store.update(record, **changes)


def _contact_key(values: Mapping[str, Any]) -> str:
    return plain(str(values.get("email") or values.get("name") or ""))


def _tariff_key(values: Mapping[str, Any]) -> str:
    return plain(str(values.get("code") or values.get("name") or ""))


def _line_key(values: Mapping[str, Any]) -> str:
    return str(values["msisdn"])


_NOUNS: Final[Mapping[str, _Noun]] = {
    "numbers": _Noun(_known_lines, _line_key, _line_difference, _insert_lines, _update_line),
    "contacts": _Noun(_known_contacts, _contact_key, _differs, _insert_contacts, _update_record),
    "tariffs": _Noun(_known_tariffs, _tariff_key, _differs, _insert_tariffs, _update_record),
}


def check_what(word: str) -> str:
    """Return a word that names what can be taken in.

    Raises:
        KnownError: ``word-unknown``.
    """
    if word not in SPECS:
        raise KnownError("word-unknown", word=word, known=", ".join(SPECS))
    return word
