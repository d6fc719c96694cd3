"""A new order: its lines in a small table, the form issued at once."""

from decimal import Decimal
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from console.domain import formats
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.order import OrderLine, vat_summary
from console.errors import KnownError
from console.services import clients, contacts, documents
from console.services.documents import Issued
from console.services.orders import OrderDraft
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.cells import ROW_HEIGHT
from ui.widgets.parts import button, row, wrapped

_EMPTY_LINES: Final = 4


class OrderDialog(FormDialog):
    """Fills in an order form; the sums follow the typing."""

    def __init__(self, desk: Desk, client_id: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Order form"), _("Issue"), parent)
        self._wish = client_id
        self.client = self._choice(_("Client"))
        self.contact = self._choice(_("Ordered by"))
        self.address = self.add_text(_("Delivered to"))
        self.note = self.add_text(_("Note"))
        self.override = self.add_text(_("Ordered all the same, because"))
        self.form.setRowVisible(self.override, False)
        self.lines = self._make_table()
        self._sum = wrapped("", "heading")
        self.body.addWidget(self.lines, 1)
        self.body.addWidget(row(button(_("Add a line"), self._add_line, "plus"), None, self._sum))
        self.resize(760, 560)
        self.client.currentIndexChanged.connect(self._load_contacts)
        desk.tasks.query(clients.all_clients, self._show_clients)

    def _choice(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        self.form.addRow(name, box)
        return box

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(_EMPTY_LINES, 4)
        table.setAccessibleName(_("Lines of the order"))
        table.setHorizontalHeaderLabels(
            [_("Item"), _("Pieces"), _("Price without VAT"), _("VAT %")]
        )
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.verticalHeader().hide()
        table.itemChanged.connect(self._show_sum)
        return table

    def _add_line(self) -> None:
        self.lines.insertRow(self.lines.rowCount())

    def set_line(self, line: int, item: str, pieces: str, price: str, vat: str = "21") -> None:
        """Fill in a line."""
        for column, text in enumerate((item, pieces, price, vat)):
            self.lines.setItem(line, column, QTableWidgetItem(text))

    def _show_clients(self, found: list[Client]) -> None:
        for client in found:
            self.client.addItem(client.name, client)
        wished = [i for i, c in enumerate(found) if c.id == self._wish]
        self.client.setCurrentIndex(wished[0] if wished else 0)
        self.need_client(found)

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

    def _read_lines(self, client_id: int) -> tuple[OrderLine, ...]:
        """Return the lines that have an item; raises where a number is none."""
        read: list[OrderLine] = []
        for line in range(self.lines.rowCount()):
            item, pieces, price, vat = (self._cell(line, column) for column in range(4))
            if item or price:
                read.append(
                    OrderLine(
                        client_id=client_id,
                        order_id=0,
                        position=len(read) + 1,
                        item=item,
                        quantity=int(pieces or "1"),
                        unit_price=_sum(price or "0"),
                        vat_rate=_sum(vat or "21"),
                    )
                )
        return tuple(read)

    def _cell(self, line: int, column: int) -> str:
        item = self.lines.item(line, column)
        return item.text().strip() if item else ""

    def _show_sum(self) -> None:
        try:
            sums = vat_summary(self._read_lines(0))
        except ValueError:
            self._sum.setText(_("A number in the table is wrong."))
            return
        net = sum((part.net for part in sums), Decimal(0))
        gross = sum((part.gross for part in sums), Decimal(0))
        text = _("{net} without VAT, {gross} with VAT")
        self._sum.setText(text.format(net=formats.money(net), gross=formats.money(gross)))

    def submit(self) -> None:
        """Store the order and issue its form."""
        client: Client | None = self.client.currentData()
        if client is None:
            return
        try:
            read = self._read_lines(client.id)
        except ValueError:
            text = _("A number in the table is wrong. Nothing was saved; correct it.")
            self.banner.show_text(text, "danger")
            return
        draft = OrderDraft(
            client_id=client.id,
            lines=read,
            contact_id=self.contact.currentData() or None,
            delivery_address=self.address.text(),
            note=self.note.text(),
            override=self.override.text(),
        )
        self.save(lambda workspace: documents.order_and_issue(workspace, draft), self._on_issued)

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


def _sum(text: str) -> Decimal:
    found = formats.read_money(text)
    if found is None:
        raise ValueError(text)
    return found
