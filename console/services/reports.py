"""The numbers of a status report, computed from the register and the requests' stories."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Final

from console import texts
from console.domain import formats, phone
from console.domain.client import Client
from console.domain.explanation import PRAGUE
from console.domain.legal_time import add_months
from console.domain.line import Line, LineChange, LineState, Roaming
from console.domain.request import (
    Entry,
    EntryKind,
    Kind,
    Request,
    RequestState,
)
from console.domain.status_report import (
    ClauseRow,
    KindRow,
    NumberChange,
    OpenPoint,
    StateRow,
    StatusReport,
    TariffRow,
)
from console.domain.tariff import Tariff
from console.errors import KnownError
from console.services import agreements, compliance, settings
from console.storage import rows
from console.texts import N_, _
from console.workspace import Workspace

_FIELDS: Final = {
    "state": N_("State"),
    "tariff": N_("Tariff"),
    "holder": N_("Holder"),
    "roaming": N_("Roaming"),
    "data_mb": N_("Data package"),
    "cost_centre": N_("Cost centre"),
}


def parse_month(text: str) -> date:
    """Return the first day of a month written as ``2026-10``.

    Raises:
        KnownError: ``month-wrong``.
    """
    try:
        return datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise KnownError("month-wrong", month=text) from error


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PRAGUE)


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
    store = workspace.store
    begin, end = _midnight(month), _midnight(add_months(month, 1))
    if begin > store.now():
        raise KnownError("month-not-over", month=formats.month(month))
    at = min(end, store.now())
    requests = store.select(
        Request,
        "client_id = ? AND received_at < ?",
        [client.id, rows.encode_datetime(end)],
        order="received_at, id",
    )
    states = _states_at(workspace, requests, end)
    me = settings.manager(workspace)
    version = agreements.version_in_force(workspace, client.id, at)
    return StatusReport(
        number=number,
        revision=revision,
        language=texts.language(),
        client=client.name,
        ico=client.ico,
        seat=client.seat,
        agreement=version.name if version else "",
        month=month,
        issued_at=store.now(),
        manager=me.name,
        manager_email=me.email,
        manager_phone=me.phone,
        operator=me.operator,
        kinds=_kinds(workspace, requests, begin, end),
        states=_state_rows(requests, states, begin),
        clauses=_clauses(workspace, client, begin, at),
        open_points=_open_points(requests, states, at),
        changes=_changes(workspace, client, month),
        tariffs=_tariffs(workspace, client),
        lines=_lines(workspace, client),
    )


def _states_at(
    workspace: Workspace, requests: Sequence[Request], end: datetime
) -> dict[int, RequestState]:
    """Return the states at the month's end, from the steps written until then."""
    states = dict.fromkeys((request.id for request in requests), RequestState.NEW)
    words = {state.value: state for state in RequestState} | {"reopened": RequestState.IN_PROGRESS}
    wanted = set(states)
    steps = workspace.store.select(
        Entry,
        "kind = ? AND at < ? AND client_id = ?",
        [EntryKind.STEP, rows.encode_datetime(end), requests[0].client_id if requests else 0],
        order="at, id",
    )
    for step in steps:
        if step.request_id in wanted and step.reference in words:
            states[step.request_id] = words[step.reference]
    return states


def _kinds(
    workspace: Workspace, requests: Sequence[Request], begin: datetime, end: datetime
) -> tuple[KindRow, ...]:
    """Count by kind so that open before + received − closed = open after."""
    at_begin = _states_at(workspace, requests, begin)
    at_end = _states_at(workspace, requests, end)
    found = []
    for kind in Kind:
        mine = [request for request in requests if request.kind is kind]
        before = sum(r.received_at < begin and at_begin[r.id].is_open for r in mine)
        received = sum(r.received_at >= begin for r in mine)
        after = sum(at_end[r.id].is_open for r in mine)
        if before or received or after:
            closed = before + received - after
            found.append(
                KindRow(
                    kind=kind.label, opening=before, received=received, closed=closed, closing=after
                )
            )
    return tuple(found)


def _state_rows(
    requests: Sequence[Request], states: dict[int, RequestState], begin: datetime
) -> tuple[StateRow, ...]:
    counted = Counter(
        states[r.id] for r in requests if states[r.id].is_open or r.received_at >= begin
    )
    return tuple(
        StateRow(state=state.label, count=counted[state])
        for state in RequestState
        if counted[state]
    )


def _clauses(
    workspace: Workspace, client: Client, begin: datetime, end: datetime
) -> tuple[ClauseRow, ...]:
    """Return the rules of contract and law as the report of compliance counts them."""
    found = compliance.between(workspace, client.id, begin, end)
    return tuple(
        ClauseRow(clause=row.reference, met=row.met, missed=row.missed)
        for row in sorted(found.binding, key=lambda row: row.clause)
        if row.counted
    )


def _open_points(
    requests: Sequence[Request], states: dict[int, RequestState], at: datetime
) -> tuple[OpenPoint, ...]:
    return tuple(
        OpenPoint(
            number=request.number,
            subject=request.subject,
            state=states[request.id].label,
            received=request.received_at,
            due=request.due_at,
            is_overdue=request.is_overdue(at),
        )
        for request in requests
        if states[request.id].is_open
    )


def _changes(workspace: Workspace, client: Client, month: date) -> tuple[NumberChange, ...]:
    store = workspace.store
    last = add_months(month, 1)
    span = [client.id, month.isoformat(), last.isoformat()]
    activated = store.select(
        Line, "client_id = ? AND activated_on >= ? AND activated_on < ?", span, order="activated_on"
    )
    changed = store.select(
        LineChange, "client_id = ? AND effective_on >= ? AND effective_on < ?", span
    )
    by_id = {line.id: line for line in store.select(Line, "client_id = ?", [client.id])}
    found = [
        NumberChange(
            day=line.activated_on or month,
            number=phone.pretty(line.msisdn),
            holder=line.holder,
            what=_("Activation"),
            before="",
            after=line.tariff,
        )
        for line in activated
    ]
    found += [
        NumberChange(
            day=change.effective_on,
            number=phone.pretty(by_id[change.line_id].msisdn),
            holder=by_id[change.line_id].holder,
            what=_(_FIELDS.get(change.field, change.field)),
            before=_shown(change.field, change.before),
            after=_shown(change.field, change.after),
        )
        for change in changed
        if change.line_id in by_id
    ]
    return tuple(sorted(found, key=lambda change: (change.day, change.number)))


def _shown(field: str, stored: str) -> str:
    if field == "state" and stored:
        return LineState(stored).label
    if field == "roaming" and stored:
        return Roaming(stored).label
    if field == "data_mb" and stored:
        return formats.volume(int(stored))
    return stored


def _tariffs(workspace: Workspace, client: Client) -> tuple[TariffRow, ...]:
    found = workspace.store.db.conn.execute(
        "SELECT tariff, count(*) FROM lines WHERE client_id = ? AND deleted_at IS NULL"
        " AND state != 'cancelled' GROUP BY tariff ORDER BY count(*) DESC, tariff",
        (client.id,),
    )
    fees: dict[str, Decimal] = {
        tariff.name: tariff.monthly_fee
        for tariff in workspace.store.select(Tariff, "client_id = ?", [client.id])
    }
    return tuple(
        TariffRow(
            tariff=name,
            lines=count,
            fee=fees.get(name),
            total=fees[name] * count if name in fees else None,
        )
        for name, count in found
    )


def _lines(workspace: Workspace, client: Client) -> tuple[StateRow, ...]:
    found = dict(
        workspace.store.db.conn.execute(
            "SELECT state, count(*) FROM lines WHERE client_id = ? AND deleted_at IS NULL"
            " GROUP BY state",
            (client.id,),
        ).fetchall()
    )
    return tuple(
        StateRow(state=state.label, count=found[state]) for state in LineState if found.get(state)
    )
