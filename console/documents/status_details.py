"""The detail of the status report: tables of everything that its first page sums up."""

from collections.abc import Sequence
from typing import Final

from reportlab.platypus import Flowable

from console.documents import base, charts, letter
from console.domain import formats
from console.domain.status_report import StatusReport, TariffRow
from console.texts import _

_BARS: Final = 10


def sections(report: StatusReport) -> list[Flowable]:
    """Return all sections of the detail."""
    return [
        *_requests(report),
        *_deadlines(report),
        *_misses(report),
        *_open_points(report),
        *_complaints(report),
        *_changes(report),
        *_tariffs(report),
        *_costs(report),
        *_expiring(report),
        *_promises(report),
    ]


def _section(heading: str, nothing: str, table: Flowable | None) -> list[Flowable]:
    """Return a section with its table, or a sentence where it would be empty."""
    body = table or base.paragraph(nothing, base.styles().body)
    return [base.heading(heading), body]


def _requests(report: StatusReport) -> list[Flowable]:
    heading = base.heading(_("Requests by kind"))
    if not report.kinds:
        return [heading, base.paragraph(_("No requests in this month."), base.styles().body)]
    rows: list[tuple[object, ...]] = [
        (row.kind, row.opening, row.received, row.reopened, row.closed, row.closing)
        for row in report.kinds
    ]
    rows.append(
        (
            _("Total"),
            report.opening,
            report.received,
            report.reopened,
            report.closed,
            report.closing,
        )
    )
    header = [
        _("Kind"),
        _("Open before"),
        _("Received"),
        _("Reopened"),
        _("Closed"),
        _("Open after"),
    ]
    by_kind = base.table(
        header,
        rows,
        (0.3, 0.14, 0.14, 0.16, 0.13, 0.13),
        right=(1, 2, 3, 4, 5),
        strong=(len(rows) - 1,),
        heads=True,
    )
    by_channel = base.table(
        [_("Channel"), _("Received")],
        [(row.channel, row.received) for row in report.channels],
        (0.4, 0.15),
        right=(1,),
        heads=True,
    )
    by_state = base.table(
        [_("State at the month's end"), _("Requests")],
        [(row.state, row.count) for row in report.states],
        (0.4, 0.15),
        right=(1,),
        heads=True,
    )
    channels = [base.gap(10), by_channel] if report.channels else []
    states = [base.gap(10), by_state] if report.states else []
    return [heading, by_kind, *channels, *states]


def _deadlines(report: StatusReport) -> list[Flowable]:
    rows = [
        (
            row.clause,
            row.met,
            row.missed,
            _share(row.met, row.met + row.missed),
            formats.span(row.median_hours),
            formats.span(row.percentile_90_hours),
        )
        for row in report.clauses
    ]
    header = [_("Rule"), _("Met"), _("Missed"), _("Share met"), _("Median"), _("90th percentile")]
    widths = (0.37, 0.1, 0.12, 0.13, 0.13, 0.15)
    table = base.table(header, rows, widths, (1, 2, 3, 4, 5), heads=True) if rows else None
    return _section(_("Deadlines met and missed"), no_deadline(), table)


def no_deadline() -> str:
    """Return what stands where no deadline counts in the month; own targets are none."""
    return _("In this month no deadline of the contract or the law was due or met.")


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}\u00a0%" if whole else ""


def _misses(report: StatusReport) -> list[Flowable]:
    if not report.misses:
        return []
    rows = [
        (
            miss.number,
            miss.subject,
            miss.clause,
            formats.moment(miss.due),
            formats.moment(miss.resolved) or _("still open"),
            miss.cause,
        )
        for miss in report.misses
    ]
    header = [_("Number"), _("Subject"), _("Rule"), _("Due"), _("Done"), _("Why")]
    widths = (0.15, 0.2, 0.21, 0.14, 0.14, 0.16)
    return [base.heading(_("Missed deadlines")), base.table(header, rows, widths)]


def _open_points(report: StatusReport) -> list[Flowable]:
    heading = base.heading(_("Open points"))
    if not report.open_points:
        return [heading, base.paragraph(_("Nothing is open."), base.styles().body)]
    overdue = " " + _("(overdue)")
    rows = [
        (
            point.number,
            point.subject,
            point.state,
            formats.moment(point.received),
            formats.moment(point.due) + (overdue if point.is_overdue else ""),
        )
        for point in report.open_points
    ]
    header = [_("Number"), _("Subject"), _("State"), _("Received"), _("Due")]
    late = [i for i, point in enumerate(report.open_points) if point.is_overdue]
    table = base.table(header, rows, (0.15, 0.3, 0.17, 0.17, 0.21), alarm=late)
    return [heading, table, *_explained(report)]


def _explained(report: StatusReport) -> list[Flowable]:
    """Return how the deadlines of what is open came about."""
    told = [point for point in report.open_points if point.explanation]
    if not told:
        return []
    rows = [(point.number, " → ".join(point.explanation)) for point in told]
    table = base.table([_("Number"), _("How the deadline came about")], rows, (0.15, 0.85))
    return [base.subheading(_("How deadlines of open points came about")), table]


def _complaints(report: StatusReport) -> list[Flowable]:
    rows = [
        (
            row.number,
            row.subject,
            formats.moment(row.received),
            row.state,
            formats.moment(row.resolved) or formats.moment(row.due),
        )
        for row in report.complaints
    ]
    header = [_("Number"), _("Subject"), _("Received"), _("State"), _("Done or due")]
    table = base.table(header, rows, (0.15, 0.34, 0.17, 0.17, 0.17)) if rows else None
    return _section(_("Complaints"), _("No complaint in this month."), table)


def _changes(report: StatusReport) -> list[Flowable]:
    rows = [
        (
            formats.day(change.day),
            change.number,
            change.holder,
            change.what,
            f"{change.before} → {change.after}" if change.before else change.after,
        )
        for change in report.changes
    ]
    header = [_("Day"), _("Number"), _("Holder"), _("What"), _("Change")]
    table = base.table(header, rows, (0.14, 0.17, 0.24, 0.15, 0.3)) if rows else None
    return _section(_("Changes of numbers"), _("No number changed."), table)


def _tariffs(report: StatusReport) -> list[Flowable]:
    states = ", ".join(f"{row.state.lower()} {formats.whole(row.count)}" for row in report.lines)
    heading = base.heading(_("Numbers and tariffs"))
    if not report.tariffs:
        return [heading, base.paragraph(_("No numbers in care."), base.styles().body)]
    rows = [
        (
            row.tariff or _("without a tariff"),
            formats.whole(row.lines),
            formats.money(row.fee),
            formats.money(row.total),
        )
        for row in report.tariffs
    ]
    header = [_("Tariff"), _("Numbers"), _("Fee a month"), _("Total a month")]
    numbers = _("Numbers: {states}.").format(states=states)
    prices = _("Prices without VAT.")
    return [
        base.together(
            [
                heading,
                base.paragraph(f"{numbers} {prices}", base.styles().body),
                base.gap(),
                _chart(report, report.tariffs),
            ]
        ),
        base.gap(),
        base.table(header, rows, (0.46, 0.14, 0.2, 0.2), right=(1, 2, 3), heads=True),
    ]


def _chart(report: StatusReport, tariffs: Sequence[TariffRow]) -> Flowable:
    """Return bars of numbers by tariff, the largest first; says the same as the table."""
    shown = sorted(tariffs, key=lambda row: -row.lines)[:_BARS]
    rows = [
        (row.tariff or _("without a tariff"), row.lines, formats.whole(row.lines)) for row in shown
    ]
    return charts.bars(_("Numbers by tariff"), rows, letter.accent(report.brand))


def _costs(report: StatusReport) -> list[Flowable]:
    if not report.costs:
        return []
    is_billed = any(row.billed is not None for row in report.costs)
    rows: list[tuple[object, ...]] = [
        (
            row.cost_centre or _("without a cost centre"),
            formats.whole(row.lines),
            formats.money(row.total) or _("a fee is not known"),
            *([formats.money(row.billed) or _("usage is not known")] if is_billed else []),
        )
        for row in report.costs
    ]
    header = [_("Cost centre"), _("Numbers"), _("Fees a month")]
    widths = (0.4, 0.15, 0.22, 0.23) if is_billed else (0.5, 0.2, 0.3)
    if is_billed:
        header.append(_("Billed"))
    table = base.table(header, rows, widths, right=range(1, len(header)), heads=True)
    note = base.paragraph(_("Prices without VAT."), base.styles().small)
    return [base.heading(_("Costs by cost centre")), note, base.gap(4), table]


def _expiring(report: StatusReport) -> list[Flowable]:
    rows = [(one.number, one.holder, one.tariff, formats.day(one.until)) for one in report.expiring]
    header = [_("Number"), _("Holder"), _("Tariff"), _("Commitment until")]
    table = base.table(header, rows, (0.2, 0.3, 0.28, 0.22)) if rows else None
    return _section(_("Expiring soon"), _("No commitment ends within 90 days."), table)


def _promises(report: StatusReport) -> list[Flowable]:
    rows = [
        (promise.number, promise.subject, promise.what, formats.moment(promise.due))
        for promise in report.promises
    ]
    header = [_("Number"), _("Subject"), _("What"), _("By")]
    table = base.table(header, rows, (0.17, 0.43, 0.18, 0.22)) if rows else None
    return _section(_("Promises for next month"), _("Nothing is promised."), table)
