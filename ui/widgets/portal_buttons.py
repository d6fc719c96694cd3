"""The way to the operator's portal: open it, and copy its password for a while."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.services import portal
from console.texts import _
from ui.desk import Desk
from ui.widgets.parts import Banner, button


class PortalButtons(QWidget):
    """Two buttons; what is wrong is said in the banner.

    Args:
        desk: the way to the services.
        banner: of the page or the card that they stand in.
        parent: as in Qt.
    """

    def __init__(self, desk: Desk, banner: Banner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._banner = banner
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(button(_("Open the portal"), self._open, "link"))
        layout.addWidget(button(_("Copy the password"), self._copy, "copy"))
        layout.addStretch(1)

    def _open(self) -> None:
        self._banner.hide()
        self._desk.tasks.query(
            portal.address,
            _open_in_browser,
            self._banner.show_error,
        )

    def _copy(self) -> None:
        self._banner.hide()
        self._desk.tasks.query(portal.password, self._put, self._banner.show_error)

    def _put(self, password: str) -> None:
        self._desk.secret_clipboard.put(password)
        self._desk.message.emit(_("The password is on the clipboard for 20 seconds."))


def _open_in_browser(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))
