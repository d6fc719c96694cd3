"""A new request in one dialog: number or name first, the card beside it, the deadline live."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.domain import formats
from console.domain.client import Client
from console.domain.journal import Changes
from console.domain.line import Line
from console.domain.mail import Mail
from console.domain.quick_log import QuickLog
from console.domain.request import Request
from console.domain.search import SearchHit
from console.services import clients, contacts, lines, mails, papers, requests
from console.services.documents import Issued
from console.services.mails import MailProposal
from console.services.requests import Draft, Preview
from console.texts import _
from console.workspace import Workspace
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.form_draft import FormDraft, name_for
from ui.widgets.call_cards import CallCards
from ui.widgets.number_list import NumberList
from ui.widgets.parts import button, scrolled, wrapped
from ui.widgets.quick_line import QuickLine, words_beside_the_kind
from ui.widgets.request_form import LONGEST_SUBJECT, RequestForm
from ui.widgets.request_preview import RequestPreview

_DELAY_MS: Final = 60
_LONGEST_WORDS: Final = LONGEST_SUBJECT // 2
"""Words that are longer are no subject."""
_FORM: Final = "new-request"
_Log = Callable[[Workspace, Draft], Changes]


class NewRequestDialog(FormDialog):
    """Logs a request. The moment of the first keystroke is the received time, unless changed.

    Args:
        desk: the way to the services.
        about: a number, a client, a mail or a draft to begin with, or None.
        parent: as in Qt.
    """

    def __init__(self, desk: Desk, about: object = None, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("New request"), _("Log the request"), parent)
        self._begun_with = about
        self._client: Client | None = None
        self._mail: Mail | None = None
        self._answers: Request | None = None
        self._has_begun = False
        self._cards = CallCards(desk)
        self._line = QuickLine(self.form, desk.tasks, self)
        self._about = wrapped("")
        self.form.addRow(_("About"), self._about)
        self._number_list = NumberList()
        self.form.addRow(_("Numbers"), self._number_list)
        self._fields = RequestForm(self.form, datetime.now(UTC), self)
        self._seen = RequestPreview()
        self.typed = FormDraft(desk.tasks, name_for(_FORM, about), self._typed, self)
        self._lay_out()
        self._connect()
        self._begin()
        self.typed.load(self._restore)

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
        self._anew = button(_("Start anew"), self._start_anew, "trash-2")
        self._file_it = button("", self._file_reply, "circle-check")
        self._refuse = button(_("Log as refused"), self._log_refused, "x")
        self._confirm = button(_("Confirm in writing"), self._log_to_confirm, "file-signature")
        for place, made in enumerate((self._anew, self._file_it, self._refuse, self._confirm)):
            made.hide()
            self._buttons.insertWidget(place, made)
        self._fields.show_override(is_needed=False)
        self.resize(1000, 660)

    def _connect(self) -> None:
        self._preview_timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._preview_timer.timeout.connect(self._preview)
        self._line.edited.connect(self._on_typed)
        self._line.kind_said.connect(self._fields.set_kind)
        self._line.found.connect(self._cards.show_hit)
        self._line.listed.connect(self._take_list)
        self._line.confirmed.connect(self._on_confirmed)
        self._line.chosen.connect(self._take_hit)
        self._line.cut.connect(self._on_cut)
        self._number_list.removed.connect(self._on_removed)
        self._fields.changed.connect(self._preview_timer.start)
        self._fields.typed.connect(self._on_typed)
        self._fields.other_time.toggled.connect(
            lambda: self._fields.show_override(self._fields.override.isVisible())
        )

    def _begin(self) -> None:
        """Fill in what the dialog was opened for."""
        about = self._begun_with
        self._show_numbers()
        self._line.field.setFocus()
        if isinstance(about, MailProposal):
            self._take_mail(about)
        elif isinstance(about, Line):
            self._take_line(about)
        elif isinstance(about, Client):
            self._take_client(about)
        elif isinstance(about, Draft):
            self._take_draft(about)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl+Enter logs from any field; Down goes into what was found."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.submit()
            elif not isinstance(self.focusWidget(), QLineEdit) and self.action.isEnabled():
                super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Down and self._line.field.hasFocus():
            self._line.go_into_results()
        else:
            super().keyPressEvent(event)

    @property
    def _numbers(self) -> list[str]:
        return self._number_list.numbers

    def _on_typed(self) -> None:
        """Keep what is typed; the first key says when the request was received."""
        if not self._has_begun:
            self._has_begun = True
            self._fields.begin(datetime.now(UTC))
        if self.typed:
            self.typed.touch()

    def _on_removed(self) -> None:
        self._show_numbers()
        self._on_typed()
        self._preview_timer.start()

    def _on_cut(self) -> None:
        self.banner.show_text(
            _("The text was too long and is cut off at its end. Paste the rest behind it.")
        )

    def _on_confirmed(self, said: QuickLog) -> None:
        if said.kind is not None or len(said.rest) > _LONGEST_WORDS:
            self._take_words(said)
        self._go_on()

    def _take_words(self, said: QuickLog) -> None:
        """Make what is neither number nor kind the subject, or else the text."""
        subject, words = self._fields.subject, said.rest
        if said.kind is not None and len(words) <= _LONGEST_WORDS and not subject.text():
            subject.setText(words_beside_the_kind(said)[:LONGEST_SUBJECT])
        elif words and words not in f"{subject.text()}\n{self._fields.text.toPlainText()}":
            self._fields.text.appendPlainText(words)

    def _take_list(self, said: QuickLog) -> None:
        """Take all numbers of a list or a mail, with the words around them.

        They are the chosen client's, or else the first one's that is known.
        """
        chosen, numbers = self._client, list(said.numbers)

        def work(workspace: Workspace) -> Line | None:
            known = lines.lines_by_number(workspace, numbers)
            found = [known[n] for n in numbers if n in known]
            ours = [line for line in found if chosen and line.client_id == chosen.id]
            return next(iter([*ours, *found]), None)

        def done(line: Line | None) -> None:
            if line is None and chosen is None:
                self._line.give_back()
                self.banner.show_text(_("None of these numbers is in the register."))
                return
            self._take_words(said)
            if line is not None:
                self._take_line(line, numbers)
            elif chosen is not None:
                self._number_list.add(numbers)
                self._take_client(chosen)

        self.desk.tasks.query(work, done)

    def _go_on(self) -> None:
        """Go to the kind behind the key that brought this about, which must not log it yet."""
        QTimer.singleShot(0, self._fields.kind.setFocus)

    def _take_hit(self, hit: SearchHit) -> None:
        self._on_typed()
        self._cards.show_hit(hit)
        if hit.noun in ("lines", "sims"):
            self.desk.tasks.query(lambda w: lines.line(w, hit.owner_id), self._take_line)
        else:
            self._fields.contact_wish = hit.id if hit.noun == "contacts" else 0
            self.desk.tasks.query(lambda w: clients.client(w, hit.client_id), self._take_client)
        self._go_on()

    def _take_line(self, line: Line, numbers: list[str] | None = None) -> None:
        if self._client is not None and self._client.id != line.client_id:
            self._leave_out_numbers(self._client.name)
        self._number_list.add(numbers or [line.msisdn])
        self._cards.show_line(line.id)
        self.desk.tasks.query(lambda w: clients.client(w, line.client_id), self._take_client)

    def _leave_out_numbers(self, client: str) -> None:
        """Take out what is of another client than the number that was just chosen, and say so."""
        if self._numbers:
            text = _("A request is about one client: the numbers of {client} were taken out.")
            self.banner.show_text(text.format(client=client), "warning")
        self._number_list.set_numbers([])

    def _take_client(self, client: Client) -> None:
        changed = self._client is None or self._client.id != client.id
        self._client = client
        self._line.clear_taken()
        self._show_numbers()
        if changed:
            self.desk.tasks.query(
                lambda w: contacts.contacts_of(w, client.id), self._fields.show_contacts
            )
        elif self._fields.contact_wish:
            self._fields.choose_contact()
        self._preview_timer.start()

    def _show_numbers(self) -> None:
        self._about.setText(self._client.name if self._client else "")
        self.form.setRowVisible(self._number_list, bool(self._numbers))

    def _take_draft(self, draft: Draft) -> None:
        """Fill the form from what is known; the person fills in the rest."""
        self._number_list.set_numbers(draft.numbers)
        self._fields.show_draft(draft)
        self.desk.tasks.query(lambda w: clients.client(w, draft.client_id), self._take_client)

    def _take_mail(self, found: MailProposal) -> None:
        """Fill the form from a mail; what it is becomes the person's to correct."""
        mail = self._mail = found.mail
        self._number_list.set_numbers(found.numbers)
        self._fields.show_mail(found)
        files = ", ".join(file.name for file in mail.attachments)
        told = [_("Mail from {sender}.").format(sender=mail.sender)]
        if files:
            told.append(_("Kept with it: {files}.").format(files=files))
        if found.answers:
            told.append(_("It answers {number}.").format(number=found.answers.number))
            self._answers = found.answers
            self._file_it.setText(_("File it with {number}").format(number=found.answers.number))
            self._file_it.show()
        if found.doubt:
            told.append(found.doubt)
        self.banner.show_text(" ".join(told), "warning" if found.doubt else "good")
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

    def _typed(self) -> dict[str, Any]:
        """Return what has to survive a crash, Esc and a lock; nothing where nothing is there."""
        fields = self._fields.kept()
        typed = {
            "client": self._client.id if self._client else 0,
            "numbers": self._numbers,
            "line": self._line.field.text(),
        }
        return {**typed, **fields} if any(typed.values()) or self._fields.has_text else {}

    def _restore(self, typed: dict[str, Any]) -> None:
        """Put back what was typed before."""
        self._has_begun = True
        self._number_list.set_numbers(typed["numbers"])
        received = self._fields.restore(typed)
        self._anew.show()
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
        self._show_numbers()
        self._cards.show_numbers(self._numbers[:1])
        if typed.get("line"):
            self.desk.tasks.query(lambda _w: None, lambda _none: self._line.show(typed["line"]))

    def _start_anew(self) -> None:
        """Forget what was typed before, and stay open for what comes now."""
        if self.typed:
            self.typed.forget()
        self._client = None
        self._has_begun = False
        self._number_list.set_numbers([])
        self._line.clear()
        self._fields.clear(datetime.now(UTC))
        self._seen.clear()
        self._cards.clear()
        for made in (self._anew, self._file_it, self._refuse, self._confirm):
            made.hide()
        self.banner.hide()
        self._begin()

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
        self._log(requests.log_request, self._on_logged)

    def _log(self, log: _Log, done: Callable[[Changes], None]) -> None:
        """Log what is in the form, with the mail that it came by."""
        draft = self._draft()
        if draft is None:
            self.banner.show_text(
                _("Choose a number, a person or a client first. Nothing was lost."), "danger"
            )
            self._line.field.setFocus()
            return
        if self._fields.wrong:
            self.banner.show_text(self._fields.wrong, "danger")
            return
        mail = self._mail
        self.save(lambda w: mails.log_mail(w, mail, draft, log) if mail else log(w, draft), done)

    def _log_refused(self) -> None:
        """Write down that it was asked for without authority."""
        self._log(requests.log_refused, self._on_logged)

    def _log_to_confirm(self) -> None:
        """Log it as waiting for the authorised person, and show the form to be signed."""
        self._log(requests.log_to_confirm, self._on_logged_to_confirm)

    def _on_logged_to_confirm(self, changes: Changes) -> None:
        self._on_logged(changes)
        request, desk = changes.result, self.desk
        if isinstance(request, Request):
            desk.tasks.change(
                lambda w: papers.issue_written_confirmation(w, request),
                lambda issued: _show_paper(desk, issued),
            )

    def _on_logged(self, changes: Any) -> None:
        request: Request = changes.result
        text = _("{number} logged, due {due}. Ctrl+Z takes it back.")
        due = formats.moment(request.due_at) or "–"
        self.desk.message.emit(text.format(number=request.number, due=due))
        self.desk.request_requested.emit(request.id)


def _show_paper(desk: Desk, changes: Changes) -> None:
    if isinstance(changes.result, Issued):
        desk.document_requested.emit(changes.result.document.id)
