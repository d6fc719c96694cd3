"""An order: the basket, who orders and whether they may, kept as a draft or issued at once."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QWidget

from console.domain import formats
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.journal import Changes
from console.domain.order import Order, vat_summary
from console.domain.request import Request
from console.errors import KnownError
from console.services import catalogue_items, clients, contacts, documents, orders
from console.services.documents import Issued
from console.services.orders import Assessment, FullOrder, OrderDraft
from console.texts import _
from console.workspace import Workspace
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.form_draft import FormDraft
from ui.widgets.basket import Basket
from ui.widgets.dates import today
from ui.widgets.parts import button, label, row, wrapped

_DELAY_MS: Final = 120
_FORM: Final = "order"


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the dialog begins with; ids are 0 where nothing is wished."""

    client_id: int = 0
    contact_id: int = 0
    request_id: int = 0


class OrderDialog(FormDialog):
    """Fills in an order; the sums and the authority follow the typing.

    Args:
        desk: the way to the services.
        about: the id of a client, a request that asks for the order, or a draft to go on with.
        parent: as in Qt.
    """

    def __init__(self, desk: Desk, about: object = 0, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Order form"), _("Issue"), parent)
        self._begun_with = about
        self._is_filling = False
        self._known = about.order if isinstance(about, FullOrder) else None
        self._wish = _wish(about)
        self._override_needed = False
        self.client = self._choice(_("Client"))
        self.contact = self._choice(_("Ordered by"))
        self.address = self.add_text(_("Delivered to"))
        self.note = self.add_text(_("Note"))
        self.verdict = wrapped("", "muted")
        self.form.addRow(_("Authority"), self.verdict)
        self.override = self.add_text(_("Ordered all the same, because"))
        self.form.setRowVisible(self.override, False)
        self.basket = Basket()
        self._sum = label("", "heading")
        self.body.addWidget(self.basket, 1)
        self.body.addWidget(row(None, self._sum))
        self._keep = button(_("Keep as a draft"), self._keep_draft, "save")
        self._buttons.insertWidget(1, self._keep)
        self._anew = button(_("Start anew"), self._start_anew, "trash-2")
        self._anew.hide()
        self._buttons.insertWidget(0, self._anew)
        self._delay = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self.resize(900, 640)
        self._connect()
        self._begin()
        name = f"{_FORM}-{self._known.id}" if self._known else _FORM
        self.typed = FormDraft(desk.tasks, name, self._typed, self)
        self.typed.load(self._restore)
        day = today()
        desk.tasks.query(lambda w: catalogue_items.items_sold(w, day), self.basket.offer)
        desk.tasks.query(clients.all_clients, self._show_clients)

    def _connect(self) -> None:
        self.client.currentIndexChanged.connect(self._load_contacts)
        self.contact.currentIndexChanged.connect(lambda _index: self._delay.start())
        self.basket.changed.connect(self._on_changed)
        self._delay.timeout.connect(self._assess)
        for box in (self.client, self.contact):
            box.activated.connect(lambda _index: self._touch())
        for field in (self.address, self.note, self.override):
            field.textEdited.connect(lambda _text: self._touch())

    def _begin(self) -> None:
        """Fill in what the dialog was opened for."""
        self._is_filling = True
        if isinstance(self._begun_with, FullOrder):
            self._take(self._begun_with)
        else:
            self.basket.show_lines(())
        self._is_filling = False

    def _touch(self) -> None:
        if self.typed and not self._is_filling:
            self.typed.touch()

    def _take(self, full: FullOrder) -> None:
        """Go on with a draft."""
        self.setWindowTitle(_("Order {number}").format(number=full.order.number))
        self.client.setEnabled(False)
        self.address.setText(full.order.delivery_address)
        self.note.setText(full.order.note)
        self.override.setText(full.override)
        self.basket.show_lines(full.lines)
        self.basket.pick.setFocus()

    def _typed(self) -> dict[str, Any]:
        """Return what neither a crash nor Esc may lose; nothing where nothing is filled in."""
        client: Client | None = self.client.currentData()
        texts = {"address": self.address.text(), "note": self.note.text()}
        lines = self.basket.kept()
        if client is None or not (lines or any(texts.values())):
            return {}
        return {
            **texts,
            "client": client.id,
            "contact": self.contact.currentData() or 0,
            "request": self._wish.request_id,
            "override": self.override.text(),
            "lines": lines,
        }

    def _restore(self, typed: dict[str, Any]) -> None:
        """Put back what was typed before for the same client; another's stays for later."""
        wish = self._wish
        if wish.client_id not in (0, typed["client"]) or wish.request_id not in (
            0,
            typed["request"],
        ):
            self._keep_apart()
            return
        self._wish = _Wish(typed["client"], typed["contact"], typed["request"])
        self._is_filling = True
        for index in range(self.client.count()):
            if self.client.itemData(index).id == typed["client"]:
                self.client.setCurrentIndex(index)
        self._load_contacts()
        self.address.setText(typed["address"])
        self.note.setText(typed["note"])
        self.override.setText(typed["override"])
        self.basket.restore(typed["lines"])
        self._is_filling = False
        self._anew.show()
        self.banner.show_text(_("This was filled in before and not kept."), "good")

    def _keep_apart(self) -> None:
        """Keep this order beside the one that was begun for somebody else."""
        name = f"{_FORM}-{self._wish.client_id}-{self._wish.request_id}"
        if self.typed and self.typed.name != name:
            self.typed = FormDraft(self.desk.tasks, name, self._typed, self)
            self.typed.load(self._restore)

    def _start_anew(self) -> None:
        """Forget what was filled in before, and stay open for what comes now."""
        if self.typed:
            self.typed.forget()
        for field in (self.address, self.note, self.override):
            field.clear()
        self._begin()
        self._anew.hide()
        self.banner.hide()

    def _choice(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        self.form.addRow(name, box)
        return box

    def set_line(self, line: int, item: str, pieces: str, price: str, vat: str = "21") -> None:
        """Fill in a line."""
        self.basket.set_line(line, item, pieces, price, vat)

    def _show_clients(self, found: list[Client]) -> None:
        for client in found:
            self.client.addItem(client.name, client)
        wished = [i for i, c in enumerate(found) if c.id == self._wish.client_id]
        self.client.setCurrentIndex(wished[0] if wished else 0)
        self.need_client(found)
        self._keep.setEnabled(bool(found))

    def _load_contacts(self) -> None:
        client: Client | None = self.client.currentData()
        if client is not None:
            self.desk.tasks.query(
                lambda workspace: contacts.contacts_of(workspace, client.id), self._show_contacts
            )

    def _show_contacts(self, found: list[Contact]) -> None:
        self.contact.clear()
        self.contact.addItem(_("nobody named"), 0)
        for contact in found:
            mark = " ✓" if contact.may_order else ""
            self.contact.addItem(f"{contact.name}{mark}", contact.id)
        self.contact.setCurrentIndex(max(0, self.contact.findData(self._wish.contact_id)))

    def _on_changed(self) -> None:
        self._touch()
        lines, wrong = self.basket.read()
        if wrong:
            self._sum.setText(wrong[0].message)
            return
        sums = vat_summary(lines)
        net = sum((part.net for part in sums), Decimal(0))
        gross = sum((part.gross for part in sums), Decimal(0))
        text = _("{net} without VAT, {gross} with VAT")
        self._sum.setText(text.format(net=formats.money(net), gross=formats.money(gross)))
        self._delay.start()

    def _draft(self) -> OrderDraft | None:
        client: Client | None = self.client.currentData()
        if client is None:
            return None
        return OrderDraft(
            client_id=client.id,
            lines=self.basket.read()[0],
            contact_id=self.contact.currentData() or None,
            request_id=self._wish.request_id or None,
            ordered_on=self._known.ordered_on if self._known else None,
            delivery_address=self.address.text(),
            note=self.note.text(),
            override=self.override.text(),
        )

    def _assess(self) -> None:
        draft = self._draft()
        if draft is not None:
            self.desk.tasks.query(lambda w: orders.assess(w, draft), self._show_assessment)

    def _show_assessment(self, found: Assessment | None) -> None:
        """Say whether the person may order this, and up to what sum."""
        parts = [found.verdict.why if found else _("Nobody is named, so nobody's authority.")]
        if found and found.limit is not None:
            limit = formats.money(found.limit)
            parts.append(_("One order up to {limit} without VAT.").format(limit=limit))
        self.verdict.setText(" ".join(parts))
        is_refused = found is not None and not found.verdict.allowed
        self.verdict.setProperty("role", "error" if is_refused else "muted")
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)
        self.verdict.setContentsMargins(*((8, 4, 8, 4) if is_refused else (0, 0, 0, 0)))
        self.form.setRowVisible(self.override, is_refused)

    def submit(self) -> None:
        """Store the order and issue its form."""
        known = self._known

        def work(workspace: Workspace, draft: OrderDraft) -> Changes:
            if known is None:
                return documents.order_and_issue(workspace, draft)
            return documents.change_order_and_issue(workspace, known, draft)

        self._store(work, self._on_issued)

    def _keep_draft(self) -> None:
        """Store the order without its form."""
        known = self._known

        def work(workspace: Workspace, draft: OrderDraft) -> Changes:
            if known is None:
                return orders.create_order(workspace, draft)
            return orders.change_order(workspace, known, draft)

        self._store(work, self._on_kept)

    def _store(
        self,
        work: Callable[[Workspace, OrderDraft], Changes],
        done: Callable[[Changes], None],
    ) -> None:
        draft, wrong = self._draft(), self.basket.read()[1]
        if draft is None:
            return
        if wrong:
            text = _("{what} Nothing was saved; correct it.").format(what=wrong[0].message)
            self.banner.show_text(text, "danger")
            return
        self.save(lambda workspace: work(workspace, draft), done)

    def _on_failed(self, error: Exception) -> None:
        """Let an order without authority be made with a reason; nothing typed is lost."""
        super()._on_failed(error)
        if isinstance(error, KnownError) and error.code == "not-authorised":
            self.form.setRowVisible(self.override, True)
            self.override.setFocus()

    def _on_issued(self, changes: Any) -> None:
        issued: Issued = changes.result
        self.desk.document_requested.emit(issued.document.id)
        self.desk.message.emit(_("{number} issued.").format(number=issued.document.number))

    def _on_kept(self, changes: Changes) -> None:
        order: Any = changes.result
        self.desk.order_shown_requested.emit(order.id)
        self.desk.message.emit(_("{number} is kept as a draft.").format(number=order.number))


def _wish(about: object) -> _Wish:
    if isinstance(about, Request):
        return _Wish(about.client_id, about.contact_id or 0, about.id)
    if isinstance(about, FullOrder):
        order: Order = about.order
        return _Wish(order.client_id, order.contact_id or 0, order.request_id or 0)
    return _Wish(about if isinstance(about, int) else 0)
