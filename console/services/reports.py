"""The numbers of a status report, computed from the register and the requests' stories."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from console.domain.agreement import Nature
from console.domain.client import Client
from console.domain.compliance import Case
from console.domain.compliance import compliance as counting
from console.domain.legal_time import add_months
from console.domain.status_report import ClauseRow, Miss, StatusReport
from console.errors import KnownError
from console.services import agreements, compliance, register, reported_requests, usage
from console.services.letterhead import letterhead
from console.services.reported_requests import Seen
from console.workspace import Workspace


def parse_month(text: str) -> date:
    """Return the first day of a month written as ``2026-10``.

    Raises:
        KnownError: ``month-wrong``.
    """
    try:
        return datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise KnownError("month-wrong", month=text) from error


@dataclass(frozen=True, slots=True)
class _Counted:
    """Periods of deadlines, and the month that they are counted in."""

    cases: tuple[Case, ...]
    begin: datetime
    end: datetime


def status_report(
    workspace: Workspace, client: Client, month: date, number: str, revision: int
) -> StatusReport:
    """Compute the report of a client for a month.

    Args:
        workspace: the open workspace.
        client: whose.
        month: its first day.
        number: of the document.
        revision: of the document.

    Raises:
        KnownError: ``month-not-over`` for a month that has not begun.
    """
    seen = reported_requests.seen(workspace, client, month)
    version = agreements.version_in_force(workspace, client.id, seen.at)
    return StatusReport(
        **letterhead(workspace, client, number, revision),
        agreement=agreements.name_of(version),
        month=month,
        **reported_requests.figures(seen, add_months(month, 1)),
        **_of_deadlines(workspace, client, seen),
        **_of_numbers(workspace, client, month),
    )


def _of_deadlines(workspace: Workspace, client: Client, seen: Seen) -> dict[str, Any]:
    cases = tuple(compliance.cases(workspace, client.id, seen.begin, seen.at))
    counted = _Counted(cases, seen.begin, seen.at)
    names = compliance.references(workspace, client.id)
    subjects = {request.number: request.topic for request in seen.requests}
    return {
        "clauses": _clauses(counted, names),
        "misses": _misses(counted, names, subjects),
    }


def _of_numbers(workspace: Workspace, client: Client, month: date) -> dict[str, Any]:
    last = add_months(month, 1)
    lines = register.lines_at(workspace, client, last)
    billed = usage.by_cost_centre(workspace, client, lines, month)
    return {
        "changes": register.changes(workspace, client, month),
        "tariffs": register.tariffs(workspace, client, lines),
        "lines": register.states(lines),
        "costs": register.costs(workspace, client, lines, billed),
        "expiring": register.expiring(lines, last),
    }


def _clauses(counted: _Counted, names: Mapping[str, str]) -> tuple[ClauseRow, ...]:
    """Return the rules of contract and law as the report of compliance counts them."""
    found = counting(counted.cases, counted.begin, counted.end, names)
    return tuple(
        ClauseRow(
            clause=row.reference,
            met=row.met,
            missed=row.missed,
            median_hours=_hours(row.median),
            percentile_90_hours=_hours(row.percentile_90),
        )
        for row in sorted(found.binding, key=lambda row: row.clause)
        if row.counted
    )


def _hours(span: timedelta | None) -> float | None:
    return None if span is None else round(span / timedelta(hours=1), 1)


def _misses(
    counted: _Counted, names: Mapping[str, str], subjects: Mapping[str, str]
) -> tuple[Miss, ...]:
    begin, end = counted.begin, counted.end
    missed = [
        case
        for case in counted.cases
        if case.nature is not Nature.SOFT and case.is_counted(begin, end) and not case.is_met(end)
    ]
    return tuple(
        Miss(
            number=case.request,
            subject=subjects.get(case.request, ""),
            clause=names.get(case.clause, case.clause),
            due=case.due,
            resolved=case.resolved,
            cause=case.cause.label,
        )
        for case in sorted(missed, key=lambda case: (case.due, case.request))
    )
