"""Every dialog in both languages: named fields, nothing typed lost, Esc leaves no trace."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QWidget,
)
from shiboken6 import isValid

from console import texts
from console.domain.agreement import ClauseException
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.document import Document
from console.domain.line import Line
from console.domain.listing import ListQuery
from console.domain.order import Order
from console.domain.request import Request
from console.services import clients, contacts, lines, orders, papers, records, requests
from console.services.differences import Difference
from console.services.exports import Export
from console.services.orders import FullOrder
from console.services.request_drafts import Draft
from console.services.shipped import shipped
from tests.services.ordering import cards, of, phones
from tests.ui.desk_dialogs import DESK_DIALOGS
from tests.window import find, press, settle
from ui.desk import Desk
from ui.dialogs.agreement import AgreementDialog
from ui.dialogs.change_many import ChangeManyDialog
from ui.dialogs.client import ClientDialog
from ui.dialogs.comparison import ComparisonDialog
from ui.dialogs.contact import ContactDialog
from ui.dialogs.delivery import DeliveryDialog
from ui.dialogs.differences import DifferencesDialog
from ui.dialogs.duplicates import DuplicatesDialog
from ui.dialogs.exception import ExceptionDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.import_file import ImportDialog
from ui.dialogs.month_end import MonthEndDialog
from ui.dialogs.new_request import NewRequestDialog
from ui.dialogs.open_paper import dialog as paper
from ui.dialogs.order import OrderDialog
from ui.dialogs.order_step import CancelOrderDialog, HandOverOrderDialog, SendOrderDialog
from ui.dialogs.palette import Palette
from ui.dialogs.recalculation import RecalculationDialog
from ui.dialogs.record import RecordDialog
from ui.dialogs.report import ReportDialog
from ui.dialogs.reveal import RevealDialog
from ui.dialogs.seal import SealDialog
from ui.dialogs.signature import SignatureDialog
from ui.dialogs.void import VoidDialog
from ui.widgets.document_menu import OF_CLIENT, OF_REQUEST

LONG = "Příšerně žluťoučký kůň " * 9
NEW = ("lines", "sims", "devices", "tariffs", "authorities", "catalogue_items")
FIELDS = (QLineEdit, QComboBox, QPlainTextEdit, QAbstractSpinBox, QTableWidget, QListWidget)
DIALOGS: dict[str, Callable[[Desk], QDialog]] = {
    **DESK_DIALOGS,
    "agreement": lambda desk: AgreementDialog(
        desk, _one_client(desk).id, shipped("municipal-tender")
    ),
    "exception": lambda desk: ExceptionDialog(desk, _one_request(desk), LISTED),
    "recalculation": lambda desk: RecalculationDialog(desk, _one_client(desk).id),
    "client": ClientDialog,
    "contact": lambda desk: ContactDialog(desk, _one_client(desk).id),
    "import": ImportDialog,
    "new-request": lambda desk: NewRequestDialog(desk, None),
    "order": OrderDialog,
    "order-sent": lambda desk: SendOrderDialog(desk, _one_order(desk)),
    "order-cancelled": lambda desk: CancelOrderDialog(desk, _one_order(desk)),
    "order-handed-over": lambda desk: HandOverOrderDialog(desk, _one_order(desk)),
    "delivery": lambda desk: DeliveryDialog(desk, _one_order(desk)),
    "palette": lambda desk: Palette(desk, []),
    "report": ReportDialog,
    "change-many": lambda desk: ChangeManyDialog(desk, "lines", [_one_line(desk).id]),
    "comparison": ComparisonDialog,
    "duplicates": DuplicatesDialog,
    "export": lambda desk: ExportDialog(desk, _export()),
    "reveal": lambda desk: RevealDialog(desk, 1, "8942010007990000012"),
    **{f"new-{noun}": lambda desk, noun=noun: _record_dialog(noun, desk) for noun in NEW},  # type: ignore[misc]
    "month-end": MonthEndDialog,
    "void": lambda desk: VoidDialog(desk, _one_document(desk)),
    "differences": lambda desk: DifferencesDialog(
        _one_document(desk), [Difference("požadavky", "1 řádek", "2 řádky: Výpadek " * 40)]
    ),
    "seal": lambda desk: SealDialog(desk, _one_document(desk)),
    "signature": lambda desk: SignatureDialog(desk, _one_document(desk)),
    **{
        kind.value: lambda desk, kind=kind: paper(desk, kind, _one_client(desk).id)  # type: ignore[misc]
        for kind in (*OF_REQUEST, *OF_CLIENT)
    },
}


LISTED = (ClauseException(reason="technical-difficulties", amount=60),)


def _ask(desk: Desk, work: Callable[..., Any]) -> Any:
    found: list[Any] = []
    desk.tasks.query(work, found.append)
    desk.tasks.wait()
    return found[0]


def _one_client(desk: Desk) -> Client:
    there: list[Client] = _ask(desk, clients.all_clients)
    if not there:
        _ask(desk, lambda w: clients.add_client(w, Client(name="Město", ico="00259586")))
        there = _ask(desk, clients.all_clients)
    return there[0]


def _one_order(desk: Desk) -> FullOrder:
    there: list[Order] = _ask(desk, lambda w: w.store.select(Order))
    if there:
        known: FullOrder = _ask(desk, lambda w: orders.full_order(w, there[0].id))
        return known
    draft = of(_one_client(desk), phones(2), cards(3))
    made: FullOrder = _ask(
        desk, lambda w: orders.full_order(w, orders.create_order(w, draft).result.id)
    )
    return made


def _one_line(desk: Desk) -> Line:
    client = _one_client(desk)
    found: list[Line] = _ask(desk, lambda w: w.store.select(Line))
    if not found:
        line = Line(client_id=client.id, msisdn="799000001")
        return _ask(desk, lambda w: lines.add_line(w, line)).result
    return found[0]


def _record_dialog(noun: str, desk: Desk) -> RecordDialog:
    owner = {} if noun == "catalogue_items" else {"client_id": _one_client(desk).id}
    if noun == "authorities":
        owner["contact_id"] = 1
    return RecordDialog(desk, _ask(desk, lambda w: records.blank(w, noun, owner)))


def _export() -> Export:
    return Export(query=ListQuery(noun="lines", sort="msisdn"), columns=("msisdn",))


def _one_document(desk: Desk) -> Document:
    there: list[Document] = _ask(desk, lambda w: w.store.select(Document))
    if there:
        return there[0]
    request = _one_request(desk)
    changes = _ask(desk, lambda w: papers.issue_written_confirmation(w, request))
    found: Document = changes.result.document
    return found


def _one_request(desk: Desk) -> Request:
    there: list[Request] = _ask(desk, lambda w: w.store.select(Request))
    if there:
        return there[0]
    client = _one_client(desk)
    changes = _ask(desk, lambda w: requests.log_request(w, Draft(client_id=client.id)))
    found: Request = changes.result
    return found


def _own_fields(dialog: QDialog) -> list[QWidget]:
    """Fields of ours, without the parts that Qt makes inside of spin boxes and combo boxes."""
    return [
        field
        for field in dialog.findChildren(QWidget)
        if isinstance(field, FIELDS)
        and not isinstance(field.parent(), (QComboBox, QAbstractSpinBox))
    ]


@pytest.fixture(params=["en", "cs"])
def language(request: pytest.FixtureRequest) -> str:
    texts.use_language(request.param)
    return str(request.param)


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("name", DIALOGS)
def test_every_field_has_a_name_that_is_read_aloud(desk: Desk, name: str) -> None:
    dialog = DIALOGS[name](desk)
    dialog.open()
    settle(desk.tasks)
    fields = [f for f in _own_fields(dialog) if f.isVisible()]
    assert fields
    assert [type(f).__name__ for f in fields if not f.accessibleName()] == []
    dialog.reject()


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("name", DIALOGS)
def test_no_word_is_cut_off(desk: Desk, name: str) -> None:
    dialog = DIALOGS[name](desk)
    dialog.open()
    settle(desk.tasks)
    assert [label.text() for label in dialog.findChildren(QLabel) if _is_cut_off(label)] == []
    dialog.reject()


def _is_cut_off(label: QLabel) -> bool:
    needed = label.fontMetrics().horizontalAdvance(label.text())
    return label.isVisible() and not label.wordWrap() and label.width() < needed


@pytest.mark.parametrize("name", DIALOGS)
def test_escape_closes_and_changes_nothing(desk: Desk, name: str) -> None:
    told: list[Any] = []
    dialog = DIALOGS[name](desk)
    dialog.open()
    settle(desk.tasks)
    desk.tasks.records_changed.connect(told.append)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle(desk.tasks)
    assert not isValid(dialog) or not dialog.isVisible()
    assert told == []


FORGETFUL = frozenset({"comparison", "export", "import", "month-end", "palette", "seal"})
"""Dialogs into which a person types a place, a passphrase, or words to look for; no more."""


NOT_KEPT = ("Filter", "Number or name", "Add from the price list", "PUK", "PIN")


@pytest.mark.parametrize("name", sorted(set(DIALOGS) - FORGETFUL))
def test_what_was_typed_comes_back_when_it_is_opened_again(desk: Desk, name: str) -> None:
    _one_client(desk)
    dialog = _opened(desk, name)
    typed = _type_everywhere(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle(desk.tasks)
    again = _opened(desk, name)
    assert _texts(again) == typed
    assert _says_so(again) == bool(typed)
    if typed:
        press(again, "Start anew")
        settle(desk.tasks)
        assert not set(_texts(again).values()) & set(typed.values())
    again.reject()
    settle(desk.tasks)
    assert not _says_so(_opened(desk, name))


def _says_so(dialog: Any) -> bool:
    """Return whether a dialog says that it shows what was typed before, and offers to forget it."""
    buttons = dialog.findChildren(QPushButton)
    is_offered = any(one.text() == "Start anew" and one.isVisible() for one in buttons)
    assert not is_offered or "before" in dialog.banner.text
    return is_offered


def _opened(desk: Desk, name: str) -> Any:
    dialog = DIALOGS[name](desk)
    dialog.open()
    settle(desk.tasks)
    return dialog


def _lines(dialog: QDialog) -> dict[str, QLineEdit | QPlainTextEdit]:
    """Return the fields that take any words, by their names; filters and secrets are none."""
    return {
        field.accessibleName(): field
        for field in _own_fields(dialog)
        if isinstance(field, (QLineEdit, QPlainTextEdit))
        and field.isVisible()
        and field.isEnabled()
        and not field.isReadOnly()
        and field.accessibleName() not in NOT_KEPT
    }


def _type_everywhere(dialog: QDialog) -> dict[str, str]:
    for number, (name, field) in enumerate(_lines(dialog).items()):
        text = str(number + 101)
        assert field is _lines(dialog)[name]
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
    return _texts(dialog)


def _texts(dialog: QDialog) -> dict[str, str]:
    return {
        name: field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        for name, field in _lines(dialog).items()
    }


@pytest.mark.parametrize("language", ["cs"], indirect=True)
@pytest.mark.parametrize("name", DIALOGS)
def test_title_is_in_the_language_of_the_person(desk: Desk, name: str, language: str) -> None:
    dialog = DIALOGS[name](desk)
    czech = dialog.windowTitle()
    texts.use_language("en")
    english = DIALOGS[name](desk).windowTitle()
    assert czech
    assert czech != english or czech == "Import"


def test_wrong_entry_keeps_the_form_with_its_text(desk: Desk) -> None:
    dialog = ClientDialog(desk)
    dialog.open()
    dialog.name.setText("Obec Žďár")
    dialog.ico.setText("123")
    press(dialog, "Save")
    settle(desk.tasks)
    assert dialog.isVisible()
    assert dialog.name.text() == "Obec Žďár"
    assert "123" in dialog.banner.text
    dialog.ico.setText("00259586")
    press(dialog, "Save")
    settle(desk.tasks)
    assert [client.name for client in _ask(desk, clients.all_clients)] == ["Obec Žďár"]


def test_double_click_saves_once(desk: Desk) -> None:
    dialog = ClientDialog(desk)
    dialog.open()
    dialog.name.setText("Obec")
    dialog.ico.setText("00259586")
    save = dialog.action
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    settle(desk.tasks)
    assert len(_ask(desk, clients.all_clients)) == 1


def test_name_of_two_hundred_characters_is_kept_whole(desk: Desk) -> None:
    client = _one_client(desk)
    dialog = ContactDialog(desk, client.id)
    dialog.open()
    dialog.name.setText(LONG.strip())
    press(dialog, "Save")
    settle(desk.tasks)
    found: list[Contact] = _ask(desk, lambda w: contacts.contacts_of(w, client.id))
    assert [contact.name for contact in found] == [LONG.strip()]


@pytest.mark.parametrize("made", [OrderDialog, ReportDialog, ImportDialog])
def test_without_a_client_it_says_what_to_do(desk: Desk, made: Callable[[Desk], Any]) -> None:
    dialog = made(desk)
    dialog.open()
    settle(desk.tasks)
    assert "client" in dialog.banner.text
    assert not dialog.action.isEnabled()


def test_request_about_nothing_keeps_what_was_typed(desk: Desk) -> None:
    dialog = NewRequestDialog(desk, None)
    dialog.open()
    settle(desk.tasks)
    find(dialog, QPlainTextEdit, "Text").setPlainText("nejde signál")
    press(dialog, "Log the request")
    settle(desk.tasks)
    assert dialog.isVisible()
    assert find(dialog, QPlainTextEdit, "Text").toPlainText() == "nejde signál"


def test_escape_while_it_saves_does_not_lose_the_text(desk: Desk) -> None:
    dialog = ClientDialog(desk)
    dialog.open()
    dialog.name.setText("Obec Žďár")
    dialog.ico.setText("123")
    dialog.submit()
    dialog.reject()
    settle(desk.tasks)
    assert dialog.isVisible()
    assert dialog.name.text() == "Obec Žďár"


def test_received_is_shown_as_prague_sees_it(desk: Desk) -> None:
    dialog = NewRequestDialog(desk, None)
    shown = dialog._fields.received.dateTime()
    now = datetime.now(ZoneInfo("Europe/Prague"))
    assert abs(shown.toSecsSinceEpoch() - now.timestamp()) < 60
    assert shown.time().hour() in (now.hour, (now.hour - 1) % 24)
    dialog.reject()


def test_secrets_that_were_typed_are_not_kept(desk: Desk) -> None:
    _one_client(desk)
    dialog = _opened(desk, "new-sims")
    for name, text in (("iccid", "8942010007990000012"), ("puk", "12345678")):
        QTest.keyClicks(dialog.fields.editor(name), text)
    dialog.reject()
    settle(desk.tasks)
    again = _opened(desk, "new-sims")
    assert again.fields.editor("iccid").text() == "8942010007990000012"
    assert again.fields.editor("puk").text() == ""
    assert "puk" not in again.row or not again.row["puk"]


def test_draft_of_a_known_record_brings_back_only_what_was_typed(desk: Desk) -> None:
    line = _one_line(desk)
    dialog = RecordDialog(desk, _ask(desk, lambda w: records.opened(w, "lines", line.id)))
    dialog.open()
    QTest.keyClicks(dialog.fields.editor("holder"), "Rehor")
    dialog.reject()
    settle(desk.tasks)
    _ask(
        desk,
        lambda w: records.change_field(w, "lines", line.id, "department", "Odbor dopravy", ""),
    )
    again = RecordDialog(desk, _ask(desk, lambda w: records.opened(w, "lines", line.id)))
    again.open()
    settle(desk.tasks)
    assert again.fields.editor("holder").text() == "Rehor"
    assert again.fields.editor("department").text() == "Odbor dopravy"
    press(again, "Save")
    settle(desk.tasks)
    (stored,) = _ask(desk, lambda w: w.store.select(Line))
    assert (stored.holder, stored.department) == ("Rehor", "Odbor dopravy")
    saved = RecordDialog(desk, _ask(desk, lambda w: records.opened(w, "lines", line.id)))
    saved.open()
    settle(desk.tasks)
    assert not _says_so(saved)


def test_client_of_a_new_record_comes_back(desk: Desk) -> None:
    _one_client(desk)
    _ask(desk, lambda w: clients.add_client(w, Client(name="Žďár", ico="27082440")))

    def opened() -> RecordDialog:
        made = RecordDialog(desk, _ask(desk, lambda w: records.blank(w, "lines", {"client_id": 0})))
        made.ask_for_client()
        made.open()
        settle(desk.tasks)
        return made

    dialog = opened()
    dialog._client.setCurrentIndex(1)
    chosen = dialog._client.currentText()
    dialog.reject()
    settle(desk.tasks)
    assert opened()._client.currentText() == chosen


def test_lock_keeps_what_is_typed_into_a_record(desk: Desk) -> None:
    dialog = _opened(desk, "new-lines")
    QTest.keyClicks(dialog.fields.editor("note"), "volat rano")
    dialog.done(QDialog.DialogCode.Rejected)
    settle(desk.tasks)
    assert _opened(desk, "new-lines").fields.editor("note").text() == "volat rano"
