"""The look of documents in the settings: a sample that follows, wrong files told."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from console.services import settings
from tests.window import find, press, settle
from ui.desk import Desk
from ui.widgets.brand_card import BrandCard


@pytest.fixture
def card(desk: Desk) -> BrandCard:
    """The card over an empty workspace."""
    made = BrandCard(desk)
    made.show()
    desk.tasks.query(settings.brand, made.show_brand)
    settle(desk.tasks)
    return made


def picture(folder: Path) -> Path:
    """Make a logo."""
    target = io.BytesIO()
    Image.new("RGB", (300, 100), "#00aa00").save(target, "PNG")
    file = folder / "logo.png"
    file.write_bytes(target.getvalue())
    return file


def sample(card: BrandCard) -> bytes:
    """Return the sample as pixels."""
    image = find(card, QLabel, "Sample of a document").pixmap().toImage()
    assert image.width() >= 500
    return bytes(image.constBits())


def stored(desk: Desk) -> settings.Brand:
    """Return the look that is stored."""
    found: list[settings.Brand] = []
    desk.tasks.query(settings.brand, found.append)
    settle(desk.tasks)
    return found[0]


def test_sample_follows_colour_and_logo_and_is_kept_when_saved(
    card: BrandCard, desk: Desk, tmp_path: Path
) -> None:
    first = sample(card)
    colour = find(card, QLineEdit, "Colour")
    QTest.keyClicks(colour, "#b3261e")
    QTest.qWait(400)
    settle(desk.tasks)
    second = sample(card)
    card.take_logo(picture(tmp_path))
    settle(desk.tasks)
    assert len({first, second, sample(card)}) == 3
    assert stored(desk).logo == ""
    press(card, "Save the look")
    settle(desk.tasks)
    kept = stored(desk)
    assert (kept.colour, bool(kept.logo)) == ("#b3261e", True)
    press(card, "Remove")
    press(card, "Save the look")
    settle(desk.tasks)
    assert stored(desk).logo == ""


def test_wrong_file_and_wrong_colour_are_told_and_change_nothing(
    card: BrandCard, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "logo.png").write_text("<svg/>")
    card.take_logo(tmp_path / "logo.png")
    settle(desk.tasks)
    assert "no PNG or JPEG picture" in card._banner.text
    card.take_logo(tmp_path / "nikde.png")
    settle(desk.tasks)
    assert "nikde.png" in card._banner.text
    find(card, QLineEdit, "Colour").setText("modra")
    press(card, "Save the look")
    settle(desk.tasks)
    assert "is no colour" in card._banner.text
    assert find(card, QLineEdit, "Colour").text() == "modra"
    assert stored(desk) == settings.Brand()


def test_clearing_leaves_nothing(card: BrandCard, desk: Desk) -> None:
    card.address.setText("Dlouhá 1")
    card.clear()
    assert card.address.text() == ""
    assert find(card, QLabel, "Sample of a document").pixmap().isNull()
