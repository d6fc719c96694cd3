"""The requests desk on the real window: each part of the day, as a person goes through it."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTableWidget,
)

from console import workspace
from console.domain.complaint import ComplaintOutcome
from console.domain.line import Line, LineState
from console.domain.meeting import Meeting
from console.domain.request import (
    Channel,
    Confirmation,
    Direction,
    Entry,
    EntryKind,
    Kind,
    Request,
    RequestLine,
    RequestState,
)
from console.services import complaints, meetings, outbox, requests
from tests.conftest import PASSPHRASE
from tests.e2e.office import (
    ADDRESS,
    AUTHORISED,
    Office,
    choose,
    choose_more,
    menu_action,
    open_request,
    saved,
    shown_dialog,
    wait_until,
    words,
)
from tests.smtp_server import smtp_server
from tests.window import button, find, open_dialog, press, settle, shortcut
from ui.dialogs.attachment import AttachmentDialog
from ui.dialogs.carry_out import CarryOutDialog
from ui.dialogs.confirm_request import ConfirmRequestDialog
from ui.dialogs.entry import EntryDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.inform import InformDialog
from ui.dialogs.join_requests import JoinRequestsDialog
from ui.dialogs.many_requests import ChaseManyDialog, HandOverManyDialog, StepManyDialog
from ui.dialogs.meeting import MeetingDialog
from ui.dialogs.new_request import NewRequestDialog
from ui.dialogs.outbox import OutboxDialog
from ui.dialogs.request_facts import RequestFactsDialog
from ui.dialogs.request_numbers import AddNumbersDialog, SplitRequestDialog
from ui.dialogs.settle_complaint import SettleComplaintDialog
from ui.dialogs.technical_unit import ChaseDialog, TechnicalUnitDialog
from ui.main_window import MainWindow

FIRST, SECOND, THIRD = "+420799000005", "+420799000006", "+420799000007"


def _type(dialog: Any, text: str, window: MainWindow) -> QLineEdit:
    field = find(dialog, QLineEdit, "Number or name")
    QTest.keyClicks(field, text)
    QTest.qWait(150)
    settle(window.tasks)
    return field


def test_call_card_says_who_may_ask_by_keyboard_alone(office: Office) -> None:
    office.log(kind=Kind.FAULT, numbers=(FIRST,), subject="Signal")
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    field = _type(dialog, "799 000 005", window)
    said = words(dialog._cards)
    for part in ("799 000 005", "May ask", AUTHORISED, "everything", "Signal", "Last contact"):
        assert part in said
    field.clear()
    _type(dialog, "Opravnena", window)
    assert find(dialog, QListWidget, "Found").count()
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(window.tasks)
    assert AUTHORISED in words(dialog._cards)
    QTest.qWait(150)
    settle(window.tasks)
    assert find(dialog, QComboBox, "Contact").currentText() == AUTHORISED
    assert dialog.focusWidget() is find(dialog, QComboBox, "Kind")
    field.setFocus()
    _type(dialog, "799 000 006", window)
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
    field = _type(dialog, "vymena sim 799 000 005", window)
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
    chase.chase_at.set_moment(datetime.now(UTC) - timedelta(hours=1))
    press(chase, "Save")
    settle(window.tasks)
    assert "has passed" in chase.banner.text
    chase.chase_at.set_moment(datetime.now(UTC) + timedelta(minutes=2))
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


def test_client_is_informed_by_a_mail_that_is_saved(office: Office, tmp_path: Path) -> None:
    request = office.log(kind=Kind.FAULT, subject="Vypadek", place="radnice")
    window = office.window()
    panel = open_request(window, request)
    press(panel, "Inform…")
    dialog = shown_dialog(window, InformDialog)
    assert find(dialog, QLineEdit, "To").text() == ADDRESS
    text = find(dialog, QPlainTextEdit, "Text")
    assert request.number in text.toPlainText()
    assert not dialog.action.isEnabled()
    choose(find(dialog, QComboBox, "Language"), "Čeština")
    settle(window.tasks)
    assert text.toPlainText().startswith("Dobrý den,")
    text.setPlainText(text.toPlainText() + "\nVlastni veta.")
    choose(find(dialog, QComboBox, "What is told"), "How far it is")
    settle(window.tasks)
    assert "Vlastni veta." in text.toPlainText()
    press(dialog, "Copy")
    assert "Vlastni veta." in QApplication.clipboard().text()
    find(dialog, QLineEdit, "To").setText("neni adresa")
    dialog.save_as(tmp_path / "zprava.eml")
    settle(window.tasks)
    assert "no address" in dialog.banner.text
    find(dialog, QLineEdit, "To").setText(ADDRESS)
    dialog.save_as(tmp_path / "zprava.eml")
    settle(window.tasks)
    message = message_from_bytes(saved(tmp_path / "zprava.eml"), policy=policy.default)
    assert "Vlastni veta." in message.get_content()
    panel.show_tab(2)
    settle(window.tasks)
    assert f"to the client · {ADDRESS}" in words(panel)


def test_mail_is_sent_by_the_window_once_and_told_in_the_story(
    office: Office, tmp_path: Path
) -> None:
    request = office.log(kind=Kind.FAULT, subject="Vypadek", place="radnice")
    with smtp_server(tmp_path / "tls") as server:
        outbox.change_account(office.opened, server.account, None)
        window = office.window()
        panel = open_request(window, request)
        press(panel, "Inform…")
        dialog = shown_dialog(window, InformDialog)
        press(dialog, "Send")
        wait_until(window, lambda: bool(server.taken))
        wait_until(window, lambda: bool(office.stored(window, Entry, "kind = 'notice'")))
        assert request.number in server.taken[0]["Subject"]
        server.answer = "554 never"
        press(panel, "Inform…")
        dialog = shown_dialog(window, InformDialog)
        press(dialog, "Send")
        wait_until(window, lambda: "refused the mail" in window._bench.banner.text)
        menu_action(window, "Outbox…").trigger()
        box = shown_dialog(window, OutboxDialog)
        table = find(box, QTableWidget, "Mails")
        assert table.item(0, 2).text() == "Refused by the server"
        press(box, "Withdraw")
        settle(window.tasks)
        assert table.rowCount() == 0
        assert "Nothing waits" in words(box)
        box.reject()
        assert len(server.taken) == 1
        office.leave()


def test_complaint_is_filled_in_decided_and_printed(office: Office) -> None:
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    field = _type(dialog, "reklamace 799 000 005", window)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(window.tasks)
    choose(find(dialog, QComboBox, "Contact"), AUTHORISED)
    find(dialog, QLineEdit, "Invoice").setText("2026100123")
    find(dialog, QLineEdit, "Disputed").setText("dvě stě")
    press(dialog, "Log the request")
    settle(window.tasks)
    assert "1 234,50" in dialog.banner.text
    find(dialog, QLineEdit, "Disputed").setText("1 234,50 Kč")
    press(dialog, "Log the request")
    settle(window.tasks)
    (request,) = office.stored(window, Request)
    panel = open_request(window, request)
    assert "2026100123" in words(panel)
    press(panel, "Resolved")
    undecided = shown_dialog(window, SettleComplaintDialog)
    find(undecided, QPlainTextEdit, "Reasons").setPlainText("roaming")
    press(undecided, "Decide")
    settle(window.tasks)
    assert "billing period" in undecided.banner.text
    undecided.reject()
    choose_more(panel, "Fill in or correct…")
    facts = shown_dialog(window, RequestFactsDialog)
    find(facts, QLineEdit, "Billing period").setText("10/2026")
    press(facts, "Save")
    settle(window.tasks)
    press(panel, "Resolved")
    settling = shown_dialog(window, SettleComplaintDialog)
    assert find(settling, QPlainTextEdit, "Reasons").toPlainText() == "roaming"
    find(settling, QPlainTextEdit, "Reasons").clear()
    choose(find(settling, QComboBox, "Decision"), "accepted in part")
    find(settling, QLineEdit, "Refund").setText("600")
    press(settling, "Decide")
    settle(window.tasks)
    assert "Reasons" in settling.banner.text
    find(settling, QPlainTextEdit, "Reasons").setPlainText("Roaming byl účtován dvakrát.")
    press(settling, "Decide")
    settle(window.tasks)
    said = words(panel)
    for part in ("accepted in part", "600.00", "Refund until", "Objection to the regulator"):
        assert part in said
    found: list[Any] = []
    window.tasks.query(lambda w: complaints.complaint_of(w, request.id), found.append)
    settle(window.tasks)
    assert found[0].outcome is ComplaintOutcome.PARTLY
    assert "Resolved" in said
    choose_more(panel, "Record of the complaint")
    settle(window.tasks)
    assert window.pages["documents"].isVisible()


def test_requests_are_merged_split_and_linked(office: Office) -> None:
    first = office.log(kind=Kind.TARIFF_CHANGE, numbers=(FIRST, SECOND), subject="Tarif A")
    office.log(kind=Kind.TARIFF_CHANGE, numbers=(SECOND, THIRD), subject="Tarif B")
    fault = office.log(kind=Kind.FAULT, subject="Signal")
    window = office.window()
    panel = open_request(window, first)
    choose_more(panel, "Merge or link…")
    joining = shown_dialog(window, JoinRequestsDialog)
    offered = find(joining, QListWidget, "Requests")
    assert [offered.item(n).text().split("  ·  ")[1] for n in range(offered.count())] == ["Tarif B"]
    press(joining, "Merge")
    settle(window.tasks)
    assert "799 000 007" in words(panel)
    assert "merged into" in words(panel)
    choose_more(panel, "Split off numbers…")
    parting = shown_dialog(window, SplitRequestDialog)
    press(parting, "Split off")
    settle(window.tasks)
    assert "must stay" in parting.banner.text
    find(parting, QListWidget, "Numbers").item(0).setCheckState(Qt.CheckState.Checked)
    press(parting, "Split off")
    settle(window.tasks)
    assert panel.request_id != first.id
    assert "split from" in words(panel)
    choose_more(panel, "Add numbers…")
    adding = shown_dialog(window, AddNumbersDialog)
    assert not adding.action.isEnabled()
    find(adding, QPlainTextEdit, "Numbers").setPlainText("799000010-799000012, 799 000 010")
    assert "3 numbers" in words(adding)
    press(adding, "Add")
    settle(window.tasks)
    lines = office.stored(window, RequestLine, f"request_id = {panel.request_id}")
    assert len(lines) == 4
    choose_more(panel, "Merge or link…")
    joining = shown_dialog(window, JoinRequestsDialog)
    choose(find(joining, QComboBox, "How"), "only link them")
    settle(window.tasks)
    offered = find(joining, QListWidget, "Requests")
    rows = {offered.item(n).text().split("  ·  ")[0]: n for n in range(offered.count())}
    offered.setCurrentRow(rows[fault.number])
    press(joining, "Link")
    settle(window.tasks)
    assert fault.number in words(panel)


def test_part_is_carried_out_and_undone_with_the_register(office: Office) -> None:
    request = office.log(kind=Kind.SIM_BLOCK, numbers=(FIRST, "+420777000000"))
    window = office.window()
    panel = open_request(window, request)
    press(panel, "Carry out…")
    dialog = shown_dialog(window, CarryOutDialog)
    press(dialog, "Carry out")
    settle(window.tasks)
    assert "1 of 2" in words(panel)
    shortcut(window, "Ctrl+Z")
    settle(window.tasks)
    assert "1 of 2" not in words(panel)


def test_request_changed_elsewhere_is_said_and_nothing_typed_is_lost(office: Office) -> None:
    request = office.log(kind=Kind.INFORMATION, subject="Dotaz")
    key = workspace.unlock(office.folder, PASSPHRASE)
    window = office.window()
    panel = open_request(window, request)
    panel.show_tab(2)
    find(panel, QLineEdit, "New entry").setText("rozepsano")
    find(panel, QLineEdit, "New entry").textEdited.emit("rozepsano")
    window.tasks.change(
        lambda w: requests.take_step(w, w.store.get(Request, request.id), RequestState.IN_PROGRESS)
    )
    stale = panel._dossier
    settle(window.tasks)
    panel._dossier = stale
    panel._take_step(RequestState.RESOLVED)
    settle(window.tasks)
    assert "changed meanwhile" in words(panel)
    assert "In progress" in words(panel)
    assert find(panel, QLineEdit, "New entry").text() == "rozepsano"
    assert key


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


def test_server_for_mails_is_set_and_a_password_without_a_keyring_is_not_kept(
    office: Office, tmp_path: Path
) -> None:
    window = office.window()
    window.show_page("settings")
    settle(window.tasks)
    form = window.pages["settings"]._mails
    find(form, QLineEdit, "Server for mails").setText("mail.operator.example")
    find(form, QLineEdit, "Sender").setText("manager@operator.example")
    find(form, QLineEdit, "User").setText("spravce")
    find(form, QLineEdit, "Password").setText("tajne-heslo")
    wrong = tmp_path / "foto.pem"
    wrong.write_bytes(b"\x89PNG")
    form.take_certificate(wrong)
    assert "no certificate" in form.banner.text
    press(form, "Save")
    settle(window.tasks)
    assert "no keyring" in form.banner.text
    assert find(form, QLineEdit, "Server for mails").text() == "mail.operator.example"
    find(form, QLineEdit, "Password").clear()
    press(form, "Save")
    settle(window.tasks)
    account: list[Any] = []
    window.tasks.query(outbox.account, account.append)
    settle(window.tasks)
    assert account[0].host == "mail.operator.example"
    assert isinstance(form, QFrame)


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


def test_what_the_client_was_told_says_to_whom_and_how(office: Office) -> None:
    request = office.log(kind=Kind.FAULT, numbers=(FIRST,), subject="Signal")
    window = office.window()
    panel = open_request(window, request)
    panel.show_tab(2)
    QTest.keyClicks(find(panel, QLineEdit, "New entry"), "Technik je na ceste")
    press(panel, "Client informed…")
    dialog = shown_dialog(window, EntryDialog)
    assert find(dialog, QLineEdit, "With whom").text() == AUTHORISED
    assert find(dialog, QPlainTextEdit, "Text").toPlainText() == "Technik je na ceste"
    choose(find(dialog, QComboBox, "How it was told"), "In person")
    find(dialog, QLineEdit, "With whom").clear()
    press(dialog, "Save")
    settle(window.tasks)
    assert "With whom is missing" in dialog.banner.text
    find(dialog, QLineEdit, "With whom").setText("pani Dvorakova")
    press(dialog, "Save")
    settle(window.tasks)
    (told,) = office.stored(window, Entry, f"kind = '{EntryKind.NOTICE}'")
    assert (told.recipient, told.channel, told.direction) == (
        "pani Dvorakova",
        Channel.IN_PERSON,
        Direction.OUT,
    )
    assert "to the client · pani Dvorakova · In person" in words(panel)
    assert find(panel, QLineEdit, "New entry").text() == ""


@pytest.mark.parametrize("action", ["Carry out", "Resolve without it"])
def test_block_is_not_resolved_without_a_word_about_the_register(
    office: Office, action: str
) -> None:
    request = office.log(kind=Kind.SIM_BLOCK, numbers=(FIRST,))
    window = office.window()
    panel = open_request(window, request)
    press(panel, "Resolved")
    settle(window.tasks)
    dialog = shown_dialog(window, CarryOutDialog)
    assert "1 number is still as it was in the register" in dialog.banner.text
    press(dialog, action)
    settle(window.tasks)
    (stored,) = office.stored(window, Request)
    (line,) = office.stored(window, Line, f"msisdn = '{FIRST}'")
    assert stored.state is RequestState.RESOLVED
    assert (line.state is LineState.BLOCKED) is (action == "Carry out")
    if action != "Carry out":
        assert "the register is as it was" in window.statusBar().currentMessage()


def test_steps_over_several_requests_are_shown_before_they_are_taken(office: Office) -> None:
    for place in ("radnice", "skola", ""):
        office.log(kind=Kind.FAULT, subject=f"Signal {place}", place=place)
    window = office.window()
    window.show_page("requests")
    settle(window.tasks)
    page = window.pages["requests"]
    page.view.table.selectAll()
    settle(window.tasks)
    press(page.panel, "Wait for the operator…")
    dialog = shown_dialog(window, StepManyDialog)
    table = find(dialog, QTableWidget, "Requests")
    assert "place of the fault" in table.item(0, 2).text()
    assert [table.item(row, 2).text() for row in (1, 2)] == ["New → Waiting for the operator"] * 2
    assert "2 of 3 requests" in words(dialog)
    press(dialog, "Wait for the operator (2)")
    settle(window.tasks)
    waiting = office.stored(window, Request, "state = 'waiting-operator'")
    assert len(waiting) == 2
    assert "2 requests done, 1 left" in window.statusBar().currentMessage()
    page.view.table.selectAll()
    settle(window.tasks)
    press(page.panel, "Hand over to a technical unit…")
    handing = shown_dialog(window, HandOverManyDialog)
    find(handing, QLineEdit, "Their number").setText("INC-9")
    press(handing, "Hand over (2)")
    settle(window.tasks)
    assert len(office.stored(window, Entry, "kind = 'hand-over'")) == 2
    page.view.table.selectAll()
    settle(window.tasks)
    press(page.panel, "Ask again on…")
    press(shown_dialog(window, ChaseManyDialog), "Ask again (3)")
    settle(window.tasks)
    assert len(office.stored(window, Request, "chase_at IS NOT NULL")) == 3
    shortcut(window, "Ctrl+Z")
    settle(window.tasks)
    assert len(office.stored(window, Request, "chase_at IS NOT NULL")) == 2


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
