"""Taking a file into the register: what would change, and changing it, as one unit.

A dry run and the import itself are the same comparison; only the second one writes. A file
taken in twice changes nothing the second time.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from console.domain import phone
from console.domain.journal import Changes
from console.errors import KnownError
from console.intake import (
    catalogue_items,
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
from console.intake.problems import KEPT, REFUSED, Problem
from console.intake.take_in import Progress, Row, Spec
from console.intake.values import plain
from console.services import backups
from console.services.import_nouns import (
    ELSEWHERE,
    NOUNS,
    Changed,
    Noun,
    elsewhere,
    numbers_of,
    tariff_names,
)
from console.storage import settings
from console.workspace import Workspace

SPECS: Final[Mapping[str, Spec]] = {
    "numbers": numbers.SPEC,
    "contacts": contacts.SPEC,
    "tariffs": tariffs.SPEC,
    "sims": sims.SPEC,
    "devices": devices.SPEC,
    "catalogue": catalogue_items.SPEC,
    "usage": usage.SPEC,
}
OF_NO_CLIENT: Final = frozenset({"catalogue"})
"""What is the same for all clients, and is taken in with a client id of 0."""
_REMEMBERED: Final = "mapping"


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
        plan.write(workspace, client_id, file.name)
        _remember(workspace, client_id, file)
        if progress:
            progress(len(file.table.rows), len(file.table.rows))
    return Changes(unit, frozenset(store.tables_changed), plan.outcome())


@dataclass(slots=True)
class _Plan:
    """The difference between a file and the register."""

    noun: Noun
    problems: list[Problem]
    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0

    def outcome(self) -> Outcome:
        refused = sum(problem.severity == REFUSED for problem in self.problems)
        return Outcome(
            len(self.new), len(self.changed), self.unchanged, refused, tuple(self.problems)
        )

    def write(self, workspace: Workspace, client_id: int, source: str) -> None:
        if self.noun.keeps_source:
            self.new = [{**values, "source": source} for values in self.new]
            self.changed = [(seen, {**new, "source": source}) for seen, new in self.changed]
        self.noun.insert(workspace, client_id, self.new)
        self.noun.update(workspace, self.changed)


def _compare(
    workspace: Workspace, client_id: int, file: ReadFile, progress: Progress | None
) -> _Plan:
    taken = take_in.take_in(file.table, SPECS[file.what], file.mapping, progress)
    noun = NOUNS[file.what]
    plan = _Plan(noun, list(taken.problems))
    known = noun.known(workspace, client_id)
    known_elsewhere = elsewhere(workspace, file.what, client_id)
    tidy = tariff_names(workspace, client_id) if file.what == "numbers" else {}
    refers = file.what in ("sims", "devices")
    numbers_here = numbers_of(workspace, client_id) if refers else {}
    for row in taken.rows:
        if refers:
            _refer(plan, row, numbers_here)
        _sort_in(plan, row, known, (ELSEWHERE.get(file.what, ""), known_elsewhere), tidy)
    plan.problems.sort(key=lambda problem: problem.row)
    return plan


def _refer(plan: _Plan, row: Row, numbers_here: Mapping[str, int]) -> None:
    """Turn the number that a row names into the line that it refers to."""
    number = row.values.pop("msisdn", "")
    if number and number not in numbers_here:
        shown = phone.pretty(number)
        plan.problems.append(Problem(row.number, "", "line-unknown", KEPT, shown))
    row.values["line_id"] = numbers_here.get(number)


def _sort_in(
    plan: _Plan,
    row: Row,
    known: Mapping[str, Any],
    others: tuple[str, Mapping[str, str]],
    tidy: Mapping[str, str],
) -> None:
    values = row.values
    if "tariff" in values:
        values["tariff"] = tidy.get(plain(values["tariff"]), values["tariff"])
    key = plan.noun.key(values)
    code, known_elsewhere = others
    if key in known_elsewhere:
        name = known_elsewhere[key]
        plan.problems.append(Problem(row.number, "", code, REFUSED, client=name))
    elif key not in known:
        plan.new.append(values)
    elif difference := plan.noun.difference(known[key], values):
        plan.changed.append((known[key], difference))
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
