"""Orders from the basket to the hand-over, in the window."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QTableWidget,
)

from console.domain.catalogue_item import CatalogueItem, ItemKind
from console.domain.client import Client
from console.domain.contact import Authority, Contact
from console.domain.device import Device
from console.domain.line import Line
from console.domain.order import Order, OrderState
from console.domain.request import Kind
from console.domain.sim import Sim
from console.services import authorities, catalogue_items, contacts, lines, portal, requests
from console.services.portal import Portal
from console.services.requests import Draft
from console.vault import secrets
from console.workspace import Workspace
from tests.e2e.office import choose, shown_dialog, wait_until, words
from tests.services.ordering import CARDS, IMEIS
from tests.window import find, open_dialog, press, settle, shortcut
from ui.dialogs.delivery import DeliveryDialog
from ui.dialogs.inform import InformDialog
from ui.dialogs.order import OrderDialog
from ui.dialogs.order_step import CancelOrderDialog, HandOverOrderDialog, SendOrderDialog
from ui.main_window import MainWindow

ITEMS = (
    ("A56", "Galaxy A56", ItemKind.DEVICE, 6190, 24),
    ("OBAL", "Pouzdro", ItemKind.ACCESSORY, 199, 24),
    ("SIM", "SIM karta", ItemKind.SIM, 0, 0),
)


@pytest.fixture
def office(opened_window: MainWindow) -> MainWindow:
    """A window with a client, a number, somebody who may order up to 10,000, and a price list."""

    def work(w: Workspace) -> Any:
        with w.store.unit("base") as unit:
            client = w.store.insert(Client(name="Městský úřad Lípová", ico="00259586"))
            lines.add_line(w, Line(client_id=client.id, msisdn="+420799000001", holder="Jana"))
            boss = Contact(client_id=client.id, name="Objednatel", email="o@urad.example")
            person: Any = contacts.add_contact(w, boss).result
            authorities.add_authority(
                w,
                Authority(client_id=client.id, contact_id=person.id,
                          actions=("device-order",), order_limit=10_000),
            )  # fmt: skip
            for code, name, kind, price, months in ITEMS:
                item = CatalogueItem(code=code, name=name, kind=kind, price=price,
                                     warranty_months=months)  # fmt: skip
                catalogue_items.add_item(w, item)
        from console.domain.journal import Changes

        return Changes(unit, frozenset({"clients", "catalogue_items"}), None)

    opened_window.tasks.change(work)
    settle(opened_window.tasks)
    return opened_window


def ask(window: MainWindow, work: Any) -> Any:
    """Run something on the worker."""
    found: list[Any] = []
    window.tasks.query(work, found.append)
    settle(window.tasks)
    return found[0]


def orders_of(window: MainWindow) -> list[Order]:
    found: list[Order] = ask(window, lambda w: w.store.select(Order))
    return found


def pick(dialog: OrderDialog, text: str) -> None:
    """Type into the basket's field and press Enter."""
    field = find(dialog, QLineEdit, "Add from the price list")
    field.setText(text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.qWait(20)


def basket(window: MainWindow) -> OrderDialog:
    """Fill in an order of one phone for a number, and two cards."""
    dialog: OrderDialog = open_dialog(window, OrderDialog, "Ctrl+O")
    settle(window.tasks)
    pick(dialog, "a56")
    pick(dialog, "sim")
    pick(dialog, "SIM karta")
    dialog.basket.set_number(0, "799 000 001")
    choose(find(dialog, QComboBox, "Ordered by"), "Objednatel")
    QTest.qWait(200)
    settle(window.tasks)
    return dialog


def test_basket_says_sum_authority_and_limit_while_it_is_filled(office: MainWindow) -> None:
    dialog = basket(office)
    table = find(dialog, QTableWidget, "Lines of the order")
    shown = [[table.item(r, c).text() for c in (0, 1, 2)] for r in range(table.rowCount())]
    assert shown == [["Galaxy A56", "1", "6,190.00"], ["SIM karta", "2", "0.00"]]
    assert "7,489.90" in dialog._sum.text()
    assert "Objednatel has authority" in dialog.verdict.text()
    assert "10,000.00" in dialog.verdict.text()
    table.item(0, 1).setText("2")
    QTest.qWait(250)
    settle(office.tasks)
    assert "at most" in dialog.verdict.text()
    assert dialog.override.isVisible()
    press(dialog, "Keep as a draft")
    settle(office.tasks)
    assert dialog.isVisible()
    assert orders_of(office) == []
    dialog.override.setText("schválil starosta")
    press(dialog, "Keep as a draft")
    settle(office.tasks)
    assert [order.state for order in orders_of(office)] == [OrderState.DRAFT]


@pytest.mark.parametrize(
    ("column", "text", "told"),
    [(1, "dva", "Pieces"), (1, "0", "Pieces"), (2, "zdarma", "Price"), (3, "121", "VAT"),
     (5, "abc", "Number")],
)  # fmt: skip
def test_wrong_cell_is_named_and_nothing_typed_is_lost(
    office: MainWindow, column: int, text: str, told: str
) -> None:
    dialog = basket(office)
    table = find(dialog, QTableWidget, "Lines of the order")
    table.item(0, column).setText(text)
    press(dialog, "Issue")
    settle(office.tasks)
    assert told in dialog.banner.text
    assert "Line 1" in dialog.banner.text
    assert table.item(0, column).text() == text
    assert orders_of(office) == []


def test_order_goes_from_the_basket_to_the_hand_over(office: MainWindow) -> None:
    dialog = basket(office)
    press(dialog, "Keep as a draft")
    settle(office.tasks)
    page = office.pages["orders"]
    assert page.isVisible()
    panel = page.panel
    assert "Draft" in words(panel)

    press(panel, "Sent to the portal…")
    send = shown_dialog(office, SendOrderDialog)
    press(send, "Write it down")
    settle(office.tasks)
    assert "the portal's reference" in send.banner.text
    find(send, QLineEdit, "Portal reference").setText("B2B-7")
    press(send, "Write it down")
    settle(office.tasks)
    press(panel, "Confirmed")
    settle(office.tasks)
    assert "Edit…" not in words(panel)

    deliver(office, panel, {"IMEI: Galaxy A56": IMEIS[0], "ICCID: SIM karta": CARDS[0]})
    assert orders_of(office)[0].state is OrderState.PART_DELIVERED
    deliver(office, panel, {"ICCID: SIM karta": CARDS[1]})
    assert orders_of(office)[0].state is OrderState.DELIVERED
    (device,) = ask(office, lambda w: w.store.select(Device))
    assert (device.imei, device.holder) == (IMEIS[0], "Jana")
    assert len(ask(office, lambda w: w.store.select(Sim))) == 2

    press(panel, "Hand over…")
    over = shown_dialog(office, HandOverOrderDialog)
    find(over, QComboBox, "Taken over by").setCurrentText("Tajemník Dvořák")
    press(over, "Hand over and issue")
    settle(office.tasks)
    assert office.pages["documents"].isVisible()
    office.show_page("orders")
    settle(office.tasks)
    panel.tabs.setCurrentIndex(1)
    assert "Tajemník Dvořák" in words(panel)
    assert "Hand-over" in words(panel)
    assert orders_of(office)[0].state is OrderState.HANDED_OVER

    shortcut(office, "Ctrl+Z")
    settle(office.tasks)
    assert orders_of(office)[0].state is OrderState.DELIVERED
    shortcut(office, "Ctrl+Z")
    settle(office.tasks)
    assert orders_of(office)[0].state is OrderState.PART_DELIVERED
    assert len(ask(office, lambda w: w.store.select(Sim))) == 1


def deliver(window: MainWindow, panel: Any, serials: dict[str, str]) -> None:
    """Take in what came."""
    press(panel, "Something came…")
    dialog = shown_dialog(window, DeliveryDialog)
    for name, text in serials.items():
        find(dialog, QPlainTextEdit, name).setPlainText(text)
    QTest.qWait(250)
    settle(window.tasks)
    press(dialog, "Take it in")
    settle(window.tasks)


def test_delivery_says_what_is_wrong_before_anything_is_stored(office: MainWindow) -> None:
    press(basket(office), "Keep as a draft")
    settle(office.tasks)
    panel = office.pages["orders"].panel
    press(panel, "Sent to the portal…")
    send = shown_dialog(office, SendOrderDialog)
    send.reference.setText("1")
    press(send, "Write it down")
    settle(office.tasks)
    press(panel, "Confirmed")
    settle(office.tasks)
    press(panel, "Something came…")
    dialog = shown_dialog(office, DeliveryDialog)
    find(dialog, QPlainTextEdit, "IMEI: Galaxy A56").setPlainText("490154203237519")
    QTest.qWait(250)
    settle(office.tasks)
    assert not dialog.action.isEnabled()
    assert "no IMEI" in dialog.findings.item(0).text()
    find(dialog, QPlainTextEdit, "IMEI: Galaxy A56").setPlainText("")
    find(dialog, QSpinBox, "Pieces that came: Galaxy A56").setValue(1)
    QTest.qWait(250)
    settle(office.tasks)
    assert dialog.action.isEnabled()
    dialog.submit()
    dialog.submit()
    settle(office.tasks)
    assert len(ask(office, lambda w: w.store.select(Device))) == 1


def test_draft_is_edited_and_cancelled_with_a_reason(office: MainWindow) -> None:
    press(basket(office), "Keep as a draft")
    settle(office.tasks)
    panel = office.pages["orders"].panel
    press(panel, "Edit…")
    dialog = shown_dialog(office, OrderDialog)
    pick(dialog, "obal")
    press(dialog, "Issue")
    settle(office.tasks)
    assert len(orders_of(office)) == 1
    assert office.pages["documents"].isVisible()
    office.show_page("orders")
    press(panel, "Cancel it…")
    cancel = shown_dialog(office, CancelOrderDialog)
    press(cancel, "Cancel the order")
    settle(office.tasks)
    assert "the reason" in cancel.banner.text
    cancel.reason.setText("Rozmysleli si to")
    press(cancel, "Cancel the order")
    settle(office.tasks)
    assert orders_of(office)[0].state is OrderState.CANCELLED


def test_request_for_devices_becomes_an_order_and_its_state_an_answer(
    office: MainWindow,
) -> None:
    def work(w: Workspace) -> Any:
        client = w.store.select(Client)[0]
        person = w.store.select(Contact)[0]
        return [
            requests.log_request(
                w, Draft(client_id=client.id, kind=kind, contact_id=person.id, subject=kind.label)
            ).result
            for kind in (Kind.DEVICE_ORDER, Kind.ORDER_STATUS)
        ]

    wanted, asked = ask(office, work)
    office.desk.request_requested.emit(wanted.id)
    settle(office.tasks)
    panel = office.pages["requests"].panel
    press(panel, "New order…")
    dialog = shown_dialog(office, OrderDialog)
    assert find(dialog, QComboBox, "Ordered by").currentText() == "Objednatel"
    pick(dialog, "obal")
    press(dialog, "Keep as a draft")
    settle(office.tasks)
    (order,) = orders_of(office)
    assert order.request_id == wanted.id
    office.desk.request_requested.emit(asked.id)
    settle(office.tasks)
    assert f"Order {order.number}: Draft" in words(panel)
    press(panel, "Answer with this…")
    inform = shown_dialog(office, InformDialog)
    assert order.number in inform.text.toPlainText()


def test_portal_opens_in_the_browser_and_its_password_leaves_the_clipboard(
    office: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(secrets, "get", lambda *_a: "tajne-heslo")
    monkeypatch.setattr(
        "ui.widgets.portal_buttons.QDesktopServices.openUrl",
        lambda url: opened.append(url.toString()),
    )
    office.tasks.change(
        lambda w: portal.change_portal(w, Portal("https://portal.example/b2b", "jn"), None)
    )
    settle(office.tasks)
    office.show_page("settings")
    settle(office.tasks)
    card = office.pages["settings"]._portal
    press(card, "Open the portal")
    settle(office.tasks)
    assert opened == ["https://portal.example/b2b"]
    press(card, "Copy the password")
    settle(office.tasks)
    assert QApplication.clipboard().text() == "tajne-heslo"
    assert office.desk.secret_clipboard.clock.isActive()
    office.desk.secret_clipboard.take_off()
    assert QApplication.clipboard().text() == ""
    assert card.password.text() == ""


def test_price_list_is_imported_edited_and_undone(office: MainWindow, tmp_path: Path) -> None:
    from ui.dialogs.import_file import ImportDialog

    office.show_page("orders")
    page = office.pages["orders"]
    page.tabs.setCurrentIndex(1)
    settle(office.tasks)
    assert page.catalogue.model.rowCount() == 3
    file = tmp_path / "cenik.csv"
    file.write_text("Kód;Název;Druh;Cena\nM1;Modem;modem;3290\nA56;Galaxy A56;telefon;5990\n",
                    encoding="utf-8")  # fmt: skip
    press(page, "Import…")
    dialog = shown_dialog(office, ImportDialog)
    assert not find(dialog, QComboBox, "Client").isVisible()
    dialog.read_file(file)
    settle(office.tasks)
    assert "1 to add, 1 to change" in dialog._summary.text()
    press(dialog, "Import")
    settle(office.tasks)
    wait_until(office, lambda: page.catalogue.model.rowCount() == 4)
    shortcut(office, "Ctrl+Z")
    wait_until(office, lambda: page.catalogue.model.rowCount() == 3)


def test_basket_that_was_closed_comes_back_and_is_thrown_away(office: MainWindow) -> None:
    dialog = basket(office)
    dialog.note.setText("spěchá")
    dialog.note.textEdited.emit("spěchá")
    QTest.qWait(900)
    settle(office.tasks)
    dialog.reject()
    settle(office.tasks)
    again: OrderDialog = open_dialog(office, OrderDialog, "Ctrl+O")
    settle(office.tasks)
    table = find(again, QTableWidget, "Lines of the order")
    assert [table.item(row, 0).text() for row in range(table.rowCount())] == [
        "Galaxy A56",
        "SIM karta",
    ]
    assert (again.note.text(), table.item(0, 5).text()) == ("spěchá", "799 000 001")
    assert find(again, QComboBox, "Ordered by").currentText() == "Objednatel"
    press(again, "Start anew")
    assert again.basket.kept() == []
    again.reject()
    settle(office.tasks)
    third: OrderDialog = open_dialog(office, OrderDialog, "Ctrl+O")
    settle(office.tasks)
    assert third.basket.kept() == []
    assert orders_of(office) == []
