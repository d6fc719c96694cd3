"""The month's end: reports of all clients in one go, with progress, cancel and what failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QProgressBar,
    QWidget,
)

from console.domain import formats
from console.domain.journal import Changes
from console.domain.legal_time import add_months
from console.services import clients, month_end
from console.services.month_end import Failure, MonthEnd, Run
from console.texts import N_, _, ngettext
from console.workspace import Workspace
from ui import folders
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.dates import today
from ui.widgets.parts import button, label, row
from ui.widgets.plain_table import PlainTable

MONTHS: Final = 24
_HEADS: Final = (N_("Client"), N_("IČO"), N_("What is missing and why"))


def month_choice() -> QComboBox:
    """Return a choice of months; last month is what one mostly wants."""
    box = QComboBox()
    box.setAccessibleName(_("Month"))
    this = today().replace(day=1)
    for back in range(MONTHS):
        month = add_months(this, -back)
        box.addItem(formats.month(month), month)
    box.setCurrentIndex(1)
    return box


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What was made of it in the end."""

    made: MonthEnd
    failures: tuple[Failure, ...]
    job: Path | None
    mails: int


class MonthEndDialog(FormDialog):
    """Issues client by client, so that the window can do other work between them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Month's end"), _("Issue all"), parent)
        self._run: Run | None = None
        self._is_cancelled = False
        self.month = month_choice()
        self.form.addRow(_("Month"), self.month)
        self.folder = QLineEdit(str(folders.last(folders.REPORTS)))
        self.folder.setAccessibleName(_("Folder"))
        choose = button(_("Choose…"), self._choose, "folder-open")
        self.form.addRow(_("Folder"), row(self.folder, choose))
        self.merged = QCheckBox(_("Join all into one file for the printer"))
        self.mails = QCheckBox(_("Prepare a mail for each client"))
        self.form.addRow("", self.merged)
        self.form.addRow("", self.mails)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("Progress"))
        self.progress.hide()
        self.said = label("", "muted")
        self.failed = PlainTable(_("What failed"), [_(head) for head in _HEADS], stretched=2)
        self.failed.hide()
        self.open_folder = button(_("Open the folder"), self._open_folder, "folder-open")
        self.open_folder.hide()
        self.body.addWidget(self.progress)
        self.body.addWidget(row(self.said, None, self.open_folder))
        self.body.addWidget(self.failed, 1)
        self.resize(640, 340)
        desk.tasks.query(clients.all_clients, self.need_client)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder.text()))

    @property
    def is_running(self) -> bool:
        """Whether reports are being issued."""
        return self._run is not None

    def submit(self) -> None:
        """Begin; each report is a piece of work of its own."""
        month: date = self.month.currentData()
        if not self.folder.text().strip():
            self.banner.show_text(_("Choose a folder for the files. Nothing was issued yet."))
            return
        folder = Path(self.folder.text().strip())
        folders.remember(folders.REPORTS, folder)
        self._show_running(is_running=True)

        def begin(workspace: Workspace) -> Run:
            return Run(workspace, clients.all_clients(workspace), month, folder)

        self.desk.tasks.query(begin, self._on_begun, self._on_stopped)

    def _show_running(self, *, is_running: bool) -> None:
        self._is_saving = is_running
        self._is_cancelled = False
        self.action.setEnabled(not is_running)
        for field in (self.month, self.folder, self.merged, self.mails):
            field.setEnabled(not is_running)
        self._close.setText(_("Cancel") if is_running else _("Close"))
        if is_running:
            self.banner.hide()
            self.failed.hide()
            self.open_folder.hide()
            self.progress.setRange(0, 0)
            self.progress.show()

    def _on_begun(self, run: Run) -> None:
        self._run = run
        self.progress.setRange(0, run.count)
        self._step()

    def _step(self) -> None:
        run = self._run
        if run:
            self.desk.tasks.query(lambda _w: run.step(), self._on_stepped, self._on_stopped)

    def _on_stepped(self, went_on: bool) -> None:
        run = self._run
        if run is None:
            return
        self.progress.setValue(run.done)
        self.said.setText(_("{done} of {count}").format(done=run.done, count=run.count))
        if went_on and not self._is_cancelled:
            self._step()
        else:
            self._finish(run)

    def _finish(self, run: Run) -> None:
        month: date = self.month.currentData()
        folder = Path(self.folder.text().strip())
        is_merged, is_mailed = self.merged.isChecked(), self.mails.isChecked()

        def work(workspace: Workspace) -> Changes:
            run.close()
            made = run.result()
            mails = month_end.Mails((), ())
            if is_mailed:
                mails = month_end.prepare_mails(workspace, made, month)
            job = None
            if is_merged and made.files:
                job = month_end.merge(made.files, folder / month_end.job_name(month))
            failures = (*made.failures, *mails.failures)
            outcome = _Outcome(made, failures, job, len(mails.files))
            return Changes(0, frozenset({"documents"}), outcome)

        self.desk.tasks.change(work, self._on_finished, self._on_stopped)

    def _on_finished(self, changes: Any) -> None:
        outcome: _Outcome = changes.result
        self._run = None
        self._show_running(is_running=False)
        self.progress.hide()
        self.said.setText("")
        self._show_failures(outcome.failures)
        self.open_folder.setVisible(bool(outcome.made.reports))
        is_good = not outcome.failures and not outcome.made.is_cancelled
        self.banner.show_text(_told(outcome), "good" if is_good else "warning")

    def _show_failures(self, failures: Sequence[Failure]) -> None:
        self.failed.show_rows([(f.client, f.ico, f.error.message) for f in failures])
        self.failed.resizeRowsToContents()
        self.failed.setVisible(bool(failures))

    def _on_stopped(self, error: Exception) -> None:
        self._let_go()
        self._show_running(is_running=False)
        self.progress.hide()
        self.banner.show_error(error)

    def _let_go(self) -> None:
        if self._run:
            self.desk.tasks.prepare(self._run.close)
            self._run = None

    def reject(self) -> None:
        """Cancel where reports are being issued; what was issued stays. Otherwise close."""
        if self._is_saving:
            self._is_cancelled = True
            self.said.setText(_("Cancelling…"))
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Close, whatever is under way: the workspace is locked."""
        self._let_go()
        super().done(result)


def _told(outcome: _Outcome) -> str:
    made = outcome.made
    count = len(made.reports)
    parts = [ngettext("{n} report was issued.", "{n} reports were issued.", count).format(n=count)]
    if outcome.mails:
        mails = ngettext("{n} mail was prepared.", "{n} mails were prepared.", outcome.mails)
        parts.append(mails.format(n=outcome.mails))
    if outcome.job:
        parts.append(_("For the printer: {name}.").format(name=outcome.job.name))
    if made.is_cancelled:
        parts.append(_("It was cancelled; what was issued is kept, the rest can be issued later."))
    if outcome.failures:
        count = len(outcome.failures)
        text = ngettext("{n} thing failed:", "{n} things failed:", count)
        parts.append(text.format(n=count))
    return " ".join(parts)
