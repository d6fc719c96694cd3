"""The day at a glance: overdue, due today, news owed, whom to ask, waiting, ending soon."""

from collections.abc import Callable, Sequence
from typing import Final

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
from console.domain.expiry import Expiring
from console.domain.journal import Changes
from console.domain.overview import Overview
from console.domain.request import Confirmation, RequestSummary
from console.domain.shown_table import ShownTable
from console.services.overview import overview
from console.texts import N_, _, ngettext
from ui.desk import Desk
from ui.widgets.parts import button, card, label, row

_LISTS: Final = (
    ("overdue", N_("Overdue"), N_("Nothing is overdue.")),
    ("due_today", N_("Due today"), N_("Nothing else is due today.")),
    ("news_due", N_("News owed"), N_("Nobody is owed news today.")),
    ("chase", N_("Ask today"), N_("Nobody is to be asked today.")),
    ("waiting", N_("Waiting"), N_("Nobody is waited for.")),
    ("expiring", N_("Ends soon"), N_("Nothing ends soon.")),
)
_COLUMNS: Final = 3
_BEGINNING: Final = N_("No request yet. Ctrl+N logs the first one.")


class OverviewPage(QWidget):
    """Six short lists; Enter or a double click opens, Ctrl+J goes through what is to do."""

    nouns = frozenset({"requests", "entries", "contacts", "lines", "agreements", "settings"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._summary = label("", "muted")
        self._lists: dict[str, QListWidget] = {}
        self._figures: dict[str, QLabel] = {}
        self._to_do: list[int] = []
        self._rows: dict[str, list[tuple[str, ...]]] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 16)
        log = button(
            _("New request"), lambda: self._desk.new_request_requested.emit(None), "plus", True
        )
        self._next = button(
            _("Next to do"), lambda: self._desk.next_requested.emit(), "arrow-right"
        )
        layout.addWidget(row(label(_("Overview"), "title"), self._summary, None, self._next, log))
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, (name, title, _empty) in enumerate(_LISTS):
            grid.addWidget(self._make_card(name, _(title)), place // _COLUMNS, place % _COLUMNS)
        for number in range(_COLUMNS):
            grid.setColumnStretch(number, 1)
        layout.addLayout(grid, 1)

    def _make_card(self, name: str, title: str) -> QWidget:
        figure = label("–", "heading")
        shown = QListWidget()
        shown.setObjectName("results")
        shown.setAccessibleName(title)
        shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        shown.setTextElideMode(Qt.TextElideMode.ElideRight)
        shown.itemActivated.connect(self._on_opened)
        self._figures[name] = figure
        self._lists[name] = shown
        return card(row(label(title, "heading"), None, figure), shown)

    def next_after(self, request_id: int) -> int:
        """Return the request to do after another one, the first where that is not among them.

        Returns:
            An id, or 0 where nothing is left to do.
        """
        left = [one for one in self._to_do if one != request_id]
        if not left:
            return 0
        if request_id in self._to_do:
            behind = self._to_do[self._to_do.index(request_id) + 1 :]
            return behind[0] if behind else left[0]
        return left[0]

    def reload(self) -> None:
        """Read the overview anew."""
        self._desk.tasks.query(overview, self._show)

    def on_records_changed(self, changes: Changes) -> None:
        """Reload where something of the day changed."""
        if self.nouns & changes.nouns:
            self.reload()

    def clear(self) -> None:
        """Forget every record, for locking."""
        self._to_do = []
        self._rows.clear()
        for shown in self._lists.values():
            shown.clear()

    def _show(self, found: Overview) -> None:
        text = ngettext("{n} open request", "{n} open requests", found.open_count)
        self._summary.setText(text.format(n=found.open_count))
        late = _("{n} overdue").format(n=found.count("overdue"))
        self._desk.day_counted.emit(f"{self._summary.text()} · {late}")
        self._to_do = found.to_do
        self._next.setEnabled(bool(self._to_do))
        said: dict[str, Callable[[RequestSummary], str]] = {
            "overdue": lambda r: formats.moment(r.due_at),
            "due_today": lambda r: formats.clock(r.due_at),
            "news_due": lambda r: formats.moment(r.news_due_at),
            "chase": _ask,
            "waiting": lambda r: " · ".join(part for part in (r.state.label, r.waits_for) if part),
        }
        for name, _title, empty in _LISTS:
            if name in said:
                text = _(empty) if found.recent or name != "due_today" else _(_BEGINNING)
                self._fill(name, getattr(found, name), said[name], text)
                self._tell_of_more(name, found.count(name) - len(getattr(found, name)))
        self._fill_expiring(found.expiring, _(_LISTS[-1][2]))

    def _fill(
        self,
        name: str,
        requests: Sequence[RequestSummary],
        said: Callable[[RequestSummary], str],
        empty: str,
    ) -> None:
        rows = [
            (f"{r.number}  ·  {r.subject}\n{said(r)}  ·  {r.client}", ("request", r.id))
            for r in requests
        ]
        self._rows[name] = [(r.number, r.subject, said(r), r.client) for r in requests]
        self._put(name, rows, empty)

    def _tell_of_more(self, name: str, more: int) -> None:
        """Say how many a list does not show; they come up as those before them are done."""
        if more > 0:
            self._figures[name].setText(str(int(self._figures[name].text()) + more))
            text = _("and {count} more").format(count=more)
            item = QListWidgetItem(text)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._lists[name].addItem(item)
            self._rows[name].append(("", text, "", ""))

    def _fill_expiring(self, found: Sequence[Expiring], empty: str) -> None:
        rows = [
            (
                f"{one.ending.label}: {one.what}\n{formats.day(one.until)}  ·  {one.client}",
                ("line", one.record_id) if one.noun == "lines" else ("client", one.client_id),
            )
            for one in found
        ]
        self._rows["expiring"] = [
            (one.ending.label, one.what, formats.day(one.until), one.client) for one in found
        ]
        self._put("expiring", rows, empty)

    def shown_table(self) -> ShownTable:
        """Return all lists one under the other, for a file."""
        heads = (_("List"), _("Number"), _("Subject"), _("When"), _("Client"))
        rows = tuple(
            (_(title), *one) for name, title, _empty in _LISTS for one in self._rows.get(name, ())
        )
        return ShownTable("overview", _("Overview"), heads, rows)

    def _put(self, name: str, rows: Sequence[tuple[str, tuple[str, int]]], empty: str) -> None:
        """Fill a list; the row that was current stays so."""
        shown = self._lists[name]
        before = shown.currentRow()
        shown.clear()
        self._figures[name].setText(str(len(rows)))
        for text, target in rows:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, target)
            item.setToolTip(text)
            shown.addItem(item)
        if not rows:
            item = QListWidgetItem(empty)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            shown.addItem(item)
        elif shown.hasFocus():
            shown.setCurrentRow(min(max(before, 0), len(rows) - 1))

    def _on_opened(self, item: QListWidgetItem) -> None:
        target = item.data(Qt.ItemDataRole.UserRole)
        if not target:
            return
        noun, record_id = target
        wishes = {
            "request": self._desk.request_requested,
            "line": self._desk.line_requested,
            "client": self._desk.client_requested,
        }
        wishes[noun].emit(record_id)


def _ask(request: RequestSummary) -> str:
    if request.confirmation is Confirmation.WANTED:
        return _("to be confirmed")
    return request.waits_for or formats.moment(request.chase_at)
