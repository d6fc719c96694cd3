"""The main window: paints first, then builds what it shows, and wires it. Knows no record.

Imports of the window's parts stand inside the functions, because the frame is painted before
they are read from the disk.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget

from console import settings
from console.early_key import EarlyKey
from console.texts import _

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from console.domain.journal import Changes
    from ui.pages.unlock import UnlockPage
    from ui.workbench import Workbench

_MESSAGE_MS: Final = 12_000
_SETTLE_MS: Final = 50
_SETTLE_LATEST_MS: Final = 2000
"""Behind the first page, and where it does not come, begins what nobody waits for."""


class MainWindow(QMainWindow):
    """The one window of the program."""

    first_painted = Signal()
    """The frame is on the screen; :meth:`fill` may take its time now."""

    def __init__(self, folder: Path, key: EarlyKey | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Klientela")
        self._folder = folder
        self._key = key
        self._is_painted = False
        self._workbench: Workbench | None = None
        self._actions: dict[str, QAction] = {}
        self.resize(1280, 760)
        self.setMinimumSize(960, 560)
        self.setAcceptDrops(True)
        self.restoreGeometry(QByteArray.fromBase64(settings.load().geometry.encode()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint, and tell when that was the first time."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def fill(self) -> None:
        """Make what the frame holds; where the keyring was asked, no prompt comes before it."""
        from ui.chores import Chores
        from ui.desk import Desk
        from ui.desk_dialogs import DeskDialogs
        from ui.document_dialogs import DocumentDialogs
        from ui.door import Door
        from ui.locking import Locking
        from ui.only_window import OnlyWindow
        from ui.tasks import Tasks
        from ui.undoing import Undoing
        from ui.vault_dialogs import VaultDialogs
        from ui.widgets.parts import label

        self.tasks = Tasks(self)
        self.desk = Desk(self.tasks, self)
        self._door = Door(self.desk, self._folder, self)
        if self._key:
            self._door.open_by(self._key)
            self._key = None
        self.desk_dialogs = DeskDialogs(self.desk, self)
        self._documents = DocumentDialogs(self.desk, self)
        self._undoing = Undoing(self.desk, self)
        self._vault = VaultDialogs(self.desk, self)
        self._shown = QStackedWidget()
        self.setCentralWidget(self._shown)
        self._locking = Locking(self)
        self._chores = Chores(self.tasks, self)
        self._only_window = OnlyWindow(self)
        self._settling = QTimer(self, singleShot=True)
        self._settling.timeout.connect(self._settle)
        self._state = label("")
        self.statusBar().addPermanentWidget(self._state)
        self.statusBar().hide()
        self._connect()
        if self._door.is_under_way:
            self._make_workbench()
            self._show_menus(is_shown=False)
        else:
            self._shown.setCurrentWidget(self.unlock_page)
            self.unlock_page.first_painted.connect(self._start)

    def _start(self) -> None:
        """Ask the keyring beside the prompt, and make the menus."""
        self._door.ask_keyring()
        self._show_menus(is_shown=False)

    @property
    def unlock_page(self) -> "UnlockPage":
        """The prompt, in its place."""
        if self._shown.indexOf(self._door.prompt) < 0:
            self._shown.addWidget(self._door.prompt)
        return self._door.prompt

    @property
    def pages(self) -> dict[str, Any]:
        """All pages by their names; none before a workspace was open."""
        return self._workbench.pages if self._workbench else {}

    def show_page(self, name: str) -> None:
        """Show a page by its name."""
        self._bench.show_page(name)

    def _close_dialogs(self) -> None:
        """Close every dialog; what is typed in them is kept."""
        for dialog in self.findChildren(QDialog):
            dialog.done(QDialog.DialogCode.Rejected)

    def lock(self) -> None:
        """Lock: the connection closes; models, pages and clipboard are cleared."""
        from ui import clipboard

        self._close_dialogs()
        self._bench.clear()
        self.statusBar().clearMessage()
        self._state.clear()
        clipboard.clear()
        self._settling.stop()
        self._locking.stop()
        self._show_locked()
        self._chores.settle(partial(self.tasks.lock, self._on_locked))

    def _handlers(self) -> dict[str, Callable[[], object]]:
        from ui.pages import NAMES
        from ui.register_actions import RegisterActions

        register = RegisterActions(self.desk, lambda: self._bench.current, self)
        return {
            **register.handlers(),
            "import": partial(self._import, 0),
            "next": self._next,
            **self.desk_dialogs.handlers(),
            **self._documents.handlers(),
            **self._vault.handlers(),
            "lock": self.lock,
            "quit": self.close,
            **self._undoing.handlers(),
            "find": self._palette,
            "filter": self._filter,
            "client": self._new_client,
            **{f"page-{name}": partial(self.show_page, name) for name in NAMES},
            "reload": lambda: self._bench.fill(),
            "theme": self._toggle_theme,
            "help": self._help,
        }

    def _connect(self) -> None:
        self._door.opened.connect(self._on_unlocked)
        self._door.created.connect(self._vault.make_recovery_key)
        self._door.prompt_wanted.connect(self._show_prompt)
        self.tasks.records_changed.connect(self._on_records_changed)
        self.tasks.failed.connect(self._on_failed)
        self.desk.client_requested.connect(self._show_client)
        self.desk.line_requested.connect(self._show_line)
        self.desk.request_requested.connect(self._show_request)
        self.desk.document_requested.connect(self._show_document)
        self.desk.order_shown_requested.connect(self._show_order)
        self.desk.import_requested.connect(self._import)
        self.desk.appearance_changed.connect(self._on_appearance_changed)
        self.desk.message.connect(lambda text: self.statusBar().showMessage(text, _MESSAGE_MS))
        self.desk.day_counted.connect(self._on_day_counted)
        self.desk.next_requested.connect(self._next)
        self.desk.outbox_filled.connect(self._chores.send_mails)
        self._vault.bundle_opened.connect(self._on_bundle_opened)
        self.desk.keys_changed.connect(self._look_for_what_lacks)
        self.desk.workspace_replaced.connect(self._on_workspace_replaced)
        self.desk.told.connect(lambda text, tone: self._bench.banner.show_text(text, tone))
        self.tasks.disk_filled.connect(self._on_disk_filled)
        self._locking.due.connect(self.lock)
        self._undoing.failed.connect(lambda error: self._bench.banner.show_error(error))
        self._chores.minute_passed.connect(lambda: self._bench.page("overview").reload())
        self._chores.warned.connect(lambda changes: self._bench.show_warnings(changes))
        self._chores.mail_failed.connect(lambda text: self._bench.banner.show_text(text))
        self._chores.backup_failed.connect(lambda text: self._bench.banner.show_text(text))
        self._only_window.raise_asked.connect(self._come_up)
        self._only_window.other_raised.connect(self.close)
        self._only_window.failed.connect(self._on_failed)

    @property
    def _bench(self) -> "Workbench":
        """What the window shows of an open workspace; menus offer it only then."""
        if self._workbench is None:
            raise RuntimeError("no workspace was open yet")
        return self._workbench

    @property
    def _is_open(self) -> bool:
        return self._workbench is not None and self._shown.currentWidget() is self._workbench

    def _on_unlocked(self, folder: Path) -> None:
        self._folder = folder
        settings.change(workspace=str(folder))
        self._make_workbench()
        self._bench.fill()
        self._bench.show_page("overview")
        self._shown.setCurrentWidget(self._bench)
        self._show_menus(is_shown=True)
        self.statusBar().show()
        self._show_state("")
        self._bench.navigation.setFocus()
        self._settling.start(_SETTLE_LATEST_MS)

    def _make_workbench(self) -> None:
        """Make what an open workspace is shown in, with its first page; once is enough."""
        if self._workbench is None:
            from ui.workbench import Workbench

            self._workbench = Workbench(self.desk, self._handlers())
            self._workbench.second_place.dismissed.connect(self._vault.put_second_place_off)
            self._workbench.show_page("overview")
            self._shown.addWidget(self._workbench)

    def _show_prompt(self) -> None:
        """Ask for the passphrase; where that is done already, what is typed stays."""
        if self._shown.currentWidget() is not self.unlock_page:
            self._on_locked()

    def _come_up(self) -> None:
        """Come to the front: somebody started the program again."""
        self.showNormal()
        self.raise_()
        self.activateWindow()

    def _show_menus(self, is_shown: bool) -> None:
        from ui import menus

        if not self._actions:
            self._actions = menus.fill(self.menuBar(), self._handlers())
        self.menuBar().setVisible(is_shown)
        for name, action in self._actions.items():
            action.setEnabled(is_shown or name in menus.ALWAYS_ENABLED)

    def _on_day_counted(self, day: str) -> None:
        """Show it; what can wait begins when the first page is there."""
        self._show_state(day)
        if self._settling.isActive():
            self._settling.start(_SETTLE_MS)

    def _settle(self) -> None:
        """Begin what nobody waits for: the first page is on the screen."""
        self._locking.start()
        self._look_for_what_lacks()
        self._only_window.take(self._folder)
        self._bench.make_rest()
        self._chores.start()

    def _show_state(self, day: str) -> None:
        place = _("encrypted · {folder}").format(folder=self._folder.name)
        self._state.setText(f"{day} · {place}" if day else place)

    def _on_records_changed(self, changes: "Changes") -> None:
        self._bench.on_records_changed(changes)

    def _on_failed(self, error: Exception) -> None:
        from console.errors import KnownError
        from ui import problems

        if isinstance(error, KnownError) and error.code == "workspace-locked":
            return
        if isinstance(error, KnownError) and self._is_open:
            self._bench.banner.show_error(error)
        else:
            problems.show_bug(self, error)

    def _show_locked(self) -> None:
        self._shown.setCurrentWidget(self.unlock_page)
        self._show_menus(is_shown=False)
        self.statusBar().hide()

    def _on_locked(self) -> None:
        self._show_locked()
        self.unlock_page.show_folder(self._folder)

    def _on_bundle_opened(self, folder: Path) -> None:
        """Lock the person's own workspace, and ask for the passphrase of the bundle."""
        self._folder = folder
        self.lock()

    def _look_for_what_lacks(self) -> None:
        self._vault.look_for_what_lacks(self._bench.remind)

    def _on_workspace_replaced(self) -> None:
        """Read everything anew: another state of the workspace is in its place."""
        self._bench.clear()
        self._bench.fill()
        self._look_for_what_lacks()

    def _on_disk_filled(self) -> None:
        text = _("The disk is full. Your change was saved into the last reserve; make room now.")
        self._bench.banner.show_text(text, "danger")

    def _show_client(self, client_id: int) -> None:
        self._bench.navigation.choose("clients")
        self._bench.page("client").show_client(client_id)
        self.show_page("client")

    def _show_line(self, line_id: int) -> None:
        self.show_page("lines")
        self._bench.page("lines").show_line(line_id)

    def _show_request(self, request_id: int) -> None:
        self.show_page("requests")
        self._bench.page("requests").show_request(request_id)

    def _show_document(self, document_id: int) -> None:
        self.show_page("documents")
        self._bench.page("documents").show_document(document_id)

    def _show_order(self, order_id: int) -> None:
        self.show_page("orders")
        self._bench.page("orders").show_order(order_id)

    def _import(self, wish: object) -> None:
        from ui.dialogs.import_file import ImportDialog

        ImportDialog(self.desk, wish, self).open()

    def _next(self) -> None:
        """Show what is to be done next, behind the request that is shown."""
        shown = self._bench.page("requests").panel.request_id
        is_there = self._bench.current is self._bench.page("requests")
        following = self._bench.page("overview").next_after(shown if is_there else 0)
        if following:
            self._show_request(following)
        else:
            self.desk.message.emit(_("Nothing is left to do today."))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Let mails be dropped on an open workspace."""
        from ui.desk_dialogs import dropped_mails

        if self._is_open and dropped_mails(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Take the first mail that was dropped."""
        from ui.desk_dialogs import dropped_mails

        for path in dropped_mails(event)[:1]:
            event.acceptProposedAction()
            self.desk_dialogs.take_mail(path)

    def _new_client(self) -> None:
        from ui.dialogs.client import ClientDialog

        ClientDialog(self.desk, self).open()

    def _palette(self) -> None:
        from ui.dialogs.palette import Palette

        Palette(self.desk, list(self._actions.values()), self).open()

    def _filter(self) -> None:
        view = getattr(self._bench.current, "view", None)
        if view is not None:
            view.focus_filter()

    def _toggle_theme(self) -> None:
        from ui import theme

        settings.change(theme=theme.LIGHT if theme.current.name == theme.DARK else theme.DARK)
        self._on_appearance_changed()

    def _on_appearance_changed(self) -> None:
        from ui import theme

        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.apply(application, settings.load().theme or theme.system_theme())
        if self._workbench:
            self._workbench.navigation.retint()

    def _help(self) -> None:
        from ui import menus

        menus.show_keys(self, self._actions.values())

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Remember the window's place, finish what is under way, close the workspace."""
        from ui import clipboard

        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        settings.change(geometry=geometry)
        if self._is_open:
            clipboard.clear()
        if self._key:
            self._key.drop()
        if self.centralWidget():
            self._close_dialogs()
            self._settling.stop()
            self._locking.stop()
            self._chores.end()
            self.tasks.stop()
            self._only_window.release()
        super().closeEvent(event)
