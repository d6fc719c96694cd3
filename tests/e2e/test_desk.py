"""The requests desk on the real window: each part of the day, as a person goes through it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTableWidget,
)

from console.domain.meeting import Meeting
from console.domain.request import (
    Confirmation,
    Entry,
    EntryKind,
    Kind,
    Request,
    RequestState,
)
from console.services import meetings
from tests.e2e.office import (
    AUTHORISED,
    Office,
    choose,
    choose_more,
    open_request,
    saved,
    shown_dialog,
    type_line,
    words,
)
from tests.window import button, find, open_dialog, press, settle, shortcut
from ui.dialogs.attachment import AttachmentDialog
from ui.dialogs.confirm_request import ConfirmRequestDialog
from ui.dialogs.entry import EntryDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.meeting import MeetingDialog
from ui.dialogs.new_request import NewRequestDialog
from ui.dialogs.request_facts import RequestFactsDialog
from ui.dialogs.request_numbers import AddNumbersDialog
from ui.dialogs.technical_unit import ChaseDialog, TechnicalUnitDialog

FIRST, SECOND, THIRD = "+420799000005", "+420799000006", "+420799000007"


def test_call_card_says_who_may_ask_by_keyboard_alone(office: Office) -> None:
    office.log(kind=Kind.FAULT, numbers=(FIRST,), subject="Signal")
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    field = type_line(dialog, "799 000 005", window)
    said = words(dialog._cards)
    for part in ("799 000 005", "May ask", AUTHORISED, "everything", "Signal", "Last contact"):
        assert part in said
    field.clear()
    type_line(dialog, "Opravnena", window)
    assert find(dialog, QListWidget, "Found").count()
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(window.tasks)
    assert AUTHORISED in words(dialog._cards)
    QTest.qWait(150)
    settle(window.tasks)
    assert find(dialog, QComboBox, "Contact").currentText() == AUTHORISED
    assert dialog.focusWidget() is find(dialog, QComboBox, "Kind")
    field.setFocus()
    type_line(dialog, "799 000 006", window)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(window.tasks)
    assert "+420799000006" in dialog._numbers
    assert len(office.stored(window, Request)) == 1
    dialog.reject()


@pytest.mark.parametrize(
    ("action", "state", "confirmation"),
    [
        ("Log as refused", RequestState.REFUSED, Confirmation.NONE),
        ("Confirm in writing", RequestState.WAITING_CLIENT, Confirmation.WANTED),
    ],
)
def test_who_is_not_authorised_is_refused_or_confirmed_in_writing(
    office: Office, action: str, state: RequestState, confirmation: Confirmation
) -> None:
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    field = type_line(dialog, "vymena sim 799 000 005", window)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(window.tasks)
    QTest.qWait(150)
    settle(window.tasks)
    find(dialog, QLineEdit, "Name of the caller").setText("Petr z podatelny")
    assert "no contact" in dialog._seen.explanation.text()
    press(dialog, action)
    settle(window.tasks)
    (request,) = office.stored(window, Request)
    assert (request.kind, request.state, request.confirmation) == (
        Kind.SIM_SWAP,
        state,
        confirmation,
    )
    assert request.caller == "Petr z podatelny"
    if confirmation is Confirmation.WANTED:
        assert window.pages["documents"].isVisible()
        panel = open_request(window, request)
        assert "still has to confirm" in words(panel)
        choose_more(panel, "Record the confirmation…")
        confirm = shown_dialog(window, ConfirmRequestDialog)
        choose(find(confirm, QComboBox, "Confirmed by"), AUTHORISED)
        press(confirm, "Record")
        settle(window.tasks)
        assert "is missing" in confirm.banner.text
        find(confirm, QLineEdit, "How it was confirmed").setText("podepsany formular")
        press(confirm, "Record")
        settle(window.tasks)
        (request,) = office.stored(window, Request)
        assert request.confirmation is Confirmation.GIVEN
        assert request.state is RequestState.IN_PROGRESS


def test_story_takes_calls_and_files_is_filtered_and_printed(
    office: Office, tmp_path: Path
) -> None:
    request = office.log(kind=Kind.FAULT, subject="Signal")
    window = office.window()
    panel = open_request(window, request)
    panel.show_tab(2)
    press(panel, "Call, mail, letter, file…")
    entry = shown_dialog(window, EntryDialog)
    find(entry, QLineEdit, "With whom").setText("pani Dvorakova")
    find(entry, QPlainTextEdit, "Text").setPlainText("Signál kolísá ve 3. patře")
    proof = tmp_path / "mereni.txt"
    proof.write_text("RSRP -118 dBm, měřeno ráno", encoding="utf-8")
    entry.files.add([proof, proof, tmp_path / "neni.txt"])
    press(entry, "Save")
    settle(window.tasks)
    proof.unlink()
    find(panel, QLineEdit, "New entry").setText("jen poznamka")
    press(panel, "Note")
    settle(window.tasks)
    said = words(panel)
    assert "from the client · pani Dvorakova" in said
    assert "jen poznamka" in said
    choose(find(panel, QComboBox, "Kinds of entries"), "Call")
    settle(window.tasks)
    assert "jen poznamka" not in words(panel)
    assert "Signál kolísá" in words(panel)
    find(panel, QLineEdit, "Filter the story").setText("nic takoveho")
    settle(window.tasks)
    assert "No entry fits" in words(panel)
    find(panel, QLineEdit, "Filter the story").clear()
    settle(window.tasks)
    (opener,) = [b for b in _buttons(panel) if "mereni.txt" in b]
    press(panel, opener)
    viewer = shown_dialog(window, AttachmentDialog)
    text = find(viewer, QPlainTextEdit, "Text")
    assert text.toPlainText() == "RSRP -118 dBm, měřeno ráno"
    assert text.isReadOnly()
    viewer.save_as(tmp_path / "kopie.txt")
    settle(window.tasks)
    assert saved(tmp_path / "kopie.txt").decode() == "RSRP -118 dBm, měřeno ráno"
    viewer.reject()
    choose_more(panel, "Print the story")
    settle(window.tasks)
    documents = window.pages["documents"]
    assert documents.isVisible()
    assert documents.preview.page_count >= 1


def _buttons(panel: Any) -> list[str]:
    from PySide6.QtWidgets import QPushButton

    return [one.text() for one in panel.findChildren(QPushButton) if one.isVisible()]


def test_fault_is_handed_over_by_its_place_and_comes_up_to_be_asked_about(office: Office) -> None:
    request = office.log(kind=Kind.FAULT, subject="Vypadek")
    window = office.window()
    panel = open_request(window, request)
    choose_more(panel, "Hand over to a technical unit…")
    handing = shown_dialog(window, TechnicalUnitDialog)
    find(handing, QLineEdit, "Their number").setText("INC-77")
    press(handing, "Hand over")
    settle(window.tasks)
    assert "place of the fault" in handing.banner.text
    assert find(handing, QLineEdit, "Their number").text() == "INC-77"
    handing.reject()
    choose_more(panel, "Fill in or correct…")
    facts = shown_dialog(window, RequestFactsDialog)
    find(facts, QLineEdit, "Place").setText("Kolarova 3, suteren")
    press(facts, "Save")
    settle(window.tasks)
    assert "Kolarova 3" in words(panel)
    choose_more(panel, "Hand over to a technical unit…")
    handing = shown_dialog(window, TechnicalUnitDialog)
    units = find(handing, QComboBox, "Technical unit")
    unit = units.currentText()
    assert units.count() >= 3
    find(handing, QLineEdit, "Their number").setText("INC-77")
    press(handing, "Hand over")
    settle(window.tasks)
    (stored,) = office.stored(window, Request)
    assert stored.state is RequestState.WAITING_OPERATOR
    assert stored.chase_at > datetime.now(UTC)
    panel.show_tab(2)
    settle(window.tasks)
    assert "their number INC-77" in words(panel)
    choose_more(panel, "Ask again on…")
    chase = shown_dialog(window, ChaseDialog)
    chase.chase.at.set_moment(datetime.now(UTC) - timedelta(hours=1))
    press(chase, "Save")
    settle(window.tasks)
    assert "has passed" in chase.banner.text
    chase.chase.at.set_moment(datetime.now(UTC) + timedelta(minutes=2))
    press(chase, "Save")
    settle(window.tasks)
    window.show_page("overview")
    settle(window.tasks)
    waiting = find(window.pages["overview"], QListWidget, "Waiting").item(0).text()
    assert unit in waiting


def test_force_majeure_stops_the_clock_until_it_is_over(office: Office) -> None:
    request = office.log(kind=Kind.FAULT, subject="Signal", place="radnice")
    window = office.window()
    panel = open_request(window, request)
    for kind, stands in (("Clock paused", True), ("Clock resumed", False)):
        panel.show_tab(2)
        press(panel, "Call, mail, letter, file…")
        entry = shown_dialog(window, EntryDialog)
        choose(find(entry, QComboBox, "Kind"), kind)
        assert not find(entry, QLineEdit, "With whom").isVisible()
        choose(find(entry, QComboBox, "Reason"), "force majeure")
        press(entry, "Save")
        settle(window.tasks)
        (stored,) = office.stored(window, Request)
        assert (stored.standing_since is not None) is stands
    assert stored.due_at > request.due_at


def test_day_is_worked_through_by_keyboard(office: Office) -> None:
    now = office.opened.store.now()
    late = office.log(
        kind=Kind.FAULT, subject="Late", received_at=now - timedelta(days=3), reason="dodatecne"
    )
    second = office.log(
        kind=Kind.FAULT, subject="Second", received_at=now - timedelta(days=2), reason="dodatecne"
    )
    window = office.window()
    overview = window.pages["overview"]
    overdue = find(overview, QListWidget, "Overdue")
    assert [overdue.item(n).text().splitlines()[0].rsplit("  ", 1)[1] for n in range(2)] == [
        "Late",
        "Second",
    ]
    panel = window.pages["requests"].panel
    shortcut(window, "Ctrl+J")
    settle(window.tasks)
    assert panel.request_id == late.id
    press(panel, "Resolved")
    settle(window.tasks)
    shortcut(window, "Ctrl+J")
    settle(window.tasks)
    assert panel.request_id == second.id
    press(panel, "Resolved")
    settle(window.tasks)
    shortcut(window, "Ctrl+J")
    settle(window.tasks)
    assert "Nothing is left" in window.statusBar().currentMessage()
    window.show_page("overview")
    assert "Nothing is overdue." in find(overview, QListWidget, "Overdue").item(0).text()


def test_view_is_saved_chosen_and_forgotten(office: Office) -> None:
    office.log(kind=Kind.FAULT, subject="Signal")
    office.log(kind=Kind.INFORMATION, subject="Dotaz")
    window = office.window()
    page = window.pages["requests"]
    window.show_page("requests")
    find(page, QLineEdit, "Filter the list").setText("Dotaz")
    QTest.qWait(200)
    settle(window.tasks)
    assert page.view.model.rowCount() == 1
    page.saved.save("Dotazy")
    settle(window.tasks)
    find(page, QLineEdit, "Filter the list").clear()
    QTest.qWait(200)
    settle(window.tasks)
    assert page.view.model.rowCount() == 2
    page.saved._fill()
    next(a for a in page.saved.menu.actions() if a.text() == "Dotazy").trigger()
    settle(window.tasks)
    assert page.view.model.rowCount() == 1
    assert find(page, QLineEdit, "Filter the list").text() == "Dotaz"
    shortcut(window, "Ctrl+L")
    settle(window.tasks)
    assert page.saved.menu.isEmpty()


def test_meeting_begins_with_what_is_open_and_goes_into_the_calendar(
    office: Office, tmp_path: Path
) -> None:
    office.log(kind=Kind.FAULT, subject="Signal")
    window = office.window()
    window.desk.client_requested.emit(office.client.id)
    settle(window.tasks)
    shown = window.pages["client"]._meetings
    shown._plan()
    dialog = shown_dialog(window, MeetingDialog)
    agenda = find(dialog, QTableWidget, "Agenda")
    assert "Signal" in agenda.item(0, 0).text()
    dialog.held_at.set_moment(datetime.now(UTC) + timedelta(days=1))
    find(dialog, QLineEdit, "Place").setText("Radnice")
    dialog._add_point()
    press(dialog, "Save")
    settle(window.tasks)
    assert "Point is missing" in dialog.banner.text
    agenda.item(1, 0).setText("Novy tarif")
    press(dialog, "Save")
    settle(window.tasks)
    assert shown.table.item(0, 1).text() == "Radnice"
    shown.export(tmp_path / "klient.ics")
    settle(window.tasks)
    text = saved(tmp_path / "klient.ics").decode()
    assert "Novy tarif" in text
    assert "BEGIN:VALARM" in text
    window.desk_dialogs.save_calendar(tmp_path / "vse.ics")
    settle(window.tasks)
    assert "Radnice" in saved(tmp_path / "vse.ics").decode()
    assert office.stored(window, Entry, f"kind = '{EntryKind.MAIL}'") == []


def test_number_of_another_client_is_named_at_the_request(office: Office) -> None:
    from tests.services.steps import add_line, another_client

    other = another_client(office.opened)
    add_line(office.opened, other, "+420777123456")
    request = office.log(kind=Kind.FAULT, numbers=(FIRST,), subject="Signal")
    window = office.window()
    panel = open_request(window, request)
    choose_more(panel, "Add numbers…")
    adding = shown_dialog(window, AddNumbersDialog)
    find(adding, QPlainTextEdit, "Numbers").setPlainText("777 123 456")
    press(adding, "Add")
    settle(window.tasks)
    assert other.name in adding.banner.text
    assert find(adding, QPlainTextEdit, "Numbers").toPlainText() == "777 123 456"
    adding.reject()
    assert button(panel, "Inform…").isEnabled()


@pytest.mark.parametrize(("page", "first"), [("overview", "List"), ("expiry", "Last day")])
def test_page_without_a_long_list_goes_out_as_a_table(
    office: Office, tmp_path: Path, page: str, first: str
) -> None:
    now = office.opened.store.now()
    office.log(
        kind=Kind.FAULT, subject="=1+1", received_at=now - timedelta(days=3), reason="dodatecne"
    )
    window = office.window()
    window.show_page(page)
    settle(window.tasks)
    shown = window.pages[page].shown_table()
    form = open_dialog(window, ExportDialog, "Ctrl+E")
    form.kind.setCurrentIndex(1)
    form.write(tmp_path / "stranka.csv")
    settle(window.tasks)
    lines = saved(tmp_path / "stranka.csv").decode("utf-8-sig").splitlines()
    assert lines[0].startswith(first)
    assert len(lines) == len(shown.rows) + 1
    if page == "overview":
        assert any(line.startswith("Overdue;") and ";'=1+1;" in line for line in lines)


@pytest.mark.parametrize("tab", ["Meetings", "History"])
def test_tab_of_a_client_goes_out_as_a_table(office: Office, tmp_path: Path, tab: str) -> None:
    meeting = Meeting(client_id=office.client.id, held_at=datetime.now(UTC), minutes="+zápis")
    meetings.save(office.opened, meeting, [])
    window = office.window()
    window.desk.client_requested.emit(office.client.id)
    settle(window.tasks)
    page = window.pages["client"]
    titles = [page._tabs.tabText(at) for at in range(page._tabs.count())]
    page._tabs.setCurrentIndex(titles.index(tab))
    form = open_dialog(window, ExportDialog, "Ctrl+E")
    form.kind.setCurrentIndex(1)
    form.write(tmp_path / "klient.csv")
    settle(window.tasks)
    text = saved(tmp_path / "klient.csv").decode("utf-8-sig")
    assert text.startswith("When;")
    assert len(text.splitlines()) > 1
    assert "\u00a0" not in text
    if tab == "Meetings":
        assert "'+zápis" in text
