"""How the operator's documents look: colour, address, logo, and a sample of it."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QColorDialog, QFileDialog, QFormLayout, QLabel, QLineEdit, QWidget

from console.domain.journal import Changes
from console.domain.letterhead import Brand
from console.errors import KnownError
from console.services import brand_sample, settings, signing
from console.texts import _
from console.workspace import Workspace
from ui import folders
from ui.desk import Desk
from ui.widgets.kept_form import KeptForm
from ui.widgets.parts import Banner, Card, button, label, row, wrapped

_DELAY_MS: Final = 300
_SAMPLE_WIDTH: Final = 520
_SHOWN: Final = 0.3


class BrandCard(Card):
    """Edits the look; documents that are issued stay as they are."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._logo: bytes | None = None
        self._banner = Banner()
        self.colour = self._field(_("Colour"), 7)
        self.colour.setPlaceholderText("#2456c9")
        self.address = self._field(_("Address of the operator"), 200)
        self._logo_name = label("", "muted")
        self._sample = QLabel()
        self._sample.setAccessibleName(_("Sample of a document"))
        self._pdf = QPdfDocument(self)
        self._delay = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._delay.timeout.connect(self._draw_sample)
        fields = {"colour": self.colour, "address": self.address}
        self._kept = KeptForm(desk, "settings-brand", fields, self)
        self._lay_out()

    def _field(self, name: str, longest: int) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setMaxLength(longest)
        field.textChanged.connect(lambda: self._delay.start())
        return field

    def _lay_out(self) -> None:
        holder = QWidget()
        form = QFormLayout(holder)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(_("Colour"), row(self.colour, button(_("Choose…"), self._choose_colour)))
        form.addRow(_("Address of the operator"), self.address)
        choose = button(_("Choose…"), self._choose_logo, "folder-open")
        remove = button(_("Remove"), self._remove_logo, "trash-2")
        form.addRow(_("Logo (PNG or JPEG)"), row(choose, remove, self._logo_name, None))
        for widget in (
            label(_("Look of documents"), "heading"),
            wrapped(_("Stands at the head of each document that is issued from now on."), "muted"),
            self._kept.banner,
            self._banner,
            holder,
            self._sample,
            row(None, button(_("Save the look"), self.save, "save", primary=True)),
        ):
            self.content.addWidget(widget)
        self.setFixedWidth(560)

    def show_brand(self, brand: Brand) -> None:
        """Show what is stored, unless another look is typed."""
        self._kept.show(partial(self._fill, brand))

    def _fill(self, brand: Brand) -> None:
        self._logo = None
        self.colour.setText(brand.colour)
        self.address.setText(brand.address)
        self._logo_name.setText(_("A logo is stored.") if brand.logo else _("without a logo"))
        self._draw_sample()

    def clear(self) -> None:
        """Forget everything, for locking; what is typed is kept."""
        self._kept.clear(self._empty)
        self._delay.stop()
        self._logo_name.clear()
        self._sample.clear()
        self._pdf.close()

    def _empty(self) -> None:
        self._logo = None
        self.colour.clear()
        self.address.clear()

    def _choose_colour(self) -> None:
        start = QColor(self.colour.text() or self.colour.placeholderText())
        chosen = QColorDialog.getColor(start, self, _("Colour"))
        if chosen.isValid():
            self.colour.setText(chosen.name())
            self._draw_sample()

    def _choose_logo(self) -> None:
        kinds = _("Pictures") + " (*.png *.jpg *.jpeg);;" + _("All files") + " (*)"
        start = str(folders.last(folders.DOCUMENTS))
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a logo"), start, kinds)
        if chosen:
            self.take_logo(Path(chosen))

    def take_logo(self, file: Path) -> None:
        """Take a picture from a file; one that cannot be used is told and changes nothing."""

        def read(_workspace: Workspace) -> bytes:
            content = signing.read_file(file)
            settings.flat(content)
            return content

        def taken(content: bytes) -> None:
            self._logo = content
            self._logo_name.setText(file.name)
            self._draw_sample()

        self._banner.hide()
        self._desk.tasks.query(read, taken, self._banner.show_error)

    def _remove_logo(self) -> None:
        self._logo = b""
        self._logo_name.setText(_("without a logo"))
        self._draw_sample()

    def _draw_sample(self) -> None:
        colour, address, logo = self.colour.text().strip(), self.address.text(), self._logo
        self._desk.tasks.query(
            lambda w: brand_sample.sample(w, colour, address, logo),
            self._show_sample,
            self._show_wrong,
        )

    def _show_wrong(self, error: Exception) -> None:
        is_typing = isinstance(error, KnownError) and error.code == "colour-wrong"
        if not is_typing:
            self._banner.show_error(error)

    def _show_sample(self, content: bytes) -> None:
        buffer = QBuffer(self._pdf)
        buffer.setData(QByteArray(content))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._pdf.close()
        self._pdf.load(buffer)
        points = self._pdf.pagePointSize(0)
        dots = self.devicePixelRatioF()
        width = round(_SAMPLE_WIDTH * dots)
        image = self._pdf.render(0, QSize(width, round(width * points.height() / points.width())))
        paper = QPixmap(image.width(), round(image.height() * _SHOWN))
        paper.fill(Qt.GlobalColor.white)
        painter = QPainter(paper)
        painter.drawImage(0, 0, image)
        painter.setPen(QColor("#c9d0dc"))
        painter.drawRect(0, 0, paper.width() - 1, paper.height() - 1)
        painter.end()
        paper.setDevicePixelRatio(dots)
        self._sample.setPixmap(paper)
        self._pdf.close()
        buffer.deleteLater()

    def save(self) -> None:
        """Store the look."""
        colour, address, logo = self.colour.text().strip(), self.address.text(), self._logo
        self._banner.hide()
        self._desk.tasks.change(
            self._kept.saving(lambda w: settings.change_brand(w, colour, address, logo)),
            self._on_saved,
            self._banner.show_error,
        )

    def _on_saved(self, _changes: Changes) -> None:
        self._kept.saved()
        self._desk.message.emit(_("The look is saved."))
