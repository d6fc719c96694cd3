"""The server that takes our mails, in the settings."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QFileDialog, QFormLayout, QLineEdit, QSpinBox, QWidget

from console.domain.journal import Changes
from console.domain.outgoing_mail import MailAccount
from console.services import outbox
from console.texts import _
from ui.desk import Desk
from ui.kept_fields import KeptField
from ui.widgets.dates import pad
from ui.widgets.kept_form import KeptForm
from ui.widgets.parts import Banner, Card, button, label, row, wrapped

_LARGEST_CERTIFICATE = 100_000


class MailAccountForm(Card):
    """Saves through the service; the password is never shown again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._certificate = ""
        self.banner = Banner()
        self.host = self._text(_("Server for mails"))
        self.port = QSpinBox()
        self.port.setRange(1, 65_535)
        pad(self.port)
        self.port.setAccessibleName(_("Port"))
        self.from_address = self._text(_("Sender"))
        self.user = self._text(_("User"))
        self.password = self._text(_("Password"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(_("unchanged"))
        self.own = QCheckBox(_("The office has a certificate of its own"))
        self._fill(MailAccount())
        self._lay_out()

    @staticmethod
    def _text(name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setMaxLength(200)
        return field

    def _lay_out(self) -> None:
        holder = QWidget()
        form = QFormLayout(holder)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(_("Server for mails"), self.host)
        form.addRow(_("Port"), self.port)
        form.addRow(_("Sender"), self.from_address)
        form.addRow(_("User"), self.user)
        form.addRow(_("Password"), self.password)
        choose = button(_("Choose the certificate…"), self._choose, "folder-open")
        form.addRow(self.own, choose)
        self.content.addWidget(label(_("Mails"), "heading"))
        explained = _(
            "Mails go out encrypted only: port 465 for TLS, others for STARTTLS. The password lies"
            " in this computer's keyring, never in a file."
        )
        self.content.addWidget(wrapped(explained, "muted"))
        kept: dict[str, QWidget | KeptField] = {
            "host": self.host,
            "port": self.port,
            "sender": self.from_address,
            "user": self.user,
        }
        self._kept = KeptForm(self._desk, "settings-mails", kept, self)
        self.content.addWidget(self._kept.banner)
        self.content.addWidget(self.banner)
        self.content.addWidget(holder)
        self.content.addWidget(row(None, button(_("Save"), self.save, "save", primary=True)))
        self.setFixedWidth(560)

    def reload(self) -> None:
        """Read the account anew."""
        self._desk.tasks.query(outbox.account, self.show_account)

    def show_account(self, account: MailAccount) -> None:
        """Show an account, unless another one is typed; the password stays where it is."""
        self._kept.show(partial(self._fill, account))

    def _fill(self, account: MailAccount) -> None:
        self.host.setText(account.host)
        self.port.setValue(account.port)
        self.from_address.setText(account.sender)
        self.user.setText(account.user)
        self.password.clear()
        self._certificate = account.certificate
        self.own.setChecked(bool(account.certificate))

    def clear(self) -> None:
        """Forget what is shown, for locking; what is typed is kept."""
        self._kept.clear(partial(self._fill, MailAccount()))

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Choose the certificate"), "", _("Certificates") + " (*.pem *.crt)"
        )
        if chosen:
            self.take_certificate(Path(chosen))

    def take_certificate(self, path: Path) -> None:
        """Take the certificate of the office's server out of a PEM file."""
        try:
            text = path.read_bytes()[:_LARGEST_CERTIFICATE].decode("ascii")
        except (OSError, UnicodeDecodeError):
            text = ""
        if "BEGIN CERTIFICATE" not in text:
            self.banner.show_text(
                _("The file {name} is no certificate (PEM). Nothing was taken.").format(
                    name=path.name
                ),
                "danger",
            )
            return
        self._certificate = text
        self.own.setChecked(True)

    def save(self) -> None:
        """Store the account; an empty password leaves the one in the keyring."""
        account = MailAccount(
            host=self.host.text().strip(),
            port=self.port.value(),
            user=self.user.text().strip(),
            sender=self.from_address.text().strip(),
            certificate=self._certificate if self.own.isChecked() else "",
        )
        password = self.password.text() or None
        self.banner.hide()
        self._desk.tasks.change(
            self._kept.saving(lambda w: outbox.change_account(w, account, password)),
            self._on_saved,
            self.banner.show_error,
        )

    def _on_saved(self, _changes: Changes) -> None:
        self._kept.saved()
        self._desk.message.emit(_("Settings saved."))
        self._desk.outbox_filled.emit()
