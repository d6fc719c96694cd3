"""The register as it stood at the end of a month: numbers, tariffs, cost centres.

What changed later is taken back by the history of each number, so that a report issued late
says the same as one that was issued in time.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from console.domain import formats, phone
from console.domain.client import Client
from console.domain.legal_time import add_months
from console.domain.line import Line, LineChange, LineState, Roaming
from console.domain.local_time import PRAGUE
from console.domain.status_report import CostRow, Expiring, NumberChange, StateRow, TariffRow
from console.domain.tariff import Tariff
from console.services.line_history import value_of
from console.storage import rows
from console.texts import N_, _
from console.workspace import Workspace

EXPIRING_DAYS: Final = 90
"""How far ahead ends of commitments are told."""

_FIELDS: Final = {
    "state": N_("State"),
    "tariff": N_("Tariff"),
    "holder": N_("Holder"),
    "roaming": N_("Roaming"),
    "data_mb": N_("Data package"),
    "cost_centre": N_("Cost centre"),
}


def lines_at(workspace: Workspace, client: Client, day: date) -> list[Line]:
    """Return a client's numbers as they were when a day began.

    Args:
        workspace: the open workspace.
        client: whose.
        day: the first one that does not count.
    """
    found = workspace.store.select(
        LineChange,
        "client_id = ? AND (effective_on >= ? OR applied = 0)",
        [client.id, day.isoformat()],
        order="effective_on, id",
    )
    then: dict[int, dict[str, Any]] = defaultdict(dict)
    for change in (change for change in found if change.effective_on < day):
        then[change.line_id][change.field] = value_of(change.field, change.after)
    for change in reversed([change for change in found if change.effective_on >= day]):
        then[change.line_id][change.field] = value_of(change.field, change.before)
    return [
        replace(line, **then[line.id]) if line.id in then else line
        for line in _lines(workspace, client, day)
    ]


def _lines(workspace: Workspace, client: Client, day: date) -> list[Line]:
    """Return the numbers that were there, also those that were deleted since."""
    found = workspace.store.db.conn.execute(
        f"SELECT {rows.column_list(Line)} FROM lines WHERE client_id = ?"
        " AND (deleted_at IS NULL OR deleted_at >= ?)"
        " AND (activated_on IS NULL OR activated_on < ?) ORDER BY id",
        (client.id, rows.encode_datetime(datetime.combine(day, time(), PRAGUE)), day.isoformat()),
    )
    return rows.decode_all(Line, found)


def tariffs(workspace: Workspace, client: Client, lines: Sequence[Line]) -> tuple[TariffRow, ...]:
    """Count numbers by tariff, the most frequent first; cancelled ones do not count."""
    fees = _fees(workspace, client)
    counted = Counter(line.tariff for line in lines if line.state is not LineState.CANCELLED)
    return tuple(
        TariffRow(
            tariff=name,
            lines=count,
            fee=fees.get(name),
            total=fees[name] * count if name in fees else None,
        )
        for name, count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    )


def _fees(workspace: Workspace, client: Client) -> dict[str, Decimal]:
    found = workspace.store.select(Tariff, "client_id = ?", [client.id])
    return {tariff.name: tariff.monthly_fee for tariff in found}


def states(lines: Sequence[Line]) -> tuple[StateRow, ...]:
    """Count numbers by state."""
    counted = Counter(line.state for line in lines)
    return tuple(
        StateRow(state=state.label, count=counted[state]) for state in LineState if counted[state]
    )


def costs(
    workspace: Workspace, client: Client, lines: Sequence[Line], billed: Mapping[str, Decimal]
) -> tuple[CostRow, ...]:
    """Sum monthly fees by cost centre; nothing where no number has one and no bill is known.

    Args:
        workspace: the open workspace.
        client: whose.
        lines: the numbers as they were at the month's end.
        billed: what the bill charges each cost centre, CZK without VAT; empty where no bill
            is known.
    """
    fees = _fees(workspace, client)
    by_centre: dict[str, list[Decimal | None]] = {centre: [] for centre in billed}
    for line in lines:
        if line.state is not LineState.CANCELLED:
            by_centre.setdefault(line.cost_centre, []).append(fees.get(line.tariff))
    if not any(by_centre) and not billed:
        return ()
    return tuple(
        CostRow(
            cost_centre=centre,
            lines=len(found),
            total=_sum(found),
            billed=billed.get(centre, Decimal(0)) if billed else None,
        )
        for centre, found in sorted(by_centre.items())
    )


def _sum(found: Sequence[Decimal | None]) -> Decimal | None:
    known = [fee for fee in found if fee is not None]
    return sum(known, Decimal(0)) if len(known) == len(found) else None


def expiring(lines: Sequence[Line], day: date) -> tuple[Expiring, ...]:
    """Return the commitments that end in the days that follow, the first one first."""
    last = day + timedelta(days=EXPIRING_DAYS)
    found = [
        Expiring(
            number=phone.pretty(line.msisdn),
            holder=line.holder,
            tariff=line.tariff,
            until=line.commitment_until,
        )
        for line in lines
        if line.commitment_until
        and day <= line.commitment_until < last
        and line.state is not LineState.CANCELLED
    ]
    return tuple(sorted(found, key=lambda one: (one.until, one.number)))


def changes(workspace: Workspace, client: Client, month: date) -> tuple[NumberChange, ...]:
    """Return what changed of a client's numbers in a month."""
    store = workspace.store
    last = add_months(month, 1)
    span = [client.id, month.isoformat(), last.isoformat()]
    activated = store.select(
        Line, "client_id = ? AND activated_on >= ? AND activated_on < ?", span, order="activated_on"
    )
    changed = store.select(
        LineChange,
        "client_id = ? AND effective_on >= ? AND effective_on < ? AND effective_on <= ?",
        [*span, store.today().isoformat()],
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
