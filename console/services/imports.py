"""Taking a file into the register: what would change, and changing it, as one unit.

A dry run and the import itself are the same comparison; only the second one writes. A file
taken in twice changes nothing the second time.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from console.domain.journal import Changes
from console.errors import KnownError
from console.intake import (
    catalogue_items,
    clients,
    columns,
    contacts,
    devices,
    numbers,
    sims,
    tables,
    take_in,
    tariffs,
    usage,
)
from console.intake.columns import Mapping as ColumnMapping
from console.intake.problems import REFUSED, Problem
from console.intake.take_in import Progress, Row, Spec
from console.memory import without_collection
from console.services import backups, import_changes
from console.services.import_changes import FieldChange
from console.services.import_noun import Changed, Noun, elsewhere
from console.services.import_nouns import NOUNS
from console.storage import settings
from console.texts import N_, _
from console.workspace import Workspace

SPECS: Final[Mapping[str, Spec]] = {
    "numbers": numbers.SPEC,
    "contacts": contacts.SPEC,
    "tariffs": tariffs.SPEC,
    "sims": sims.SPEC,
    "devices": devices.SPEC,
    "catalogue": catalogue_items.SPEC,
    "usage": usage.SPEC,
    "clients": clients.SPEC,
}
OF_NO_CLIENT: Final = frozenset({"catalogue", "clients"})
"""What belongs to no client, and is taken in with a client id of 0."""
NAMES: Final[Mapping[str, str]] = {
    "numbers": N_("Numbers"),
    "contacts": N_("Contacts"),
    "tariffs": N_("Tariffs"),
    "sims": N_("SIM cards"),
    "devices": N_("Devices"),
    "usage": N_("Usage (a bill)"),
    "catalogue": N_("Operator's price list"),
    "clients": N_("Clients"),
}
"""What people call each of SPECS."""
_REMEMBERED: Final = "mapping"
_CLEARLY: Final = 2


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file as it was understood, before it is compared with the register.

    Args:
        what: a key of SPECS.
        name: of the file.
        mapping: the match of its columns, which the person may correct.
        fields: what a column can be: name and label.
        rather: the key of what the columns fit clearly better, or empty.
    """

    what: str
    name: str
    table: tables.RawTable
    mapping: ColumnMapping
    fields: tuple[tuple[str, str], ...]
    rather: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did, or a dry run would do; counts of rows.

    Args:
        changes: of the first records that change, each field.
    """

    added: int
    changed: int
    unchanged: int
    refused: int
    problems: tuple[Problem, ...] = ()
    changes: tuple[FieldChange, ...] = ()


@without_collection()
def read_file(path: Path, what: str) -> ReadFile:
    """Read a file and match its columns.

    Raises:
        KnownError: where it is no table, or no row names its columns; ``table-of-others`` where
            they name those of something else.
    """
    spec = SPECS[what]
    sheets = tables.read_tables(path)
    table = take_in.best_table(sheets, spec.fields)
    try:
        mapping = columns.match(table, spec.fields)
    except KnownError as error:
        rather = _rather(what, sheets) if error.code == "table-no-header" else ""
        if not rather:
            raise
        raise KnownError("table-of-others", name=path.name, what=_(NAMES[rather])) from error
    labels = tuple((f.name, f.shown) for f in spec.fields)
    header = replace(table, rows=table.rows[mapping.header_row : mapping.header_row + 1])
    return ReadFile(what, path.name, table, mapping, labels, _rather(what, [header]))


def _rather(what: str, sheets: Sequence[tables.RawTable]) -> str:
    """Return what the columns of a file fit by two and more better than what it is read as."""
    fits = {word: take_in.fit(sheets, spec.fields) for word, spec in SPECS.items()}
    best = max(fits, key=lambda word: fits[word])
    return best if fits[best] >= fits[what] + _CLEARLY else ""


def as_remembered(workspace: Workspace, client_id: int, file: ReadFile) -> ReadFile:
    """Return a file with its columns matched as the person did it for this client before."""
    stored = settings.read(workspace.store).get(_setting(client_id, file.what))
    chosen: dict[str, str] = json.loads(stored) if stored else {}
    known = {name for name, _label in file.fields}
    mapping = file.mapping
    for column in mapping.columns:
        name = chosen.get(column.header)
        if name is not None and (not name or name in known):
            mapping = mapping.with_field(column.index, name)
    return replace(file, mapping=mapping)


def _remember(workspace: Workspace, client_id: int, file: ReadFile) -> None:
    """Keep a match that is not the one that is found by name; it is part of the import."""
    now = {column.header: column.field for column in file.mapping.columns}
    key = _setting(client_id, file.what)
    stored = settings.read(workspace.store).get(key)
    chosen: dict[str, str] = json.loads(stored) if stored else {}
    found = columns.match(file.table, SPECS[file.what].fields)
    by_name = {column.header: column.field for column in found.columns}
    corrected = {header: name for header, name in now.items() if by_name.get(header) != name}
    kept = {h: n for h, n in chosen.items() if h not in now or by_name.get(h) != now[h]}
    if {**kept, **corrected} != chosen:
        settings.write(workspace.store, {key: json.dumps({**kept, **corrected})})


def _setting(client_id: int, what: str) -> str:
    return f"{_REMEMBERED}:{what}:{client_id}"


@without_collection()
def dry_run(
    workspace: Workspace, client_id: int, file: ReadFile, progress: Progress | None = None
) -> Outcome:
    """Say what an import would do; nothing is stored."""
    return _compare(workspace, client_id, file, progress).outcome(workspace, file.what)


@without_collection()
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
    outcome = plan.outcome(workspace, file.what)
    store = workspace.store
    with store.unit("import", file.name) as unit:
        plan.write(workspace, client_id, file.name)
        _remember(workspace, client_id, file)
        if progress:
            progress(len(file.table.rows), len(file.table.rows))
    return Changes(unit, frozenset(store.tables_changed), outcome)


@dataclass(slots=True)
class _Plan:
    """The difference between a file and the register.

    Args:
        changed: with the number of the row that changes each.
    """

    noun: Noun
    problems: list[Problem]
    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[tuple[int, Changed]] = field(default_factory=list)
    unchanged: int = 0

    def outcome(self, workspace: Workspace, what: str) -> Outcome:
        refused = sum(problem.severity == REFUSED for problem in self.problems)
        return Outcome(
            len(self.new),
            len(self.changed),
            self.unchanged,
            refused,
            tuple(self.problems),
            tuple(self._told(workspace, what)),
        )

    def _told(self, workspace: Workspace, what: str) -> Iterator[FieldChange]:
        for row, (seen, new) in self.changed[: import_changes.TOLD]:
            for name, value in new.items():
                change = seen, name, value
                yield import_changes.told(workspace, what, row, self.noun.title(seen), change)

    def write(self, workspace: Workspace, client_id: int, source: str) -> None:
        changed = [one for _row, one in self.changed]
        if self.noun.keeps_source:
            self.new = [{**values, "source": source} for values in self.new]
            changed = [(seen, {**new, "source": source}) for seen, new in changed]
        self.noun.insert(workspace, client_id, self.new)
        self.noun.update(workspace, changed)


def _compare(
    workspace: Workspace, client_id: int, file: ReadFile, progress: Progress | None
) -> _Plan:
    taken = take_in.take_in(file.table, SPECS[file.what], file.mapping, progress)
    noun = NOUNS[file.what]
    plan = _Plan(noun, list(taken.problems))
    others = elsewhere(workspace, noun, client_id, taken.rows)
    known = noun.known(workspace, client_id)
    if noun.settle:
        here = [row for row in taken.rows if not others or noun.key(row.values) not in others]
        plan.problems += noun.settle(workspace, client_id, known, here)
    met: set[int] = set()
    for row in taken.rows:
        _sort_in(plan, row, known, others, met)
    plan.problems.sort(key=lambda problem: problem.row)
    return plan


def _sort_in(
    plan: _Plan, row: Row, known: Mapping[str, Any], others: Mapping[str, str], met: set[int]
) -> None:
    """Say what becomes of a row; a record that a row has met already is not met again."""
    values = row.values
    if others and (name := others.get(plan.noun.key(values))):
        plan.problems.append(Problem(row.number, "", plan.noun.elsewhere, REFUSED, client=name))
        return
    seen = plan.noun.found(known, values)
    if seen is None or id(seen) in met:
        plan.new.append(values)
        return
    met.add(id(seen))
    if difference := plan.noun.difference(seen, values):
        plan.changed.append((row.number, (seen, difference)))
    else:
        plan.unchanged += 1


def check_what(word: str) -> str:
    """Return a word that names what can be taken in.

    Raises:
        KnownError: ``word-unknown``.
    """
    if word not in SPECS:
        raise KnownError("word-unknown", word=word, known=", ".join(SPECS))
    return word
