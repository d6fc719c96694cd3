"""What the window shows of an open workspace: bar, navigation, and pages made when needed."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from console.domain import formats
from console.domain.journal import Changes
from console.texts import _
from ui.desk import Desk
from ui.navigation import Navigation
from ui.pages import NAMES, SIDEBAR, make
from ui.widgets.parts import Banner, flat_button

if TYPE_CHECKING:
    from console.domain.deadline_warning import DeadlineWarning

_BETWEEN_PAGES_MS: Final = 50
_WARNINGS_SHOWN: Final = 3


class Workbench(QWidget):
    """The pages with what stands around them. Knows no record.

    Args:
        desk: passed to every page.
        handlers: what the buttons of the bar do, by the names of the menus.
    """

    def __init__(self, desk: Desk, handlers: Mapping[str, Callable[[], object]]) -> None:
        super().__init__()
        self._desk = desk
        self._made: dict[str, Any] = {}
        self._is_filled = False
        self.banner = Banner()
        self.reminder = Banner(None, _("Make one now"), handlers["recovery-key"])
        self.second_place = Banner(None, _("Choose a place…"), handlers["second-place"])
        self._stack = QStackedWidget()
        self.navigation = Navigation([(name, _(text), icon) for name, text, icon in SIDEBAR])
        self.navigation.page_chosen.connect(self._show)
        self._making = QTimer(self, singleShot=True, interval=_BETWEEN_PAGES_MS)
        self._making.timeout.connect(self._make_next)
        self._lay_out(handlers)

    def _lay_out(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.reminder)
        right.addWidget(self.second_place)
        right.addWidget(self.banner)
        right.addWidget(self._stack, 1)
        lower = QHBoxLayout()
        lower.setSpacing(0)
        lower.addWidget(self.navigation)
        lower.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(_bar(handlers))
        layout.addLayout(lower, 1)

    @property
    def pages(self) -> dict[str, Any]:
        """All pages by their names."""
        return {name: self.page(name) for name in NAMES}

    @property
    def current(self) -> Any:
        """The page that is shown."""
        return self._stack.currentWidget()

    def page(self, name: str) -> Any:
        """Return a page, made and filled where it is not there yet."""
        if name not in self._made:
            page = self._made[name] = make(name, self._desk)
            self._stack.addWidget(page)
            if self._is_filled:
                page.reload()
        return self._made[name]

    def show_page(self, name: str) -> None:
        """Show a page by its name; the navigation goes along where it has the page."""
        self.navigation.choose(name)
        self._show(name)

    def _show(self, name: str) -> None:
        self._stack.setCurrentWidget(self.page(name))

    def fill(self) -> None:
        """Read every page anew: the workspace was opened, or the person asked for it."""
        self._is_filled = True
        for page in self._made.values():
            page.reload()

    def make_rest(self) -> None:
        """Make the pages that nobody asked for yet, one at a time between other work."""
        self._making.start()

    def clear(self) -> None:
        """Forget every record, for locking."""
        self.banner.clear()
        self.reminder.hide()
        self.second_place.hide()
        self._is_filled = False
        self._making.stop()
        for page in self._made.values():
            page.clear()

    def on_records_changed(self, changes: Changes) -> None:
        """Let the pages reload what changed."""
        for page in self._made.values():
            page.on_records_changed(changes)

    def remind(self, lacking: str) -> None:
        """Say what a loss would take, while that is so.

        Args:
            lacking: ``recovery-key``, ``second-place`` or empty.
        """
        self.reminder.hide()
        self.second_place.hide()
        if lacking == "recovery-key":
            self.reminder.show_text(
                _(
                    "This workspace has no recovery key: a forgotten passphrase would lose "
                    "everything in it."
                )
            )
        elif lacking == "second-place":
            self.second_place.show_text(
                _(
                    "The backups lie on this disk only: a thief, a fire or a dead disk would take "
                    "them, too."
                )
            )

    def show_warnings(self, changes: Changes) -> None:
        """Say once which deadlines come near; what was slept through comes together."""
        found = changes.result if isinstance(changes.result, list) else []
        warnings = [warning for warning in found if warning.governing]
        if not warnings:
            return
        lines = [_said(warning) for warning in warnings[:_WARNINGS_SHOWN]]
        if len(warnings) > _WARNINGS_SHOWN:
            lines.append(_("and {count} more").format(count=len(warnings) - _WARNINGS_SHOWN))
        is_late = any(warning.is_overdue for warning in warnings)
        self.banner.show_text("\n".join(lines), "danger" if is_late else "warning")

    def _make_next(self) -> None:
        missing = [name for name in NAMES if name not in self._made]
        if missing:
            self.page(missing[0])
            self._making.start()


def _said(warning: "DeadlineWarning") -> str:
    text = (
        _("{number} · {subject}: overdue since {due}")
        if warning.is_overdue
        else _("{number} · {subject}: {percent} % of the time is gone, due {due}")
    )
    return text.format(
        number=warning.number,
        subject=warning.subject,
        percent=warning.percent,
        due=formats.moment(warning.due),
    )


def _bar(handlers: Mapping[str, Callable[[], object]]) -> QWidget:
    bar = QFrame()
    bar.setObjectName("topbar")
    layout = QHBoxLayout(bar)
    layout.setContentsMargins(12, 7, 12, 7)
    for text, icon, name in (
        (_("New request"), "plus", "request"),
        (_("Status report"), "file-text", "report"),
        (_("Import"), "upload", "import"),
        (_("Undo"), "undo-2", "undo"),
        (_("Redo"), "redo-2", "redo"),
    ):
        layout.addWidget(flat_button(text, icon, handlers[name]))
    layout.addStretch(1)
    search = flat_button(_("Find a client, number, SIM…   Ctrl+K"), "search", handlers["find"])
    search.setProperty("flat", False)
    search.setMinimumWidth(320)
    layout.addWidget(search)
    toggle = flat_button("", "moon", handlers["theme"])
    toggle.setToolTip(_("Light or dark"))
    toggle.setAccessibleName(_("Light or dark"))
    layout.addWidget(toggle)
    return bar
