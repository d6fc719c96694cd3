"""What the client is told: written, sent, told in another way, and kept in the story."""

from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
)

from console.domain.request import (
    Channel,
    Direction,
    Entry,
    EntryKind,
    Kind,
)
from console.services import outbox
from tests.e2e.office import (
    ADDRESS,
    AUTHORISED,
    Office,
    choose,
    menu_action,
    open_request,
    saved,
    shown_dialog,
    wait_until,
    words,
)
from tests.smtp_server import smtp_server
from tests.window import find, press, settle
from ui.dialogs.entry import EntryDialog
from ui.dialogs.inform import InformDialog
from ui.dialogs.outbox import OutboxDialog

FIRST, SECOND, THIRD = "+420799000005", "+420799000006", "+420799000007"


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
