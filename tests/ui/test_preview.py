"""The preview: pages, sizes, and finding a word, by mouse and by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QSpinBox

from console import texts
from tests.documents import everything
from tests.window import find, press
from ui.widgets.preview import Preview

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def preview(qtbot: object) -> Preview:
    """A preview of a story of several pages."""
    made = Preview()
    made.resize(500, 700)
    made.show()
    content = everything.made("request-story", "cs")
    texts.use_language("en")
    made.show_pdf(content)
    return made


def look_for(preview: Preview, word: str, hits: bool = True) -> None:
    """Type a word and wait until it is found."""
    field = find(preview, QLineEdit, "Find in the document")
    field.setText(word)
    for _turn in range(200):
        QTest.qWait(10)
        if bool(preview.hit_count) is hits and _turn > 20:
            break


def said(preview: Preview) -> str:
    """Return the words of the labels."""
    return " ".join(label.text() for label in preview.findChildren(QLabel))


def test_hits_are_counted_and_gone_through_in_a_circle(preview: Preview) -> None:
    look_for(preview, "Příliš")
    count = preview.hit_count
    assert count > 20
    assert preview.hit == 1
    press(preview, "Next hit")
    assert preview.hit == 2
    assert f"2 of {count}" in said(preview)
    press(preview, "Previous hit")
    press(preview, "Previous hit")
    assert preview.hit == count
    assert preview.page > 1
    press(preview, "Next hit")
    assert (preview.hit, preview.page) == (1, 1)


def test_word_that_is_not_there_says_so(preview: Preview) -> None:
    look_for(preview, "nosorožec", hits=False)
    assert preview.hit_count == 0
    assert "not found" in said(preview)
    press(preview, "Next hit")
    assert preview.hit == 0


def test_keys_find_go_on_and_zoom(preview: Preview) -> None:
    view = preview._view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_F, CONTROL)
    field = find(preview, QLineEdit, "Find in the document")
    assert preview.focusWidget() is field
    look_for(preview, "Krok")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert preview.hit == 2
    QTest.keyClick(field, Qt.Key.Key_F3)
    assert preview.hit == 3
    QTest.keyClick(field, Qt.Key.Key_F3, SHIFT)
    assert preview.hit == 2
    before = preview._shown_factor()
    QTest.keyClick(view, Qt.Key.Key_Plus, CONTROL)
    assert preview.zoom == pytest.approx(before * 1.25)
    QTest.keyClick(view, Qt.Key.Key_Minus, CONTROL)
    assert preview.zoom == pytest.approx(before)
    QTest.keyClick(view, Qt.Key.Key_0, CONTROL)
    assert preview.zoom == -1
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), preview.hit_count) == ("", 0)


def test_sizes_are_chosen_and_have_bounds(preview: Preview) -> None:
    box = find(preview, QComboBox, "Size")
    for text, factor in (("Whole page", -2), ("150 %", 1.5), ("Fit the width", -1)):
        box.setCurrentText(text)
        box.activated.emit(box.currentIndex())
        assert preview.zoom == factor
    for _times in range(30):
        press(preview, "Larger")
    assert preview.zoom == 6
    for _times in range(30):
        press(preview, "Smaller")
    assert preview.zoom == pytest.approx(0.2)
    assert box.placeholderText() == "20 %"


def test_pages_are_turned_typed_and_never_left(preview: Preview) -> None:
    count = preview.page_count
    assert count >= 3
    assert f"of {count}" in said(preview)
    press(preview, "Previous page")
    assert preview.page == 1
    press(preview, "Next page")
    assert preview.page == 2
    field = find(preview, QSpinBox, "Page")
    field.setValue(99)
    assert (field.value(), preview.page) == (count, count)


def test_nothing_is_left_after_clearing(preview: Preview) -> None:
    look_for(preview, "Krok")
    preview.clear()
    assert (preview.page_count, preview.hit_count, preview.isEnabled()) == (0, 0, False)
    assert find(preview, QLineEdit, "Find in the document").text() == ""


def test_what_is_no_pdf_shows_nothing_and_breaks_nothing(preview: Preview) -> None:
    preview.show_pdf(b"nic")
    assert (preview.page_count, preview.isEnabled()) == (0, False)
    texts.use_language("en")
    preview.show_pdf(everything.made("recovery-sheet", "en"))
    assert preview.page_count == 1
    QApplication.processEvents()
