"""Every page: empty, filled, in both languages, and after locking."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QTableView,
)

from console import texts
from console.domain.client import Client
from console.services import clients
from console.texts import _
from tests.conftest import PASSPHRASE
from tests.ui.conftest import show_window
from tests.window import button, find, press, settle, shortcut, unlock
from ui.main_window import MainWindow
from ui.pages import BY_LETTER
from ui.widgets.record_view import RecordView

PAGES = [
    "overview",
    "clients",
    "lines",
    "sims",
    "devices",
    "requests",
    "tariffs",
    "expiry",
    "documents",
    "settings",
]


def _texts(window: MainWindow) -> str:
    shown = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    lists = [w for w in window.findChildren(QListWidget) if w.isVisible()]
    return "\n".join(shown + [w.item(row).text() for w in lists for row in range(w.count())])


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("overview", "Ctrl+N"),
        ("clients", "No client yet."),
        ("lines", "No number yet."),
        ("requests", "Nothing is open."),
        ("tariffs", "No tariff yet."),
        ("documents", "No document yet."),
    ],
)
def test_empty_page_says_how_to_begin(window: MainWindow, page: str, words: str) -> None:
    unlock(window, PASSPHRASE)
    window.show_page(page)
    settle(window.tasks)
    assert words in _texts(window)


def test_wrong_passphrase_stays_before_the_door(window: MainWindow) -> None:
    unlock(window, "úplně špatné heslo")
    assert window.pages == {}
    assert "wrong" in _texts(window)


@pytest.mark.parametrize("language", ["en", "cs"])
def test_headers_of_tables_are_not_cut_off(language: str, request: pytest.FixtureRequest) -> None:
    texts.use_language(language)
    window: MainWindow = request.getfixturevalue("window")
    unlock(window, PASSPHRASE)
    for name in (
        "clients",
        "contacts",
        "lines",
        "requests",
        "orders",
        "tariffs",
        "usage",
        "documents",
    ):
        window.show_page(name)
        header = window.pages[name].view.table.horizontalHeader()
        assert _cut_off(header) == []


def _cut_off(header: QHeaderView) -> list[str]:
    model = header.model()
    titles = [str(model.headerData(s, Qt.Orientation.Horizontal)) for s in range(header.count())]
    return [
        title
        for section, title in enumerate(titles)
        if not header.isSectionHidden(section)
        and header.sectionSize(section) < header.fontMetrics().horizontalAdvance(title)
    ]


@pytest.mark.parametrize("keys", range(1, len(PAGES) + 1))
def test_pages_open_by_their_keys(demo_window: MainWindow, keys: int) -> None:
    shortcut(demo_window, f"Ctrl+{keys % 10}")
    settle(demo_window.tasks)
    assert demo_window.pages[PAGES[keys - 1]].isVisible()


@pytest.mark.parametrize("name", BY_LETTER)
def test_later_pages_open_by_their_letters(demo_window: MainWindow, name: str) -> None:
    shortcut(demo_window, BY_LETTER[name])
    settle(demo_window.tasks)
    assert demo_window.pages[name].isVisible()


def test_locking_leaves_nothing_behind(demo_window: MainWindow) -> None:
    demo_window.show_page("lines")
    settle(demo_window.tasks)
    table = demo_window.pages["lines"].view.table
    table.selectRow(0)
    settle(demo_window.tasks)
    table.copy_rows()
    assert QGuiApplication.clipboard().text()
    shortcut(demo_window, "Ctrl+L")
    settle(demo_window.tasks)
    assert QGuiApplication.clipboard().text() == ""
    assert demo_window.unlock_page.isVisible()
    tables = demo_window.findChildren(QTableView)
    calendar = "qt_calendar_calendarview"  # its days are nobody's
    assert all(t.model().rowCount() == 0 for t in tables if t.objectName() != calendar)
    assert "799 " not in _texts(demo_window)


def test_unlocking_again_brings_the_pages_back(demo_window: MainWindow) -> None:
    shortcut(demo_window, "Ctrl+L")
    settle(demo_window.tasks)
    unlock(demo_window, PASSPHRASE)
    demo_window.show_page("lines")
    settle(demo_window.tasks)
    assert demo_window.pages["lines"].view.model.rowCount() == 600


def test_menu_does_nothing_before_the_door(window: MainWindow) -> None:
    actions: dict[str, Any] = window._actions
    assert sorted(name for name, action in actions.items() if action.isEnabled()) == [
        "quit",
        "theme",
    ]


def test_filter_finds_without_accents_and_case(demo_window: MainWindow) -> None:
    demo_window.show_page("clients")
    settle(demo_window.tasks)
    view = demo_window.pages["clients"].view
    find(view, QLineEdit, _("Filter the list")).setText("lipova")
    QTest.qWait(200)
    settle(demo_window.tasks)
    assert [view.model.record(row).name for row in range(view.model.rowCount())] == [
        "Městský úřad Lípová"
    ]


def test_clicked_header_sorts_and_then_turns_around(demo_window: MainWindow) -> None:
    demo_window.show_page("lines")
    settle(demo_window.tasks)
    view = demo_window.pages["lines"].view
    section = next(n for n, c in enumerate(view.model.columns) if c.sort == "msisdn")
    first = view.model.record(0).msisdn
    view.table.horizontalHeader().sectionClicked.emit(section)
    settle(demo_window.tasks)
    assert view.model.record(0).msisdn > first


def test_hidden_column_stays_hidden_in_the_next_window(
    demo_window: MainWindow, demo_folder: Path
) -> None:
    demo_window.show_page("lines")
    view = demo_window.pages["lines"].view
    press(view, _("Columns"))
    _menu_action(view, _("Client")).trigger()
    QTest.qWait(900)
    demo_window.close()
    for again in show_window(demo_folder):
        unlock(again, PASSPHRASE)
        assert _hidden(again.pages["lines"].view, "client")
        assert not _hidden(again.pages["lines"].view, "holder")


def _menu_action(view: RecordView, text: str) -> QAction:
    menu = view.findChildren(QMenu)[-1]
    return next(action for action in menu.actions() if action.text() == text)


def _hidden(view: RecordView, name: str) -> bool:
    section = next(n for n, c in enumerate(view.model.columns) if c.name == name)
    return view.table.isColumnHidden(section)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_most_important_column_is_in_sight_without_scrolling(
    demo_window: MainWindow, size: tuple[int, int]
) -> None:
    demo_window.resize(*size)
    for name in (
        "clients",
        "contacts",
        "lines",
        "requests",
        "orders",
        "tariffs",
        "usage",
        "documents",
    ):
        demo_window.show_page(name)
        settle(demo_window.tasks)
        assert demo_window.pages[name].view.table.horizontalScrollBar().maximum() == 0, name


def test_width_that_the_person_set_is_kept(demo_window: MainWindow) -> None:
    demo_window.show_page("lines")
    settle(demo_window.tasks)
    table = demo_window.pages["lines"].view.table
    table.horizontalHeader().resizeSection(0, 301)
    demo_window.resize(1500, 800)
    settle(demo_window.tasks)
    assert table.columnWidth(0) == 301


def test_place_in_the_list_survives_a_change_elsewhere(demo_window: MainWindow) -> None:
    demo_window.show_page("requests")
    settle(demo_window.tasks)
    view = demo_window.pages["requests"].view
    view.table.selectRow(7)
    chosen = view.current().id
    demo_window.tasks.change(lambda w: clients.add_client(w, Client(name="Obec", ico="00064581")))
    view.reload()
    settle(demo_window.tasks)
    assert view.current().id == chosen


def test_overdue_is_said_in_words(demo_window: MainWindow) -> None:
    demo_window.show_page("requests")
    settle(demo_window.tasks)
    view = demo_window.pages["requests"].view
    section = next(n for n, c in enumerate(view.model.columns) if c.name == "due")
    assert view.model.record(0).due_at < datetime.now(UTC)
    assert view.model.index(0, section).data().startswith("overdue")


def test_copied_rows_are_what_is_shown(demo_window: MainWindow) -> None:
    demo_window.show_page("tariffs")
    settle(demo_window.tasks)
    view = demo_window.pages["tariffs"].view
    view.table.selectRow(0)
    view.table.copy_rows()
    copied = QApplication.clipboard().text().split("\t")
    assert copied[0] == view.model.index(0, 0).data()


def test_note_that_was_typed_survives_a_change_elsewhere(demo_window: MainWindow) -> None:
    demo_window.show_page("requests")
    settle(demo_window.tasks)
    page = demo_window.pages["requests"]
    page.view.table.selectRow(0)
    settle(demo_window.tasks)
    note = find(page, QLineEdit, _("New entry"))
    QTest.keyClicks(note, "volat zpet")
    press(page, _("Work on it") if _has(page, _("Work on it")) else _("Wait for the client"))
    settle(demo_window.tasks)
    assert find(page, QLineEdit, _("New entry")).text() == "volat zpet"


def _has(page: Any, text: str) -> bool:
    try:
        return bool(button(page, text))
    except AssertionError:
        return False


def test_step_in_the_panel_changes_the_request_and_undo_takes_it_back(
    demo_window: MainWindow,
) -> None:
    demo_window.show_page("requests")
    settle(demo_window.tasks)
    page = demo_window.pages["requests"]
    page.view.table.selectRow(0)
    settle(demo_window.tasks)
    before = page.view.model.rowCount()
    press(page, _("Resolved"))
    settle(demo_window.tasks)
    assert page.view.model.rowCount() == before - 1
    shortcut(demo_window, "Ctrl+Z")
    settle(demo_window.tasks)
    assert page.view.model.rowCount() == before


def test_theme_follows_the_switch(demo_window: MainWindow) -> None:
    ground = demo_window.palette().window().color().lightness()
    shortcut(demo_window, "Ctrl+D")
    settle(demo_window.tasks)
    assert abs(demo_window.palette().window().color().lightness() - ground) > 100


def test_foreign_text_is_shown_as_plain_text(window: MainWindow) -> None:
    unlock(window, PASSPHRASE)
    hostile = Client(name="<b>Obec</b> <img src=x>", ico="00259586", seat="<i>náves</i>")
    window.tasks.change(lambda w: clients.add_client(w, hostile))
    settle(window.tasks)
    window.desk.client_requested.emit(window.pages["clients"].view.model.record(0).id)
    settle(window.tasks)
    marked = [label for label in window.findChildren(QLabel) if "<" in label.text()]
    assert marked
    assert {label.textFormat() for label in marked} == {Qt.TextFormat.PlainText}
    tip = window.pages["clients"].view.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("&lt;b&gt;")
