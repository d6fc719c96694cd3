"""The menu of documents that can be issued.

Other parts of the window open the same dialogs by ``desk.paper_requested``.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from console.domain.document import DocumentKind
from console.texts import _
from ui import icons
from ui.desk import Desk

OF_REQUEST: Final = (
    DocumentKind.WRITTEN_CONFIRMATION,
    DocumentKind.COMPLAINT_RECORD,
    DocumentKind.COMPLAINT_REPLY,
    DocumentKind.REQUEST_STORY,
)
OF_CLIENT: Final = (
    DocumentKind.HAND_OVER,
    DocumentKind.CARE_SHEET,
    DocumentKind.AUTHORISED_PERSONS,
    DocumentKind.PRIVACY_EXTRACT,
)
About = Callable[[], tuple[int, int]]
"""Gives the ids of client and request that a new document is about; 0 where it is open."""


def _nothing() -> tuple[int, int]:
    return 0, 0


class DocumentMenu(QToolButton):
    """A button that opens the menu of new documents.

    Args:
        desk: whose wishes the entries are.
        about: what a new document is about.
        parent: as in Qt.
    """

    def __init__(self, desk: Desk, about: About = _nothing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._about = about
        self.setText(_("New document"))
        self.setAccessibleName(_("New document"))
        self.setIcon(icons.icon("plus"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(self.toolButtonStyle().ToolButtonTextBesideIcon)
        self.setMenu(self._make_menu())

    def _make_menu(self) -> QMenu:
        menu, desk = QMenu(self), self._desk
        menu.addAction(_("Status report…"), partial(self._of_client, desk.report_requested))
        menu.addAction(_("Month's end of all clients…"), desk.month_end_requested.emit)
        menu.addAction(_("Order form…"), partial(self._of_client, desk.order_requested))
        menu.addSeparator()
        self._add(menu, OF_REQUEST)
        menu.addSeparator()
        self._add(menu, OF_CLIENT)
        return menu

    def _add(self, menu: QMenu, kinds: tuple[DocumentKind, ...]) -> None:
        for kind in kinds:
            menu.addAction(f"{kind.label}…", partial(self._ask_for, kind))

    def _of_client(self, signal: SignalInstance) -> None:
        signal.emit(self._about()[0])

    def _ask_for(self, kind: DocumentKind) -> None:
        client_id, request_id = self._about()
        self._desk.paper_requested.emit(kind, client_id, request_id)
