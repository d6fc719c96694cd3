"""Work on requests: decided, merged, carried out in part, several at once, changed elsewhere."""

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

from console import workspace
from console.domain.complaint import ComplaintOutcome
from console.domain.line import Line, LineState
from console.domain.request import (
    Entry,
    Kind,
    Request,
    RequestLine,
    RequestState,
)
from console.services import complaints, requests
from tests.conftest import PASSPHRASE
from tests.e2e.office import (
    AUTHORISED,
    Office,
    choose,
    choose_more,
    open_request,
    shown_dialog,
    type_line,
    words,
)
from tests.window import find, open_dialog, press, settle, shortcut
from ui.dialogs.carry_out import CarryOutDialog
from ui.dialogs.join_requests import JoinRequestsDialog
from ui.dialogs.many_requests import ChaseManyDialog, HandOverManyDialog, StepManyDialog
from ui.dialogs.new_request import NewRequestDialog
from ui.dialogs.request_facts import RequestFactsDialog
from ui.dialogs.request_numbers import AddNumbersDialog, SplitRequestDialog
from ui.dialogs.settle_complaint import SettleComplaintDialog

FIRST, SECOND, THIRD = "+420799000005", "+420799000006", "+420799000007"


def test_complaint_is_filled_in_decided_and_printed(office: Office) -> None:
    window = office.window()
    dialog = open_dialog(window, NewRequestDialog, "Ctrl+N")
    field = type_line(dialog, "reklamace 799 000 005", window)
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
