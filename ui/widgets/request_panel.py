"""One request beside the list: its facts, deadlines with their explanation, story, steps."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from console.domain import formats, phone
from console.domain.request import EntryKind, RequestState, RequestSummary
from console.domain.workflow import EFFECTS, STEPS
from console.services import contacts, requests
from console.services.requests import Dossier
from console.texts import _, ngettext
from ui.desk import Desk
from ui.dialogs.carry_out import CarryOutDialog
from ui.dialogs.contact import ContactDialog
from ui.dialogs.exception import ExceptionDialog
from ui.widgets.parts import Banner, button, card, clear, column, facts, wrapped


class RequestPanel(QWidget):
    """Shows one request; empty until one is chosen. Steps are carried out at once."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._request_id = 0
        self._dossier: Dossier | None = None
        self._tabs = QTabWidget()
        self._note = QLineEdit()
        self._typed: dict[int, str] = {}
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

    def show_many(self, chosen: Sequence[RequestSummary]) -> None:
        """Offer steps for several requests at once; each says for how many it is possible."""
        self._request_id = 0
        self._dossier = None
        self._banner.hide()
        clear(self._layout)
        count = ngettext("{n} request is chosen", "{n} requests are chosen", len(chosen))
        parts: list[QWidget] = [wrapped(count.format(n=len(chosen)), "heading")]
        for target in RequestState:
            able = [r.id for r in chosen if target in STEPS[r.state] and r.state.is_open]
            if able:
                text = _("{step} ({some} of {all})").format(
                    step=_step_name(RequestState.NEW, target), some=len(able), all=len(chosen)
                )
                primary = target is RequestState.RESOLVED
                parts.append(button(text, partial(self._take_steps, able, target), "", primary))
        self._layout.addWidget(card(*parts))
        self._layout.addStretch(1)

    def _take_steps(self, ids: list[int], target: RequestState) -> None:
        self._desk.tasks.change(
            lambda w: requests.take_steps(w, ids, target),
            lambda changes: self._desk.message.emit(
                _("{done} steps taken, {left} left as they were. Ctrl+Z takes it back.").format(
                    done=len(changes.result), left=len(ids) - len(changes.result)
                )
            ),
            self._banner.show_error,
        )

    def show_tab(self, number: int) -> None:
        """Show details, deadlines or the story."""
        self._tabs.setCurrentIndex(number)

    def clear(self) -> None:
        """Show that nothing is chosen, and forget what was typed."""
        self._typed.clear()
        self._request_id = 0
        self._dossier = None
        clear(self._layout)
        self._layout.addWidget(card(wrapped(_("Choose a request to see its story."), "muted")))
        self._layout.addStretch(1)

    def _reload(self) -> None:
        request_id = self._request_id
        if request_id:
            self._desk.tasks.query(
                lambda workspace: requests.dossier(workspace, request_id),
                self._show,
                lambda _error: self.clear(),
            )

    def _show(self, found: Dossier) -> None:
        if found.request.id != self._request_id:
            return
        kept = self._tabs.currentIndex() if self._dossier else 0
        self._dossier = found
        clear(self._layout)
        request = found.request
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.addTab(_scrolled(self._detail(found)), _("Detail"))
        self._tabs.addTab(_scrolled(self._deadlines(found)), _("Deadlines"))
        self._tabs.addTab(_scrolled(self._story(found)), _("Story"))
        self._tabs.setCurrentIndex(kept)
        box = card(
            wrapped(request.subject, "heading"),
            wrapped(f"{request.number} · {found.client.name}", "muted"),
            self._tabs,
            self._steps(found),
        )
        self._layout.addWidget(box)

    def _detail(self, found: Dossier) -> QWidget:
        request = found.request
        who = found.contact.name if found.contact else request.caller
        shown = [phone.pretty(line.msisdn) for line in found.lines]
        more = f" +{len(shown) - 20}" if len(shown) > 20 else ""
        shown_facts = facts(
            [
                (_("State"), request.state.label),
                (_("Kind"), request.kind.label),
                (_("Channel"), request.channel.label),
                (_("Contact"), who),
                (_("Authority"), request.authority),
                (_("Overridden"), request.authority_override),
                (_("Received"), formats.moment(request.received_at)),
                (_("Registered"), formats.moment(request.registered_at)),
                (_("Due"), formats.moment(request.due_at)),
                (_("News due"), formats.moment(request.news_due_at)),
                (_("Resolved"), formats.moment(request.resolved_at)),
                (_("Numbers"), ", ".join(shown[:20]) + more),
                (_("Purpose of the data"), request.purpose),
                (_("Text"), request.text),
            ]
        )
        if found.contact is None:
            return shown_facts
        contact = button(_("Open the contact"), lambda: self._open_contact(found), "user")
        return column(shown_facts, contact)

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

    def _story(self, found: Dossier) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        request_id = found.request.id
        self._note = QLineEdit(self._typed.get(request_id, ""))
        self._note.setPlaceholderText(_("Write a note or what the client was told…"))
        self._note.setAccessibleName(_("New entry"))
        self._note.textEdited.connect(lambda text: self._typed.update({request_id: text}))
        buttons = QHBoxLayout()
        buttons.addWidget(button(_("Note"), lambda: self._add_entry(EntryKind.NOTE), "pencil"))
        informed = button(_("Client informed"), lambda: self._add_entry(EntryKind.NOTICE), "check")
        buttons.addWidget(informed)
        layout.addWidget(self._note)
        layout.addLayout(buttons)
        for entry in reversed(found.entries):
            head = f"{formats.moment(entry.at)} · {entry.kind.label} · {entry.author}"
            layout.addWidget(wrapped(head, "muted"))
            if entry.text:
                layout.addWidget(wrapped(entry.text))
        layout.addStretch(1)
        return holder

    def _steps(self, found: Dossier) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        if found.request.kind in EFFECTS and found.lines and found.request.state.is_open:
            carry = button(_("Carry out…"), lambda: self._carry_out(found), "check")
            layout.addWidget(carry)
        line = QHBoxLayout()
        for number, target in enumerate(STEPS[found.request.state]):
            primary = target is RequestState.RESOLVED
            made = button(
                _step_name(found.request.state, target), self._stepper(target), "", primary
            )
            line.addWidget(made)
            if number % 2:
                layout.addLayout(line)
                line = QHBoxLayout()
        layout.addLayout(line)
        return holder

    def _carry_out(self, found: Dossier) -> None:
        CarryOutDialog(self._desk, found.request, self).open()

    def _stepper(self, target: RequestState) -> Callable[[], None]:
        return lambda: self._take_step(target)

    def _take_step(self, target: RequestState) -> None:
        if self._dossier is None:
            return
        request = self._dossier.request
        self._banner.hide()
        self._desk.tasks.change(
            lambda workspace: requests.take_step(workspace, request, target),
            lambda _changes: self._desk.message.emit(
                _("{number}: {state}. Ctrl+Z takes it back.").format(
                    number=request.number, state=target.label
                )
            ),
            self._banner.show_error,
        )

    def _add_entry(self, kind: EntryKind) -> None:
        if self._dossier is None:
            return
        request, text = self._dossier.request, self._note.text()
        self._banner.hide()
        self._desk.tasks.change(
            lambda workspace: requests.add_entry(workspace, request, kind, text),
            lambda _changes: self._on_entry_added(request.id),
            self._banner.show_error,
        )

    def _on_entry_added(self, request_id: int) -> None:
        self._typed.pop(request_id, None)
        self._note.clear()


def _step_name(state: RequestState, target: RequestState) -> str:
    if not state.is_open:
        return _("Reopen")
    return {
        RequestState.IN_PROGRESS: _("Work on it"),
        RequestState.WAITING_CLIENT: _("Wait for the client"),
        RequestState.WAITING_OPERATOR: _("Wait for the operator"),
        RequestState.RESOLVED: _("Resolved"),
        RequestState.CANCELLED: _("Cancel it"),
        RequestState.REFUSED: _("Refuse it"),
    }[target]


def _scrolled(content: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 8, 6, 0)
    layout.addWidget(content)
    layout.addStretch(1)
    area.setWidget(holder)
    return area
