"""Screenshots of every page and dialog in light and dark, from the demo data.

python3 dev.py shots [FOLDER] [--large | --million]

Without a folder they go to docs/screenshots; with ``--large`` pages are taken in a window of
1920x1080, too, for looking at; with ``--million`` the list of a million numbers alone.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests import shots_desk, shots_documents, shots_privacy, shots_vault
from tests.bench import data

ROOT = Path(__file__).resolve().parent.parent
SIZE = (1280, 720)
LARGE = (1920, 1080)
PASSPHRASE = "klientela-demo"
SETTLE_TURNS = 25
MILLION = 1_000_000


def main() -> int:
    """Take all screenshots; return the exit code."""
    parser = argparse.ArgumentParser(prog="dev.py shots", description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--million", action="store_true")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XDG_CONFIG_HOME"] = str(Path(scratch) / "config")
        folder = Path(scratch) / "Klientela"
        if arguments.million:
            data.with_numbers(folder, MILLION).close()
            _Photographer(folder, arguments.folder, large=False).take_million()
            return 0
        _make_workspace(folder)
        _Photographer(folder, arguments.folder, large=arguments.large).take_all()
    shots_documents.take(arguments.folder / "documents")
    return 0


def _make_workspace(folder: Path) -> None:
    from datetime import UTC, datetime

    from console import texts, workspace
    from console.domain.contact import Contact
    from console.domain.legal_time import add_months
    from console.domain.order import Order
    from console.services import clients, contacts, demo, documents

    texts.use_language("cs")
    opened = workspace.create(folder, PASSPHRASE)
    demo.fill(opened)
    first = contacts.contacts_of(opened, clients.all_clients(opened)[0].id)[0]
    twin = Contact(
        client_id=first.client_id, name=first.name, function="zástup", mobile="777123456"
    )
    contacts.add_contact(opened, twin)
    month = add_months(datetime.now(UTC).date().replace(day=1), -1)
    for client in clients.all_clients(opened):
        documents.issue_status_report(opened, client, month)
    for order in opened.store.select(Order):
        documents.issue_order_form(opened, order)
    shots_documents.sign_seal_and_void(opened, folder.parent)
    opened.close()


class _Photographer:
    """Goes through the real window and keeps what it sees."""

    def __init__(self, folder: Path, target: Path, *, large: bool) -> None:
        from console import settings
        from ui import app

        settings.change(language="cs", theme="light", workspace=str(folder))
        self._target = target
        self._sizes = (SIZE, LARGE) if large else (SIZE,)
        self._application, self._window = app.open_window(["klientela"])
        while not self._window.centralWidget():
            self._application.processEvents()
        self._settle()

    def take_all(self) -> None:
        """Take the door, the pages and the dialogs, in both themes."""
        from ui import theme

        for name in (theme.LIGHT, theme.DARK):
            self._use(name)
            self._window.unlock_page.show_folder(Path("/nikde/Klientela"))
            self._grab(self._window, "create", name)
            self._window.unlock_page.show_folder(self._window._folder)
            self._grab(self._window, "unlock", name)
            shots_vault.take_locked(self._window, partial(self._grab_in, name), self._settle)
        self._use(theme.LIGHT)
        self._window.unlock_page._passphrase.setText(PASSPHRASE)
        self._window.unlock_page._act()
        self._settle()
        self._window._bench.banner.hide()
        for name in (theme.LIGHT, theme.DARK):
            self._use(name)
            self._take_pages(name)
            self._take_dialogs(name)
            for shots in (shots_desk, shots_privacy, shots_vault):
                shots.take(self._window, partial(self._grab_in, name), self._ask)
        self._window.close()

    def take_million(self) -> None:
        """Take the list of a million numbers: its beginning, its end, and narrowed by words."""
        from ui import theme

        self._window.unlock_page.show_folder(self._window._folder)
        self._window.unlock_page._passphrase.setText(data.PASSPHRASE)
        self._window.unlock_page._act()
        self._settle()
        self._window.show_page("lines")
        self._window.resize(*SIZE)
        view = self._window.pages["lines"].view
        while not view.model._is_counted:
            self._settle()
        for name in (theme.LIGHT, theme.DARK):
            self._use(name)
            view.table.scrollToBottom()
            view.table.selectRow(view.model.rowCount() - 3)
            self._grab(self._window, "million", name)
        self._use(theme.LIGHT)
        view._filter.setText("Řehoř Šťastná")
        time.sleep(0.3)
        self._settle()
        view.table.selectRow(0)
        self._grab(self._window, "million-filtered", theme.LIGHT)
        self._window.close()

    def _use(self, theme_name: str) -> None:
        from console import settings

        settings.change(theme=theme_name)
        self._window._on_appearance_changed()

    def _settle(self) -> None:
        for _turn in range(SETTLE_TURNS):
            self._application.processEvents()
            if hasattr(self._window, "tasks"):
                self._window.tasks.wait()
            time.sleep(0.01)

    def _grab(self, widget: Any, name: str, theme_name: str, suffix: str = "") -> None:
        self._settle()
        widget.grab().save(str(self._target / f"{name}-{theme_name}{suffix}.png"))

    def _grab_in(self, theme_name: str, widget: Any, name: str) -> None:
        self._grab(widget, name, theme_name)

    def _take_pages(self, theme_name: str) -> None:
        for size in self._sizes:
            self._window.resize(*size)
            suffix = "" if size == SIZE else "-large"
            for name, page in self._window.pages.items():
                if name == "client":
                    continue
                self._window.show_page(name)
                self._settle()
                view = getattr(page, "view", None)
                if view is not None:
                    view.table.selectRow(1)
                self._grab(self._window, name, theme_name, suffix)
            self._take_dossier(theme_name, suffix)
        self._window.resize(*SIZE)

    def _take_dossier(self, theme_name: str, suffix: str) -> None:
        page = self._window.pages["client"]
        self._window._show_client(self._window.pages["clients"].view.model.record(0).id)
        for tab, name in ((0, "client"), (3, "agreement"), (9, "history")):
            page._tabs.setCurrentIndex(tab)
            self._grab(self._window, name, theme_name, suffix)
        page._tabs.setCurrentIndex(0)
        self._window.show_page("requests")
        requests = self._window.pages["requests"]
        requests.view.table.selectRow(0)
        self._settle()
        requests.panel.show_tab(1)
        self._grab(self._window, "explanation", theme_name, suffix)
        requests.panel.show_tab(0)

    def _take_dialogs(self, theme_name: str) -> None:
        from console.domain.listing import ListQuery
        from console.services import records
        from console.services.exports import Export
        from ui.dialogs.agreement import AgreementDialog
        from ui.dialogs.change_many import ChangeManyDialog
        from ui.dialogs.client import ClientDialog
        from ui.dialogs.comparison import ComparisonDialog
        from ui.dialogs.contact import ContactDialog
        from ui.dialogs.duplicates import DuplicatesDialog
        from ui.dialogs.export import ExportDialog
        from ui.dialogs.hand_over import HandOverDialog
        from ui.dialogs.import_file import ImportDialog
        from ui.dialogs.month_end import MonthEndDialog
        from ui.dialogs.new_request import NewRequestDialog
        from ui.dialogs.open_paper import dialog as paper
        from ui.dialogs.order import OrderDialog
        from ui.dialogs.palette import Palette
        from ui.dialogs.record import RecordDialog
        from ui.dialogs.report import ReportDialog
        from ui.dialogs.reveal import RevealDialog
        from ui.dialogs.seal import SealDialog
        from ui.dialogs.signature import SignatureDialog
        from ui.dialogs.verification import VerificationDialog
        from ui.dialogs.void import VoidDialog

        window, desk = self._window, self._window.desk
        line = self._ask(_first_line)
        client_id = line.client_id
        terms = self._ask(lambda w: _terms(w, client_id))
        form = self._ask(_order_form)
        kinds = type(form.kind)
        dialogs: dict[str, Callable[[], Any]] = {
            "new-request": lambda: NewRequestDialog(desk, line, window),
            "import": lambda: ImportDialog(desk, client_id, window),
            "palette": lambda: Palette(desk, list(window._actions.values()), window),
            "order": lambda: OrderDialog(desk, client_id, window),
            "report": lambda: ReportDialog(desk, client_id, window),
            "client-form": lambda: ClientDialog(desk, window),
            "agreement-editor": lambda: AgreementDialog(desk, client_id, terms, window),
            "what-if": lambda: AgreementDialog(desk, client_id, terms, window),
            "contact-form": lambda: ContactDialog(desk, client_id, window),
            "number-form": lambda: RecordDialog(
                desk, self._ask(lambda w: records.opened(w, "lines", line.id)), window
            ),
            "change-many": lambda: ChangeManyDialog(desk, "lines", self._ask(_some_lines), window),
            "comparison": lambda: ComparisonDialog(desk, client_id, window),
            "duplicates": lambda: DuplicatesDialog(desk, window),
            "export": lambda: ExportDialog(
                desk, Export(query=ListQuery(noun="lines", sort="msisdn"), columns=()), window
            ),
            "reveal": lambda: RevealDialog(desk, 1, "8942010007990000012", window),
            "signature": lambda: SignatureDialog(desk, form, window),
            "seal": lambda: SealDialog(desk, form, window),
            "void": lambda: VoidDialog(desk, form, window),
            "verification": lambda: VerificationDialog(desk, window),
            "month-end": lambda: MonthEndDialog(desk, window),
            "hand-over": lambda: HandOverDialog(desk, kinds.HAND_OVER, client_id, window),
            "complaint-reply": lambda: paper(desk, kinds.COMPLAINT_REPLY, client_id, 0, window),
        }
        for name, make in dialogs.items():
            dialog = make()
            dialog.open()
            self._settle()
            if name == "change-many":
                dialog.field.setCurrentIndex(dialog.field.findData("tariff"))
                dialog.value.editor("tariff").setText("Profi 300")
                time.sleep(0.2)
            if name == "duplicates":
                dialog.noun.setCurrentIndex(dialog.noun.findData("contacts"))
            if name in ("import", "comparison"):
                dialog.read_file(ROOT / "tests" / "samples" / "urad" / "cisla.xlsx")
            if name == "palette":
                dialog.field.setText("nova")
            if name == "what-if":
                dialog.editors["clauses"].rows[1]["amount"] = 12
                dialog.show_tab(6)
                dialog.look_back()
            if name == "signature":
                shots_documents.sign(dialog.places[0].ink)
            if name == "order":
                dialog.set_line(0, "Telefon Galaxy A56", "2", "6190,00")
            self._grab(dialog, name, theme_name)
            dialog.done(0)

    def _ask(self, work: Callable[[Any], Any]) -> Any:
        found: list[Any] = []
        self._window.tasks.query(work, found.append)
        self._settle()
        return found[0]


def _terms(workspace: Any, client_id: int) -> Any:
    from console.services import agreements

    return agreements.terms_of(agreements.in_force(workspace, client_id))


def _some_lines(workspace: Any) -> list[int]:
    from console.domain.line import Line

    return [line.id for line in workspace.store.select(Line, "1", order="id LIMIT 60")]


def _order_form(workspace: Any) -> Any:
    from console.domain.document import Document

    return workspace.store.select(Document, "kind = 'order-form'", order="id DESC")[0]


def _first_line(workspace: Any) -> Any:
    from console.domain.line import Line

    return workspace.store.select(Line, "1", order="id LIMIT 1")[0]


if __name__ == "__main__":
    sys.exit(main())
