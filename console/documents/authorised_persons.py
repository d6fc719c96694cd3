"""The annex of authorised persons as a PDF."""

from reportlab.platypus import Flowable

from console.documents import base, letter, pages
from console.domain import formats
from console.domain.authorised_persons import AuthorisedPersons
from console.texts import _


def render(annex: AuthorisedPersons, data: str, logo: bytes = b"") -> bytes:
    """Return the annex's PDF.

    Args:
        annex: the finished data, in the language in use.
        data: the same as JSON; goes into the file.
        logo: the operator's picture, or nothing.
    """
    title = _("Authorised persons")
    facts = [(_("Agreement"), annex.agreement), (_("As of"), formats.day(annex.as_of))]
    rows = [
        (
            ", ".join(part for part in (person.name, person.function) if part),
            ", ".join(part for part in (person.phone, person.email) if part),
            person.scope,
            person.limits or _("without limits"),
            formats.day(person.until) or _("until revoked"),
            person.mandate,
        )
        for person in annex.persons
    ]
    header = [_("Person"), _("Contact"), _("May ask for"), _("Limits"), _("Until"), _("Mandate")]
    body: Flowable = (
        base.table(header, rows, (0.19, 0.21, 0.2, 0.15, 0.12, 0.13), heads=True)
        if rows
        else base.paragraph(_("Nobody is authorised."), base.styles().body)
    )
    story: list[Flowable] = [
        *letter.head(annex, title, facts, logo),
        base.heading(_("Who may ask for what")),
        body,
    ]
    paper = letter.paper(annex, title, formats.day(annex.as_of), data)
    return pages.build(
        paper, letter.signed(story, paper.number, "", annex.manager, annex.signatures)
    )
