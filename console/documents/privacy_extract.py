"""What is kept about a person as a PDF."""

from reportlab.platypus import Flowable

from console.documents import base, letter, pages
from console.domain import formats
from console.domain.privacy_extract import PrivacyExtract
from console.texts import _


def render(extract: PrivacyExtract, data: str, logo: bytes = b"") -> bytes:
    """Return the extract's PDF.

    Args:
        extract: the finished data, in the language in use.
        data: the same as JSON; goes into the file.
        logo: the operator's picture, or nothing.
    """
    title = _("Data kept about a person")
    facts = [(_("Person"), extract.person), (_("As of"), formats.day(extract.as_of))]
    source = _(
        "Extract by article 15 of Regulation (EU) 2016/679. The person may have the data "
        "corrected or erased, and may complain to the Office for Personal Data Protection."
    )
    requests = [
        (row.number, formats.moment(row.received), row.subject, row.purpose)
        for row in extract.requests
    ]
    accesses = [(formats.moment(row.at), row.actor, row.request) for row in extract.accesses]
    story: list[Flowable] = [
        *letter.head(extract, title, facts, logo),
        base.gap(),
        base.paragraph(source, base.styles().small),
        base.heading(_("Data")),
        base.table(
            [_("What"), _("Value")],
            [
                (row.label, row.value)
                for row in (*extract.fields, *extract.numbers, *extract.further)
            ],
            (0.3, 0.7),
            heads=True,
        ),
        base.heading(_("Requests")),
        base.table_or(
            _("The person appears in no request."),
            [_("Number"), _("Received"), _("Subject"), _("Purpose")],
            requests,
            (0.17, 0.18, 0.35, 0.3),
        ),
        base.heading(_("Who opened the data")),
        base.table_or(
            _("No opening of the data is recorded."),
            [_("When"), _("Who"), _("For the request")],
            accesses,
            (0.25, 0.4, 0.35),
        ),
    ]
    return pages.build(letter.paper(extract, title, formats.day(extract.as_of), data), story)
