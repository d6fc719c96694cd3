"""A bill taken in, held against the register, and complained of with one click."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from console.domain.client import Client
from console.domain.request import Kind, Request
from console.domain.usage import Oddity, Usage
from console.services import imports, requests
from tests.conftest import SAMPLES
from tests.e2e.office import choose, shown_dialog, wait_until
from tests.window import find, open_dialog, press, settle, shortcut
from ui.dialogs.export import ExportDialog
from ui.dialogs.import_file import ImportDialog
from ui.dialogs.new_request import NewRequestDialog
from ui.main_window import MainWindow

BILL = SAMPLES / "urad" / "vyuctovani-2026-08-az-10.csv"


@pytest.fixture
def office(opened_window: MainWindow) -> MainWindow:
    """A window with the town hall's numbers and contacts, and nothing billed yet."""

    def work(w: Any) -> Any:
        from console.services import clients

        client: Any = clients.add_client(w, Client(name="Městský úřad Lípová", ico="00259586"))
        client = client.result
        for name, what in (("cisla.xlsx", "numbers"), ("tarify.csv", "tariffs"),
                           ("kontakty.csv", "contacts")):  # fmt: skip
            read = imports.read_file(SAMPLES / "urad" / name, what)
            done = imports.run(w, client.id, read)
        return done

    opened_window.tasks.change(work)
    settle(opened_window.tasks)
    return opened_window


def take_in(window: MainWindow) -> Any:
    """Take the bill in through the page; return the page."""
    window.show_page("usage")
    settle(window.tasks)
    page = window.pages["usage"]
    press(page, "Import a bill…")
    dialog = shown_dialog(window, ImportDialog)
    assert find(dialog, QComboBox, "What").currentData() == "usage"
    dialog.read_file(BILL)
    settle(window.tasks)
    assert dialog._summary.text().startswith("726 to add, 0 to change")
    press(dialog, "Import")
    settle(window.tasks)
    wait_until(window, lambda: page.month.count() > 1)
    return page


def test_bill_is_filtered_sorted_and_summed(office: MainWindow) -> None:
    page = take_in(office)
    assert page.month.itemText(0) == "All months"
    assert page.view.model.rowCount() == 726
    page.month.setCurrentIndex(1)
    wait_until(office, lambda: page.view.model.rowCount() == 242)
    find(page.view, QLineEdit, "Filter the list").setText("799 000 003")
    wait_until(office, lambda: page.view.model.rowCount() <= 1)
    find(page.view, QLineEdit, "Filter the list").clear()
    page.view.model.show_query(sort="charged", descending=True)
    wait_until(office, lambda: page.view.model.rowCount() == 242)
    charged = [page.view.model.record(row).charged for row in range(10)]
    assert charged == sorted(charged, reverse=True)
    page.tabs.setCurrentIndex(1)
    assert page.sums.table.rowCount() > 1
    assert "without VAT in all" in page.sums.summary.text()


def test_number_that_is_not_in_the_register_is_a_click_from_a_complaint(
    office: MainWindow,
) -> None:
    page = take_in(office)
    page.tabs.setCurrentIndex(2)
    found = page.findings._found
    assert {Oddity.UNKNOWN} <= {one.oddity for one in found}
    row = next(n for n, one in enumerate(found) if one.oddity is Oddity.UNKNOWN)
    page.findings.table.setCurrentCell(row, 0)
    press(page, "Complain of it…")
    dialog = shown_dialog(office, NewRequestDialog)
    fields = dialog._fields
    assert fields.kind.currentData() == Kind.COMPLAINT
    assert fields.period.text().endswith("2026")
    assert found[row].disputed == fields.amount.read().amount
    assert dialog._numbers == [found[row].msisdn]
    fields.invoice.setText("2026100417")
    choose(find(dialog, QComboBox, "Contact"), fields.contact.itemText(1))
    fields.override.setChecked(True)
    fields.reason.setText("potvrzeno")
    dialog.submit()
    settle(office.tasks)
    logged: list[Request] = []
    office.tasks.query(lambda w: w.store.select(Request, "kind = 'complaint'"), logged.extend)
    settle(office.tasks)
    told: list[Any] = []
    office.tasks.query(lambda w: requests.dossier(w, logged[0].id), told.append)
    settle(office.tasks)
    assert told[0].complaint.amount == found[row].disputed
    assert [line.msisdn for line in told[0].lines] == [found[row].msisdn]


def test_double_click_on_a_finding_complains_of_it(office: MainWindow) -> None:
    page = take_in(office)
    page.tabs.setCurrentIndex(2)
    table = page.findings.table
    at = table.visualItemRect(table.item(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert shown_dialog(office, NewRequestDialog)._numbers == [page.findings._found[0].msisdn]


def test_one_undo_takes_the_whole_bill_back(office: MainWindow) -> None:
    page = take_in(office)
    shortcut(office, "Ctrl+Z")
    wait_until(office, lambda: page.view.model.rowCount() == 0)
    kept: list[Usage] = []
    office.tasks.query(lambda w: w.store.select(Usage), kept.extend)
    settle(office.tasks)
    assert kept == []
    assert page.findings._found == []


@pytest.mark.parametrize("name", ["By cost centre", "Does not agree", "Wrong tariff"])
def test_table_beside_the_list_goes_out_whole(
    office: MainWindow, tmp_path: Path, name: str
) -> None:
    page = take_in(office)
    titles = [page.tabs.tabText(at).partition(" (")[0] for at in range(page.tabs.count())]
    page.tabs.setCurrentIndex(titles.index(name))
    if page.month.count() > 1:
        choose(page.month, page.month.itemText(1))
        settle(office.tasks)
    shown = page.shown_table()
    form = open_dialog(office, ExportDialog, "Ctrl+E")
    form.kind.setCurrentIndex(1)
    form.write(tmp_path / "tabulka.csv")
    settle(office.tasks)
    lines = (tmp_path / "tabulka.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == ";".join(shown.heads)
    assert len(lines) == len(shown.rows) + 1 > 1
