"""The day at a glance: overdue, due today, waiting, recent."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.domain import formats
from console.domain.journal import Changes
from console.domain.request import RequestSummary
from console.services.overview import Overview, overview
from console.texts import _, ngettext
from ui.desk import Desk
from ui.widgets.parts import button, card, label, row


class OverviewPage(QWidget):
    """Four short lists; Enter or a double click opens a request."""

    nouns = frozenset({"requests", "entries"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._summary = label("", "muted")
        self._lists: dict[str, QListWidget] = {}
        self._figures: dict[str, QLabel] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 16)
        log = button(
            _("New request"), lambda: self._desk.new_request_requested.emit(None), "plus", True
        )
        layout.addWidget(row(label(_("Overview"), "title"), self._summary, None, log))
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, (name, title) in enumerate(
            (
                ("overdue", _("Overdue")),
                ("due_today", _("Due today")),
                ("waiting", _("Waiting")),
                ("recent", _("Received last")),
            )
        ):
            grid.addWidget(self._make_card(name, title), place // 2, place % 2)
        layout.addLayout(grid, 1)

    def _make_card(self, name: str, title: str) -> QWidget:
        figure = label("–", "heading")
        shown = QListWidget()
        shown.setObjectName("results")
        shown.setAccessibleName(title)
        shown.itemActivated.connect(self._on_opened)
        self._figures[name] = figure
        self._lists[name] = shown
        return card(row(label(title, "heading"), None, figure), shown)

    def reload(self) -> None:
        """Read the overview anew."""
        self._desk.tasks.query(overview, self._show)

    def on_records_changed(self, changes: Changes) -> None:
        """Reload where requests changed."""
        if self.nouns & changes.nouns:
            self.reload()

    def clear(self) -> None:
        """Forget every record, for locking."""
        for shown in self._lists.values():
            shown.clear()

    def _show(self, found: Overview) -> None:
        text = ngettext("{n} open request", "{n} open requests", found.open_count)
        self._summary.setText(text.format(n=found.open_count))
        late = _("{n} overdue").format(n=len(found.overdue))
        self._desk.day_counted.emit(f"{self._summary.text()} · {late}")
        self._fill("overdue", found.overdue, _("Nothing is overdue."))
        self._fill("due_today", found.due_today, _("Nothing else is due today."))
        self._fill("waiting", found.waiting, _("Nobody is waited for."))
        self._fill("recent", found.recent, _("No request yet. Ctrl+N logs the first one."))

    def _fill(self, name: str, requests: Sequence[RequestSummary], empty: str) -> None:
        shown = self._lists[name]
        shown.clear()
        self._figures[name].setText(str(len(requests)))
        for request in requests:
            due = formats.moment(request.due_at)
            item = QListWidgetItem(
                f"{request.number}  ·  {request.subject}\n{request.client}  ·  {due}"
            )
            item.setData(Qt.ItemDataRole.UserRole, request.id)
            shown.addItem(item)
        if not requests:
            item = QListWidgetItem(empty)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            shown.addItem(item)

    def _on_opened(self, item: QListWidgetItem) -> None:
        request_id = item.data(Qt.ItemDataRole.UserRole)
        if request_id:
            self._desk.request_requested.emit(request_id)
