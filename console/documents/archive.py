"""The file: PDF/A-3a and PDF/UA-1, written by us out of what ReportLab drew.

ReportLab's own writer knows no object streams, keeps every page uncompressed until the end,
and its files must be read and written again to become archival. Here pages are compressed
as they are finished, and the file is archival at once. Same data, same bytes.

Source:
    ISO 32000-1, 7.5.7 and 7.5.8 (object and cross-reference streams); ISO 19005-3, 6.2.3
    and 6.8; ISO 14289-1, 5 and 7.1.
"""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any, Final
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfgen.canvas import Canvas

import resources
from console.documents.structure import Structure, text_string

_PRODUCER: Final = "Klientela"
_PER_STREAM: Final = 400
_LEVEL: Final = 6
_ENTRY: Final = (1, 4, 2)
_STREAMS: Final = (pdfdoc.PDFStream, pdfdoc.PDFFormXObject, pdfdoc.PDFImageXObject)
"""What ReportLab writes without a line break before the end of the stream."""
_HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_END_OF_STREAM: Final = b"\r\nendstream"
"""Both characters, so that a content that happens to end in one of them ends where its length
says also for a reader that looks for the word: a CR and an LF alone would be taken for one."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the document: the data that it was made from."""

    name: str
    media_type: str
    content: bytes
    description: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What the file says of itself.

    Args:
        title: of the document.
        author: who issued it.
        language: ``cs`` or ``en``.
        issued_at: aware; the only time in the file.
        attachments: files inside it.
    """

    title: str
    author: str
    language: str
    issued_at: datetime
    attachments: Sequence[Attachment] = ()

    @property
    def locale(self) -> str:
        """The language as PDF names it."""
        return "cs-CZ" if self.language == "cs" else "en-GB"


class _Raw(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab has no types
    """An object whose bytes are ready."""

    __RefOnly__ = 1

    def __init__(self, content: bytes) -> None:
        self._content = content

    def format(self, _document: object) -> bytes:
        return self._content


def stream(content: bytes, entries: str = "") -> bytes:
    """Return a compressed stream object."""
    packed = zlib.compress(content, _LEVEL)
    head = f"<</Filter/FlateDecode/Length {len(packed)}{entries}>>stream\n".encode()
    return head + packed + _END_OF_STREAM


class _File:
    """The bytes of the file as they grow, and where each object is."""

    def __init__(self) -> None:
        self._parts = [_HEADER]
        self._offset = len(_HEADER)
        self._places: dict[int, bytes] = {}
        self._waiting: list[tuple[int, str]] = []

    def add(self, number: int, body: bytes) -> None:
        """Write an object."""
        self._places[number] = _place(1, self._offset, 0)
        self._append(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def _append(self, part: bytes) -> None:
        self._parts.append(part)
        self._offset += len(part)

    def pack(self, number: int, body: str, allocate: Any) -> None:
        """Write an object together with others into a compressed stream."""
        self._waiting.append((number, body))
        if len(self._waiting) == _PER_STREAM:
            self.flush(allocate())

    def flush(self, number: int) -> None:
        """Write the objects that wait into the stream of that number."""
        index, offset = [], 0
        for place, (packed, body) in enumerate(self._waiting):
            self._places[packed] = _place(2, number, place)
            index.append(f"{packed} {offset}")
            offset += len(body) + 1
        head = " ".join(index) + "\n"
        body = "\n".join(body for _number, body in self._waiting)
        entries = f"/Type/ObjStm/N {len(self._waiting)}/First {len(head)}"
        self.add(number, stream((head + body).encode("ascii"), entries))
        self._waiting.clear()

    def close(self, number: int, root: int, info: int) -> bytes:
        """Write the table of objects as an object of that number; return the file."""
        self._places[number] = _place(1, self._offset, 0)
        free = _place(0, 0, 0xFFFF)
        table = b"".join(self._places.get(n, free) for n in range(number + 1))
        digest = hashlib.sha256()
        for part in self._parts:
            digest.update(part)
        mark = digest.hexdigest()[:32]
        start = self._offset
        entries = (
            f"/Type/XRef/Size {number + 1}/W[{' '.join(map(str, _ENTRY))}]"
            f"/Root {root} 0 R/Info {info} 0 R/ID[<{mark}><{mark}>]"
        )
        self._append(b"%d 0 obj\n%b\nendobj\n" % (number, stream(table, entries)))
        self._append(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._parts)


def _place(kind: int, first: int, second: int) -> bytes:
    return kind.to_bytes(1, "big") + first.to_bytes(4, "big") + second.to_bytes(2, "big")


class ArchiveCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas that builds the tree of meaning beside the pages, and writes the file.

    Args:
        target: takes the finished file.
        meta: what the file says of itself.
    """

    def __init__(self, target: IO[bytes], meta: Meta, **options: Any) -> None:
        super().__init__(target, invariant=1, pageCompression=1, **options)
        self._target = target
        self._meta = meta
        self._file = _File()
        self.structure = Structure(self._allocate, self._pack)
        self._begin()

    def _allocate(self) -> int:
        self._doc.objectcounter += 1
        return int(self._doc.objectcounter)

    def _pack(self, number: int, body: str) -> None:
        self._file.pack(number, body, self._allocate)

    def _begin(self) -> None:
        self._page_object = self._allocate()
        self.structure.begin_page(self._page_object)

    def begin_content(self, role: str, number: int) -> None:
        """Begin marked content that belongs to an element."""
        self._code.append(f"/{role} <</MCID {number}>> BDC")

    def begin_artifact(self, kind: str = "/Layout") -> None:
        """Begin what is only decoration, or repeated on every page."""
        self._code.append(f"/Artifact <</Type{kind}>> BDC")

    def end_content(self) -> None:
        """End marked content."""
        self._code.append("EMC")

    def put(self, x: float, y: float, text: str, font: str, size: float) -> None:
        """Draw one line of text; does what ``drawString`` does in a third of the time."""
        face, document = pdfmetrics.getFont(font), self._doc
        drawn = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        for subset, raw in face.splitString(text, document):
            name = face.getSubsetInternalName(subset, document)
            drawn.append(f"{name} {size:.5g} Tf ({self._escape(raw)}) Tj")
        drawn.append("ET")
        self._code.append(" ".join(drawn))

    def showPage(self) -> None:  # noqa: N802  (reportlab's name)
        """Finish the page: its content is compressed now, its place in the tree known."""
        name = self._doc.thisPageName()
        super().showPage()
        page = self._doc.idToObject[name]
        page.Contents = _Raw(stream(page.stream.encode("latin-1")))
        page.stream = None
        page.Trans = None
        page.StructParents = self.structure.end_page()
        page.Tabs = pdfdoc.PDFName("S")
        page.__NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]
        self._number_page(name)
        self._begin()

    def _number_page(self, name: str) -> None:
        """Give the page the number that the tree knows it by."""
        given = self._doc.idToObjectNumberAndVersion[name][0]
        del self._doc.numberToId[given]
        self._doc.idToObjectNumberAndVersion[name] = (self._page_object, 0)
        self._doc.numberToId[self._page_object] = name

    def save(self) -> None:
        """Write the file."""
        if self._code:
            self.showPage()
        document, file = self._doc, self._file
        self.structure.finish()
        for font in document.delayedFonts:
            font.addObjects(document)
        _mend_unicode(document)
        pages = document.Reference(document.Pages).name
        root = self._write_catalog(document.idToObjectNumberAndVersion[pages][0])
        info = self._allocate()
        file.add(info, _info(self._meta))
        self._write_drawn()
        file.flush(self._allocate())
        self._target.write(file.close(self._allocate(), root, info))

    def _write_drawn(self) -> None:
        """Write what ReportLab made; writing one object may ask for more."""
        document = self._doc
        done: set[int] = set()
        while pending := sorted(set(document.numberToId) - done):
            for number in pending:
                made = document.idToObject[document.numberToId[number]]
                body = pdfdoc.format(made, document, toplevel=1).rstrip(b"\r\n")
                if isinstance(made, _STREAMS):
                    body = body.removesuffix(b"endstream") + _END_OF_STREAM
                self._file.add(number, body)
                done.add(number)

    def _write_catalog(self, pages: int) -> int:
        meta, file = self._meta, self._file
        metadata, profile, intent, root = (self._allocate() for _ in range(4))
        xmp = _xmp(meta).encode()
        head = f"<</Type/Metadata/Subtype/XML/Length {len(xmp)}>>stream\n"
        file.add(metadata, head.encode() + xmp + _END_OF_STREAM)
        file.add(profile, stream(resources.data("colour/sRGB.icc"), "/N 3"))
        name = text_string("sRGB IEC61966-2.1")
        file.add(
            intent,
            f"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier{name}"
            f"/Info{name}/DestOutputProfile {profile} 0 R>>".encode(),
        )
        file.add(
            root,
            f"<</Type/Catalog/Pages {pages} 0 R/Lang({meta.locale})/MarkInfo<</Marked true>>"
            f"/StructTreeRoot {self.structure.root} 0 R/Metadata {metadata} 0 R"
            f"/OutputIntents[{intent} 0 R]/ViewerPreferences<</DisplayDocTitle true>>"
            f"{self._write_attachments()}>>".encode(),
        )
        return root

    def _write_attachments(self) -> str:
        """Write the files inside; return the entries that they need in the catalog."""
        names, specs = [], []
        for attached in self._meta.attachments:
            content, spec = self._allocate(), self._allocate()
            subtype = attached.media_type.replace("/", "#2F")
            when = _pdf_date(self._meta.issued_at)
            entries = (
                f"/Type/EmbeddedFile/Subtype/{subtype}"
                f"/Params<</Size {len(attached.content)}/ModDate({when})>>"
            )
            self._file.add(content, stream(attached.content, entries))
            name = text_string(attached.name)
            self._file.add(
                spec,
                f"<</Type/Filespec/F{name}/UF{name}/AFRelationship/Data"
                f"/Desc{text_string(attached.description)}"
                f"/EF<</F {content} 0 R/UF {content} 0 R>>>>".encode(),
            )
            names.append(f"{name} {spec} 0 R")
            specs.append(f"{spec} 0 R")
        if not names:
            return ""
        return f"/Names<</EmbeddedFiles<</Names[{' '.join(names)}]>>>>/AF[{' '.join(specs)}]"


def _mend_unicode(document: Any) -> None:
    """Let no code mean the character U+0000, which archival files do not allow."""
    for name, made in document.idToObject.items():
        if name.startswith("toUnicodeCMap:"):
            made.content = made.content.replace("> <0000>", "> <0020>")


def _pdf_date(at: datetime) -> str:
    return f"D:{at.astimezone(UTC):%Y%m%d%H%M%S}Z"


def _info(meta: Meta) -> bytes:
    when = _pdf_date(meta.issued_at)
    return (
        f"<</Title{text_string(meta.title)}/Author{text_string(meta.author)}"
        f"/Creator({_PRODUCER})/Producer({_PRODUCER})"
        f"/CreationDate({when})/ModDate({when})>>"
    ).encode()


def _xmp(meta: Meta) -> str:
    when = f"{meta.issued_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    part, level = ("3", "A") if meta.attachments else ("2", "A")
    return resources.text("documents/metadata.xml").format(
        title=escape(meta.title),
        author=escape(meta.author),
        language=meta.locale,
        producer=_PRODUCER,
        when=when,
        part=part,
        level=level,
    )
