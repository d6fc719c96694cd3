"""The operator's portal in the settings."""

from functools import partial

from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from console.domain.journal import Changes
from console.services import portal
from console.services.portal import Portal
from console.texts import _
from ui.desk import Desk
from ui.widgets.kept_form import KeptForm
from ui.widgets.parts import Banner, Card, button, label, row, wrapped
from ui.widgets.portal_buttons import PortalButtons

_WIDTH = 560


class PortalCard(Card):
    """Saves through the service; the password is never shown again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.banner = Banner()
        self.address = self._text(_("Address of the portal"))
        self.address.setPlaceholderText("https://")
        self.login = self._text(_("Login name"))
        self.password = self._text(_("Password of the portal"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(_("unchanged"))
        holder = QWidget()
        form = QFormLayout(holder)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(_("Address of the portal"), self.address)
        form.addRow(_("Login name"), self.login)
        form.addRow(_("Password of the portal"), self.password)
        self.content.addWidget(label(_("The operator's portal"), "heading"))
        explained = _(
            "Where orders are sent to. The password lies in this computer's keyring, never in a "
            "file."
        )
        self.content.addWidget(wrapped(explained, "muted"))
        self._kept = KeptForm(
            desk, "settings-portal", {"address": self.address, "login": self.login}, self
        )
        self.content.addWidget(self._kept.banner)
        self.content.addWidget(self.banner)
        self.content.addWidget(holder)
        save = button(_("Save"), self.save, "save", primary=True)
        self.content.addWidget(row(PortalButtons(desk, self.banner), None, save))
        self.setFixedWidth(_WIDTH)

    @staticmethod
    def _text(name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setMaxLength(300)
        return field

    def reload(self) -> None:
        """Read the portal anew."""
        self._desk.tasks.query(portal.portal, self._show)

    def clear(self) -> None:
        """Forget what is shown, for locking; what is typed is kept."""
        self._kept.clear(partial(self._fill, Portal()))

    def _show(self, found: Portal) -> None:
        self._kept.show(partial(self._fill, found))

    def _fill(self, found: Portal) -> None:
        self.address.setText(found.address)
        self.login.setText(found.login)
        self.password.clear()

    def save(self) -> None:
        """Store the portal; an empty password leaves the one in the keyring."""
        changed = Portal(self.address.text(), self.login.text())
        password = self.password.text() or None
        self.banner.hide()
        self._desk.tasks.change(
            self._kept.saving(lambda w: portal.change_portal(w, changed, password)),
            self._on_saved,
            self.banner.show_error,
        )

    def _on_saved(self, _changes: Changes) -> None:
        self.password.clear()
        self._kept.saved()
        self._desk.message.emit(_("Settings saved."))
