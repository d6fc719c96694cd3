"""Every document is what it was: its words, what is read aloud, and how its pages look.

``KLIENTELA_GOLDEN=write`` writes the golden files anew; look at what changed before keeping it.
"""

import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from pytestqt.qtbot import QtBot

from console import texts
from tests.documents import everything, pdf

GOLDEN = Path(__file__).parent / "golden"
WIDTH = 420
MOST_PAGES = 2
MEAN_DIFFERENCE = 1.5
"""Of 255; another version of the renderer smooths letters otherwise, a moved line is more."""
FAR = 96
FAR_SHARE = 0.004
"""Part of the pixels that may be far off."""
is_writing = os.environ.get("KLIENTELA_GOLDEN") == "write"


def same_text(file: Path, text: str) -> None:
    """Hold a text against its golden file."""
    if is_writing:
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("name", everything.NAMES)
def test_words_stand_in_the_order_of_reading(name: str, language: str) -> None:
    pages = pdf.pages(everything.made(name, language), layout=False)
    text = "\f".join("\n".join(map(str.rstrip, page.splitlines())) for page in pages)
    same_text(GOLDEN / f"{name}-{language}.txt", f"{text}\n")


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("name", everything.NAMES)
def test_screen_reader_reads_the_same_words_in_their_order(name: str, language: str) -> None:
    spoken = pdf.spoken(everything.made(name, language))
    same_text(GOLDEN / f"{name}-{language}.spoken.txt", spoken)


def rendered(content: bytes, page: int) -> Image.Image:
    """Return a page in grey, small."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    points = document.pagePointSize(page)
    height = round(WIDTH * points.height() / points.width())
    drawn = document.render(page, QSize(WIDTH, height))
    paper = QImage(drawn.size(), QImage.Format.Format_RGB32)
    paper.fill(0xFFFFFFFF)
    painter = QPainter(paper)
    painter.drawImage(0, 0, drawn)
    painter.end()
    document.close()
    grey = paper.convertToFormat(QImage.Format.Format_Grayscale8)
    size, line = (WIDTH, height), grey.bytesPerLine()
    return Image.frombytes("L", size, bytes(grey.constBits()), "raw", "L", line)


@pytest.mark.parametrize("name", everything.NAMES)
def test_pages_look_as_they_did(name: str, qtbot: QtBot) -> None:
    content = everything.made(name, "cs")
    count = int(pdf.info(content)["Pages"])
    for number in range(min(count, MOST_PAGES)):
        page = rendered(content, number)
        file = GOLDEN / f"{name}-cs-{number + 1}.png"
        if is_writing:
            page.quantize(16).save(file, optimize=True)
        with Image.open(file) as golden:
            assert golden.size == page.size
            difference = ImageChops.difference(page, golden.convert("L"))
        assert ImageStat.Stat(difference).mean[0] < MEAN_DIFFERENCE
        far = sum(difference.histogram()[FAR:])
        assert far < FAR_SHARE * page.width * page.height


def test_moved_text_would_be_seen(qtbot: QtBot) -> None:
    page = rendered(everything.made("hand-over", "cs"), 0)
    moved = ImageChops.offset(page, 0, 4)
    difference = ImageChops.difference(page, moved)
    assert ImageStat.Stat(difference).mean[0] > MEAN_DIFFERENCE
