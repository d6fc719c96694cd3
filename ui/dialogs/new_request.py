"""A new request in one dialog: number or name first, the card beside it, the deadline live."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QWidget,
)

from console.domain import formats, phone, quick_log
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.line import Line
from console.domain.mail import Mail
from console.domain.quick_log import QuickLog
from console.domain.request import Channel, Kind, Request
from console.domain.search import SearchHit
from console.services import clients, contacts, drafts, lines, mails, requests
from console.services.mails import MailProposal
from console.services.requests import Draft, Preview
from console.texts import _
from console.workspace import Workspace
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.dates import MomentField
from ui.widgets.line_card import LineCardView
from ui.widgets.live_search import LiveSearch
from ui.widgets.parts import button, wrapped

_DELAY_MS: Final = 60
_KEEP_MS: Final = 700
_FORM: Final = "new-request"
_FOUND: Final = ("lines", "sims", "contacts", "clients")


class NewRequestDialog(FormDialog):
    """Logs a request. The moment at which it opened is the received time, unless changed."""

    def __init__(self, desk: Desk, about: object = None, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("New request"), _("Log the request"), parent)
        self._opened_at = datetime.now(UTC)
        self._client: Client | None = None
        self._numbers: list[str] = []
        self._contact_wish = 0
        self._card = LineCardView(desk, offers_request=False)
        self._make_fields()
        self._lay_out()
        self._connect()
        self._search.setFocus()
        self._mail: Mail | None = None
        self._answers: Request | None = None
        if isinstance(about, MailProposal):
            self._take_mail(about)
        elif isinstance(about, Line):
            self._take_line(about)
        elif isinstance(about, Client):
            self._take_client(about)
        else:
            desk.tasks.query(lambda w: drafts.kept(w, _FORM), self._restore)

    def _make_fields(self) -> None:
        self._search = self.add_text(_("Number or name"))
        self._search.setPlaceholderText(_("799 000 005, Nováková, ICCID, client…"))
        self._results = QListWidget()
        self._results.setObjectName("results")
        self._results.setAccessibleName(_("Found"))
        self._results.setMaximumHeight(150)
        self._results.hide()
        self.form.addRow("", self._results)
        self._about = wrapped("")
        self.form.addRow(_("About"), self._about)
        self._kind = self._choice(_("Kind"), [(kind.label, kind) for kind in Kind])
        self._kind.setCurrentIndex(self._kind.findData(Kind.FAULT))
        self._channel = self._choice(_("Channel"), [(c.label, c) for c in Channel])
        self._contact = self._choice(_("Contact"), [(_("somebody else"), 0)])
        self._subject = self.add_text(_("Subject"))
        self._text = QPlainTextEdit()
        self._text.setAccessibleName(_("Text"))
        self._text.setTabChangesFocus(True)
        self._text.setMaximumHeight(70)
        self.form.addRow(_("Text"), self._text)
        self._received = MomentField(_("Received"), self._opened_at)
        self._received.setEnabled(False)
        self._other_time = QCheckBox(_("received earlier"))
        self.form.addRow(self._other_time, self._received)
        self._override = QCheckBox(_("Log it in spite of the authority"))
        self.form.addRow("", self._override)
        self._reason = self.add_text(_("Reason"))
        self._deadline = wrapped("", "heading")
        self._explanation = wrapped("", "muted")
        self.form.addRow(_("Due"), self._deadline)
        self.form.addRow("", self._explanation)

    def _choice(self, name: str, choices: list[tuple[str, Any]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        for text, value in choices:
            box.addItem(text, value)
        self.form.addRow(name, box)
        return box

    def _lay_out(self) -> None:
        self._show_override(is_needed=False, is_reason_needed=False)
        columns = QHBoxLayout()
        self.body.removeItem(self.form)
        columns.addLayout(self.form, 3)
        columns.addWidget(self._card, 2)
        self.body.addLayout(columns)
        self._throw_away = button(_("Throw it away"), self._on_thrown_away, "trash-2")
        self._throw_away.hide()
        self._buttons.insertWidget(0, self._throw_away)
        self._file_it = button("", self._file_reply, "check")
        self._file_it.hide()
        self._buttons.insertWidget(1, self._file_it)
        self.resize(980, 640)

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
        self._live_search.confirmed.connect(self._take_first)
        self._results.itemActivated.connect(self._take_item)
        self._results.itemClicked.connect(self._take_item)
        for box in (self._kind, self._channel, self._contact):
            box.currentIndexChanged.connect(lambda: self._preview_timer.start())
        self._other_time.toggled.connect(self._received.setEnabled)
        self._other_time.toggled.connect(lambda: self._preview_timer.start())
        self._received.dateTimeChanged.connect(lambda: self._preview_timer.start())
        for field in (self._search, self._subject, self._reason):
            field.textEdited.connect(lambda: self._keep_timer.start())
        self._text.textChanged.connect(lambda: self._keep_timer.start())
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
            self._kind.setCurrentIndex(self._kind.findData(said.kind))
        if len(said.numbers) > 1:
            self._take_words(said)
            self._take_numbers(list(said.numbers))
            return
        self._live_search.ask()

    def _take_words(self, said: QuickLog) -> None:
        """Make what is neither number nor kind the subject, behind the kind."""
        if said.kind is not None and said.rest and not self._subject.text():
            self._subject.setText(f"{said.kind.label}: {said.rest}")

    def _show_hits(self, hits: list[SearchHit]) -> None:
        self._results.clear()
        for hit in hits:
            title = phone.pretty(hit.title) if hit.noun == "lines" else hit.title
            item = QListWidgetItem(f"{title}  ·  {hit.detail}")
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self._results.addItem(item)
        self._results.setVisible(bool(hits))
        if hits and hits[0].noun in ("lines", "sims"):
            self._card.show_line(hits[0].owner_id)

    def _take_first(self) -> None:
        self._take_words(quick_log.parse(self._search.text()))
        if self._results.count():
            self._take_item(self._results.item(max(0, self._results.currentRow())))
        self._kind.setFocus()

    def _take_item(self, item: QListWidgetItem) -> None:
        hit: SearchHit = item.data(Qt.ItemDataRole.UserRole)
        if hit.noun in ("lines", "sims"):
            self.desk.tasks.query(lambda w: lines.line(w, hit.owner_id), self._take_line)
        else:
            self._contact_wish = hit.id if hit.noun == "contacts" else 0
            self.desk.tasks.query(lambda w: clients.client(w, hit.client_id), self._take_client)
        self._kind.setFocus()

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
        self._card.show_line(line.id)
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
            self.desk.tasks.query(lambda w: contacts.contacts_of(w, client.id), self._show_contacts)
        self._preview_timer.start()

    def _take_mail(self, found: MailProposal) -> None:
        """Fill the form from a mail; what it is becomes the person's to correct."""
        mail = self._mail = found.mail
        self._numbers = list(found.numbers)
        self._kind.setCurrentIndex(self._kind.findData(found.kind))
        self._channel.setCurrentIndex(self._channel.findData(Channel.EMAIL))
        self._subject.setText(mail.subject)
        self._text.setPlainText(mail.text)
        if found.draft and found.draft.received_at:
            self._received.set_moment(found.draft.received_at)
            self._other_time.setChecked(True)
        self._contact_wish = found.contact.id if found.contact else 0
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
        typed = self._typed()
        if self._mail is None and any(typed[name] for name in ("client", "subject", "text")):
            self.desk.tasks.query(lambda w: drafts.keep(w, _FORM, typed), lambda _none: None)

    def _typed(self) -> dict[str, Any]:
        moment = self._received.moment if self._other_time.isChecked() else self._opened_at
        return {
            "client": self._client.id if self._client else 0,
            "numbers": self._numbers,
            "kind": str(self._kind.currentData()),
            "channel": str(self._channel.currentData()),
            "contact": self._contact.currentData() or 0,
            "subject": self._subject.text(),
            "text": self._text.toPlainText(),
            "reason": self._reason.text(),
            "received": moment.isoformat(),
            "is_other_time": self._other_time.isChecked(),
        }

    def _restore(self, typed: dict[str, Any] | None) -> None:
        """Put back what was typed before, unless the person has begun anew."""
        if not typed or self._client is not None or self._search.text():
            return
        received = datetime.fromisoformat(typed["received"])
        if typed["is_other_time"]:
            self._received.set_moment(received)
            self._other_time.setChecked(True)
        else:
            self._opened_at = received
        self._numbers = list(typed["numbers"])
        self._kind.setCurrentIndex(max(0, self._kind.findData(Kind(typed["kind"]))))
        self._channel.setCurrentIndex(max(0, self._channel.findData(Channel(typed["channel"]))))
        self._contact_wish = typed["contact"]
        self._subject.setText(typed["subject"])
        self._text.setPlainText(typed["text"])
        self._reason.setText(typed["reason"])
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

    def _show_contacts(self, found: list[Contact]) -> None:
        self._contact.clear()
        self._contact.addItem(_("somebody else"), 0)
        for contact in found:
            self._contact.addItem(contact.name, contact.id)
        self._contact.setCurrentIndex(max(0, self._contact.findData(self._contact_wish)))

    def _draft(self) -> Draft | None:
        if self._client is None:
            return None
        chosen = self._received.moment
        return Draft(
            client_id=self._client.id,
            kind=Kind(self._kind.currentData()),
            channel=Channel(self._channel.currentData()),
            numbers=tuple(self._numbers),
            contact_id=self._contact.currentData() or None,
            subject=self._subject.text(),
            text=self._text.toPlainText(),
            received_at=chosen if self._other_time.isChecked() else self._opened_at,
            override_authority=self._override.isChecked(),
            reason=self._reason.text(),
        )

    def _preview(self) -> None:
        draft = self._draft()
        if draft is None:
            return
        asked = replace(draft, reason="")
        self.desk.tasks.query(lambda w: requests.preview(w, asked), self._show_preview)

    def _show_preview(self, seen: Preview) -> None:
        governing = seen.deadlines.governing
        self._deadline.setText(
            f"{formats.moment(governing.due)} · {governing.nature.label}"
            if governing
            else _("No agreement sets a deadline.")
        )
        steps = [step.text for step in governing.explanation[1:3]] if governing else []
        steps.append(seen.verdict.why)
        if seen.unknown:
            unknown = ", ".join(phone.pretty(number) for number in seen.unknown[:6])
            steps.append(_("Not in the register: {numbers}.").format(numbers=unknown))
        self._explanation.setText("\n".join(steps))
        self._show_override(not seen.verdict.allowed, self._other_time.isChecked())

    def _show_override(self, is_needed: bool, is_reason_needed: bool) -> None:
        self.form.setRowVisible(self._override, is_needed)
        self.form.setRowVisible(self._reason, is_needed or is_reason_needed)

    def submit(self) -> None:
        """Log the request; the dialog stays with its text where something is missing."""
        draft = self._draft()
        if draft is None:
            self.banner.show_text(
                _("Choose a number, a person or a client first. Nothing was lost."), "danger"
            )
            self._search.setFocus()
            return
        self._keep_timer.stop()
        mail = self._mail
        self.save(
            lambda w: mails.log_mail(w, mail, draft) if mail else requests.log_request(w, draft),
            self._on_logged,
        )

    def _on_logged(self, changes: Any) -> None:
        if self._mail is None:
            self._forget()
        request: Request = changes.result
        text = _("{number} logged, due {due}. Ctrl+Z takes it back.")
        due = formats.moment(request.due_at) or "–"
        self.desk.message.emit(text.format(number=request.number, due=due))
        self.desk.request_requested.emit(request.id)


def _looked_for(line: str) -> str:
    """Return what to look for out of a line that may name a kind, too."""
    said = quick_log.parse(line)
    if said.numbers:
        return phone.pretty(said.numbers[0])
    return said.rest if said.kind is not None and said.rest else line.strip()
