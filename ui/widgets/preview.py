"""Pages of a PDF: looking through them, larger and smaller, and finding a word in them."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtPdf import QPdfDocument, QPdfSearchModel
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from console.texts import N_, _
from ui.widgets.parts import flat_button, label, row

_FIT_WIDTH: Final = -1.0
_WHOLE_PAGE: Final = -2.0
_ZOOMS: Final = (
    (_FIT_WIDTH, N_("Fit the width")),
    (_WHOLE_PAGE, N_("Whole page")),
    *((percent / 100, f"{percent} %") for percent in (50, 75, 100, 125, 150, 200, 400)),
)
_STEP: Final = 1.25
_TEXT_MARGIN: Final = 8
_SMALLEST: Final = 0.2
_LARGEST: Final = 6.0
_KEYS: Final = (
    QKeySequence.StandardKey.Find,
    QKeySequence.StandardKey.FindNext,
    QKeySequence.StandardKey.FindPrevious,
    QKeySequence.StandardKey.ZoomIn,
    QKeySequence.StandardKey.ZoomOut,
)
_PLUS: Final = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)


class Preview(QWidget):
    """Shows a PDF. Ctrl+F finds, F3 goes on, Ctrl++ and Ctrl+- zoom, Ctrl+0 fits the width."""

    hits_counted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._hits = QPdfSearchModel(self)
        self._view = QPdfView(self)
        self._page = QSpinBox()
        self._pages = label("", "muted")
        self._zoom = QComboBox()
        self._word = QLineEdit()
        self._count = label("", "muted")
        self._make()
        self._connect()
        self.clear()

    def _make(self) -> None:
        self._view.setAccessibleName(_("Preview of the document"))
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setDocument(self._pdf)
        self._hits.setDocument(self._pdf)
        self._view.setSearchModel(self._hits)
        self._page.setAccessibleName(_("Page"))
        self._page.setKeyboardTracking(False)
        self._page.lineEdit().setTextMargins(_TEXT_MARGIN, 0, 0, 0)
        self._zoom.setAccessibleName(_("Size"))
        for factor, text in _ZOOMS:
            self._zoom.addItem(_(text), factor)
        self._word.setPlaceholderText(_("Find in the document"))
        self._word.setAccessibleName(_("Find in the document"))
        self._word.setClearButtonEnabled(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(
            row(
                self._tool(_("Previous page"), "chevron-up", lambda: self._turn(-1)),
                self._tool(_("Next page"), "chevron-down", lambda: self._turn(1)),
                self._page,
                self._pages,
                None,
                self._tool(_("Smaller"), "zoom-out", lambda: self.zoom_by(1 / _STEP)),
                self._tool(_("Larger"), "zoom-in", lambda: self.zoom_by(_STEP)),
                self._zoom,
            )
        )
        layout.addWidget(
            row(
                self._word,
                self._count,
                self._tool(_("Previous hit"), "chevron-up", lambda: self.go_on(-1)),
                self._tool(_("Next hit"), "chevron-down", lambda: self.go_on(1)),
            )
        )
        layout.addWidget(self._view, 1)

    def _tool(self, name: str, icon: str, pressed: Callable[[], object]) -> QWidget:
        made = flat_button("", icon, pressed)
        made.setAccessibleName(name)
        made.setToolTip(name)
        return made

    def _connect(self) -> None:
        self._page.valueChanged.connect(self._jump)
        self._view.pageNavigator().currentPageChanged.connect(self._show_page)
        self._zoom.activated.connect(lambda: self.zoom_to(self._zoom.currentData()))
        self._word.textChanged.connect(self.look_for)
        self._word.returnPressed.connect(lambda: self.go_on(1))
        self._hits.countChanged.connect(self._show_count)

    def show_pdf(self, content: bytes) -> None:
        """Show a PDF from its first page; a word that is looked for is looked for in it, too."""
        self._load(content)
        self._page.setRange(1, max(1, self.page_count))
        self._pages.setText(_("of {pages}").format(pages=self.page_count))
        self._show_page(0)
        self.setEnabled(self.page_count > 0)
        self.look_for(self._word.text())

    def clear(self) -> None:
        """Show nothing, and forget what was looked for."""
        self._word.clear()
        self._load(b"")
        self._pages.clear()
        self.zoom_to(_FIT_WIDTH)
        self.setEnabled(False)

    def _load(self, content: bytes) -> None:
        self._pdf.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(content))
        if content:
            self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            self._pdf.load(self._buffer)

    @property
    def page_count(self) -> int:
        """Pages of what is shown."""
        return self._pdf.pageCount()

    @property
    def page(self) -> int:
        """The page that is shown, from 1."""
        return self._view.pageNavigator().currentPage() + 1

    @property
    def zoom(self) -> float:
        """How large pages are: 1 for their own size, or one of the fits, which are negative."""
        mode = self._view.zoomMode()
        if mode == QPdfView.ZoomMode.FitToWidth:
            return _FIT_WIDTH
        return _WHOLE_PAGE if mode == QPdfView.ZoomMode.FitInView else self._view.zoomFactor()

    @property
    def hit(self) -> int:
        """The hit that is shown, from 1; 0 for none."""
        return self._view.currentSearchResultIndex() + 1

    @property
    def hit_count(self) -> int:
        """How often the word was found."""
        return self._hits.count()

    def zoom_to(self, factor: float) -> None:
        """Show pages in a size: a factor, or one of the fits."""
        modes = {
            _FIT_WIDTH: QPdfView.ZoomMode.FitToWidth,
            _WHOLE_PAGE: QPdfView.ZoomMode.FitInView,
        }
        self._view.setZoomMode(modes.get(factor, QPdfView.ZoomMode.Custom))
        if factor > 0:
            self._view.setZoomFactor(max(_SMALLEST, min(_LARGEST, factor)))
        self._show_zoom()

    def zoom_by(self, factor: float) -> None:
        """Show pages larger or smaller than they are now."""
        shown = self._shown_factor() if self.zoom < 0 else self.zoom
        self.zoom_to(shown * factor)

    def _shown_factor(self) -> float:
        """Return how large a fitted page is at this moment."""
        size = self._pdf.pagePointSize(max(0, self.page - 1))
        room = self._view.viewport().size()
        dots = self.logicalDpiX() / 72
        if size.isEmpty():
            return 1.0
        wide = room.width() / (size.width() * dots)
        whole = min(wide, room.height() / (size.height() * dots))
        return wide if self.zoom == _FIT_WIDTH else whole

    def _show_zoom(self) -> None:
        at = next((n for n, (factor, _text) in enumerate(_ZOOMS) if factor == self.zoom), -1)
        self._zoom.setCurrentIndex(at)
        self._zoom.setPlaceholderText(f"{self.zoom * 100:.0f} %")

    def _turn(self, step: int) -> None:
        self._page.setValue(self._page.value() + step)

    def _jump(self, page: int) -> None:
        if self.page != page and page <= self.page_count:
            self._view.pageNavigator().jump(page - 1, QPointF())

    def _show_page(self, page: int) -> None:
        self._page.blockSignals(True)
        self._page.setValue(page + 1)
        self._page.blockSignals(False)

    def look_for(self, word: str) -> None:
        """Look for a word on all pages; the first hit is shown as soon as it is found."""
        self._view.setCurrentSearchResultIndex(-1)
        self._hits.setSearchString(word)
        self._show_count()

    def go_on(self, step: int) -> None:
        """Show the next hit, or the one before; behind the last one comes the first."""
        if not self.hit_count:
            return
        start = self.hit - 1 if self.hit else (-1 if step > 0 else 0)
        self._show_hit((start + step) % self.hit_count)

    def _show_hit(self, number: int) -> None:
        self._view.setCurrentSearchResultIndex(number)
        found = self._hits.resultAtIndex(number)
        self._view.pageNavigator().jump(found.page(), found.location())
        self._show_count()

    def _show_count(self) -> None:
        count = self.hit_count
        if count and not self.hit:
            self._show_hit(0)
            return
        if not self._word.text():
            self._count.clear()
        elif count:
            self._count.setText(_("{hit} of {count}").format(hit=self.hit, count=count))
        else:
            self._count.setText(_("not found"))
        self.hits_counted.emit(count)

    def focus_search(self) -> None:
        """Put the cursor into the field for the word."""
        self._word.setFocus()
        self._word.selectAll()

    def event(self, event: QEvent) -> bool:
        """Claim the keys of the preview before the menu, whose keys they are elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and self._is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def _is_ours(self, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and (
            any(event.matches(key) for key in _KEYS) or _is_control(event, (*_PLUS, Qt.Key.Key_0))
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Find, go on, zoom."""
        if event.matches(QKeySequence.StandardKey.Find):
            self.focus_search()
        elif event.matches(QKeySequence.StandardKey.FindNext):
            self.go_on(1)
        elif event.matches(QKeySequence.StandardKey.FindPrevious):
            self.go_on(-1)
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            self.zoom_by(1 / _STEP)
        elif _is_control(event, _PLUS):
            self.zoom_by(_STEP)
        elif _is_control(event, (Qt.Key.Key_0,)):
            self.zoom_to(_FIT_WIDTH)
        elif event.key() == Qt.Key.Key_Escape and self._word.text():
            self._word.clear()
        else:
            super().keyPressEvent(event)


def _is_control(event: QKeyEvent, keys: tuple[Qt.Key, ...]) -> bool:
    control = Qt.KeyboardModifier.ControlModifier
    return bool(event.modifiers() & control) and event.key() in keys
