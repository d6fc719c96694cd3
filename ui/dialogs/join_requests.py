"""Two requests that belong together: merged into one, or linked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QWidget

from console.domain import formats
from console.domain.listing import ListQuery, Page
from console.domain.request import Request, RequestSummary
from console.services import lists, request_links, requests
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.parts import heading, wrapped

_SHOWN = 200
_MERGE, _LINK = "merge", "link"


class JoinRequestsDialog(FormDialog):
    """Chooses another open request of the same client."""

    def __init__(self, desk: Desk, request: Request, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Merge or link"), _("Merge"), parent)
        self._request = request
        self.form.addRow(heading(f"{request.number} · {request.subject}"))
        self.way = QComboBox()
        self.way.setAccessibleName(_("How"))
        self.way.addItem(_("make one request of both"), _MERGE)
        self.way.addItem(_("only link them"), _LINK)
        self.form.addRow(_("How"), self.way)
        self.words = self.add_text(_("Filter"))
        self.list = QListWidget()
        self.list.setObjectName("results")
        self.list.setAccessibleName(_("Requests"))
        self.body.addWidget(self.list, 1)
        self.body.addWidget(
            wrapped(
                _(
                    "Of merged requests the one that came first goes on, with the numbers of"
                    " both. Ctrl+Z takes it back."
                ),
                "muted",
            )
        )
        self.words.textEdited.connect(lambda: self._find())
        self.way.currentIndexChanged.connect(lambda: self._on_way())
        self.resize(560, 460)
        self._find()

    def _on_way(self) -> None:
        merges = self.way.currentData() == _MERGE
        self.action.setText(_("Merge") if merges else _("Link"))
        self._find()

    def _find(self) -> None:
        merges = self.way.currentData() == _MERGE
        query = ListQuery(
            noun="requests",
            sort="due_at",
            client_id=self._request.client_id,
            text=self.words.text(),
            filters=(("open", 1), ("kind", self._request.kind.value)) if merges else (),
        )
        self.desk.tasks.query(lambda w: lists.page(w, query, None, _SHOWN), self._show)

    def _show(self, page: Page) -> None:
        self.list.clear()
        others: list[RequestSummary] = [r for r in page.rows if r.id != self._request.id]
        for other in others:
            due = formats.moment(other.due_at)
            item = QListWidgetItem(f"{other.number}  ·  {other.subject}  ·  {due}")
            item.setData(Qt.ItemDataRole.UserRole, other.number)
            self.list.addItem(item)
        if not others:
            item = QListWidgetItem(_("No other request fits."))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.action.setEnabled(bool(others))

    def submit(self) -> None:
        """Join them."""
        item = self.list.currentItem()
        number = item.data(Qt.ItemDataRole.UserRole) if item else ""
        if not number:
            self.banner.show_text(_("Choose a request first."))
            return
        request, merges = self._request, self.way.currentData() == _MERGE
        join = request_links.merge if merges else request_links.link
        self.save(
            lambda w: join(w, request, requests.request_by_number(w, number)),
            lambda changes: self._on_joined(changes.result) if merges else None,
        )

    def _on_joined(self, kept: object) -> None:
        if isinstance(kept, Request):
            self.desk.request_requested.emit(kept.id)
