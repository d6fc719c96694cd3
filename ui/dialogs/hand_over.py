"""Issuing the protocol of devices that the client takes over."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from console.domain.contact import Contact
from console.domain.hand_over import HandedDevice
from console.services import contacts, papers
from console.texts import N_, _
from ui.dialogs.papers import ClientPaperDialog
from ui.kept_fields import KeptField
from ui.widgets.cells import ROW_HEIGHT
from ui.widgets.parts import button, row

_EMPTY_LINES: Final = 4
_HEADS: Final = (N_("Model"), N_("IMEI"), N_("Number"), N_("Accessories"), N_("Condition"))


class HandOverDialog(ClientPaperDialog):
    """Who takes over, where, and which devices, one on each line."""

    def make_fields(self) -> None:
        """Add person, place, note and the table of devices."""
        self.taken_by = self.add_choice(_("Taken over by"))
        self.taken_by.setEditable(True)
        self.place = self.add_text(_("Place"))
        self.note = self.add_text(_("Note"))
        self.devices = QTableWidget(_EMPTY_LINES, len(_HEADS))
        self.devices.setAccessibleName(_("Devices"))
        self.devices.setHorizontalHeaderLabels([_(head) for head in _HEADS])
        header = self.devices.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.devices.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.devices.verticalHeader().hide()
        self.body.addWidget(self.devices, 1)
        self.body.addWidget(row(button(_("Add a line"), self._add_line, "plus"), None))
        self.resize(780, 520)
        kept: dict[str, QWidget | KeptField] = {
            "taken_by": self.taken_by,
            "place": self.place,
            "note": self.note,
            "devices": KeptField(self._lines, self._show_lines, self.devices.cellChanged),
        }
        self._draft = self.keep_typed(f"hand-over-protocol-{self.wish}", self.wish, kept)

    def _lines(self) -> list[list[str]]:
        """Return the cells of all lines, as they are typed."""
        rows, columns = range(self.devices.rowCount()), range(len(_HEADS))
        return [[self._cell(row, column) for column in columns] for row in rows]

    def _show_lines(self, lines: list[list[str]]) -> None:
        self.devices.setRowCount(max(_EMPTY_LINES, len(lines)))
        for number, cells in enumerate(lines):
            for column, text in enumerate(cells):
                self.devices.setItem(number, column, QTableWidgetItem(text))

    def _add_line(self) -> None:
        self.devices.insertRow(self.devices.rowCount())

    def load(self) -> None:
        """Read the client's contacts."""
        client = self.chosen
        if client:
            self.desk.tasks.query(lambda w: contacts.contacts_of(w, client.id), self._show)

    def _show(self, found: list[Contact]) -> None:
        typed = self.taken_by.currentText()
        with self._draft.filling():
            self.taken_by.clear()
            self.taken_by.addItems([contact.name for contact in found])
            self.taken_by.setCurrentText(typed)

    def _cell(self, line: int, column: int) -> str:
        item = self.devices.item(line, column)
        return item.text().strip() if item else ""

    def _read(self) -> list[HandedDevice]:
        """Return the devices of the lines that have a model or an IMEI."""
        found = []
        for line in range(self.devices.rowCount()):
            model, imei, number, accessories, condition = (
                self._cell(line, column) for column in range(len(_HEADS))
            )
            if model or imei:
                found.append(
                    HandedDevice(
                        model=model,
                        imei=imei,
                        number=number,
                        accessories=accessories,
                        condition=condition,
                    )
                )
        return found

    def submit(self) -> None:
        """Issue the protocol."""
        client, devices = self.chosen, self._read()
        taken_by = self.taken_by.currentText().strip()
        place, note = self.place.text().strip(), self.note.text().strip()
        if client is None:
            return
        if not taken_by:
            self.banner.show_text(_("Who takes over? Nothing was issued yet."), "danger")
            self.taken_by.setFocus()
            return
        self.issue(lambda w: papers.issue_hand_over(w, client, devices, taken_by, place, note))
