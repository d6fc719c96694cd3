"""Small parts that several pages and dialogs share."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.errors import KnownError
from console.texts import _
from ui import icons
from ui.widgets.elided import ElidedButton, ElidedLabel, WrappedLabel


def label(text: str, role: str = "") -> QLabel:
    """Return a label of plain text; foreign text is never taken for markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    return made


def wrapped(text: str, role: str = "") -> QLabel:
    """Return a label whose text takes as many lines as it needs."""
    made = WrappedLabel(text)
    if role:
        made.setProperty("role", role)
    return made


def heading(text: str, role: str = "heading") -> QLabel:
    """Return a heading of two lines at most; all of a longer one is in the tool tip."""
    made = ElidedLabel(text, 2)
    made.setProperty("role", role)
    return made


def button(
    text: str, pressed: Callable[[], object], icon: str = "", primary: bool = False
) -> QPushButton:
    """Return a button."""
    return _prepared(QPushButton(text), pressed, icon, primary)


def link_button(text: str, pressed: Callable[[], object], icon: str = "") -> QPushButton:
    """Return a button whose text may be longer than its place."""
    made = _prepared(ElidedButton(text), pressed, icon, primary=False)
    made.setStyleSheet("text-align: left;")
    return made


def _prepared(
    made: QPushButton, pressed: Callable[[], object], icon: str, primary: bool
) -> QPushButton:
    made.setProperty("primary", primary)
    made.setAutoDefault(False)
    if icon:
        made.setIcon(icons.icon(icon, "accent_text" if primary else "text"))
    made.clicked.connect(lambda: pressed())
    return made


def flat_button(text: str, icon: str, pressed: Callable[[], object]) -> QToolButton:
    """Return a button without a frame, with an icon before its text."""
    made = QToolButton()
    made.setText(text)
    made.setIcon(icons.icon(icon))
    made.setProperty("flat", True)
    made.setToolButtonStyle(
        Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        if text
        else Qt.ToolButtonStyle.ToolButtonIconOnly
    )
    made.clicked.connect(lambda: pressed())
    return made


class Card(QFrame):
    """A frame with widgets under each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(16, 14, 16, 14)
        self.content.setSpacing(8)


def card(*children: QWidget) -> Card:
    """Return a card that holds these."""
    made = Card()
    for child in children:
        made.content.addWidget(child)
    return made


def row(*children: QWidget | None) -> QWidget:
    """Return widgets beside each other; None takes what space is left."""
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for child in children:
        if child is None:
            layout.addStretch(1)
        else:
            layout.addWidget(child)
    return holder


def column(*children: QWidget) -> QWidget:
    """Return widgets under each other."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    for child in children:
        layout.addWidget(child)
    return holder


def scrolled(content: QWidget) -> QScrollArea:
    """Return widgets that scroll where there is no room for all of them."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 8, 6, 0)
    layout.addWidget(content)
    layout.addStretch(1)
    area.setWidget(holder)
    return area


def facts(pairs: Sequence[tuple[str, str]]) -> QWidget:
    """Return labels with their values; what has no value is left out."""
    holder = QWidget()
    form = QFormLayout(holder)
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(14)
    form.setVerticalSpacing(5)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
    for name, value in pairs:
        if value:
            shown = wrapped(value)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            form.addRow(label(name, "muted"), shown)
    return holder


def clear(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class Banner(QFrame):
    """A sentence over a page or a form: what happened, what was kept, what to do."""

    dismissed = Signal()
    """The person has read it and closed it."""

    def __init__(
        self,
        parent: QWidget | None = None,
        action: str = "",
        pressed: Callable[[], object] = lambda: None,
    ) -> None:
        """Make it.

        Args:
            parent: as in Qt.
            action: of a button beside the sentence; none where empty.
            pressed: what the button does.
        """
        super().__init__(parent)
        self.setObjectName("banner")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        self._text = wrapped("")
        close = flat_button("", "x", self._dismiss)
        close.setAccessibleName(_("Close the message"))
        layout.addWidget(self._text, 1)
        if action:
            layout.addWidget(button(action, pressed))
        layout.addWidget(close)
        self.hide()

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    def clear(self) -> None:
        """Hide it, and forget the sentence."""
        self._text.clear()
        self.hide()

    def show_text(self, text: str, tone: str = "warning") -> None:
        """Show a sentence in a tone: warning, danger or good."""
        self._text.setText(text)
        self.setProperty("tone", tone)
        for widget in (self, self._text):
            self.style().unpolish(widget)
            self.style().polish(widget)
        self.show()

    def show_error(self, error: Exception) -> None:
        """Show what an error says; a bug shows its kind only."""
        if isinstance(error, KnownError):
            self.show_text(error.message, "danger")
        else:
            text = _("Something went wrong in the program ({kind}). Nothing was lost.")
            self.show_text(text.format(kind=type(error).__name__), "danger")

    @property
    def text(self) -> str:
        """The sentence that is shown."""
        return self._text.text()
