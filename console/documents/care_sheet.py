"""The care sheet as a PDF: one page that a client can pin to the wall."""

from reportlab.platypus import Flowable

from console.documents import base, letter, pages
from console.domain import formats
from console.domain.care_sheet import CareSheet, SheetSpecialist
from console.texts import _


def render(sheet: CareSheet, data: str, logo: bytes = b"") -> bytes:
    """Return the sheet's PDF.

    Args:
        sheet: the finished data, in the language in use.
        data: the same as JSON; goes into the file.
        logo: the operator's picture, or nothing.
    """
    title = _("Care sheet")
    paper = pages.Paper(
        title=title,
        language=sheet.language,
        number=letter.numbered(sheet.number, sheet.revision),
        client=sheet.client,
        period=formats.day(sheet.valid_from),
        operator=sheet.operator,
        issued_at=sheet.issued_at,
        data=data,
    )
    story = [
        *_head(sheet, title, logo),
        *_channels(sheet),
        *_specialists(sheet),
        *_levels(sheet),
        *_deadlines(sheet),
        *_rules(sheet),
        *_services(sheet),
    ]
    return pages.build(paper, base.on_one_page(story))


def _head(sheet: CareSheet, title: str, logo: bytes) -> list[Flowable]:
    agreement = _("{name}, in force since {day}").format(
        name=sheet.agreement, day=formats.day(sheet.valid_from)
    )
    return [
        *letter.masthead(sheet, title, sheet.client, logo),
        base.facts(
            [
                (_("IČO"), sheet.ico),
                (_("Agreement"), agreement),
                (_("Operator"), sheet.operator),
                (_("Account manager"), letter.manager(sheet)),
            ]
        ),
        base.gap(4),
        base.paragraph(sheet.summary, base.styles().body),
    ]


def _channels(sheet: CareSheet) -> list[Flowable]:
    if not sheet.channels:
        return []
    rows = [
        (
            " – ".join(part for part in (way.label, way.note) if part),
            _unbroken(way.value),
            way.hours,
        )
        for way in sheet.channels
    ]
    header = [_("Contact"), "", _("When")]
    return [
        base.heading(_("How to reach us")),
        base.table(header, rows, (0.34, 0.33, 0.33)),
    ]


def _specialists(sheet: CareSheet) -> list[Flowable]:
    if not sheet.specialists:
        return []
    rows = [
        (f"{person.role}: {person.name}", _contacts(person), _duty(person))
        for person in sheet.specialists
    ]
    header = [_("Specialist"), _("Direct contacts"), _("When and what for")]
    return [
        base.heading(_("Specialists")),
        base.table(header, rows, (0.22, 0.39, 0.39)),
    ]


def _contacts(person: SheetSpecialist) -> str:
    pairs = (
        (_("mobile"), person.mobile),
        (_("landline"), person.landline),
        (_("fax"), person.fax),
        ("", person.email),
    )
    return ", ".join(f"{label} {_unbroken(value)}".strip() for label, value in pairs if value)


def _unbroken(value: str) -> str:
    """Keep a phone number on one line."""
    return value.replace(" ", "\u00a0") if value.startswith("+") else value


def _duty(person: SheetSpecialist) -> str:
    reached = _("reached by: {channels}").format(channels=person.channels.lower())
    handles = _("for: {kinds}").format(kinds=person.handles.lower())
    parts = (
        person.hours,
        reached if person.channels else "",
        handles if person.handles else "",
    )
    return "; ".join(part for part in parts if part)


def _levels(sheet: CareSheet) -> list[Flowable]:
    if not sheet.levels:
        return []
    rows = [(level.number, level.name, level.units) for level in sheet.levels]
    header = [_("Level"), _("Support"), _("Units")]
    return [
        base.heading(_("Levels of support")),
        base.table(header, rows, (0.1, 0.45, 0.45)),
    ]


def _deadlines(sheet: CareSheet) -> list[Flowable]:
    rows = [
        (
            rule.rule,
            "; ".join(part for part in (rule.within, rule.exceptions) if part),
            rule.nature,
        )
        for rule in sheet.deadlines
    ]
    header = [_("Rule"), _("Within"), _("Source")]
    return [
        base.heading(_("Deadlines")),
        base.table_or(_("The agreement sets no deadlines."), header, rows, (0.44, 0.37, 0.19)),
    ]


def _rules(sheet: CareSheet) -> list[Flowable]:
    if not sheet.rules:
        return []
    return [
        base.heading(_("Good to know")),
        base.points(sheet.rules),
    ]


def _services(sheet: CareSheet) -> list[Flowable]:
    if not sheet.services:
        return []
    return [base.heading(_("Services")), base.points(sheet.services, columns=2)]
