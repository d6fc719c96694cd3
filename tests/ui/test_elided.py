"""Texts that are longer than their room: broken, or cut; nothing pushes its column wider."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import theme
from ui.widgets.elided import ElidedLabel, WrappedLabel
from ui.widgets.parts import card, heading, label, link_button, row, wrapped

LONG = "Ing. Maxmiliána-Alžběta Dlouhovětá-Nejneobhospodařovávatelnější " * 3


@pytest.fixture
def look(qapp: QApplication) -> None:
    qapp.setStyle("Fusion")
    theme.apply(qapp, theme.LIGHT)


def _shown(qtbot: QtBot, child: QWidget, width: int) -> QWidget:
    holder = QWidget()
    QVBoxLayout(holder).addWidget(card(child))
    holder.resize(width, 400)
    qtbot.addWidget(holder)
    holder.show()
    QTest.qWait(20)
    return holder


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("width", [200, 320, 700])
def test_heading_takes_two_lines_at_most_and_says_the_rest(qtbot: QtBot, width: int) -> None:
    made = heading(LONG)
    assert isinstance(made, ElidedLabel)
    holder = _shown(qtbot, made, width)
    assert holder.isVisible()
    shown = made.shown_lines(made.width())
    assert len(shown) == 2
    assert shown[1].endswith("…")
    assert made.height() == 2 * made.fontMetrics().lineSpacing()
    assert "Nejneobhospodařovávatelnější" in made.toolTip()
    assert made.text() == LONG


@pytest.mark.usefixtures("look")
def test_short_heading_takes_one_line_and_no_tool_tip(qtbot: QtBot) -> None:
    made = heading("Signál <b>")
    holder = _shown(qtbot, made, 320)
    assert holder.isVisible()
    assert made.height() == made.fontMetrics().lineSpacing()
    assert made.toolTip() == ""


@pytest.mark.usefixtures("look")
def test_tool_tip_of_foreign_text_is_no_markup(qtbot: QtBot) -> None:
    made = heading("<img src=x> " * 40)
    holder = _shown(qtbot, made, 200)
    assert holder.isVisible()
    assert "&lt;img" in made.toolTip()
    assert "<img" not in made.toolTip()


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("text", [LONG, "x" * 300, "krátce"])
def test_wrapped_text_gets_longer_and_not_wider(qtbot: QtBot, text: str) -> None:
    made = wrapped(text)
    assert isinstance(made, WrappedLabel)
    holder = _shown(qtbot, made, 240)
    assert holder.width() == 240
    assert made.height() >= made.heightForWidth(made.width())
    assert made.text() == text


@pytest.mark.usefixtures("look")
def test_button_gets_as_narrow_as_its_place(qtbot: QtBot) -> None:
    holder = _shown(qtbot, link_button(LONG, lambda: None), 240)
    assert holder.width() == 240


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("text", ["Městský úřad Lípová", "Signál", "Účtováno dvakrát"])
def test_heading_with_room_takes_one_line(qtbot: QtBot, text: str) -> None:
    made = heading("", "title")
    holder = QWidget()
    QVBoxLayout(holder).addWidget(row(made, None, label("vedle")))
    holder.resize(700, 200)
    qtbot.addWidget(holder)
    holder.show()
    made.setText(text)
    QTest.qWait(20)
    assert made.height() == made.fontMetrics().lineSpacing()
