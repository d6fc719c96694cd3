"""What was billed: by number and month, by cost centre, and what does not add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QComboBox, QTabWidget, QVBoxLayout, QWidget

from console.domain import formats
from console.domain.client import Client
from console.domain.journal import Changes
from console.domain.listing import ListQuery
from console.domain.shown_table import ShownTable
from console.domain.usage import UsageFinding, UsageSum
from console.services import clients, usage
from console.services.usage import LineMisfit
from console.texts import _
from console.workspace import Workspace
from ui.desk import Desk
from ui.models import columns
from ui.widgets.parts import Banner, button, label, row
from ui.widgets.record_view import RecordView
from ui.widgets.usage_tables import FindingsTable, MisfitsTable, SumsTable


@dataclass(frozen=True, slots=True)
class _Found:
    """What the tabs beside the list show."""

    months: list[date]
    looked_at: date | None
    sums: list[UsageSum]
    findings: list[UsageFinding]
    misfits: list[LineMisfit]


def _read(workspace: Workspace, client_id: int, month: date | None) -> _Found:
    months = usage.months(workspace, client_id) if client_id else []
    chosen = month if month in months else (months[0] if months else None)
    return _Found(
        months,
        chosen,
        usage.sums(workspace, client_id, month) if months else [],
        usage.findings(workspace, client_id, chosen) if chosen else [],
        usage.misfits(workspace, client_id, chosen) if chosen else [],
    )


class UsagePage(QWidget):
    """One client and one month at a time; the list may show all months."""

    nouns = frozenset({"usage", "lines", "tariffs", "clients", "line_changes"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self._is_filling = False
        self._asked = 0
        self.client = self._choice(_("Client"))
        self.month = self._choice(_("Month"))
        self.banner = Banner()
        self.view = RecordView(
            desk.tasks,
            "usage",
            "",
            columns.USAGE,
            ListQuery(noun="usage", sort="month", descending=True, client_id=-1),
            empty=_("Nothing was billed yet. Import the operator's bill."),
        )
        self.sums = SumsTable()
        self.findings = FindingsTable()
        self.misfits = MisfitsTable()
        self.tabs = QTabWidget()
        self._lay_out()
        self.client.currentIndexChanged.connect(lambda _index: self._load())
        self.month.currentIndexChanged.connect(lambda _index: self._load())
        self.findings.complaint_requested.connect(self._complain)

    def _choice(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setMinimumWidth(180)
        return box

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 16)
        take = button(_("Import a bill…"), self._import, "upload", primary=True)
        layout.addWidget(row(label(_("Usage"), "title"), None, self.client, self.month, take))
        layout.addWidget(self.banner)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(_padded(self.view), _("By number"))
        self.tabs.addTab(_padded(self.sums), _("By cost centre"))
        self.tabs.addTab(_padded(self.findings), _("Does not agree"))
        self.tabs.addTab(_padded(self.misfits), _("Wrong tariff"))
        layout.addWidget(self.tabs, 1)

    def reload(self) -> None:
        """Read clients and months anew."""
        self._desk.tasks.query(clients.all_clients, self._show_clients)

    def on_records_changed(self, changes: Changes) -> None:
        """Reload what changed."""
        if self.nouns & changes.nouns:
            self.reload()

    def clear(self) -> None:
        """Forget every record, for locking."""
        self._asked += 1
        self._is_filling = True
        self.client.clear()
        self.month.clear()
        self._is_filling = False
        self.view.model.clear()
        self._show_tables(_Found([], None, [], [], []))

    def _show_clients(self, found: Sequence[Client]) -> None:
        self._is_filling = True
        kept = self.client.currentData()
        self.client.clear()
        for client in found:
            self.client.addItem(client.name, client.id)
        self.client.setCurrentIndex(max(0, self.client.findData(kept)) if found else -1)
        self._is_filling = False
        self._load()

    def _load(self) -> None:
        if self._is_filling:
            return
        client_id, month = self.client.currentData() or 0, self.month.currentData()
        self._asked += 1
        asked = self._asked
        filters = (("month", month.isoformat()),) if month else ()
        self.view.narrow(client_id or -1, filters)
        self._desk.tasks.query(
            lambda w: _read(w, client_id, month),
            lambda found: self._show(found, month) if asked == self._asked else None,
            self.banner.show_error,
        )

    def _show(self, found: _Found, month: date | None) -> None:
        self._is_filling = True
        self.month.clear()
        self.month.addItem(_("All months"), None)
        for one in found.months:
            self.month.addItem(formats.month(one), one)
        self.month.setCurrentIndex(max(0, self.month.findData(month)))
        self._is_filling = False
        if month is not None and month not in found.months:
            self._load()
            return
        self._show_tables(found)

    def _show_tables(self, found: _Found) -> None:
        findings, misfits = found.findings, found.misfits
        self.sums.show_sums(found.sums)
        self.findings.show_findings(findings)
        self.misfits.show_misfits(misfits, found.looked_at)
        for place, text, count in (
            (2, _("Does not agree"), len(findings)),
            (3, _("Wrong tariff"), len(misfits)),
        ):
            shown = f"{text} ({formats.whole(count)})" if count else text
            self.tabs.setTabText(place, shown)

    def shown_table(self) -> ShownTable | None:
        """Return the table that is in front, for a file; None where it is the list."""
        beside = {1: self.sums, 2: self.findings, 3: self.misfits}.get(self.tabs.currentIndex())
        return beside.shown_table() if beside is not None else None

    def _import(self) -> None:
        self._desk.import_requested.emit("usage")

    def _complain(self, found: UsageFinding) -> None:
        self._desk.new_request_requested.emit(usage.complaint(found))


def _padded(widget: QWidget) -> QWidget:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 10, 0, 0)
    layout.addWidget(widget)
    return holder
