"""The client's list of numbers beside ours: one click settles a difference, or all of its kind."""

from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QComboBox, QWidget

from console.domain import formats, phone
from console.domain.client import Client
from console.domain.comparison import NumberDifference
from console.domain.field_names import field_name
from console.domain.journal import Changes
from console.services import clients, comparison, imports
from console.services.comparison import Comparison
from console.services.imports import ReadFile
from console.texts import _, ngettext
from console.workspace import Workspace
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.file_choice import FileChoice
from ui.widgets.parts import button, row, wrapped
from ui.widgets.plain_table import PlainTable
from ui.widgets.problem_list import ProblemList

_SHOWN: Final = 2000


class ComparisonDialog(FormDialog):
    """Stays open until every difference is settled; what is kept as ours is only put aside."""

    def __init__(self, desk: Desk, client_id: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Compare lists of numbers"), _("Take theirs"), parent)
        self._client_id = client_id
        self._read: ReadFile | None = None
        self.differences: list[NumberDifference] = []
        self.client = QComboBox()
        self.client.setAccessibleName(_("Client"))
        self.file = FileChoice()
        self.form.addRow(_("Client"), self.client)
        self.form.addRow(_("Their list"), self.file)
        self.summary = wrapped(_("Choose the list that the client has sent."), "heading")
        self.table = PlainTable(
            _("Differences"),
            [_("Number"), _("Difference"), _("Ours"), _("Theirs")],
            stretched=3,
        )
        self.problems = ProblemList()
        self.body.addWidget(self.summary)
        self.body.addWidget(self.table, 3)
        self.body.addWidget(self._buttons_of_all())
        self.body.addWidget(self.problems, 1)
        self.problems.hide()
        self.resize(860, 680)
        self.file.chosen.connect(self.read_file)
        self.client.currentIndexChanged.connect(self._reread)
        self.action.setEnabled(False)
        desk.tasks.query(clients.all_clients, self._show_clients)

    def _buttons_of_all(self) -> QWidget:
        self._keep = button(_("Keep ours"), self._keep_one)
        self._take_all = button(_("Take theirs: all of this kind"), self._take_alike)
        self._keep_all = button(_("Keep ours: all of this kind"), self._keep_alike)
        return row(self._keep, None, self._take_all, self._keep_all)

    def _show_clients(self, found: list[Client]) -> None:
        for client in found:
            self.client.addItem(client.name, client.id)
        self.client.setCurrentIndex(max(0, self.client.findData(self._client_id)))
        self.need_client(found)
        self._enable()

    def _reread(self) -> None:
        if self.file.path is not None:
            self.read_file(self.file.path)

    def read_file(self, path: Path) -> None:
        """Read the client's list and show how it differs."""
        client_id = self.client.currentData() or 0
        self.banner.hide()
        self.file.show_path(path)

        def work(workspace: Workspace) -> tuple[ReadFile, Comparison]:
            read = imports.as_remembered(workspace, client_id, imports.read_file(path, "numbers"))
            return read, comparison.compare(workspace, client_id, read)

        self.desk.tasks.query(work, self._show, self._on_wrong_file)

    def _on_wrong_file(self, error: Exception) -> None:
        self._read = None
        self._show_differences([])
        self.summary.clear()
        self.banner.show_error(error)

    def _show(self, found: tuple[ReadFile, Comparison]) -> None:
        self._read, compared = found
        self._same = compared.same
        self.problems.show_problems(compared.problems)
        self.problems.setVisible(bool(compared.problems))
        self._show_differences(list(compared.differences))

    def _show_differences(self, differences: list[NumberDifference]) -> None:
        at = self.table.currentRow()
        self.differences = differences
        shown = differences[:_SHOWN]
        self.table.show_rows([_texts(one) for one in shown])
        self.table.setCurrentCell(min(max(at, 0), len(shown) - 1), 0)
        if self._read is not None:
            self._tell(len(differences))
        self._enable()

    def _tell(self, count: int) -> None:
        text = ngettext("{n} difference", "{n} differences", count)
        same = ngettext("{n} number is the same", "{n} numbers are the same", self._same)
        self.summary.setText(
            f"{text.format(n=formats.whole(count))} · {same.format(n=formats.whole(self._same))}"
        )

    def _enable(self) -> None:
        for made in (self.action, self._keep, self._take_all, self._keep_all):
            made.setEnabled(bool(self.differences))

    def _current(self) -> NumberDifference | None:
        at = self.table.currentRow()
        return self.differences[at] if 0 <= at < len(self.differences) else None

    def _alike(self) -> list[NumberDifference]:
        one = self._current()
        return [d for d in self.differences if one is not None and d.sort_of == one.sort_of]

    def submit(self) -> None:
        """Take theirs of the chosen difference."""
        one = self._current()
        if one is not None:
            self._take([one])

    def _take_alike(self) -> None:
        self._take(self._alike())

    def _take(self, chosen: list[NumberDifference]) -> None:
        read, client_id = self._read, self.client.currentData()
        if read is None or not chosen:
            return

        def done(changes: Changes) -> None:
            count: Any = changes.result
            text = ngettext("{n} difference settled.", "{n} differences settled.", count)
            self.desk.message.emit(
                f"{text.format(n=formats.whole(count))} " + _("Ctrl+Z takes it back.")
            )
            self._put_aside(chosen)

        self.change(lambda w: comparison.take_theirs(w, client_id, read, chosen), done)

    def _keep_one(self) -> None:
        one = self._current()
        self._put_aside([one] if one else [])

    def _keep_alike(self) -> None:
        self._put_aside(self._alike())

    def _put_aside(self, settled: list[NumberDifference]) -> None:
        gone = set(settled)
        self._show_differences([one for one in self.differences if one not in gone])


def _texts(one: NumberDifference) -> tuple[str, str, str, str]:
    what = f"{one.kind.label}: {field_name(one.field)}" if one.field else one.kind.label
    return phone.pretty(one.msisdn), what, one.ours or "–", one.theirs or "–"
