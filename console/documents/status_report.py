"""The monthly status report as a PDF: a page for the mayor, then the detail."""

from typing import Final

from reportlab.platypus import Flowable, PageBreak

from console.documents import base, charts, letter, pages, status_details
from console.domain import formats
from console.domain.status_report import Miss, Promise, StatusReport
from console.texts import _, ngettext

_MOST: Final = 6
_FEWEST: Final = 2
"""Bars of a chart and lines of a list on the first page; lists give way where room is short."""


def render(report: StatusReport, data: str, logo: bytes = b"") -> bytes:
    """Return the report's PDF.

    Args:
        report: the finished data, in the language in use.
        data: the same as JSON; goes into the file.
        logo: the operator's picture, or nothing.
    """
    month = formats.month(report.month)
    title = _("Status report for {month}").format(month=month)
    paper = pages.Paper(
        title=title,
        language=report.language,
        number=letter.numbered(report.number, report.revision),
        client=report.client,
        period=month,
        operator=report.operator,
        issued_at=report.issued_at,
        data=data,
    )
    first = _first_page(report, title, logo)
    return pages.build(paper, [*first, PageBreak(), *status_details.sections(report)])


def _first_page(report: StatusReport, title: str, logo: bytes) -> list[Flowable]:
    """Return the page for the mayor, with as many lines of each part as fit on it."""
    for lines in range(_MOST, _FEWEST - 1, -1):
        story = [
            *_head(report, title, logo),
            *_happened(report),
            *_kept(report),
            *_not_kept(report, lines),
            *_comes(report, lines),
        ]
        if base.height_of(story) <= base.HEIGHT:
            return story
    return base.on_one_page(story)


def _head(report: StatusReport, title: str, logo: bytes) -> list[Flowable]:
    return [
        *letter.masthead(report, title, report.client, logo),
        base.facts(
            [
                (_("IČO"), report.ico),
                (_("Seat"), report.seat),
                (_("Agreement"), report.agreement),
                (_("Operator"), report.operator),
                (_("Account manager"), letter.manager(report)),
                (_("Issued on"), formats.moment(report.issued_at)),
            ]
        ),
    ]


def _happened(report: StatusReport) -> list[Flowable]:
    before = ngettext(
        "{n} request was open when the month began",
        "{n} requests were open when the month began",
        report.opening,
    ).format(n=report.opening)
    came = ngettext(
        "{n} request came in the month", "{n} requests came in the month", report.received
    ).format(n=report.received)
    closed = ngettext("{n} was closed", "{n} were closed", report.closed).format(n=report.closed)
    again = ngettext("{n} was reopened", "{n} were reopened", report.reopened).format(
        n=report.reopened
    )
    stay = ngettext("{n} stays open", "{n} stay open", report.closing).format(n=report.closing)
    rows = sorted(
        ((row.kind, row.received, formats.whole(row.received)) for row in report.kinds),
        key=lambda row: -row[1],
    )
    shown = [row for row in rows if row[1]][:_MOST]
    chart = charts.bars(_("Requests received by kind"), shown, letter.accent(report.brand))
    told = "; ".join([came, *([again] if report.reopened else []), closed, stay])
    return [
        base.heading(_("What happened")),
        base.paragraph(f"{before}. {told}.", base.styles().body),
        *([base.gap(4), chart] if shown else []),
    ]


def _kept(report: StatusReport) -> list[Flowable]:
    heading = base.heading(_("What we kept"))
    if not report.clauses:
        return [heading, base.paragraph(status_details.no_deadline(), base.styles().body)]
    kept = ngettext("{n} deadline was kept", "{n} deadlines were kept", report.met).format(
        n=report.met
    )
    missed = ngettext("{n} was missed", "{n} were missed", report.missed).format(n=report.missed)
    chart = charts.shares(
        _("Deadlines by rule"),
        [(row.clause, row.met, row.missed) for row in report.clauses[:_MOST]],
        (_("kept"), _("missed")),
        letter.accent(report.brand),
    )
    return [
        heading,
        base.paragraph(f"{kept}; {missed}.", base.styles().body),
        base.gap(4),
        chart,
    ]


def _not_kept(report: StatusReport, lines: int) -> list[Flowable]:
    heading = base.heading(_("What we did not keep, and why"))
    if report.misses:
        told = [_missed(miss) for miss in report.misses[:lines]]
        missed: Flowable = base.points([*told, *_more(len(report.misses) - lines)])
    else:
        text = _("No deadline of the contract or the law was missed in this month.")
        missed = base.paragraph(text, base.styles().body)
    return [heading, missed, *_overdue(report, lines)]


def _missed(miss: Miss) -> str:
    return _("{number} {subject}: due {due}, {resolved}; {cause}").format(
        number=miss.number,
        subject=_short(miss.subject),
        due=formats.moment(miss.due),
        resolved=_("done {moment}").format(moment=formats.moment(miss.resolved))
        if miss.resolved
        else _("still open"),
        cause=miss.cause,
    )


def _overdue(report: StatusReport, lines: int) -> list[Flowable]:
    """Return how many are overdue, and those that the month's misses do not tell already."""
    count = len(report.overdue)
    if not count:
        return []
    text = ngettext(
        "{n} request was overdue and open at the month's end.",
        "{n} requests were overdue and open at the month's end.",
        count,
    ).format(n=count)
    told = {miss.number for miss in report.misses}
    earlier = [point for point in report.overdue if point.number not in told]
    listed = [
        _("{number} {subject}: due {due}").format(
            number=point.number, subject=_short(point.subject), due=formats.moment(point.due)
        )
        for point in earlier[:lines]
    ]
    points = base.points([*listed, *_more(len(earlier) - lines)])
    return [
        base.gap(4),
        base.paragraph(text, base.styles().body),
        *([base.gap(2), points] if listed else []),
    ]


def _comes(report: StatusReport, lines: int) -> list[Flowable]:
    heading = base.heading(_("What comes"))
    count = len(report.overdue)
    first = ngettext(
        "{n} overdue request is to be resolved first of all.",
        "{n} overdue requests are to be resolved first of all.",
        count,
    )
    told = [first.format(n=count)] if count else []
    told += [_promised(promise) for promise in report.promises[:lines]]
    told += _more(len(report.promises) - lines)
    if report.expiring:
        told.append(
            ngettext(
                "{n} commitment ends within 90 days, the first one on {day}.",
                "{n} commitments end within 90 days, the first one on {day}.",
                len(report.expiring),
            ).format(n=len(report.expiring), day=formats.day(report.expiring[0].until))
        )
    if not told:
        return [heading, base.paragraph(_("Nothing is promised."), base.styles().body)]
    return [heading, base.points(told)]


def _promised(promise: Promise) -> str:
    return _("{what} on {number} {subject} by {due}").format(
        what=promise.what,
        number=promise.number,
        subject=_short(promise.subject),
        due=formats.moment(promise.due),
    )


def _more(left: int) -> list[str]:
    if left <= 0:
        return []
    return [ngettext("{n} more in the detail", "{n} more in the detail", left).format(n=left)]


def _short(text: str) -> str:
    """Shorten a subject for the first page; the detail has it whole."""
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"
