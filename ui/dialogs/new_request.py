"""A new request in one dialog: number or name first, the card beside it, the deadline live."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.domain import formats, phone, quick_log
from console.domain.client import Client
from console.domain.journal import Changes
from console.domain.line import Line
from console.domain.mail import Mail
from console.domain.quick_log import QuickLog
from console.domain.request import Channel, Request
from console.domain.search import SearchHit
from console.services import clients, contacts, drafts, lines, mails, papers, requests
from console.services.documents import Issued
from console.services.mails import MailProposal
from console.services.requests import Draft, Preview
from console.texts import _
from console.workspace import Workspace
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.call_cards import CallCards
from ui.widgets.live_search import LiveSearch
from ui.widgets.parts import button, scrolled, wrapped
from ui.widgets.request_form import RequestForm
from ui.widgets.request_preview import RequestPreview

_DELAY_MS: Final = 60
_KEEP_MS: Final = 700
_FORM: Final = "new-request"
_FOUND: Final = ("lines", "sims", "contacts", "clients")
_Log = Callable[[Workspace, Draft], Changes]


class NewRequestDialog(FormDialog):
    """Logs a request. The moment at which it opened is the received time, unless changed."""

    def __init__(self, desk: Desk, about: object = None, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("New request"), _("Log the request"), parent)
        self._client: Client | None = None
        self._numbers: list[str] = []
        self._mail: Mail | None = None
        self._answers: Request | None = None
        self._cards = CallCards(desk)
        self._make_search()
        self._fields = RequestForm(self.form, datetime.now(UTC), self)
        self._seen = RequestPreview()
        self._lay_out()
        self._connect()
        self._search.setFocus()
        if isinstance(about, MailProposal):
            self._take_mail(about)
        elif isinstance(about, Line):
            self._take_line(about)
        elif isinstance(about, Client):
            self._take_client(about)
        elif isinstance(about, Draft):
            self._take_draft(about)
        else:
            desk.tasks.query(lambda w: drafts.kept(w, _FORM), self._restore)

    def _make_search(self) -> None:
        self._search = self.add_text(_("Number or name"), longest=4000)
        self._search.setPlaceholderText(_("799 000 005, Nováková, ICCID, client…"))
        self._results = QListWidget()
        self._results.setObjectName("results")
        self._results.setAccessibleName(_("Found"))
        self._results.setMaximumHeight(150)
        self._results.hide()
        self.form.addRow("", self._results)
        self._about = wrapped("")
        self.form.addRow(_("About"), self._about)

    def _lay_out(self) -> None:
        columns = QHBoxLayout()
        self.body.removeItem(self.form)
        holder = QWidget()
        holder.setLayout(self.form)
        self.form.setContentsMargins(0, 0, 0, 0)
        left = QVBoxLayout()
        left.addWidget(scrolled(holder), 1)
        left.addWidget(self._seen)
        columns.addLayout(left, 3)
        columns.addWidget(self._cards, 2)
        self.body.addLayout(columns)
        self._throw_away = button(_("Throw it away"), self._on_thrown_away, "trash-2")
        self._file_it = button("", self._file_reply, "circle-check")
        self._refuse = button(_("Log as refused"), self._log_refused, "x")
        self._confirm = button(_("Confirm in writing"), self._log_to_confirm, "file-signature")
        for place, made in enumerate(
            (self._throw_away, self._file_it, self._refuse, self._confirm)
        ):
            made.hide()
            self._buttons.insertWidget(place, made)
        self._fields.show_override(is_needed=False)
        self.resize(1000, 660)

    def _connect(self) -> None:
        self._live_search = LiveSearch(
            self.desk.tasks, self._search, _FOUND, limit=5, reading=_looked_for
        )
        self._keep_timer = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._keep_timer.timeout.connect(self._keep)
        self._live_search.found.connect(self._show_hits)
        self._preview_timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._preview_timer.timeout.connect(self._preview)
        self._search.textEdited.connect(lambda: self._find())
        self._search.textEdited.connect(lambda: self._keep_timer.start())
        self._live_search.confirmed.connect(self._take_first)
        self._results.itemActivated.connect(self._take_item)
        self._results.itemClicked.connect(self._take_item)
        self._fields.changed.connect(self._preview_timer.start)
        self._fields.typed.connect(self._keep_timer.start)
        self._fields.other_time.toggled.connect(
            lambda: self._fields.show_override(self._fields.override.isVisible())
        )
        self._preview_timer.timeout.connect(lambda: self._keep_timer.start())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl+Enter logs from any field; Down goes into what was found."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.submit()
            elif not isinstance(self.focusWidget(), QLineEdit) and self.action.isEnabled():
                super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Down and self._search.hasFocus():
            self._results.setFocus()
            self._results.setCurrentRow(0)
        else:
            super().keyPressEvent(event)

    def _find(self) -> None:
        """Understand the line: its kind is chosen at once, several numbers are taken at once."""
        said = quick_log.parse(self._search.text())
        if said.kind is not None and self._search.text().strip():
            self._fields.set_kind(said.kind)
        if len(said.numbers) > 1:
            self._take_words(said)
            self._take_numbers(list(said.numbers))
            return
        self._live_search.ask()

    def _take_words(self, said: QuickLog) -> None:
        """Make what is neither number nor kind the subject, behind the kind."""
        if said.kind is not None and said.rest and not self._fields.subject.text():
            self._fields.subject.setText(f"{said.kind.label}: {said.rest}"[:300])

    def _show_hits(self, hits: list[SearchHit]) -> None:
        self._results.clear()
        for hit in hits:
            title = phone.pretty(hit.title) if hit.noun == "lines" else hit.title
            item = QListWidgetItem(f"{title}  ·  {hit.detail}")
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self._results.addItem(item)
        self._results.setVisible(bool(hits))
        if hits:
            self._cards.show_hit(hits[0])

    def _take_first(self) -> None:
        self._take_words(quick_log.parse(self._search.text()))
        if self._results.count():
            self._take_item(self._results.item(max(0, self._results.currentRow())))
        self._go_on()

    def _go_on(self) -> None:
        """Go to the kind behind the key that brought this about, which must not log it yet."""
        QTimer.singleShot(0, self._fields.kind.setFocus)

    def _take_item(self, item: QListWidgetItem) -> None:
        hit: SearchHit = item.data(Qt.ItemDataRole.UserRole)
        self._cards.show_hit(hit)
        if hit.noun in ("lines", "sims"):
            self.desk.tasks.query(lambda w: lines.line(w, hit.owner_id), self._take_line)
        else:
            self._fields.contact_wish = hit.id if hit.noun == "contacts" else 0
            self.desk.tasks.query(lambda w: clients.client(w, hit.client_id), self._take_client)
        self._go_on()

    def _take_numbers(self, numbers: list[str]) -> None:
        def work(workspace: Workspace) -> Line | None:
            known = lines.lines_by_number(workspace, numbers)
            return next((known[n] for n in numbers if n in known), None)

        def done(line: Line | None) -> None:
            if line is None:
                self.banner.show_text(_("None of these numbers is in the register."))
                return
            self._numbers = [n for n in numbers if n != line.msisdn]
            self._take_line(line)

        self.desk.tasks.query(work, done)

    def _take_line(self, line: Line) -> None:
        if self._client is not None and self._client.id != line.client_id:
            self._numbers = []
        if line.msisdn not in self._numbers:
            self._numbers.insert(0, line.msisdn)
        self._cards.show_line(line.id)
        self.desk.tasks.query(lambda w: clients.client(w, line.client_id), self._take_client)

    def _take_client(self, client: Client) -> None:
        changed = self._client is None or self._client.id != client.id
        self._client = client
        self._results.hide()
        self._search.clear()
        shown = ", ".join(phone.pretty(number) for number in self._numbers[:12])
        more = f" +{len(self._numbers) - 12}" if len(self._numbers) > 12 else ""
        self._about.setText(f"{client.name}\n{shown}{more}".strip())
        if changed:
            self.desk.tasks.query(
                lambda w: contacts.contacts_of(w, client.id), self._fields.show_contacts
            )
        elif self._fields.contact_wish:
            self._fields.choose_contact()
        self._preview_timer.start()

    def _take_draft(self, draft: Draft) -> None:
        """Fill the form from what is known; the person fills in the rest."""
        self._numbers = list(draft.numbers)
        self._fields.show_draft(draft)
        self.desk.tasks.query(lambda w: clients.client(w, draft.client_id), self._take_client)

    def _take_mail(self, found: MailProposal) -> None:
        """Fill the form from a mail; what it is becomes the person's to correct."""
        mail = self._mail = found.mail
        fields = self._fields
        self._numbers = list(found.numbers)
        fields.set_kind(found.kind)
        fields.channel.setCurrentIndex(fields.channel.findData(Channel.EMAIL))
        fields.subject.setText(mail.subject)
        fields.text.setPlainText(mail.text)
        if found.draft:
            fields.caller.setText(found.draft.caller)
            fields.invoice.setText(found.draft.invoice)
            fields.period.setText(found.draft.period)
            if found.draft.received_at:
                fields.set_received(found.draft.received_at)
        fields.contact_wish = found.contact.id if found.contact else 0
        files = ", ".join(file.name for file in mail.attachments)
        told = [_("Mail from {sender}.").format(sender=mail.sender)]
        if files:
            told.append(_("Kept with it: {files}.").format(files=files))
        if found.answers:
            told.append(_("It answers {number}.").format(number=found.answers.number))
            self._answers = found.answers
            self._file_it.setText(_("File it with {number}").format(number=found.answers.number))
            self._file_it.show()
        self.banner.show_text(" ".join(told), "good")
        if found.client is not None:
            self._take_client(found.client)

    def _file_reply(self) -> None:
        """Write the mail into the story of the request that it answers."""
        mail, request = self._mail, self._answers
        if mail is not None and request is not None:
            self.save(
                lambda w: mails.file_reply(w, mail, request),
                lambda _changes: self.desk.request_requested.emit(request.id),
            )

    def _keep(self) -> None:
        """Keep what was typed, so that neither a crash nor Esc loses it."""
        typed = {
            "client": self._client.id if self._client else 0,
            "numbers": self._numbers,
            **self._fields.kept(),
        }
        if self._mail is None and any(typed[name] for name in ("client", "subject", "text")):
            self.desk.tasks.query(lambda w: drafts.keep(w, _FORM, typed), lambda _none: None)

    def _restore(self, typed: dict[str, Any] | None) -> None:
        """Put back what was typed before, unless the person has begun anew."""
        if not typed or self._client is not None or self._search.text():
            return
        self._numbers = list(typed["numbers"])
        received = self._fields.restore(typed)
        self._throw_away.show()
        self.banner.show_text(
            _("This was typed before and not logged; received {at}.").format(
                at=formats.moment(received)
            ),
            "good",
        )
        if typed["client"]:
            self.desk.tasks.query(
                lambda w: clients.client(w, typed["client"]), self._take_client, lambda _error: None
            )

    def _forget(self) -> None:
        self._keep_timer.stop()
        self.desk.tasks.query(lambda w: drafts.forget(w, _FORM), lambda _none: None)

    def _on_thrown_away(self) -> None:
        self._forget()
        self.reject()

    def _draft(self) -> Draft | None:
        return self._fields.draft(self._client.id, self._numbers) if self._client else None

    def _preview(self) -> None:
        draft = self._draft()
        if draft is None:
            return
        asked = replace(draft, reason="")
        self.desk.tasks.query(lambda w: requests.preview(w, asked), self._show_preview)

    def _show_preview(self, seen: Preview) -> None:
        self._seen.show_preview(seen)
        self._fields.show_override(not seen.verdict.allowed)
        self._refuse.setVisible(not seen.verdict.allowed)
        self._confirm.setVisible(not seen.verdict.allowed)

    def submit(self) -> None:
        """Log the request; the dialog stays with its text where something is missing."""
        mail = self._mail
        self._log(
            (lambda w, draft: mails.log_mail(w, mail, draft)) if mail else requests.log_request,
            self._on_logged,
        )

    def _log(self, log: _Log, done: Callable[[Changes], None]) -> None:
        draft = self._draft()
        if draft is None:
            self.banner.show_text(
                _("Choose a number, a person or a client first. Nothing was lost."), "danger"
            )
            self._search.setFocus()
            return
        if self._fields.wrong:
            self.banner.show_text(self._fields.wrong, "danger")
            return
        self._keep_timer.stop()
        self.save(lambda w: log(w, draft), done)

    def _log_refused(self) -> None:
        """Write down that it was asked for without authority."""
        mail = self._mail
        self._log(
            (lambda w, draft: mails.log_mail(w, mail, draft, requests.log_refused))
            if mail
            else requests.log_refused,
            self._on_logged,
        )

    def _log_to_confirm(self) -> None:
        """Log it as waiting for the authorised person, and show the form to be signed."""
        mail = self._mail
        self._log(
            (lambda w, draft: mails.log_mail(w, mail, draft, requests.log_to_confirm))
            if mail
            else requests.log_to_confirm,
            self._on_logged_to_confirm,
        )

    def _on_logged_to_confirm(self, changes: Changes) -> None:
        self._on_logged(changes)
        request, desk = changes.result, self.desk
        if isinstance(request, Request):
            desk.tasks.change(
                lambda w: papers.issue_written_confirmation(w, request),
                lambda issued: _show_paper(desk, issued),
            )

    def _on_logged(self, changes: Any) -> None:
        if self._mail is None:
            self._forget()
        request: Request = changes.result
        text = _("{number} logged, due {due}. Ctrl+Z takes it back.")
        due = formats.moment(request.due_at) or "–"
        self.desk.message.emit(text.format(number=request.number, due=due))
        self.desk.request_requested.emit(request.id)


def _show_paper(desk: Desk, changes: Changes) -> None:
    if isinstance(changes.result, Issued):
        desk.document_requested.emit(changes.result.document.id)


def _looked_for(line: str) -> str:
    """Return what to look for out of a line that may name a kind, too."""
    said = quick_log.parse(line)
    if said.numbers:
        return phone.pretty(said.numbers[0])
    return said.rest if said.kind is not None and said.rest else line.strip()
