"""The menus: every action by name, with its text, icon and keys."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar, QMessageBox, QWidget

from console.texts import N_, _
from ui import icons
from ui.pages import BY_DIGIT, BY_LETTER, SIDEBAR


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a menu; without a name it is a line between others."""

    name: str = ""
    text: str = ""
    icon: str = ""
    keys: str = ""


_LINE: Final = Entry()


def _page_keys(name: str) -> str:
    """Return the keys of a page: a digit that stays its own, or letters where digits are out."""
    if name in BY_DIGIT:
        return f"Ctrl+{(BY_DIGIT.index(name) + 1) % 10}"
    return BY_LETTER.get(name, "")


_MENUS: Final[tuple[tuple[str, tuple[Entry, ...]], ...]] = (
    (
        N_("&File"),
        (
            Entry("import", N_("&Import…"), "upload", "Ctrl+I"),
            Entry("export", N_("&Export the table…"), "file-output", "Ctrl+E"),
            Entry("compare", N_("&Compare lists of numbers…"), "git-compare", "Ctrl+Shift+C"),
            Entry("duplicates", N_("D&uplicates…"), "combine", "Ctrl+Shift+U"),
            Entry("mail", N_("Request from a &mail…"), "download", "Ctrl+M"),
            Entry("outbox", N_("Ou&tbox…"), "mail", ""),
            Entry("calendar", N_("&Calendar file…"), "calendar-days", ""),
            Entry("report", N_("&Status report…"), "file-text", "Ctrl+R"),
            Entry("month-end", N_("Month's &end of all clients…"), "printer", "Ctrl+Shift+R"),
            Entry("order", N_("&Order form…"), "shopping-cart", "Ctrl+O"),
            Entry("verify", N_("&Verify a document…"), "circle-check", "Ctrl+Shift+V"),
            Entry("privacy", N_("Personal &data…"), "user", ""),
            Entry("retention", N_("&Retention…"), "clock", ""),
            _LINE,
            Entry("bundle-out", N_("&Hand over to a deputy…"), "users", ""),
            Entry("bundle-in", N_("Open a &bundle…"), "folder-open", ""),
            Entry("bundle-back", N_("&Take a bundle back…"), "download", ""),
            Entry("conflicts", N_("Changed on both &sides…"), "columns-3", ""),
            _LINE,
            Entry("lock", N_("&Lock"), "lock", "Ctrl+L"),
            Entry("quit", N_("&Quit"), "x", "Ctrl+Q"),
        ),
    ),
    (
        N_("&Edit"),
        (
            Entry("undo", N_("&Undo"), "undo-2", "Ctrl+Z"),
            Entry("redo", N_("&Redo"), "redo-2", "Ctrl+Y"),
            _LINE,
            Entry("find", N_("&Find everything…"), "search", "Ctrl+K"),
            Entry("filter", N_("Fi&lter the list"), "filter", "Ctrl+F"),
            _LINE,
            Entry("edit", N_("&Edit the record…"), "pencil", "F4"),
            Entry("many", N_("&Change many…"), "list-checks", "Ctrl+B"),
            Entry("delete", N_("&Delete"), "trash-2", "Ctrl+Del"),
            Entry("reveal", N_("Reveal PUK or P&IN…"), "eye", "Ctrl+Shift+P"),
        ),
    ),
    (
        N_("&New"),
        (
            Entry("request", N_("&Request"), "plus", "Ctrl+N"),
            Entry("client", N_("&Client"), "building-2", "Ctrl+Shift+N"),
            Entry("new-contacts", N_("C&ontact"), "user", "Ctrl+Shift+K"),
            Entry("new-lines", N_("&Number"), "smartphone", "Ctrl+Shift+L"),
            Entry("new-sims", N_("&SIM card"), "card-sim", "Ctrl+Shift+S"),
            Entry("new-devices", N_("&Device"), "tablet-smartphone", "Ctrl+Shift+D"),
            Entry("new-tariffs", N_("&Tariff"), "receipt", "Ctrl+Shift+T"),
            Entry("new-catalogue_items", N_("Item of the &price list"), "shopping-cart", ""),
        ),
    ),
    (
        N_("&View"),
        (
            *(Entry(f"page-{name}", text, icon, _page_keys(name)) for name, text, icon in SIDEBAR),
            _LINE,
            Entry("next", N_("&Next to do"), "arrow-right", "Ctrl+J"),
            Entry("reload", N_("Re&load"), "refresh-cw", "F5"),
            Entry("theme", N_("Light or &dark"), "moon", "Ctrl+D"),
        ),
    ),
    (N_("&Help"), (Entry("help", N_("&Keys"), "info", "F1"),)),
)
ALWAYS_ENABLED: Final = frozenset({"quit", "theme"})
"""What can be done before a workspace is open, too."""


def fill(bar: QMenuBar, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Make the menus.

    Args:
        bar: of the window, empty.
        handlers: what each entry does, by its name.

    Returns:
        The actions by name.
    """
    actions: dict[str, QAction] = {}
    for title, entries in _MENUS:
        menu = bar.addMenu(_(title))
        for entry in entries:
            if entry.name:
                actions[entry.name] = _action(bar, entry, handlers[entry.name])
                menu.addAction(actions[entry.name])
            else:
                menu.addSeparator()
    return actions


def _action(bar: QMenuBar, entry: Entry, done: Callable[[], object]) -> QAction:
    action = QAction(icons.icon(entry.icon), _(entry.text), bar)
    action.setShortcut(QKeySequence(entry.keys))
    action.triggered.connect(lambda: done())
    return action


def show_keys(parent: QWidget, actions: Iterable[QAction]) -> None:
    """Show which keys do what."""
    lines = [f"{a.shortcut().toString()}\t{a.text().replace('&', '')}" for a in actions]
    QMessageBox.information(parent, _("Keys"), "\n".join(lines))
