"""The main window: builds navigation, pages and menus, and wires them. Knows no record."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QByteArray, QEvent, QObject, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from console import settings
from console.domain.journal import Changes, Unit
from console.errors import KnownError
from console.texts import N_, _
from console.workspace import Workspace
from ui import icons, problems, theme
from ui.desk import Desk
from ui.navigation import Navigation
from ui.pages import NAMES
from ui.pages import make as make_page
from ui.pages.unlock import UnlockPage
from ui.tasks import Tasks
from ui.widgets.action_names import action_name
from ui.widgets.parts import Banner, flat_button, label

_BETWEEN_PAGES_MS: Final = 50
_MINUTE_MS: Final = 60 * 1000
_IDLE_MS: Final = 5 * _MINUTE_MS
_PAGES: Final = (
    ("overview", N_("Overview"), "layout-dashboard"),
    ("clients", N_("Clients"), "building-2"),
    ("lines", N_("Numbers"), "smartphone"),
    ("requests", N_("Requests"), "ticket-check"),
    ("tariffs", N_("Tariffs"), "receipt"),
    ("documents", N_("Documents"), "file-text"),
    ("settings", N_("Settings"), "settings"),
)


class MainWindow(QMainWindow):
    """The one window of the program."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setWindowTitle("Klientela")
        self.tasks = Tasks(self)
        self.desk = Desk(self.tasks, self)
        self._folder = folder
        self._has_started = False
        self._pages: dict[str, Any] = {}
        self._shown = QStackedWidget()
        self._stack = QStackedWidget()
        self._banner = Banner()
        self.unlock_page = UnlockPage(self.desk, folder)
        self._shown.addWidget(self.unlock_page)
        self.setCentralWidget(self._shown)
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._making = QTimer(self, singleShot=True, interval=_BETWEEN_PAGES_MS)
        self._making.timeout.connect(self._make_next_page)
        self._state = label("")
        self.statusBar().addPermanentWidget(self._state)
        self.statusBar().hide()
        self._actions: dict[str, QAction] = {}
        self.resize(1280, 760)
        self.setMinimumSize(960, 560)
        self.restoreGeometry(QByteArray.fromBase64(settings.load().geometry.encode()))
        self._connect()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint; behind the first painting comes what is slow."""
        super().paintEvent(event)
        if not self._has_started:
            self._has_started = True
            QTimer.singleShot(0, self._start)

    def _start(self) -> None:
        """Ask the keyring, import ahead, make the menus."""
        self.unlock_page.try_keyring()
        self.tasks.prepare(_import_ahead)
        self._make_menus()
        self._show_menus(is_shown=self._is_open)

    @property
    def pages(self) -> dict[str, Any]:
        """All pages by their names; none before a workspace was open."""
        return {name: self._page(name) for name in NAMES} if self._is_built else {}

    def show_page(self, name: str) -> None:
        """Show a page by its name."""
        self._navigation.choose(name)
        self._stack.setCurrentWidget(self._page(name))

    def _page(self, name: str) -> Any:
        """Return a page, made and filled where it is not there yet."""
        if name not in self._pages:
            made = self._pages[name] = make_page(name, self.desk)
            self._stack.addWidget(made)
            if self._is_open:
                made.reload()
        return self._pages[name]

    def _make_next_page(self) -> None:
        """Make the pages that nobody asked for yet, one at a time between other work."""
        missing = [name for name in NAMES if name not in self._pages]
        if missing and self._is_open:
            self._page(missing[0])
            self._making.start()

    def lock(self) -> None:
        """Lock: the connection closes; models, pages and clipboard are cleared."""
        for page in self._pages.values():
            page.clear()
        QApplication.clipboard().clear()
        self._idle.stop()
        self._minute.stop()
        self.tasks.lock(self._on_locked)

    def _make_menus(self) -> None:
        file_menu = self.menuBar().addMenu(_("&File"))
        self._add(file_menu, "import", N_("&Import…"), "upload", lambda: self._import(0), "Ctrl+I")
        self._add(
            file_menu,
            "report",
            N_("&Status report…"),
            "file-text",
            lambda: self._report(0),
            "Ctrl+R",
        )
        self._add(
            file_menu,
            "order",
            N_("&Order form…"),
            "shopping-cart",
            lambda: self._order(0),
            "Ctrl+O",
        )
        file_menu.addSeparator()
        self._add(file_menu, "lock", N_("&Lock"), "lock", self.lock, "Ctrl+L")
        self._add(file_menu, "quit", N_("&Quit"), "x", self.close, "Ctrl+Q")
        edit_menu = self.menuBar().addMenu(_("&Edit"))
        self._add(edit_menu, "undo", N_("&Undo"), "undo-2", self._undo, "Ctrl+Z")
        self._add(edit_menu, "redo", N_("&Redo"), "redo-2", self._redo, "Ctrl+Y")
        edit_menu.addSeparator()
        self._add(edit_menu, "find", N_("&Find everything…"), "search", self._palette, "Ctrl+K")
        self._add(edit_menu, "filter", N_("Fi&lter the list"), "filter", self._filter, "Ctrl+F")
        new_menu = self.menuBar().addMenu(_("&New"))
        self._add(new_menu, "request", N_("&Request"), "plus", lambda: self._log(None), "Ctrl+N")
        self._add(new_menu, "client", N_("&Client"), "building-2", self._new_client, "Ctrl+Shift+N")
        view_menu = self.menuBar().addMenu(_("&View"))
        for number, (name, text, icon) in enumerate(_PAGES, 1):
            self._add(view_menu, name, text, icon, self._page_shower(name), f"Ctrl+{number}")
        view_menu.addSeparator()
        self._add(view_menu, "reload", N_("Re&load"), "refresh-cw", self._reload, "F5")
        self._add(view_menu, "theme", N_("Light or &dark"), "moon", self._toggle_theme, "Ctrl+D")
        help_menu = self.menuBar().addMenu(_("&Help"))
        self._add(help_menu, "help", N_("&Keys"), "info", self._help, "F1")

    def _add(
        self, menu: Any, name: str, text: str, icon: str, done: Callable[[], Any], keys: str
    ) -> None:
        action = QAction(icons.icon(icon), _(text), self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: done())
        menu.addAction(action)
        self._actions[name] = action

    def _page_shower(self, name: str) -> Callable[[], None]:
        return lambda: self.show_page(name)

    def _show_menus(self, is_shown: bool) -> None:
        self.menuBar().setVisible(is_shown)
        for name, action in self._actions.items():
            action.setEnabled(is_shown or name in ("quit", "theme"))

    def _connect(self) -> None:
        self.unlock_page.unlocked.connect(self._on_unlocked)
        self.tasks.records_changed.connect(self._on_records_changed)
        self.tasks.failed.connect(self._on_failed)
        self.desk.client_requested.connect(self._show_client)
        self.desk.line_requested.connect(self._show_line)
        self.desk.request_requested.connect(self._show_request)
        self.desk.document_requested.connect(self._show_document)
        self.desk.new_request_requested.connect(self._log)
        self.desk.import_requested.connect(self._import)
        self.desk.report_requested.connect(self._report)
        self.desk.order_requested.connect(self._order)
        self.desk.appearance_changed.connect(self._on_appearance_changed)
        self.desk.message.connect(lambda text: self.statusBar().showMessage(text, 12_000))
        self.desk.day_counted.connect(self._show_state)
        self._idle.timeout.connect(self.lock)
        self._minute.timeout.connect(lambda: self._page("overview").reload())
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Put the idle lock off at every key and click."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress) and self._is_open:
            self._idle.start()
        return super().eventFilter(watched, event)

    @property
    def _is_open(self) -> bool:
        return self._shown.currentWidget() is not self.unlock_page

    @property
    def _is_built(self) -> bool:
        return self._shown.count() > 1

    def _on_unlocked(self, folder: Path) -> None:
        self._folder = folder
        settings.change(workspace=str(folder))
        if not self._is_built:
            self._build()
        self._shown.setCurrentIndex(1)
        for page in self._pages.values():
            page.reload()
        self.show_page("overview")
        self._show_menus(is_shown=True)
        self.statusBar().show()
        self._show_state("")
        self._navigation.setFocus()
        self._idle.start()
        self._minute.start()
        self._making.start()

    def _show_state(self, day: str) -> None:
        place = _("encrypted · {folder}").format(folder=self._folder.name)
        self._state.setText(f"{day} · {place}" if day else place)

    def _build(self) -> None:
        """Make the frame around the pages when it is first needed: the window paints before."""
        self._navigation = Navigation([(n, _(t), i) for n, t, i in _PAGES])
        self._navigation.page_chosen.connect(
            lambda name: self._stack.setCurrentWidget(self._page(name))
        )
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._banner)
        right.addWidget(self._stack, 1)
        lower = QHBoxLayout()
        lower.setSpacing(0)
        lower.addWidget(self._navigation)
        lower.addLayout(right, 1)
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_bar())
        layout.addLayout(lower, 1)
        self._shown.addWidget(holder)

    def _make_bar(self) -> QWidget:
        bar = QFrame()
        bar.setObjectName("topbar")
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(12, 7, 12, 7)
        for text, icon, done in (
            (_("New request"), "plus", lambda: self._log(None)),
            (_("Status report"), "file-text", lambda: self._report(0)),
            (_("Import"), "upload", lambda: self._import(0)),
            (_("Undo"), "undo-2", self._undo),
            (_("Redo"), "redo-2", self._redo),
        ):
            layout.addWidget(flat_button(text, icon, done))
        layout.addStretch(1)
        search = flat_button(_("Find a client, number, SIM…   Ctrl+K"), "search", self._palette)
        search.setProperty("flat", False)
        search.setMinimumWidth(320)
        layout.addWidget(search)
        toggle = flat_button("", "moon", self._toggle_theme)
        toggle.setToolTip(_("Light or dark"))
        toggle.setAccessibleName(_("Light or dark"))
        layout.addWidget(toggle)
        return bar

    def _on_records_changed(self, changes: Changes) -> None:
        for page in self._pages.values():
            page.on_records_changed(changes)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, KnownError) and error.code == "workspace-locked":
            return
        if isinstance(error, KnownError) and self._is_built:
            self._banner.show_error(error)
        else:
            problems.show_bug(self, error)

    def _on_locked(self) -> None:
        self._shown.setCurrentWidget(self.unlock_page)
        self._show_menus(is_shown=False)
        self.statusBar().hide()
        self.unlock_page.show_folder(self._folder)

    def _show_client(self, client_id: int) -> None:
        self._navigation.choose("clients")
        self._page("client").show_client(client_id)
        self._stack.setCurrentWidget(self._page("client"))

    def _show_line(self, line_id: int) -> None:
        self.show_page("lines")
        self._page("lines").show_line(line_id)

    def _show_request(self, request_id: int) -> None:
        self.show_page("requests")
        self._page("requests").show_request(request_id)

    def _show_document(self, document_id: int) -> None:
        self.show_page("documents")
        self._page("documents").show_document(document_id)

    def _log(self, about: object) -> None:
        from ui.dialogs.new_request import NewRequestDialog

        NewRequestDialog(self.desk, about, self).open()

    def _import(self, client_id: int) -> None:
        from ui.dialogs.import_file import ImportDialog

        ImportDialog(self.desk, client_id, self).open()

    def _report(self, client_id: int) -> None:
        from ui.dialogs.report import ReportDialog

        ReportDialog(self.desk, client_id, self).open()

    def _order(self, client_id: int) -> None:
        from ui.dialogs.order import OrderDialog

        OrderDialog(self.desk, client_id, self).open()

    def _new_client(self) -> None:
        from ui.dialogs.client import ClientDialog

        ClientDialog(self.desk, self).open()

    def _palette(self) -> None:
        from ui.dialogs.palette import Palette

        Palette(self.desk, list(self._actions.values()), self).open()

    def _filter(self) -> None:
        view = getattr(self._stack.currentWidget(), "view", None)
        if view is not None:
            view.focus_filter()

    def _reload(self) -> None:
        for page in self._pages.values():
            page.reload()

    def _undo(self) -> None:
        self.tasks.change(_undo_last, self._tell_undone, self._banner.show_error)

    def _redo(self) -> None:
        self.tasks.change(_redo_last, self._tell_redone, self._banner.show_error)

    def _tell_undone(self, changes: Changes) -> None:
        self._tell(_("Taken back: {what}"), changes)

    def _tell_redone(self, changes: Changes) -> None:
        self._tell(_("Done again: {what}"), changes)

    def _tell(self, text: str, changes: Changes) -> None:
        unit = changes.result
        if isinstance(unit, Unit):
            what = f"{action_name(unit.action)} {unit.detail}".strip()
            self.desk.message.emit(text.format(what=what))

    def _toggle_theme(self) -> None:
        chosen = theme.LIGHT if theme.current.name == theme.DARK else theme.DARK
        settings.change(theme=chosen)
        self._on_appearance_changed()

    def _on_appearance_changed(self) -> None:
        chosen = settings.load().theme or theme.system_theme()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.apply(application, chosen)
        if self._is_built:
            self._navigation.retint()

    def _help(self) -> None:
        lines = [
            f"{action.shortcut().toString()}\t{action.text().replace('&', '')}"
            for action in self._actions.values()
        ]
        QMessageBox.information(self, _("Keys"), "\n".join(lines))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Remember the window's place, finish what is under way, close the workspace."""
        geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        settings.change(geometry=geometry)
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self._idle.stop()
        self._minute.stop()
        self.tasks.stop()
        super().closeEvent(event)


def _import_ahead() -> None:
    """Import what the first page needs while the person types the passphrase."""
    import console.services.overview
    import console.storage.store  # noqa: F401


def _undo_last(workspace: Workspace) -> Changes:
    from console.services import history

    return history.undo_last(workspace)


def _redo_last(workspace: Workspace) -> Changes:
    from console.services import history

    return history.redo_last(workspace)
