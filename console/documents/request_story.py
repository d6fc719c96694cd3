"""The story of a request as a PDF."""

from reportlab.platypus import Flowable

from console.documents import base, letter, pages
from console.domain import formats
from console.domain.request_story import RequestStory
from console.texts import _


def render(story: RequestStory, data: str, logo: bytes = b"") -> bytes:
    """Return the story's PDF.

    Args:
        story: the finished data, in the language in use.
        data: the same as JSON; goes into the file.
        logo: the operator's picture, or nothing.
    """
    title = _("Story of the request {number}").format(number=story.request)
    facts = [
        (_("Kind"), story.kind),
        (_("State"), story.state),
        (_("Channel"), story.channel),
        (_("Asked by"), story.asked_by),
        (_("Authority"), story.authority),
        (_("Received"), formats.moment(story.received)),
        (_("Registered"), formats.moment(story.registered)),
        (_("Due"), formats.moment(story.due)),
        (_("Resolved"), formats.moment(story.resolved)),
    ]
    rows = [
        (formats.moment(entry.at), entry.kind, entry.author, entry.text) for entry in story.entries
    ]
    header = [_("When"), _("What"), _("Who"), _("Text")]
    parts: list[Flowable] = [
        *letter.head(story, title, facts, logo),
        *letter.about(story.subject, story.text, story.numbers),
        base.heading(_("What happened")),
        base.table_or(_("Nothing is written down yet."), header, rows, (0.16, 0.17, 0.17, 0.5)),
        *letter.explained(story.explanation),
    ]
    return pages.build(letter.paper(story, title, formats.moment(story.received), data), parts)
