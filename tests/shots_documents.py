"""Pictures of every document's pages, for docs/screenshots/documents."""

import math
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.documents import everything

_LANGUAGE = "cs"
_MOST_PAGES = 3


def take(target: Path) -> None:
    """Draw the first pages of every document of the set."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name in everything.NAMES:
            file = Path(scratch) / f"{name}.pdf"
            file.write_bytes(everything.made(name, _LANGUAGE))
            command = ["pdftoppm", "-r", "70", "-png", "-l", str(_MOST_PAGES), file, target / name]
            subprocess.run(command, check=True)


def sign_seal_and_void(workspace: Any, folder: Path) -> None:
    """Sign and seal the first order form, and declare the first report void."""
    from console.domain.document import Document
    from console.services import documents, signatures
    from tests.services import certificates

    form = workspace.store.select(Document, "kind = 'order-form'", order="id LIMIT 1")[0]
    signed: Any = signatures.sign(workspace, form, [everything.INK]).result
    certificate = certificates.make(folder)
    signatures.seal_document(workspace, signed.document, certificate, certificates.SECRET)
    report = workspace.store.select(Document, "kind = 'status-report'", order="id LIMIT 1")[0]
    documents.void(workspace, report, "Vystaveno na nesprávné období")


def sign(ink: Any) -> None:
    """Draw a signature into a field, as a mouse does."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    left, width, height = ink.width() // 5, 3 * ink.width() // 5, ink.height()
    QTest.mousePress(ink, Qt.MouseButton.LeftButton, pos=QPoint(left, height // 2))
    for n in range(60):
        x = left + width * n // 60
        y = round(height * (0.5 + 0.28 * math.sin(n / 3.2) * math.cos(n / 11)))
        QTest.mouseMove(ink, QPoint(x, y))
    QTest.mouseRelease(ink, Qt.MouseButton.LeftButton, pos=QPoint(left + width, height // 2))


if __name__ == "__main__":
    take(Path(__file__).resolve().parent.parent / "docs" / "screenshots" / "documents")
