"""The monthly status report as a PDF."""

from collections.abc import Sequence
from typing import Final

from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.platypus import Flowable, KeepTogether

from console.documents import base
from console.domain import formats
from console.domain.status_report import StatusReport, TariffRow
from console.texts import _, ngettext

_BARS: Final = 10


def render(report: StatusReport, data: str) -> bytes:
    """Return the report's PDF.

    Args:
        report: the finished data, in the language in use.
        data: the same as JSON, for the fingerprint.
    """
    month = formats.month(report.month)
    title = _("Status report for {month}").format(month=month)
    footer = base.Footer(
        _("{number}, revision {revision}").format(number=report.number, revision=report.revision),
        report.client,
        month,
        base.fingerprint(data),
    )
    story = [
        *_head(report, title),
        *_summary(report),
        *_requests(report),
        *_deadlines(report),
        *_open_points(report),
        *_changes(report),
        *_tariffs(report),
    ]
    return base.build(title, report.language, footer, story)


def _head(report: StatusReport, title: str) -> list[Flowable]:
    manager = " · ".join(
        part for part in (report.manager, report.manager_phone, report.manager_email) if part
    )
    return [
        base.paragraph(title, base.styles().title),
        base.paragraph(report.client, base.styles().strong),
        base.gap(),
        base.facts(
            [
                (_("IČO"), report.ico),
                (_("Seat"), report.seat),
                (_("Agreement"), report.agreement),
                (_("Operator"), report.operator),
                (_("Account manager"), manager),
                (_("Issued on"), formats.moment(report.issued_at)),
            ]
        ),
    ]


def _summary(report: StatusReport) -> list[Flowable]:
    came = ngettext(
        "{n} request came in the month", "{n} requests came in the month", report.received
    ).format(n=report.received)
    closed = ngettext("{n} was closed", "{n} were closed", report.closed).format(n=report.closed)
    stay = ngettext("{n} stays open", "{n} stay open", report.closing).format(n=report.closing)
    kept = ngettext("{n} deadline was kept", "{n} deadlines were kept", report.met).format(
        n=report.met
    )
    missed = ngettext("{n} was missed", "{n} were missed", report.missed).format(n=report.missed)
    return [
        base.heading(_("In short")),
        base.paragraph(f"{came}; {closed}; {stay}. {kept}; {missed}.", base.styles().body),
    ]


def _requests(report: StatusReport) -> list[Flowable]:
    heading = base.heading(_("Requests by kind"))
    if not report.kinds:
        return [heading, base.paragraph(_("No requests in this month."), base.styles().body)]
    rows: list[tuple[object, ...]] = [
        (row.kind, row.opening, row.received, row.closed, row.closing) for row in report.kinds
    ]
    rows.append(
        (
            _("Total"),
            sum(row.opening for row in report.kinds),
            report.received,
            report.closed,
            report.closing,
        )
    )
    header = [_("Kind"), _("Open before"), _("Received"), _("Closed"), _("Open after")]
    by_kind = base.table(header, rows, (0.4, 0.15, 0.15, 0.15, 0.15), right=(1, 2, 3, 4))
    by_state = base.table(
        [_("State at the month's end"), _("Requests")],
        [(row.state, row.count) for row in report.states],
        (0.4, 0.15),
        right=(1,),
    )
    return [heading, *by_kind, base.gap(10), *by_state]


def _deadlines(report: StatusReport) -> list[Flowable]:
    heading = base.heading(_("Deadlines met and missed"))
    if not report.clauses:
        text = _("No deadline was due and no request resolved in this month.")
        return [heading, base.paragraph(text, base.styles().body)]
    rows = [
        (row.clause, row.met, row.missed, _share(row.met, row.met + row.missed))
        for row in report.clauses
    ]
    header = [_("Rule"), _("Met"), _("Missed"), _("Share met")]
    return [heading, *base.table(header, rows, (0.52, 0.14, 0.14, 0.2), (1, 2, 3), wrap=(0,))]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}\u00a0%" if whole else ""


def _open_points(report: StatusReport) -> list[Flowable]:
    heading = base.heading(_("Open points"))
    if not report.open_points:
        return [heading, base.paragraph(_("Nothing is open."), base.styles().body)]
    rows = [
        (
            point.number,
            point.subject,
            point.state,
            formats.moment(point.received),
            formats.moment(point.due) + (f" ({_('overdue')})" if point.is_overdue else ""),
        )
        for point in report.open_points
    ]
    header = [_("Number"), _("Subject"), _("State"), _("Received"), _("Due")]
    alarm = [i for i, point in enumerate(report.open_points) if point.is_overdue]
    return [
        heading,
        *base.table(header, rows, (0.15, 0.3, 0.17, 0.17, 0.21), wrap=(1, 2, 4), alarm=alarm),
    ]


def _changes(report: StatusReport) -> list[Flowable]:
    heading = base.heading(_("Changes of numbers"))
    if not report.changes:
        return [heading, base.paragraph(_("No number changed."), base.styles().body)]
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
    return [heading, *base.table(header, rows, (0.14, 0.16, 0.25, 0.15, 0.3), wrap=(4,))]


def _tariffs(report: StatusReport) -> list[Flowable]:
    states = ", ".join(f"{row.state.lower()} {formats.whole(row.count)}" for row in report.lines)
    heading = base.heading(_("Numbers and tariffs"))
    numbers = base.paragraph(_("Numbers: {states}.").format(states=states), base.styles().body)
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
    return [
        KeepTogether([heading, numbers, base.gap(), _chart(report.tariffs)]),
        base.gap(),
        *base.table(header, rows, (0.46, 0.14, 0.2, 0.2), right=(1, 2, 3)),
        base.gap(4),
        base.paragraph(_("Prices without VAT."), base.styles().small),
    ]


def _chart(tariffs: Sequence[TariffRow]) -> Drawing:
    """Return bars of numbers by tariff, the largest first; says the same as the table."""
    shown = sorted(tariffs, key=lambda row: -row.lines)[:_BARS]
    most = max((row.lines for row in shown), default=1) or 1
    bar, step, label = 11, 17, 130
    drawing = Drawing(base.WIDTH, step * len(shown) + 4, initialFontName=base.REGULAR)
    for index, row in enumerate(shown):
        y = step * (len(shown) - index - 1) + 4
        length = max(1.0, (base.WIDTH - label - 50) * row.lines / most)
        name = base.fitted(base.safe(row.tariff or _("without a tariff")), label)
        text = {"fontName": base.REGULAR, "fontSize": 9, "fillColor": base.INK}
        drawing.add(String(0, y + 2, name, **text))
        drawing.add(Rect(label, y, length, bar, fillColor=base.ACCENT, strokeColor=None))
        drawing.add(String(label + length + 5, y + 2, formats.whole(row.lines), **text))
    return drawing
