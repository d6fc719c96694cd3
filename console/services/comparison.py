"""The client's list of numbers beside ours: what differs, and taking theirs, one by one or all.

Reads a file as an import does, but also tells what the register has and the file has not. What
the person decides is done as one action.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.domain import phone
from console.domain.comparison import DifferenceKind, NumberDifference
from console.domain.journal import Changes
from console.domain.line import LineState
from console.intake import numbers, take_in
from console.intake.problems import REFUSED, Problem
from console.services import import_changes, import_lines
from console.services.import_lines import NUMBERS
from console.services.import_noun import elsewhere
from console.services.imports import ReadFile
from console.services.line_history import track_changes
from console.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a file and the register differ.

    Args:
        differences: in the order of the numbers.
        same: count of numbers that both have alike.
        problems: of the file, each at its row and column.
    """

    differences: tuple[NumberDifference, ...]
    same: int
    problems: tuple[Problem, ...]


def compare(workspace: Workspace, client_id: int, file: ReadFile) -> Comparison:
    """Compare a client's list with the register; nothing is stored.

    Args:
        workspace: the open workspace.
        client_id: whose.
        file: a list of numbers, its columns matched.
    """
    ours = NUMBERS.known(workspace, client_id)
    theirs, problems = _theirs(workspace, client_id, file, ours)
    differences = []
    same = 0
    for msisdn in sorted({*theirs, *ours}):
        if msisdn not in ours:
            shown = str(theirs[msisdn].get("holder") or "")
            differences.append(NumberDifference(DifferenceKind.ONLY_THEIRS, msisdn, theirs=shown))
        elif msisdn not in theirs:
            line = ours[msisdn].line
            if line.state is not LineState.CANCELLED:
                differences.append(
                    NumberDifference(DifferenceKind.ONLY_OURS, msisdn, ours=line.holder)
                )
        else:
            found = NUMBERS.difference(ours[msisdn], theirs[msisdn])
            differences += [_field(workspace, msisdn, ours[msisdn], n, v) for n, v in found.items()]
            same += not found
    return Comparison(tuple(differences), same, tuple(problems))


def _theirs(
    workspace: Workspace, client_id: int, file: ReadFile, ours: Mapping[str, Any]
) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    """Return the file's numbers that may be the client's, and what is wrong with the file."""
    taken = take_in.take_in(file.table, numbers.SPEC, file.mapping)
    others = elsewhere(workspace, NUMBERS, client_id, taken.rows)
    here = [row for row in taken.rows if row.values["msisdn"] not in others]
    problems = [
        *taken.problems,
        *(
            Problem(row.number, "", NUMBERS.elsewhere, REFUSED, client=others[number])
            for row in taken.rows
            if (number := str(row.values["msisdn"])) in others
        ),
        *import_lines.settle(workspace, client_id, ours, here),
    ]
    kept = {str(row.values["msisdn"]): row.values for row in here}
    return kept, sorted(problems, key=lambda problem: problem.row)


def _field(
    workspace: Workspace, msisdn: str, known: Any, name: str, value: Any
) -> NumberDifference:
    words = import_changes.in_words(workspace, "numbers", known, name, value)
    return NumberDifference(DifferenceKind.FIELD, msisdn, name, *words)


def take_theirs(
    workspace: Workspace,
    client_id: int,
    file: ReadFile,
    chosen: Sequence[NumberDifference],
) -> Changes:
    """Let the register say what the file says, as one action; the result is a count.

    A number that only they have is added, one that only we have is cancelled from today on, and
    a field takes their value. Differences that are settled already are passed by.

    Args:
        workspace: the open workspace.
        client_id: whose.
        file: as it was compared.
        chosen: the differences to settle so.
    """
    store = workspace.store
    ours = NUMBERS.known(workspace, client_id)
    theirs, _problems = _theirs(workspace, client_id, file, ours)
    added, cancelled = [], []
    fields: dict[str, dict[str, Any]] = defaultdict(dict)
    for one in chosen:
        if one.kind is DifferenceKind.ONLY_THEIRS and one.msisdn not in ours:
            added.append(theirs[one.msisdn])
        elif one.kind is DifferenceKind.ONLY_OURS and one.msisdn in ours:
            cancelled.append((ours[one.msisdn].line, {"state": LineState.CANCELLED}))
        elif one.kind is DifferenceKind.FIELD and one.msisdn in ours:
            found = NUMBERS.difference(ours[one.msisdn], theirs[one.msisdn])
            if one.field in found:
                fields[one.msisdn][one.field] = found[one.field]
    detail = phone.pretty(chosen[0].msisdn) if len(chosen) == 1 else file.name
    with store.unit("compare", detail) as unit:
        NUMBERS.insert(workspace, client_id, added)
        NUMBERS.update(workspace, [(ours[msisdn], changes) for msisdn, changes in fields.items()])
        track_changes(workspace, cancelled, store.today())
    count = len(added) + len(cancelled) + sum(map(len, fields.values()))
    return Changes(unit, frozenset(store.tables_changed), count)
