"""Long names and subjects on the real window: nothing is pushed out of its place."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from console import texts
from console.domain.line import Line
from console.domain.request import Kind
from console.services import lines
from console.texts import _
from tests.e2e.office import Office, open_request
from tests.window import button, settle
from ui import theme
from ui.widgets.elided import ElidedLabel
from ui.widgets.line_card import LineCardView
from ui.widgets.record_view import RecordView

NUMBER = "+420799000005"
LONG = "Ing. Maxmiliána-Alžběta Dlouhovětá-Nejneobhospodařovávatelnější " * 3
TARIFF = "Neomezený tarif s velmi dlouhým názvem pro veřejnou správu a organizace 2026"


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    qapp.setStyle("Fusion")
    theme.apply(qapp, theme.LIGHT)


def test_card_of_a_number_stays_in_its_column(office: Office) -> None:
    (line,) = office.opened.store.select(Line, f"msisdn = '{NUMBER}'")
    today = office.opened.store.now().date()
    lines.change_line(office.opened, line, today, holder=LONG[:200], tariff=TARIFF)
    office.log(kind=Kind.FAULT, numbers=(NUMBER,), subject="Bez signálu " * 20)
    window = office.window()
    window.resize(1280, 720)
    window.desk.line_requested.emit(line.id)
    settle(window.tasks)
    QTest.qWait(150)
    settle(window.tasks)
    view = window.pages["lines"].findChildren(LineCardView)[0]
    assert view.widget().width() <= view.viewport().width()
    for made in view.findChildren(QPushButton):
        right = made.mapTo(view.viewport(), made.rect().topRight()).x()
        assert right < view.viewport().width(), made.text()
    assert button(view, "Log a request").isVisible()


def test_subject_of_a_request_leaves_room_for_its_story(office: Office) -> None:
    request = office.log(kind=Kind.FAULT, numbers=(NUMBER,), subject="Bez signálu " * 20)
    window = office.window()
    window.resize(1280, 720)
    panel = open_request(window, request)
    panel.show_tab(2)
    QTest.qWait(50)
    (subject,) = [one for one in panel.findChildren(ElidedLabel) if one.isVisible()]
    assert subject.height() == 2 * subject.fontMetrics().lineSpacing()
    assert panel._tabs.height() > panel.height() // 2


@pytest.mark.parametrize("language", ["cs", "en"])
def test_heads_of_tables_are_read_whole_beside_the_arrow(office: Office, language: str) -> None:
    texts.use_language(language)
    window = office.window()
    window.resize(1280, 720)
    for name, page in window.pages.items():
        window.show_page(name)
        settle(window.tasks)
        for view in page.findChildren(RecordView):
            if view.isVisible():
                _check_heads(view)


def _check_heads(view: RecordView) -> None:
    header = view.table.horizontalHeader()
    for section, column in enumerate(view.model.columns):
        if not view.table.isColumnHidden(section):
            assert header.sectionSize(section) >= header.sectionSizeHint(section), _(column.label)
