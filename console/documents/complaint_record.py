"""The record of a complaint, and the reply to it, as a PDF."""

from typing import Final

from reportlab.platypus import Flowable

from console.documents import base, letter, pages
from console.domain import formats
from console.domain.complaint_record import ComplaintRecord, Decision
from console.texts import N_, _

_RIGHTS: Final = N_(
    "Who does not agree with the reply may object to it at the Czech Telecommunication Office "
    "within one month of its delivery (Act 127/2005, section 129)."
)


def render(record: ComplaintRecord, data: str, logo: bytes = b"") -> bytes:
    """Return the PDF of the record, or of the reply where there is a decision.

    Args:
        record: the finished data, in the language in use.
        data: the same as JSON; goes into the file.
        logo: the operator's picture, or nothing.
    """
    words = _("Reply to the complaint {number}") if record.decision else _("Complaint {number}")
    title = words.format(number=record.request)
    facts = [
        (_("Complained by"), record.complainant),
        (_("Channel"), record.channel),
        (_("Received"), formats.moment(record.received)),
        (_("To be settled by"), formats.moment(record.due)),
        (_("Bill"), record.details.invoice),
        (_("Billing period"), record.details.period),
        (_("Bill delivered on"), formats.day(record.delivered_on)),
        (_("Disputed, with VAT"), formats.money(record.details.amount)),
    ]
    story: list[Flowable] = [
        *letter.head(record, title, facts, logo),
        *letter.about(record.subject, record.text, record.numbers),
        *_decision(record.decision),
        *letter.explained(record.explanation),
    ]
    paper = letter.paper(record, title, formats.moment(record.received), data)
    return pages.build(
        paper,
        letter.signed(story, paper.number, record.complainant, record.manager, record.signatures),
    )


def _decision(decision: Decision | None) -> list[Flowable]:
    if decision is None:
        return []
    if decision.is_partial:
        accepted = _("The complaint is accepted in part.")
    elif decision.accepted:
        accepted = _("The complaint is accepted.")
    else:
        accepted = _("The complaint is refused.")
    return [
        base.heading(_("Reply")),
        base.paragraph(accepted, base.styles().strong),
        *base.prose(decision.reasons),
        base.gap(4),
        base.facts(
            [
                (_("Decided on"), formats.day(decision.decided_on)),
                (_("Remedy"), decision.remedy),
                (_("Given back, with VAT"), formats.money(decision.returned)),
            ]
        ),
        base.paragraph(_(_RIGHTS), base.styles().small),
    ]
