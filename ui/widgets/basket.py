"""The basket of an order: picked from the price list by typing, edited in place, summed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.domain import formats, phone
from console.domain.catalogue_item import USUAL_WARRANTY, CatalogueItem, ItemKind
from console.domain.order import OrderLine
from console.texts import N_, _
from ui.widgets.cells import ROW_HEIGHT
from ui.widgets.parts import button, row

_HEADS: Final = (
    N_("Item"),
    N_("Pieces"),
    N_("Price without VAT"),
    N_("VAT %"),
    N_("Kind"),
    N_("Number"),
)
_ITEM, _PIECES, _PRICE, _VAT, _KIND, _NUMBER = range(len(_HEADS))
_NO_LINE: Final = OrderLine(client_id=0, order_id=0, position=0, item="")


@dataclass(frozen=True, slots=True)
class WrongCell:
    """A cell that holds something else than it should."""

    row: int
    head: str
    text: str

    @property
    def message(self) -> str:
        """What is wrong, and where."""
        said = _("Line {row}, {head}: “{text}” does not fit.")
        return said.format(row=self.row, head=_(self.head), text=self.text)


_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Pick(QLineEdit):
    """The field over the lines; Enter is its own and does not issue the order."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Keep Enter from the dialog."""
        super().keyPressEvent(event)
        if event.key() in _ENTER:
            event.accept()


class _Lines(QTableWidget):
    """The table of lines; Del takes the current one away, Enter edits the current cell."""

    delete_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Take a line away by Del; Enter does not reach the dialog."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        elif event.key() in _ENTER:
            item = self.currentItem()
            if item is not None and self.state() != QTableWidget.State.EditingState:
                self.editItem(item)
            event.accept()
        else:
            super().keyPressEvent(event)


class Basket(QWidget):
    """Lines of an order that are being filled in."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, CatalogueItem] = {}
        self.pick = _Pick()
        self.pick.setAccessibleName(_("Add from the price list"))
        self.pick.setPlaceholderText(_("Add from the price list: type a name or a code, Enter"))
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._on_completed, Qt.ConnectionType.QueuedConnection)
        self.pick.setCompleter(completer)
        self.pick.returnPressed.connect(self._on_entered)
        self.table = self._make_table()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pick)
        layout.addWidget(self.table, 1)
        layout.addWidget(
            row(
                button(_("Add a line"), self.add_line, "plus"),
                button(_("Remove the line"), self.remove_line, "trash-2"),
                None,
            )
        )

    def _make_table(self) -> _Lines:
        table = _Lines(0, len(_HEADS))
        table.setAccessibleName(_("Lines of the order"))
        table.setHorizontalHeaderLabels([_(head) for head in _HEADS])
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_ITEM, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        widths = ((_PIECES, 70), (_PRICE, 130), (_VAT, 70), (_KIND, 140), (_NUMBER, 130))
        for column, width in widths:
            table.setColumnWidth(column, width)
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.verticalHeader().hide()
        table.setMinimumHeight(4 * ROW_HEIGHT)
        table.itemChanged.connect(self._on_item_changed)
        table.delete_pressed.connect(self.remove_line)
        return table

    def offer(self, items: Sequence[CatalogueItem]) -> None:
        """Offer what can be ordered."""
        self._items = {_offered(item): item for item in items}
        self._names.setStringList(list(self._items))

    def show_lines(self, lines: Sequence[OrderLine]) -> None:
        """Fill in the lines of an order."""
        self.table.setRowCount(0)
        for line in lines or (replace(_NO_LINE, quantity=1),):
            self._put(self.table.rowCount(), line)
        self.changed.emit()

    def add_line(self) -> None:
        """Add an empty line and go into it."""
        at = self.table.rowCount()
        self._put(at, replace(_NO_LINE, quantity=1))
        self.table.setCurrentCell(at, _ITEM)
        first = self.table.item(at, _ITEM)
        if first is not None:
            self.table.editItem(first)

    def remove_line(self) -> None:
        """Take the current line away."""
        at = self.table.currentRow()
        if at >= 0:
            self.table.removeRow(at)
            self.changed.emit()

    def set_line(self, at: int, item: str, pieces: str, price: str, vat: str = "21") -> None:
        """Fill in a line as a person types it."""
        while self.table.rowCount() <= at:
            self._put(self.table.rowCount(), _NO_LINE)
        for column, text in ((_ITEM, item), (_PIECES, pieces), (_PRICE, price), (_VAT, vat)):
            self._write(at, column, text)

    def set_number(self, at: int, number: str) -> None:
        """Say for which number a line is."""
        self._write(at, _NUMBER, number)

    def _on_entered(self) -> None:
        """Take what fits best; a name that the price list does not have becomes a line."""
        typed = self.pick.text().strip()
        if not typed or typed in self._items:
            self._on_picked(typed)
            return
        wanted = typed.casefold()
        found = next((name for name in self._items if wanted in name.casefold()), "")
        if found:
            self._on_picked(found)
        else:
            self._put(self._free_row(), replace(_NO_LINE, item=typed))
            self.pick.clear()
            self.changed.emit()

    def _on_completed(self, name: str) -> None:
        """Take what was chosen below the field, unless Enter has taken it already."""
        if self.pick.text():
            self._on_picked(name)

    def _free_row(self) -> int:
        """Return the first row that says nothing, or the one behind the last."""
        rows = self.table.rowCount()
        empty = (r for r in range(rows) if not self._cell(r, _ITEM) and not self._cell(r, _PRICE))
        return next(empty, rows)

    def _on_picked(self, name: str) -> None:
        """Add an item; one that is in the basket already gets one piece more."""
        item = self._items.get(name)
        self.pick.clear()
        if item is None:
            return
        there = next((r for r in range(self.table.rowCount()) if self._is_of(r, item)), None)
        if there is None:
            self._put(self._free_row(), _line_of(item))
        else:
            self._write(there, _PIECES, str(int(self._cell(there, _PIECES) or "0") + 1))
        self.changed.emit()

    def _on_item_changed(self, cell: QTableWidgetItem) -> None:
        """Take the facts of an item whose name was typed; a price that stands there stays."""
        typed = cell.text().strip().casefold()
        if cell.column() == _ITEM and typed:
            found = next((i for i in self._items.values() if i.name.casefold() == typed), None)
            if found is not None and cell.data(Qt.ItemDataRole.UserRole) != _line_of(found):
                self._take_facts(cell.row(), found)
        self.changed.emit()

    def _take_facts(self, at: int, item: CatalogueItem) -> None:
        pieces, price, number = (self._cell(at, c) for c in (_PIECES, _PRICE, _NUMBER))
        self._put(at, _line_of(item))
        with QSignalBlocker(self.table):
            for column, text in ((_PIECES, pieces), (_PRICE, price), (_NUMBER, number)):
                if text:
                    self._write(at, column, text)

    def _is_of(self, at: int, item: CatalogueItem) -> bool:
        is_counted = self._cell(at, _PIECES).isdecimal() or not self._cell(at, _PIECES)
        is_free = not self._cell(at, _NUMBER)
        return is_counted and is_free and self._cell(at, _ITEM) == item.name

    def _put(self, at: int, line: OrderLine) -> None:
        """Write a line into a row; what no column shows stays with its first cell."""
        with QSignalBlocker(self.table):
            if at >= self.table.rowCount():
                self.table.insertRow(at)
            is_empty = not line.item
            texts = (
                line.item,
                str(line.quantity),
                "" if is_empty else formats.money(line.unit_price).removesuffix("Kč").strip(),
                _plain(line.vat_rate),
                "",
                phone.pretty(line.msisdn),
            )
            for column, text in enumerate(texts):
                cell = QTableWidgetItem(text)
                if column in (_PIECES, _PRICE, _VAT):
                    cell.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                if column == _ITEM:
                    cell.setData(Qt.ItemDataRole.UserRole, line)
                self.table.setItem(at, column, cell)
            self.table.setCellWidget(at, _KIND, self._kind_box(line.kind))

    def _kind_box(self, kind: ItemKind) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(_("Kind"))
        box.setProperty("flat", True)
        for one in ItemKind:
            box.addItem(one.label, one)
        box.setCurrentIndex(box.findData(kind))
        box.currentIndexChanged.connect(lambda _index: self.changed.emit())
        return box

    def _write(self, at: int, column: int, text: str) -> None:
        item = self.table.item(at, column)
        if item is None:
            self.table.setItem(at, column, QTableWidgetItem(text))
        else:
            item.setText(text)

    def _cell(self, at: int, column: int) -> str:
        item = self.table.item(at, column)
        return item.text().strip() if item else ""

    def kept(self) -> list[dict[str, str]]:
        """Return the lines as plain data, for a form that has to survive."""
        return [
            {
                "item": line.item,
                "quantity": str(line.quantity),
                "unit_price": str(line.unit_price),
                "vat_rate": str(line.vat_rate),
                "kind": line.kind.value,
                "code": line.code,
                "warranty_months": str(line.warranty_months),
                "msisdn": line.msisdn,
            }
            for line in self.read()[0]
        ]

    def restore(self, kept: Sequence[dict[str, str]]) -> None:
        """Put back what was kept."""
        self.show_lines(
            [
                replace(
                    _NO_LINE,
                    item=line["item"],
                    quantity=int(line["quantity"]),
                    unit_price=Decimal(line["unit_price"]),
                    vat_rate=Decimal(line["vat_rate"]),
                    kind=ItemKind(line["kind"]),
                    code=line["code"],
                    warranty_months=int(line["warranty_months"]),
                    msisdn=line["msisdn"],
                )
                for line in kept
            ]
        )

    def read(self) -> tuple[tuple[OrderLine, ...], list[WrongCell]]:
        """Return the lines that say something, and the cells that do not fit."""
        lines: list[OrderLine] = []
        wrong: list[WrongCell] = []
        for at in range(self.table.rowCount()):
            if any(self._cell(at, column) for column in (_ITEM, _PRICE, _NUMBER)):
                lines.append(self._line(at, wrong))
        return tuple(lines), wrong

    def _line(self, at: int, wrong: list[WrongCell]) -> OrderLine:
        first = self.table.item(at, _ITEM)
        known: OrderLine = (first and first.data(Qt.ItemDataRole.UserRole)) or _NO_LINE
        box = self.table.cellWidget(at, _KIND)
        kind = ItemKind(box.currentData()) if isinstance(box, QComboBox) else ItemKind.SERVICE
        item, pieces = self._cell(at, _ITEM), self._cell(at, _PIECES) or "1"
        price, rate = self._sum(at, _PRICE, wrong), self._sum(at, _VAT, wrong, Decimal(21))
        if not pieces.isdecimal() or not 0 < int(pieces) < 100_000:
            wrong.append(WrongCell(at + 1, _HEADS[_PIECES], pieces))
            pieces = "1"
        if not item:
            wrong.append(WrongCell(at + 1, _HEADS[_ITEM], ""))
        written = self._cell(at, _NUMBER)
        number = phone.normalise(written) if written else ""
        if written and not number:
            wrong.append(WrongCell(at + 1, _HEADS[_NUMBER], written))
        is_same = item == known.item and kind is known.kind
        return replace(
            _NO_LINE,
            item=item,
            quantity=int(pieces),
            unit_price=price,
            vat_rate=rate,
            kind=kind,
            msisdn=number or "",
            code=known.code if is_same else "",
            warranty_months=known.warranty_months if is_same else _usual_warranty(kind),
            note=known.note,
        )

    def _sum(
        self, at: int, column: int, wrong: list[WrongCell], usual: Decimal = Decimal(0)
    ) -> Decimal:
        text = self._cell(at, column)
        found = formats.read_money(text) if text else usual
        if found is None or found < 0 or (column == _VAT and found > 100):
            wrong.append(WrongCell(at + 1, _HEADS[column], text))
            return usual
        return found


def _offered(item: CatalogueItem) -> str:
    parts = (item.name, item.code, formats.money(item.price))
    return " · ".join(part for part in parts if part)


def _line_of(item: CatalogueItem) -> OrderLine:
    return replace(
        _NO_LINE,
        item=item.name,
        code=item.code,
        kind=item.kind,
        unit_price=item.price,
        vat_rate=item.vat_rate,
        warranty_months=item.warranty_months,
    )


def _usual_warranty(kind: ItemKind) -> int:
    return USUAL_WARRANTY if kind in (ItemKind.DEVICE, ItemKind.ACCESSORY) else 0


def _plain(rate: Decimal) -> str:
    return f"{rate.normalize():f}".replace(".", formats.decimal_mark())
