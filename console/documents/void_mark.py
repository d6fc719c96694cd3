"""The copy of a void document: the same pages, each of them marked.

The issued file stays as it was; what is shown, printed and given out says that it is void.
The title says so as well, because a mark over the text is no text.
"""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import pikepdf
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics

from console.documents import base, lettering
from console.documents.archive import ArchiveCanvas, Meta
from console.documents.tagging import artifact
from console.texts import _

_SIZE: Final = 110
_ANGLE: Final = 52
_TOP: Final = A4[1] - 9 * mm


@dataclass(frozen=True, slots=True)
class VoidMark:
    """What the mark says.

    Args:
        since: when the document was declared void, in words.
        reason: why.
        language: ``cs`` or ``en``.
        at: when it was declared void, aware.
    """

    since: str
    reason: str
    language: str
    at: datetime


def marked(content: bytes, mark: VoidMark) -> bytes:
    """Return a document with the mark on every page.

    Args:
        content: the issued PDF.
        mark: what it says, in the language in use.
    """
    target = io.BytesIO()
    with (
        pikepdf.open(io.BytesIO(content)) as document,
        pikepdf.open(io.BytesIO(_stamp(mark))) as stamp,
    ):
        form = document.copy_foreign(stamp.pages[0].as_form_xobject())
        for page in document.pages:
            page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name("/VoidMark"))
            page.contents_add(b"q", prepend=True)
            page.contents_add(b"Q q /VoidMark Do Q")
        _retitle(document)
        document.save(target, deterministic_id=True)
    return target.getvalue()


def _retitle(document: pikepdf.Pdf) -> None:
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        title = _("VOID – {title}").format(title=metadata["dc:title"])
        metadata["dc:title"] = title


def _stamp(mark: VoidMark) -> bytes:
    lettering.register()
    buffer = io.BytesIO()
    meta = Meta(_("VOID"), "", mark.language, mark.at)
    canvas = ArchiveCanvas(buffer, meta, pagesize=A4, initialFontName=lettering.REGULAR)
    with artifact(canvas):
        canvas.setFillColor(base.ALARM)
        canvas.setStrokeColor(base.ALARM)
        _draw_across(canvas, _("VOID"))
        said = _("Void since {since}: {reason}").format(since=mark.since, reason=mark.reason)
        canvas.setFont(lettering.BOLD, 9)
        line = lettering.fitted(lettering.safe(said), base.WIDTH)
        canvas.drawString(base.MARGIN, _TOP, line)
    canvas.save()
    return buffer.getvalue()


def _draw_across(canvas: Any, text: str) -> None:
    """Draw the outline of a word across the page, so that what is under it can be read."""
    canvas.saveState()
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(_ANGLE)
    canvas.setLineWidth(1)
    width = pdfmetrics.stringWidth(text, lettering.BOLD, _SIZE)
    drawn = canvas.beginText(-width / 2, -_SIZE / 3)
    drawn.setFont(lettering.BOLD, _SIZE)
    drawn.setTextRenderMode(1)
    drawn.textOut(text)
    canvas.drawText(drawn)
    canvas.restoreState()
