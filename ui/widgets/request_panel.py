"""One request beside the list: its facts, deadlines with their explanation, story, steps."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from console.domain import formats
from console.domain.attachment import Attachment
from console.domain.complaint import ComplaintOutcome
from console.domain.journal import Changes
from console.domain.request import EntryKind, Request, RequestState, RequestSummary
from console.domain.workflow import EFFECTS
from console.errors import KnownError
from console.services import contacts, papers, request_batches, requests
from console.services.documents import Issued
from console.services.requests import Dossier
from console.texts import _
from ui.desk import Desk
from ui.dialogs.attachment import AttachmentDialog
from ui.dialogs.carry_out import CarryOutDialog
from ui.dialogs.confirm_request import ConfirmRequestDialog
from ui.dialogs.contact import ContactDialog
from ui.dialogs.entry import EntryDialog
from ui.dialogs.exception import ExceptionDialog
from ui.dialogs.inform import InformDialog
from ui.dialogs.join_requests import JoinRequestsDialog
from ui.dialogs.request_facts import RequestFactsDialog
from ui.dialogs.request_numbers import AddNumbersDialog, RemoveNumbersDialog, SplitRequestDialog
from ui.dialogs.settle_complaint import SettleComplaintDialog
from ui.dialogs.technical_unit import ChaseDialog, TechnicalUnitDialog
from ui.one_change import OneChange
from ui.widgets import order_links
from ui.widgets.kept_note import KeptNote
from ui.widgets.many_actions import many_card
from ui.widgets.order_links import OrderLinks
from ui.widgets.parts import Banner, button, card, clear, column, heading, scrolled, wrapped
from ui.widgets.request_actions import actions
from ui.widgets.request_detail import detail
from ui.widgets.request_story_view import RequestStoryView


class RequestPanel(QWidget):
    """Shows one request; empty until one is chosen. Steps are carried out at once."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._change_once = OneChange(desk.tasks)
        self._request_id = 0
        self._dossier: Dossier | None = None
        self._tabs = QTabWidget()
        self._story: RequestStoryView | None = None
        self._note = KeptNote(desk.tasks, self)
        self.setMinimumWidth(330)
        self._banner = Banner()
        self._layout = QVBoxLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._banner)
        outer.addLayout(self._layout, 1)
        self.clear()
        desk.tasks.records_changed.connect(lambda _changes: self._reload())

    def show_request(self, request_id: int) -> None:
        """Show a request by its id."""
        if request_id != self._request_id:
            self._banner.hide()
        self._request_id = request_id
        self._reload()

    @property
    def request_id(self) -> int:
        """Id of the request that is shown, or 0."""
        return self._request_id

    def show_many(self, chosen: Sequence[RequestSummary]) -> None:
        """Offer what can be done with several requests at once."""
        self._request_id = 0
        self._dossier = None
        self._banner.hide()
        clear(self._layout)
        self._layout.addWidget(many_card(self._desk, chosen, self))
        self._layout.addStretch(1)

    def show_tab(self, number: int) -> None:
        """Show details, deadlines or the story."""
        self._tabs.setCurrentIndex(number)

    def clear(self) -> None:
        """Show that nothing is chosen, and forget what was typed."""
        self._note.close()
        self._request_id = 0
        self._dossier = None
        self._story = None
        clear(self._layout)
        self._layout.addWidget(card(wrapped(_("Choose a request to see its story."), "muted")))
        self._layout.addStretch(1)

    def _reload(self) -> None:
        request_id = self._request_id
        if request_id:
            self._desk.tasks.query(
                lambda workspace: requests.dossier(workspace, request_id),
                self._show,
                self._on_unreadable,
            )

    def _on_unreadable(self, error: Exception) -> None:
        """Show nothing; one that was taken back is gone, anything else is told."""
        self.clear()
        if not (isinstance(error, KnownError) and error.code == "record-missing"):
            self._banner.show_error(error)

    def _show(self, found: Dossier) -> None:
        if found.request.id != self._request_id:
            return
        kept = self._tabs.currentIndex() if self._dossier else 0
        story = self._make_story(found)
        self._dossier = found
        self._story = story
        clear(self._layout)
        request = found.request
        opened = detail(found, lambda: self._open_contact(found), self._desk.request_requested.emit)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        if request.kind in order_links.KINDS:
            opened = column(opened, OrderLinks(self._desk, request))
        self._tabs.addTab(scrolled(opened), _("Detail"))
        self._tabs.addTab(scrolled(self._deadlines(found)), _("Deadlines"))
        self._tabs.addTab(scrolled(story), _("Story"))
        self._tabs.setCurrentIndex(kept)
        box = card(
            heading(request.subject),
            wrapped(f"{request.number} · {found.client.name}", "muted"),
            self._tabs,
            actions(found, self._opener(CarryOutDialog, request), self._take_step, self._more()),
        )
        self._layout.addWidget(box)

    def _make_story(self, found: Dossier) -> RequestStoryView:
        """Make the story; the filter stays while the same request is shown."""
        before = self._story if self._dossier and self._is_shown(found) else None
        kind = str(before.kinds.currentData() or "") if before else ""
        words = before.words.text() if before else ""
        request_id = found.request.id
        self._note.open(request_id, found.request.client_id, self._show_note)
        story = RequestStoryView(found, self._note.text, kind, words)
        story.text_edited.connect(self._note.write)
        story.note_requested.connect(self._add_note)
        story.notice_requested.connect(lambda: self._open_entry(is_notice=True))
        story.entry_requested.connect(self._open_entry)
        story.file_requested.connect(self._open_file)
        return story

    def _show_note(self, text: str) -> None:
        if self._story is not None:
            self._story.field.setText(text)

    def _is_shown(self, found: Dossier) -> bool:
        return self._dossier is not None and self._dossier.request.id == found.request.id

    def _open_contact(self, found: Dossier) -> None:
        """Open who asked; where openings are logged, this one was for the request."""
        contact, request = found.contact, found.request
        if contact is not None:
            self._desk.tasks.query(
                lambda w: contacts.contact(w, contact.id, request.id),
                lambda read: ContactDialog(self._desk, read.client_id, self, read).open(),
                self._banner.show_error,
            )

    def _deadlines(self, found: Dossier) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        for step in found.deadlines.warnings:
            layout.addWidget(wrapped(step.text, "error"))
        for deadline in found.deadlines.all:
            governs = deadline is found.deadlines.governing
            title = f"{formats.moment(deadline.due)} · {deadline.nature.label}"
            layout.addWidget(wrapped(f"{title} ◂" if governs else title, "heading"))
            for step in deadline.explanation:
                layout.addWidget(wrapped(step.text, "muted"))
        if not found.deadlines.all:
            layout.addWidget(wrapped(_("No agreement sets a deadline."), "muted"))
        if found.exceptions and found.request.state.is_open:
            record = button(
                _("Record a circumstance…"), lambda: self._record_exception(found), "circle-alert"
            )
            layout.addWidget(record)
        layout.addStretch(1)
        return holder

    def _record_exception(self, found: Dossier) -> None:
        ExceptionDialog(self._desk, found.request, found.exceptions, self).open()

    def _more(self) -> dict[str, Callable[[], object]]:
        """Return what the entries of the menu do, for the request that is shown."""
        found = self._dossier
        if found is None:
            return {}
        request = found.request
        return {
            "inform": self._opener(InformDialog, request),
            "hand-over": self._opener(TechnicalUnitDialog, found),
            "chase": self._opener(ChaseDialog, request),
            "facts": self._opener(RequestFactsDialog, found),
            "confirm": self._opener(ConfirmRequestDialog, request),
            "settle": self._opener(SettleComplaintDialog, found),
            "numbers": self._opener(AddNumbersDialog, request),
            "remove-numbers": self._opener(RemoveNumbersDialog, found),
            "split": self._opener(SplitRequestDialog, found),
            "join": self._opener(JoinRequestsDialog, request),
            "confirmation-form": lambda: self._issue(papers.issue_written_confirmation),
            "complaint-record": lambda: self._issue(papers.issue_complaint_record),
            "complaint-reply": lambda: self._issue(papers.issue_complaint_reply),
            "story": lambda: self._issue(papers.issue_request_story),
        }

    def _opener(self, dialog: Callable[..., QDialog], about: object) -> Callable[[], None]:
        return lambda: dialog(self._desk, about, parent=self).open()

    def _issue(self, issue: Callable[..., Changes]) -> None:
        """Issue a paper about the request, and show it."""
        if self._dossier is not None:
            request = self._dossier.request
            self._change(lambda w: issue(w, request), self._on_issued)

    def _on_issued(self, changes: Changes) -> None:
        if isinstance(changes.result, Issued):
            self._desk.document_requested.emit(changes.result.document.id)

    def _open_entry(self, is_notice: bool = False) -> None:
        """Ask for a line with whom and how; a notice goes to whoever asked, unless changed."""
        if self._dossier is not None:
            request, contact = self._dossier.request, self._dossier.contact
            told = (contact.name if contact else request.caller) if is_notice else None
            dialog = EntryDialog(self._desk, request, self._note.text, self, told)
            dialog.accepted.connect(lambda: self._on_entry_added(request.id))
            dialog.open()

    def _open_file(self, file: Attachment) -> None:
        AttachmentDialog(self._desk, file, self).open()

    def _take_step(self, target: RequestState) -> None:
        if self._dossier is None:
            return
        request = self._dossier.request
        if target is RequestState.RESOLVED and _is_undecided(self._dossier):
            SettleComplaintDialog(self._desk, self._dossier, self).open()
        elif target is RequestState.RESOLVED and request.kind in EFFECTS:
            self._desk.tasks.query(
                lambda w: request_batches.left_to_carry_out(w, request),
                lambda left: self._resolve(request, left),
                self._banner.show_error,
            )
        else:
            self._go(request, target)

    def _resolve(self, request: Request, left: int) -> None:
        """Resolve it; where the register would stay as it is, offer to carry it out first."""
        if left:
            CarryOutDialog(self._desk, request, self, left).open()
        else:
            self._go(request, RequestState.RESOLVED)

    def _go(self, request: Request, target: RequestState) -> None:
        self._change(
            lambda workspace: requests.take_step(workspace, request, target),
            lambda _changes: self._desk.message.emit(
                _("{number}: {state}. Ctrl+Z takes it back.").format(
                    number=request.number, state=target.label
                )
            ),
        )

    def _add_note(self, text: str) -> None:
        if self._dossier is None:
            return
        request = self._dossier.request
        self._change(
            lambda workspace: requests.add_entry(workspace, request, EntryKind.NOTE, text),
            lambda _changes: self._on_entry_added(request.id),
        )

    def _on_entry_added(self, request_id: int) -> None:
        self._note.forget(request_id)
        if self._story is not None and self._request_id == request_id:
            self._story.field.clear()

    def _change(self, work: Callable[[Any], Changes], done: Callable[[Changes], object]) -> None:
        """Run a change; where it fails, what is shown is read anew and the reason stays."""
        self._banner.hide()

        def failed(error: Exception) -> None:
            self._banner.show_error(error)
            self._reload()

        def succeeded(changes: Changes) -> None:
            done(changes)

        self._change_once.run(work, succeeded, failed)


def _is_undecided(found: Dossier) -> bool:
    return found.complaint is not None and found.complaint.outcome is ComplaintOutcome.OPEN
