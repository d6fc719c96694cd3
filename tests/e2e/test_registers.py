"""The register in the window: added, edited in place and at once, compared, merged, written out."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit

from console.domain.listing import ListQuery
from console.services import access, exports, imports, lists
from console.services.exports import Export
from console.workspace import Workspace
from tests.conftest import PASSPHRASE, SAMPLES
from tests.ui.conftest import show_window
from tests.window import choose_file, find, open_dialog, press, settle, shortcut, unlock
from ui.dialogs.change_many import ChangeManyDialog
from ui.dialogs.comparison import ComparisonDialog
from ui.dialogs.contact import ContactDialog
from ui.dialogs.duplicates import DuplicatesDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.import_file import ImportDialog
from ui.dialogs.record import RecordDialog
from ui.dialogs.reveal import RevealDialog
from ui.main_window import MainWindow
from ui.widgets.dates import today

PREVIEW_MS = 250


@pytest.fixture
def office(opened: Workspace, client: Any, folder: Path) -> Path:
    """A closed workspace of the town hall with its lists."""
    for name, what in (
        ("tarify.csv", "tariffs"),
        ("cisla.xlsx", "numbers"),
        ("kontakty.csv", "contacts"),
    ):
        imports.run(opened, client.id, imports.read_file(SAMPLES / "urad" / name, what))
    opened.close()
    return folder


@pytest.fixture
def window(qapp: QApplication, office: Path) -> Iterator[MainWindow]:
    for made in show_window(office):
        unlock(made, PASSPHRASE)
        yield made


def ask(window: MainWindow, work: Any) -> Any:
    """Ask the services what is stored."""
    found: list[Any] = []
    window.tasks.query(work, found.append)
    settle(window.tasks)
    return found[0]


def dialog(window: MainWindow, kind: type[Any]) -> Any:
    settle(window.tasks)
    return next(d for d in window.findChildren(kind) if d.isVisible())


def opening(window: MainWindow, kind: type[Any], keys: str) -> Any:
    """Press the keys and return the dialog that opens when its record is read."""
    shortcut(window, keys)
    return dialog(window, kind)


def show(window: MainWindow, page: str) -> Any:
    """Show a page and return its list."""
    window.show_page(page)
    settle(window.tasks)
    return window.pages[page].view


def column(view: Any, name: str) -> int:
    return next(n for n, c in enumerate(view.model.columns) if c.name == name)


def cell(view: Any, row: int, name: str) -> str:
    return str(view.model.index(row, column(view, name)).data())


def edit_cell(window: MainWindow, view: Any, row: int, name: str) -> QLineEdit:
    """Press F2 in a cell and return its editor."""
    view.table.setCurrentIndex(view.model.index(row, column(view, name)))
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_F2)
    return editor(view)


def editor(view: Any) -> QLineEdit:
    (found,) = view.table.viewport().findChildren(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


# Adding and editing


@pytest.mark.parametrize(
    ("keys", "page", "typed", "field", "shown"),
    [
        ("Ctrl+Shift+L", "lines", {"Number": "788 000 111"}, "msisdn", "788 000 111"),
        ("Ctrl+Shift+S", "sims", {"ICCID": "8942010007880000111"}, "iccid", "8942010007880000111"),
        ("Ctrl+Shift+D", "devices", {"Model": "Galaxy A56"}, "model", "Galaxy A56"),
        ("Ctrl+Shift+T", "tariffs", {"Name": "Zcela", "Monthly fee": "9,50"}, "name", "Zcela"),
    ],
)
def test_record_is_added_edited_deleted_and_undone_by_keys(
    window: MainWindow, keys: str, page: str, typed: dict[str, str], field: str, shown: str
) -> None:
    view = show(window, page)
    before = view.model.rowCount()
    form = opening(window, RecordDialog, keys)
    for name, text in typed.items():
        find(form, QLineEdit, name).setText(text)
    press(form, "Save")
    settle(window.tasks)
    assert view.model.rowCount() == before + 1
    row = next(r for r in range(view.model.rowCount()) if cell(view, r, field) == shown)
    view.table.selectRow(row)
    form = opening(window, RecordDialog, "F4")
    find(form, QLineEdit, "Note").setText("zapsáno ručně")
    press(form, "Save")
    settle(window.tasks)
    row = next(r for r in range(view.model.rowCount()) if cell(view, r, field) == shown)
    assert cell(view, row, "note") == "zapsáno ručně"
    view.table.selectRow(row)
    shortcut(window, "Ctrl+Del")
    settle(window.tasks)
    assert view.model.rowCount() == before
    shortcut(window, "Ctrl+Z")
    settle(window.tasks)
    assert view.model.rowCount() == before + 1


def test_wrong_value_keeps_the_form_with_the_cursor_in_it(window: MainWindow) -> None:
    show(window, "devices")
    form = opening(window, RecordDialog, "Ctrl+Shift+D")
    find(form, QLineEdit, "Model").setText("Galaxy")
    find(form, QLineEdit, "IMEI").setText("490154203237519")
    press(form, "Save")
    settle(window.tasks)
    assert form.isVisible()
    assert "490154203237519" in form.banner.text
    assert form.focusWidget() is find(form, QLineEdit, "IMEI")
    assert find(form, QLineEdit, "Model").text() == "Galaxy"
    form.reject()


def test_cell_is_edited_in_place_and_undone(window: MainWindow) -> None:
    view = show(window, "lines")
    before = cell(view, 2, "holder")
    line = edit_cell(window, view, 2, "holder")
    assert line.text() == before
    line.setText("Kunhuta Nová")
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle(window.tasks)
    assert cell(view, 2, "holder") == "Kunhuta Nová"
    assert view.isVisible()
    shortcut(window, "Ctrl+Z")
    settle(window.tasks)
    assert cell(view, 2, "holder") == before


def test_wrong_cell_says_so_and_keeps_what_was_typed(window: MainWindow) -> None:
    view = show(window, "tariffs")
    line = edit_cell(window, view, 0, "fee")
    line.setText("sto korun")
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle(window.tasks)
    assert "sto korun" in view.banner.text
    again = next(
        e for e in view.table.viewport().findChildren(QLineEdit) if e.text() == "sto korun"
    )
    again.setText("101,50")
    QTest.keyClick(again, Qt.Key.Key_Return)
    settle(window.tasks)
    assert cell(view, 0, "fee").startswith("101.50")
    assert not view.banner.isVisible()


def test_state_is_chosen_in_its_cell(window: MainWindow) -> None:
    view = show(window, "lines")
    index = view.model.index(1, column(view, "state"))
    view.table.setCurrentIndex(index)
    at = view.table.visualRect(index).center()
    QTest.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    (box,) = view.table.viewport().findChildren(QComboBox)
    box.setCurrentIndex(box.findData("suspended"))
    QTest.keyClick(box, Qt.Key.Key_Return)
    view.table.setFocus()
    settle(window.tasks)
    assert cell(view, 1, "state") == "Suspended"


def test_tariff_from_a_day_to_come_is_planned_and_waits(window: MainWindow) -> None:
    view = show(window, "lines")
    view.table.selectRow(0)
    before = cell(view, 0, "tariff")
    form = opening(window, RecordDialog, "F4")
    find(form, QLineEdit, "Tariff").setText("Profi 300")
    form.effective.set_day(today() + timedelta(days=40))
    press(form, "Save")
    settle(window.tasks)
    assert cell(view, 0, "tariff") == before
    card = window.pages["lines"]._card
    card.show_line(view.model.record(0).id)
    settle(window.tasks)

    assert any("planned" in label.text() for label in card.findChildren(QLabel))


def test_change_is_taken_back_from_the_history_of_the_record(window: MainWindow) -> None:
    view = show(window, "lines")
    before = cell(view, 0, "holder")
    for text in ("První", "Druhý"):
        line = edit_cell(window, view, 0, "holder")
        line.setText(text)
        QTest.keyClick(line, Qt.Key.Key_Return)
        settle(window.tasks)
    form = opening(window, RecordDialog, "F4")
    form.tabs.setCurrentIndex(1)
    form._history.setCurrentRow(0)
    press(form, "Take this change back")
    settle(window.tasks)
    assert cell(view, 0, "holder") == "První"
    assert before != "První"


def test_authority_is_given_and_revoked_in_the_dossier(window: MainWindow) -> None:
    client = show(window, "clients").model.record(0)
    window.desk.client_requested.emit(client.id)
    settle(window.tasks)
    page = window.pages["client"]
    page._tabs.setCurrentWidget(page._views["contacts"])
    page._views["contacts"].table.selectRow(0)
    form = opening(window, ContactDialog, "F4")
    form.tabs.setCurrentIndex(1)
    press(form, "Add")
    grant = _topmost(form)
    find(grant, QPlainTextEdit, "Numbers").setPlainText("799 000 001")
    find(grant, QLineEdit, "Mandate").setText("Plná moc 7/2026")
    press(grant, "Save")
    settle(window.tasks)
    table = form.authorities._table
    assert (table.item(0, 1).text(), table.item(0, 4).text()) == ("799 000 001", "Plná moc 7/2026")
    table.setCurrentCell(0, 0)
    press(form.authorities, "Edit")
    grant = _topmost(form)
    find(grant, QLineEdit, "Revoked on").setText("1. 11. 2026")
    press(grant, "Save")
    settle(window.tasks)
    assert "revoked" in table.item(0, 3).text()
    form.reject()


def _topmost(form: Any) -> Any:
    settle(form.desk.tasks)
    return next(d for d in form.findChildren(RecordDialog) if d.isVisible())


@pytest.mark.parametrize("keys", ["F4", "Ctrl+B", "Ctrl+Del", "Ctrl+Shift+P"])
@pytest.mark.parametrize("page", ["lines", "overview"])
def test_without_a_choice_the_keys_say_what_to_do(window: MainWindow, keys: str, page: str) -> None:
    window.show_page(page)
    settle(window.tasks)
    shortcut(window, keys)
    settle(window.tasks)
    assert "Choose a" in window.statusBar().currentMessage()


# Many at once


def test_many_are_changed_with_a_preview_and_one_undo(window: MainWindow) -> None:
    view = show(window, "lines")
    model, chosen = view.model, view.table.selectionModel()
    how = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in range(20):
        chosen.select(model.index(row, 0), how)
    before = [cell(view, row, "tariff") for row in range(20)]
    form = opening(window, ChangeManyDialog, "Ctrl+B")
    box = find(form, QComboBox, "Field")
    box.setCurrentIndex(box.findData("tariff"))
    find(form.value, QLineEdit, "Tariff").setText("Profi 100")
    QTest.qWait(PREVIEW_MS)
    settle(window.tasks)
    different = sum(name != "Profi 100" for name in before)
    assert form.preview.rowCount() == different > 3
    assert f"{different} records change" in form.summary.text()
    assert {form.preview.item(r, 2).text() for r in range(different)} == {"Profi 100"}
    press(form, "Change them")
    settle(window.tasks)
    assert {cell(view, row, "tariff") for row in range(20)} == {"Profi 100"}
    shortcut(window, "Ctrl+Z")
    settle(window.tasks)
    assert [cell(view, row, "tariff") for row in range(20)] == before


def test_several_fields_change_at_once_and_a_cancelled_change_leaves_all(
    window: MainWindow,
) -> None:
    view = show(window, "lines")
    view.table.selectAll()
    settle(window.tasks)
    form = opening(window, ChangeManyDialog, "Ctrl+B")
    box = find(form, QComboBox, "Field")
    box.setCurrentIndex(box.findData("tariff"))
    form.add_field("department")
    find(form.value, QLineEdit, "Tariff").setText("Nový")
    find(form.value, QLineEdit, "Department").setText("Archiv")
    QTest.qWait(PREVIEW_MS)
    settle(window.tasks)
    assert "Department: Archiv" in form.preview.item(0, 2).text()
    before = [cell(view, row, "tariff") for row in range(5)]
    form.submit()
    form.reject()
    settle(window.tasks)
    assert form.isVisible()
    assert "cancelled" in form.banner.text
    assert [cell(view, row, "tariff") for row in range(5)] == before
    press(form, "Change them")
    settle(window.tasks)
    assert {cell(view, row, "tariff") for row in range(5)} == {"Nový"}
    shortcut(window, "Ctrl+Z")
    settle(window.tasks)
    assert [cell(view, row, "tariff") for row in range(5)] == before


# Files


def test_list_goes_out_as_it_is_shown(window: MainWindow, tmp_path: Path) -> None:
    view = show(window, "lines")
    find(view, QLineEdit, "Filter the list").setText("799 000 00")
    QTest.qWait(PREVIEW_MS)
    settle(window.tasks)
    rows = view.model.rowCount()
    assert 5 < rows < 100
    form = open_dialog(window, ExportDialog, "Ctrl+E")
    form.kind.setCurrentIndex(1)
    path = tmp_path / "vyber.csv"
    choose_file(path)
    press(form, "Save as…")
    settle(window.tasks)
    lines = path.read_text("utf-8-sig").splitlines()
    assert len(lines) == rows + 1
    assert lines[0] == "Number;Holder;Client;Cost centre;Tariff;State"
    assert lines[1].startswith(cell(view, 0, "msisdn"))


def test_match_of_columns_is_remembered_for_the_client(window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "nove.csv"
    file.write_text("Číslo;Osoba;Úsek\n788000001;Řehoř;IT\n788000002;Šárka;IT", encoding="utf-8")
    form = open_dialog(window, ImportDialog, "Ctrl+I")
    form.read_file(file)
    settle(window.tasks)
    box = find(form, QComboBox, "Úsek")
    assert box.currentData() == ""
    box.setCurrentIndex(box.findData("cost_centre"))
    box.activated.emit(box.currentIndex())
    settle(window.tasks)
    press(form, "Import")
    settle(window.tasks)
    again = open_dialog(window, ImportDialog, "Ctrl+I")
    again.read_file(file)
    settle(window.tasks)
    assert find(again, QComboBox, "Úsek").currentData() == "cost_centre"
    assert "2 left alone" in again._summary.text()
    again.reject()


def test_lists_are_compared_and_settled_by_clicks(window: MainWindow, tmp_path: Path) -> None:
    query = ListQuery(noun="lines", sort="msisdn")
    path = tmp_path / "jejich.csv"
    what = Export(query=query, columns=("msisdn", "holder", "tariff"))
    ask(window, lambda w: exports.export(w, what, path))
    rows = path.read_text("utf-8-sig").splitlines()
    rows[1] = rows[1].split(";")[0] + ";Nová Osoba;Profi 300"
    rows[2] = rows[2].split(";")[0] + ";Jiná Osoba;Profi 300"
    rows[4] = "788 000 001;Přibyl;Profi 100"
    path.write_text("\n".join([*rows, "12;Špatné;"]), encoding="utf-8")
    form = open_dialog(window, ComparisonDialog, "Ctrl+Shift+C")
    form.read_file(path)
    settle(window.tasks)
    kinds = [one.kind.value for one in form.differences]
    assert (kinds.count("only-theirs"), kinds.count("only-ours")) == (1, 1)
    assert form.problems.isVisible()
    holders = [n for n, one in enumerate(form.differences) if one.field == "holder"]
    form.table.setCurrentCell(holders[0], 0)
    count = len(form.differences)
    press(form, "Take theirs: all of this kind")
    settle(window.tasks)
    assert len(form.differences) == count - 2
    press(form, "Keep ours")
    press(form, "Take theirs")
    settle(window.tasks)
    assert len(form.differences) == count - 4
    form.reject()
    names = {line.holder for line in ask(window, lambda w: lists.page(w, query)).rows}
    assert {"Nová Osoba", "Jiná Osoba"} <= names
    shortcut(window, "Ctrl+Z")
    shortcut(window, "Ctrl+Z")
    settle(window.tasks)
    names = {line.holder for line in ask(window, lambda w: lists.page(w, query)).rows}
    assert "Nová Osoba" not in names


def test_duplicates_are_merged_with_a_preview(window: MainWindow) -> None:
    client = show(window, "clients").model.record(0)
    window.desk.client_requested.emit(client.id)
    settle(window.tasks)
    page = window.pages["client"]
    people = page._views["contacts"]
    page._tabs.setCurrentWidget(people)
    for function in ("starostka", "vedoucí odboru"):
        form = opening(window, RecordDialog, "Ctrl+Shift+K")
        find(form, QLineEdit, "Full name").setText("Zuzana Dvojitá")
        find(form, QLineEdit, "Function").setText(function)
        press(form, "Save")
        settle(window.tasks)
    before = people.model.rowCount()
    form = open_dialog(window, DuplicatesDialog, "Ctrl+Shift+U")
    form.noun.setCurrentIndex(form.noun.findData("contacts"))
    settle(window.tasks)
    row = next(
        r for r in range(form.groups.rowCount()) if "Zuzana" in form.groups.item(r, 0).text()
    )
    form.groups.setCurrentCell(row, 0)
    settle(window.tasks)
    shown = {form.outcome.item(r, 1).text(): form.outcome.item(r, 2).text()
             for r in range(form.outcome.rowCount())}  # fmt: skip
    assert shown["starostka"] == "vedoucí odboru"
    press(form, "Merge")
    settle(window.tasks)
    assert people.model.rowCount() == before - 1
    form.reject()
    shortcut(window, "Ctrl+Z")
    settle(window.tasks)
    assert people.model.rowCount() == before


# Secrets


def test_puk_is_shown_with_a_reason_and_leaves_the_clipboard(window: MainWindow) -> None:
    view = show(window, "sims")
    view.table.selectRow(0)
    settle(window.tasks)
    assert "••••" in [label.text() for label in _labels(window.pages["sims"])]
    press(window.pages["sims"], "Reveal…")
    form = dialog(window, RevealDialog)
    press(form, "Reveal")
    settle(window.tasks)
    assert form.secret.text() == "••••"
    assert "reason" in form.banner.text
    find(form, QLineEdit, "Reason").setText("držitel zapomněl PIN")
    press(form, "Reveal")
    settle(window.tasks)
    puk = form.secret.text()
    assert len(puk) == 8
    press(form, "Copy for 20 seconds")
    form.reject()
    clipboard = QApplication.clipboard()
    assert clipboard.text() == puk
    kept = window.desk.secret_clipboard
    assert kept.clock.isActive()
    assert kept.clock.interval() == 20_000
    kept.clock.timeout.emit()
    assert clipboard.text() == ""
    kept.put(puk)
    clipboard.setText("něco jiného")
    kept.clock.timeout.emit()
    assert clipboard.text() == "něco jiného"
    show(window, "lines").table.selectRow(3)
    again = opening(window, RevealDialog, "Ctrl+Shift+P")
    assert again.secret.text() == "••••"
    again.reject()
    client_id = view.model.record(0).client_id
    (logged,) = ask(window, lambda w: access.accesses(w, client_id))
    assert logged.reason == "držitel zapomněl PIN"


def _labels(page: Any) -> list[Any]:

    return list(page.findChildren(QLabel))
