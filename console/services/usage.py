"""Usage: sums of what was billed, and what does not add up with the register."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from console.domain import formats, phone, tariff_fit
from console.domain.client import Client
from console.domain.legal_time import add_months
from console.domain.line import Line, LineChange, LineState
from console.domain.request import Channel, Kind
from console.domain.tariff import Tariff
from console.domain.tariff_fit import Misfit, Used
from console.domain.usage import Oddity, Usage, UsageFinding, UsageSum
from console.services import register
from console.services.requests import Draft
from console.texts import _
from console.workspace import Workspace

_USUAL_VAT: Final = Decimal(21)
_HALER: Final = Decimal("0.01")
_HALERE: Final = "CAST(round(u.charged * 100) AS INTEGER)"


@dataclass(frozen=True, slots=True)
class LineMisfit:
    """A number whose tariff does not fit, with what it used in the month."""

    msisdn: str
    holder: str
    cost_centre: str
    tariff: str
    used: Used
    misfit: Misfit


def months(workspace: Workspace, client_id: int) -> list[date]:
    """Return the months that usage is known of, the newest first."""
    found = workspace.store.db.conn.execute(
        "SELECT DISTINCT month FROM usage WHERE client_id = ? AND deleted_at IS NULL"
        " ORDER BY month DESC",
        (client_id,),
    )
    return [date.fromisoformat(row[0]) for row in found]


def sums(workspace: Workspace, client_id: int, month: date | None = None) -> list[UsageSum]:
    """Sum what was billed by month and cost centre, the newest month first.

    Args:
        workspace: the open workspace.
        client_id: whose.
        month: its first day, or None for all months.

    Returns:
        One sum for each month and cost centre, as the register has the numbers now; CZK
        without VAT.
    """
    wanted, parameters = ("AND u.month = ?", [month.isoformat()]) if month else ("", [])
    found = workspace.store.db.conn.execute(
        f"SELECT u.month, coalesce(l.cost_centre, '') AS centre, count(*), sum({_HALERE})"
        " FROM usage u LEFT JOIN lines l ON l.client_id = u.client_id AND l.msisdn = u.msisdn"
        f" AND l.deleted_at IS NULL WHERE u.client_id = ? AND u.deleted_at IS NULL {wanted}"
        " GROUP BY u.month, centre ORDER BY u.month DESC, czech_key(centre)",
        [client_id, *parameters],
    )
    return [
        UsageSum(
            month=date.fromisoformat(row[0]),
            cost_centre=row[1],
            numbers=row[2],
            charged=Decimal(row[3]) / 100,
        )
        for row in found
    ]


def billed_in(workspace: Workspace, client_id: int, month: date) -> dict[str, Decimal]:
    """Return what was charged for each number in a month, CZK without VAT."""
    found = workspace.store.db.conn.execute(
        "SELECT msisdn, charged FROM usage WHERE client_id = ? AND month = ?"
        " AND deleted_at IS NULL",
        (client_id, month.isoformat()),
    )
    return {row[0]: Decimal(row[1]) for row in found}


def _of_month(workspace: Workspace, client_id: int, month: date) -> dict[str, Usage]:
    found = workspace.store.select(
        Usage, "client_id = ? AND month = ?", [client_id, month.isoformat()], order="msisdn"
    )
    return {one.msisdn: one for one in found}


def findings(workspace: Workspace, client_id: int, month: date) -> list[UsageFinding]:
    """Return the numbers whose bill and register do not agree.

    Args:
        workspace: the open workspace.
        client_id: whose.
        month: its first day; where nothing is known of it, nothing is found.
    """
    billed = _of_month(workspace, client_id, month)
    if not billed:
        return []
    client = workspace.store.get(Client, client_id)
    before = {line.msisdn: line for line in register.lines_at(workspace, client, month)}
    after = register.lines_at(workspace, client, add_months(month, 1))
    known = before | {line.msisdn: line for line in after}
    rates = _rates(workspace, client_id)
    found = [
        _finding(usage, oddity, known.get(number), rates)
        for number, usage in billed.items()
        if (oddity := _oddity(known.get(number), before.get(number)))
    ]
    changed = _changed_in(workspace, client_id, month)
    found += [
        UsageFinding(
            client_id=client_id,
            oddity=Oddity.NEVER_BILLED,
            month=month,
            **_facts(line),
        )
        for line in sorted(after, key=lambda line: line.msisdn)
        if line.msisdn not in billed
        and line.id not in changed
        and line.state is LineState.ACTIVE
        and line.msisdn in before
        and before[line.msisdn].state is LineState.ACTIVE
    ]
    return found


def _oddity(line: Line | None, before: Line | None) -> Oddity | None:
    if line is None:
        return Oddity.UNKNOWN
    was_cancelled = before is not None and before.state is LineState.CANCELLED
    return Oddity.CANCELLED if was_cancelled and line.state is LineState.CANCELLED else None


def _changed_in(workspace: Workspace, client_id: int, month: date) -> set[int]:
    """Return the lines whose state changed in a month: they were not the same all of it."""
    found = workspace.store.select(
        LineChange,
        "client_id = ? AND field = 'state' AND effective_on >= ? AND effective_on < ?",
        [client_id, month.isoformat(), add_months(month, 1).isoformat()],
    )
    return {change.line_id for change in found}


def _rates(workspace: Workspace, client_id: int) -> dict[str, Decimal]:
    found = workspace.store.select(Tariff, "client_id = ?", [client_id])
    return {tariff.name: tariff.vat_rate for tariff in found}


def _facts(line: Line) -> dict[str, Any]:
    return {
        "msisdn": line.msisdn,
        "holder": line.holder,
        "cost_centre": line.cost_centre,
        "tariff": line.tariff,
    }


def _finding(
    usage: Usage, oddity: Oddity, line: Line | None, rates: Mapping[str, Decimal]
) -> UsageFinding:
    facts: dict[str, Any] = _facts(line) if line else {"msisdn": usage.msisdn}
    rate = rates.get(line.tariff, _USUAL_VAT) if line else _USUAL_VAT
    gross = (usage.charged * (100 + rate) / 100).quantize(_HALER, ROUND_HALF_UP)
    return UsageFinding(
        client_id=usage.client_id,
        oddity=oddity,
        month=usage.month,
        charged=usage.charged,
        disputed=gross,
        invoice=usage.invoice,
        **facts,
    )


def complaint(found: UsageFinding) -> Draft:
    """Return the complaint of a finding, as far as it is known; the person fills in the rest.

    Args:
        found: from :func:`findings`; a number that was never billed disputes no amount.
    """
    number = phone.pretty(found.msisdn)
    text = _("{number}: {oddity} ({month}).").format(
        number=number, oddity=found.oddity.label, month=formats.month(found.month)
    )
    if found.charged is not None:
        charged = formats.money(found.charged)
        text += " " + _("Charged {amount} without VAT.").format(amount=charged)
    return Draft(
        client_id=found.client_id,
        kind=Kind.COMPLAINT,
        channel=Channel.EMAIL,
        numbers=(found.msisdn,),
        subject=_("Bill for {month}: {number}").format(
            month=formats.month(found.month), number=number
        ),
        text=text,
        invoice=found.invoice,
        period=formats.month(found.month),
        amount=found.disputed,
    )


def misfits(workspace: Workspace, client_id: int, month: date) -> list[LineMisfit]:
    """Return the numbers that would cost clearly less on another of the client's tariffs.

    Args:
        workspace: the open workspace.
        client_id: whose.
        month: its first day; the prices are those that hold in it.

    Returns:
        The greatest saving first.
    """
    sold = [t for t in workspace.store.select(Tariff, "client_id = ?", [client_id])
            if _holds(t, month)]  # fmt: skip
    by_name = {tariff.name: tariff for tariff in sold}
    client = workspace.store.get(Client, client_id)
    lines = {x.msisdn: x for x in register.lines_at(workspace, client, add_months(month, 1))}
    found = [
        made
        for number, usage in _of_month(workspace, client_id, month).items()
        if number in lines and (made := _misfit(usage, lines[number], by_name, sold))
    ]
    return sorted(found, key=lambda one: (-one.misfit.saving, one.msisdn))


def _holds(tariff: Tariff, month: date) -> bool:
    return (not tariff.valid_from or tariff.valid_from < add_months(month, 1)) and (
        not tariff.valid_until or tariff.valid_until >= month
    )


def _misfit(
    usage: Usage, line: Line, by_name: Mapping[str, Tariff], sold: Sequence[Tariff]
) -> LineMisfit | None:
    own = by_name.get(line.tariff)
    if own is None or line.state is LineState.CANCELLED:
        return None
    used = Used(
        minutes=usage.call_minutes or Decimal(0),
        sms=Decimal(usage.sms or 0),
        data_mb=usage.used_mb or Decimal(0),
        package_mb=line.data_mb,
    )
    better = tariff_fit.misfit(own, sold, used)
    if better is None:
        return None
    return LineMisfit(line.msisdn, line.holder, line.cost_centre, own.name, used, better)


def by_cost_centre(
    workspace: Workspace, client: Client, lines: Sequence[Line], month: date
) -> dict[str, Decimal]:
    """Sum what was billed in a month by the cost centre that numbers had then.

    Args:
        workspace: the open workspace.
        client: whose.
        lines: the numbers as they were at the month's end.
        month: its first day.

    Returns:
        CZK without VAT; numbers that the register did not have stand under an empty name, and
        nothing at all where usage of the month is not known.
    """
    centres = {line.msisdn: line.cost_centre for line in lines}
    summed: dict[str, Decimal] = defaultdict(Decimal)
    for number, charged in billed_in(workspace, client.id, month).items():
        summed[centres.get(number, "")] += charged
    return dict(summed)
