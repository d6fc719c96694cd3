"""The pages of a document: A4 with a foot, laid out from a story into an archival file."""

import hashlib
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from console.documents import base, lettering
from console.documents.archive import ArchiveCanvas, Attachment, Meta
from console.documents.tagging import artifact
from console.texts import _

_COUNT: Final = "count-of-pages"


@dataclass(frozen=True, slots=True)
class Paper:
    """What is said about a document beside its text.

    Args:
        title: of the document.
        language: ``cs`` or ``en``.
        number: of the document with its revision.
        client: name of the client.
        period: month or day.
        operator: who issues it.
        issued_at: aware.
        data: what it was made from, as JSON; goes into the file.
    """

    title: str
    language: str
    number: str
    client: str
    period: str
    operator: str = ""
    issued_at: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    data: str = ""


def fingerprint(data: str) -> str:
    """Return the first 16 hexadecimal digits of the data's SHA-256."""
    return hashlib.sha256(data.encode()).hexdigest()[:16]


def build(paper: Paper, story: list[Flowable]) -> bytes:
    """Lay the story out on A4 pages and return the PDF's bytes."""
    lettering.register()
    buffer = io.BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=base.MARGIN,
        rightMargin=base.MARGIN,
        topMargin=16 * mm,
        bottomMargin=20 * mm,
        initialFontName=lettering.REGULAR,
    )
    frame = Frame(base.MARGIN, 20 * mm, base.WIDTH, base.HEIGHT, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate("page", [frame])])
    document.build(story, canvasmaker=_canvas_maker(paper))
    return buffer.getvalue()


def _meta(paper: Paper) -> Meta:
    attached = Attachment(
        "data.json",
        "application/json",
        paper.data.encode(),
        _("The data that the document was made from"),
    )
    return Meta(
        title=lettering.safe(paper.title, lettering.NAME_LENGTH),
        author=lettering.safe(paper.operator or paper.client, lettering.NAME_LENGTH),
        language=paper.language,
        issued_at=paper.issued_at,
        attachments=(attached,) if paper.data else (),
    )


def _canvas_maker(paper: Paper) -> type[ArchiveCanvas]:
    class FootedCanvas(ArchiveCanvas):
        """Draws the foot of every page; the count of pages, known at the end, is one form."""

        def __init__(self, target: Any, **options: Any) -> None:
            kept = {name: options[name] for name in ("pagesize", "initialFontName")}
            super().__init__(target, _meta(paper), **kept)

        def showPage(self) -> None:  # noqa: N802  (reportlab's name)
            with artifact(self, "/Pagination/Subtype/Footer"):
                _draw_footer(self, paper)
            super().showPage()

        def save(self) -> None:
            self.beginForm(_COUNT, 0, -4, 60, 12)
            self.setFillColor(base.MUTED)
            self.setFont(lettering.REGULAR, 8)
            self.drawString(0, 0, str(self._pageNumber - 1))
            self.endForm()
            super().save()

    return FootedCanvas


def _draw_footer(canvas: ArchiveCanvas, paper: Paper) -> None:
    canvas.setStrokeColor(base.LINE)
    canvas.setLineWidth(0.5)
    canvas.line(base.MARGIN, 15 * mm, A4[0] - base.MARGIN, 15 * mm)
    canvas.setFillColor(base.MUTED)
    canvas.setFont(lettering.REGULAR, 8)
    client = lettering.fitted(lettering.safe(paper.client), 230)
    left = f"{lettering.safe(paper.number)}  ·  {client}  ·  {paper.period}"
    canvas.drawString(base.MARGIN, 11 * mm, left)
    page = _("Page {page} of {pages}").format(page=canvas.getPageNumber(), pages="")
    left_edge = A4[0] - base.MARGIN - pdfmetrics.stringWidth(f"{page}0000", lettering.REGULAR, 8)
    canvas.drawString(left_edge, 11 * mm, page)
    canvas.saveState()
    canvas.translate(left_edge + pdfmetrics.stringWidth(page, lettering.REGULAR, 8), 11 * mm)
    canvas.doForm(_COUNT)
    canvas.restoreState()
    printed = _("Fingerprint {digits}").format(digits=fingerprint(paper.data))
    canvas.drawString(base.MARGIN, 7.5 * mm, printed)
