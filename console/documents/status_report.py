"""The monthly status report as a PDF: a page for the mayor, then the detail."""

from typing import Final

from reportlab.platypus import Flowable, KeepTogether, PageBreak

from console.documents import base, charts, letter, pages, status_details
from console.domain import formats
from console.domain.status_report import Promise, StatusReport
from console.texts import _, ngettext

_SHOWN: Final = 6
"""Lines of one part of the first page; the rest is in the detail."""


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
    story = [
        *_head(report, title, logo),
        *_happened(report),
        *_kept(report),
        *_not_kept(report),
        *_comes(report),
        PageBreak(),
        *status_details.sections(report),
    ]
    return pages.build(paper, story)


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
    shown = [row for row in rows if row[1]][:_SHOWN]
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
        text = _("No deadline was due and no request resolved in this month.")
        return [heading, base.paragraph(text, base.styles().body)]
    kept = ngettext("{n} deadline was kept", "{n} deadlines were kept", report.met).format(
        n=report.met
    )
    missed = ngettext("{n} was missed", "{n} were missed", report.missed).format(n=report.missed)
    chart = charts.shares(
        _("Deadlines by rule"),
        [(row.clause, row.met, row.missed) for row in report.clauses[:_SHOWN]],
        (_("kept"), _("missed")),
        letter.accent(report.brand),
    )
    return [
        heading,
        base.paragraph(f"{kept}; {missed}.", base.styles().body),
        base.gap(4),
        chart,
    ]


def _not_kept(report: StatusReport) -> list[Flowable]:
    heading = base.heading(_("What we did not keep, and why"))
    if not report.misses:
        return [heading, base.paragraph(_("No deadline was missed."), base.styles().body)]
    told = [
        _("{number} {subject}: due {due}, {resolved}; {cause}").format(
            number=miss.number,
            subject=_short(miss.subject),
            due=formats.moment(miss.due),
            resolved=_("done {moment}").format(moment=formats.moment(miss.resolved))
            if miss.resolved
            else _("still open"),
            cause=miss.cause,
        )
        for miss in report.misses[:_SHOWN]
    ]
    return [heading, base.points([*told, *_more(len(report.misses))])]


def _comes(report: StatusReport) -> list[Flowable]:
    heading = base.heading(_("What comes"))
    told = [_promised(promise) for promise in report.promises[:_SHOWN]]
    told += _more(len(report.promises))
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
    return [KeepTogether([heading, base.points(told)])]


def _promised(promise: Promise) -> str:
    return _("{what} on {number} {subject} by {due}").format(
        what=promise.what,
        number=promise.number,
        subject=_short(promise.subject),
        due=formats.moment(promise.due),
    )


def _more(count: int) -> list[str]:
    left = count - _SHOWN
    if left <= 0:
        return []
    return [ngettext("{n} more in the detail", "{n} more in the detail", left).format(n=left)]


def _short(text: str) -> str:
    """Shorten a subject for the first page; the detail has it whole."""
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"
