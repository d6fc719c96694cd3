"""What a revision of a document says otherwise than the one before, one by one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from console.domain.document import Document
from console.services.differences import Difference
from console.texts import _
from ui.widgets.parts import button, wrapped


class DifferencesDialog(QDialog):
    """A list to read, to scroll by keys and to copy out of."""

    def __init__(
        self, document: Document, found: Sequence[Difference], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("What differs"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = _("{number}, revision {revision}").format(
            number=document.number, revision=document.revision
        )
        self.list = QPlainTextEdit("\n\n".join(map(_text, found)))
        self.list.setReadOnly(True)
        self.list.setAccessibleName(_("What differs"))
        self.list.setTabChangesFocus(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        layout.addWidget(wrapped(title, "heading"))
        layout.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button(_("Close"), self.reject))
        layout.addLayout(buttons)
        self.resize(620, 420)
        self.list.setFocus()


def _text(one: Difference) -> str:
    nothing = _("nothing")
    before = _("Before: {value}").format(value=one.before or nothing)
    now = _("Now: {value}").format(value=one.after or nothing)
    return f"{one.what}\n{before}\n{now}"
