"""The sheet with the recovery key as a PDF. Nothing of it is attached or stored."""

from typing import Final

from reportlab.graphics.barcode.qrencoder import QRAlphaNum, QRCode, QRErrorCorrectLevel
from reportlab.graphics.shapes import Drawing, Rect

from console.documents import base, pages
from console.documents.tagging import Figure
from console.domain import formats
from console.domain.recovery_sheet import RecoverySheet
from console.texts import _

_QR_SIDE: Final = 128
"""Points; a module is 1.2 mm then, which every telephone reads."""


def render(sheet: RecoverySheet) -> bytes:
    """Return the sheet's PDF."""
    title = _("Recovery key")
    rows = [
        (
            f"{start + 1}–{min(start + 4, len(sheet.groups))}",
            "   ".join(sheet.groups[start : start + 4]),
        )
        for start in range(0, len(sheet.groups), 4)
    ]
    paper = pages.Paper(
        title=title,
        language=sheet.language,
        number=title,
        client=sheet.workspace,
        period=formats.moment(sheet.made_at),
        operator=sheet.manager,
        issued_at=sheet.made_at,
    )
    keep = _(
        "Whoever has this sheet can open the workspace. Keep it where you keep contracts, not "
        "beside the computer, and make no photograph of it."
    )
    use = _(
        "When the passphrase is forgotten, choose “I forgot the passphrase” and type the groups in "
        "their order. Letters may be small; dashes and spaces do not matter."
    )
    story = [
        base.title(title),
        base.facts(
            [
                (_("Workspace"), sheet.workspace),
                (_("Account manager"), sheet.manager),
                (_("Made on"), formats.moment(sheet.made_at)),
            ]
        ),
        base.heading(_("The key")),
        base.table([_("Groups"), _("Key")], rows, (0.2, 0.8), strong=range(len(rows)), heads=True),
        base.gap(10),
        _qr(sheet.qr),
        base.heading(_("How to use it")),
        base.points([use, keep]),
    ]
    return pages.build(paper, story)


def _qr(text: str) -> Figure:
    """Return the QR code in vectors; dark modules beside each other are one bar.

    Source:
        ISO/IEC 18004, alphanumeric mode, level M.
    """
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QRAlphaNum(text))
    code.make()
    count = code.moduleCount
    side = _QR_SIDE / count
    drawing = Drawing(_QR_SIDE, _QR_SIDE)
    for line in range(count):
        dark = [column for column in range(count) if code.isDark(line, column)]
        for start in (column for column in dark if column - 1 not in dark):
            length = next(n for n in range(1, count + 1) if start + n not in dark)
            y = _QR_SIDE - (line + 1) * side
            bar = Rect(start * side, y, length * side, side, fillColor=base.INK, strokeColor=None)
            drawing.add(bar)
    return Figure(drawing, _("The same key as a QR code"), _QR_SIDE, _QR_SIDE)
