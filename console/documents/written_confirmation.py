"""The written confirmation of a request as a PDF."""

from reportlab.platypus import Flowable

from console.documents import base, letter, pages
from console.domain import formats
from console.domain.written_confirmation import WrittenConfirmation
from console.texts import _


def render(form: WrittenConfirmation, data: str, logo: bytes = b"") -> bytes:
    """Return the form's PDF.

    Args:
        form: the finished data, in the language in use.
        data: the same as JSON; goes into the file.
        logo: the operator's picture, or nothing.
    """
    title = _("Written confirmation of the request {number}").format(number=form.request)
    facts = [
        (_("Asked for"), form.kind),
        (_("Asked by"), form.asked_by),
        (_("Channel"), form.channel),
        (_("Received"), formats.moment(form.received)),
        (_("Authority"), form.authority),
    ]
    promise = _(
        "The client confirms in writing that it asked for what is written here, and that the "
        "person who asked was authorised to do so."
    )
    story: list[Flowable] = [
        *letter.head(form, title, facts, logo),
        *letter.about(form.subject, form.text, form.numbers),
        base.heading(_("Confirmation")),
        base.paragraph(promise, base.styles().body),
    ]
    paper = letter.paper(form, title, formats.moment(form.received), data)
    return pages.build(
        paper, letter.signed(story, paper.number, form.asked_by, form.manager, form.signatures)
    )
