"""What documents have in common above and below their text: letterhead, facts, signatures."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from reportlab.graphics.shapes import Drawing, PolyLine
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Paragraph

from console.documents import base, ending, lettering, pages
from console.documents.archive import ArchiveCanvas
from console.documents.tagging import Figure, artifact
from console.domain import formats
from console.domain.letterhead import Brand, Letterhead
from console.domain.signature import Signature
from console.texts import _

_LOGO_WIDTH: Final = 45 * mm
_LOGO_HEIGHT: Final = 13 * mm
_BOX_HEIGHT: Final = 26 * mm
_SEEN: Final = 3.0
_DARKER: Final = 0.95


class Branded(Protocol):
    """A record that knows who issues it."""

    @property
    def operator(self) -> str:
        """Name of the operator."""
        ...

    @property
    def brand(self) -> Brand:
        """Look of the operator's documents."""
        ...


def accent(brand: Brand) -> Any:
    """Return the colour of rules and charts, darkened until it is seen on paper and in grey.

    Source:
        WCAG 2.2, success criterion 1.4.11: contrast of 3 to 1 for what is no text.
    """
    if not brand.colour:
        return base.ACCENT
    colour = colors.HexColor(brand.colour)
    parts = [colour.red, colour.green, colour.blue]
    while _contrast(parts) < _SEEN:
        parts = [part * _DARKER for part in parts]
    return colors.Color(*parts)


def _contrast(parts: Sequence[float]) -> float:
    """Return the contrast of a colour against white paper, from 1 to 21."""
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (luminance + 0.05)


class _Letterhead(Flowable):  # type: ignore[misc]  # reportlab has no types
    """The operator's logo or name with a rule below."""

    def __init__(self, record: Branded, logo: bytes) -> None:
        super().__init__()
        self._brand = record.brand
        lines = [record.operator, record.brand.address]
        text = " · ".join(line for line in lines if line)
        self._text = _name(text, base.styles().small) if text else None
        self._logo = _logo(logo, record.operator) if logo else None
        self._text_height = 0.0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the size."""
        self.width = width
        room = width - (self._logo.width + 12 if self._logo else 0)
        self._text_height = self._text.wrap(room, 1e6)[1] if self._text else 0
        self.height = max(self._text_height, self._logo.height if self._logo else 0) + 10
        return width, self.height

    def draw(self) -> None:
        """Draw the logo, the name and the rule."""
        canvas: ArchiveCanvas = self.canv
        left = 0.0
        if self._logo:
            self._logo.drawOn(canvas, 0, self.height - self._logo.height)
            left = self._logo.width + 12
        if self._text:
            self._text.drawOn(canvas, left, self.height - self._text_height)
        with artifact(canvas):
            canvas.setStrokeColor(accent(self._brand))
            canvas.setLineWidth(1.6)
            canvas.line(0, 5, self.width, 5)


def _name(text: str, style: ParagraphStyle) -> Paragraph:
    """Return a name in a place that stays on its page."""
    return base.paragraph(text, style, length=lettering.NAME_LENGTH)


def _logo(picture: bytes, operator: str) -> Figure:
    read = ImageReader(io.BytesIO(picture))
    width, height = read.getSize()
    scale = min(_LOGO_WIDTH / width, _LOGO_HEIGHT / height)
    words = _("Logo of {operator}").format(operator=lettering.safe(operator))
    return Figure(read, words, width * scale, height * scale)


def paper(record: Letterhead, title: str, period: str, data: str) -> pages.Paper:
    """Return what the file and the foot of its pages say."""
    return pages.Paper(
        title=title,
        language=record.language,
        number=numbered(record.number, record.revision),
        client=record.client,
        period=period,
        operator=record.operator,
        issued_at=record.issued_at,
        data=data,
    )


def numbered(number: str, revision: int) -> str:
    """Return a document's number with its revision."""
    return _("{number}, revision {revision}").format(number=number, revision=revision)


def masthead(record: Branded, title: str, client: str, logo: bytes) -> list[Flowable]:
    """Return the letterhead, the title and the client's name."""
    shown = [_Letterhead(record, logo)] if record.operator or logo else []
    return [
        *shown,
        base.title(title),
        base.paragraph(client, base.styles().strong),
        base.gap(),
    ]


def head(
    record: Letterhead, title: str, pairs: Sequence[tuple[str, object]], logo: bytes
) -> list[Flowable]:
    """Return the masthead and the facts that a document begins with."""
    return [
        *masthead(record, title, record.client, logo),
        base.facts(
            [
                (_("IČO"), record.ico),
                (_("Seat"), record.seat),
                *pairs,
                (_("Account manager"), manager(record)),
                (_("Issued on"), formats.moment(record.issued_at)),
            ]
        ),
    ]


def manager(record: Any) -> str:
    """Return the account manager with phone and e-mail in one line."""
    parts = (record.manager, record.manager_phone, record.manager_email)
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Box:
    """A place to sign: what is signed for whom, whose name, and the ink where it was signed."""

    number: str
    label: str
    name: str
    signature: Signature | None = None


def signed(
    story: list[Flowable],
    number: str,
    client: str,
    manager: str,
    signatures: Sequence[Signature] = (),
) -> list[Flowable]:
    """Return a story with the two places to sign, which stay on a page with its end.

    Args:
        story: what is signed.
        number: of the document with its revision, which the places repeat.
        client: who signs for the client.
        manager: who signs for the operator.
        signatures: those that were drawn.
    """
    by_role = {signature.role: signature for signature in signatures}
    labels = {
        "client": _("For the client: name, date, signature"),
        "operator": _("For the operator: name, date, signature"),
    }
    names = {"client": client, "operator": manager}
    boxes = [Box(number, label, names[role], by_role.get(role)) for role, label in labels.items()]
    return ending.ended(story, [base.gap(18), _Boxes(boxes)])


class _Boxes(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Places to sign beside each other."""

    _SPACE: Final = 24

    def __init__(self, boxes: Sequence[Box]) -> None:
        super().__init__()
        self._boxes = boxes
        self._parts: list[tuple[list[Paragraph], Figure | None]] = []

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the size."""
        self.width = width
        self._room = (width - self._SPACE * (len(self._boxes) - 1)) / len(self._boxes)
        self._parts = [(self._texts(box), self._ink(box)) for box in self._boxes]
        texts = max(sum(t.wrap(self._room - 16, 1e6)[1] for t in p[0]) for p in self._parts)
        self.height = texts + _BOX_HEIGHT + 14
        return width, self.height

    def _texts(self, box: Box) -> list[Paragraph]:
        style = base.styles()
        texts = [_name(said, style.small) for said in (box.number, box.label)]
        texts.append(_name(box.name, style.cell))
        if box.signature:
            texts.append(_name(_signed(box.signature), style.small))
        return texts

    def _ink(self, box: Box) -> Figure | None:
        if box.signature is None:
            return None
        width = min(self._room - 16, 3 * _BOX_HEIGHT)
        words = _("Signature of {signed}").format(signed=_signed(box.signature))
        drawing = _ink(box.signature, width, width / 3)
        return Figure(drawing, lettering.safe(words), width, width / 3)

    def draw(self) -> None:
        """Draw the boxes with what stands in them."""
        canvas: ArchiveCanvas = self.canv
        for number, (texts, ink) in enumerate(self._parts):
            left = number * (self._room + self._SPACE)
            with artifact(canvas):
                canvas.setStrokeColor(base.MUTED)
                canvas.setLineWidth(0.6)
                canvas.rect(left, 0, self._room, self.height)
            top = self.height - 5
            for text in texts:
                top -= text.height
                text.drawOn(canvas, left + 8, top)
            if ink:
                ink.drawOn(canvas, left + 8, 5)


def _signed(signature: Signature) -> str:
    parts = (signature.name, formats.moment(signature.at), signature.place)
    return ", ".join(part for part in parts if part)


def _ink(signature: Signature, width: float, height: float) -> Drawing:
    drawing = Drawing(width, height, initialFontName=lettering.REGULAR)
    for stroke in signature.strokes:
        points: list[float] = []
        for x, y in stroke if len(stroke) > 1 else (*stroke, *stroke):
            points += [_inside(x) * width, (1 - _inside(y)) * height]
        if points:
            drawing.add(PolyLine(points, strokeColor=base.INK, strokeWidth=1.4, strokeLineCap=1))
    return drawing


def _inside(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def about(subject: str, text: str, numbers: Sequence[str]) -> list[Flowable]:
    """Return what a request is about: subject, text, numbers."""
    parts: list[Flowable] = [base.heading(_("What it is about"))]
    if subject:
        parts.append(base.paragraph(subject, base.styles().strong))
    parts += base.prose(text)
    if numbers:
        shown = _("Numbers: {numbers}").format(numbers=", ".join(numbers))
        parts += base.prose(shown)
    return parts


def explained(explanation: Sequence[str]) -> list[Flowable]:
    """Return how a deadline came about, step by step."""
    if not explanation:
        return []
    return [base.heading(_("How the deadline came about")), base.points(explanation)]
