"""The outbox: mails that still want something, and what the person decides about them."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from console.domain import formats
from console.domain.journal import Changes
from console.domain.outgoing_mail import Delivery, MailState, OutgoingMail
from console.services import outbox
from console.texts import N_, _
from console.workspace import Workspace
from ui.desk import Desk
from ui.one_change import OneChange
from ui.widgets.parts import Banner, button, row, wrapped
from ui.widgets.plain_table import PlainTable

FAILURES: Final = {
    Delivery.NOT_NOW: N_("The server did not answer; it is tried again by itself."),
    Delivery.REFUSED: N_("The server refused the mail; correct the address and write it anew."),
    Delivery.SIGN_IN: N_("The server does not know the name or the password; see the settings."),
    Delivery.UNTRUSTED: N_("The server has no certificate that is trusted; see the settings."),
    Delivery.UNSURE: N_("The connection broke on the way: it may have arrived. Ask the client."),
}
_HEADS: Final = (N_("To"), N_("Subject"), N_("State"), N_("Written"))
_OPEN: Final = frozenset({MailState.WAITING, MailState.UNSURE, MailState.REFUSED})


class OutboxDialog(QDialog):
    """Lists what was not sent; a mail of which nobody knows is never sent by itself."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Outbox"))
        self.setModal(True)
        self._desk = desk
        self._change_once = OneChange(desk.tasks)
        self._mails: list[OutgoingMail] = []
        self.banner = Banner()
        self.table = PlainTable(_("Mails"), [_(head) for head in _HEADS], stretched=1)
        self.why = wrapped("", "muted")
        self._again = button(_("Send now"), lambda: self._decide(outbox.try_now), "send", True)
        self._sent = button(
            _("It did arrive"), lambda: self._decide(outbox.was_sent), "circle-check"
        )
        self._drop = button(_("Withdraw"), lambda: self._decide(outbox.withdraw), "trash-2")
        layout = QVBoxLayout(self)
        layout.addWidget(self.banner)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.why)
        close = button(_("Close"), self.reject)
        layout.addWidget(row(self._drop, self._sent, None, close, self._again))
        self.table.itemSelectionChanged.connect(self._on_selected)
        desk.tasks.records_changed.connect(self._on_changed)
        self.resize(760, 420)
        self._load()

    def _on_changed(self, changes: Changes) -> None:
        if "outgoing_mails" in changes.nouns:
            self._load()

    def _load(self) -> None:
        self._desk.tasks.query(outbox.mails, self._show, self.banner.show_error)

    def _show(self, found: list[OutgoingMail]) -> None:
        row_before = max(0, self.table.currentRow())
        self._mails = found
        self.table.show_rows(
            [
                (mail.address, mail.subject, mail.state.label, formats.moment(mail.queued_at))
                for mail in found
            ]
        )
        if found:
            self.table.selectRow(min(row_before, len(found) - 1))
        self._on_selected()

    @property
    def current(self) -> OutgoingMail | None:
        """The mail that is chosen."""
        at = self.table.currentRow()
        return self._mails[at] if 0 <= at < len(self._mails) else None

    def _on_selected(self) -> None:
        mail = self.current
        is_open = mail is not None and mail.state in _OPEN
        self._again.setEnabled(is_open)
        self._drop.setEnabled(is_open)
        self._sent.setEnabled(mail is not None and mail.state is MailState.UNSURE)
        if mail is None:
            self.why.setText(_("Nothing waits to be sent."))
        else:
            self.why.setText(_(FAILURES[Delivery(mail.error)]) if mail.error else "")

    def _decide(self, decide: Callable[[Workspace, OutgoingMail], Changes]) -> None:
        mail = self.current
        if mail is not None:
            self._change_once.run(
                lambda w: decide(w, mail),
                lambda _changes: self._desk.outbox_filled.emit(),
                self.banner.show_error,
            )
