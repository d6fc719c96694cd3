"""What is being done, while it takes long: a bar that moves, and a sentence."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from console.texts import _
from ui.widgets.parts import wrapped


class Progress(QWidget):
    """Hidden until something begins."""

    told = Signal(str)
    """One step more; may be emitted on the worker."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = wrapped("", "muted")
        bar = QProgressBar()
        bar.setAccessibleName(_("Progress"))
        bar.setRange(0, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(bar)
        layout.addWidget(self._said)
        self.told.connect(self._said.setText)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown."""
        return self._said.text()

    def begin(self) -> None:
        """Show that something goes on."""
        self._said.setText("")
        self.show()
