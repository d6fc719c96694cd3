"""Saved views of a list: behind its filters in the same box, with a menu to save and forget."""

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QToolButton

from console.domain.journal import Changes
from console.services import views
from console.services.views import SavedView
from console.texts import _
from ui import icons
from ui.tasks import Tasks
from ui.widgets.record_view import RecordView

_LONGEST: Final = 60


class SavedViews(QObject):
    """Belongs to one list.

    Args:
        tasks: the way to the services.
        view: the list.
        noun: under which the views are kept.
    """

    def __init__(self, tasks: Tasks, view: RecordView, noun: str) -> None:
        super().__init__(view)
        self._tasks = tasks
        self._view = view
        self._noun = noun
        self._saved: list[SavedView] = []
        self.button = QToolButton()
        self.button.setIcon(icons.icon("bookmark"))
        self.button.setToolTip(_("Saved views"))
        self.button.setAccessibleName(_("Saved views"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)
        self.menu.aboutToShow.connect(self._fill)
        view.tools.insertWidget(view.tools.count() - 1, self.button)
        tasks.records_changed.connect(self._on_changed)

    def reload(self) -> None:
        """Read the saved views anew."""
        self._tasks.query(lambda w: views.views(w, self._noun), self._show)

    def clear(self) -> None:
        """Forget them, for locking: their filters may name people."""
        self._saved = []
        self.menu.clear()

    def _on_changed(self, changes: Changes) -> None:
        if "settings" in changes.nouns:
            self.reload()

    def _show(self, found: list[SavedView]) -> None:
        self._saved = found

    def _fill(self) -> None:
        self.menu.clear()
        for one in self._saved:
            self.menu.addAction(one.name, lambda v=one: self._view.show_saved(v))  # type: ignore[misc]
        if not self._saved:
            self.menu.addAction(_("No view is saved yet.")).setEnabled(False)
        self.menu.addSeparator()
        self.menu.addAction(_("Save this view…"), self._ask)
        forget = self.menu.addMenu(_("Forget"))
        forget.setEnabled(bool(self._saved))
        for one in self._saved:
            forget.addAction(one.name, lambda n=one.name: self._forget(n))  # type: ignore[misc]

    def _ask(self) -> None:
        name, is_given = QInputDialog.getText(
            self._view, _("Save this view"), _("Name"), QLineEdit.EchoMode.Normal
        )
        if is_given and name.strip():
            self.save(name.strip()[:_LONGEST])

    def save(self, name: str) -> None:
        """Save what the list shows now under a name."""
        query = self._view.model.query
        one = SavedView(name, query.filters, query.text, query.sort, query.descending)
        self._tasks.change(lambda w: views.save_view(w, self._noun, one))

    def _forget(self, name: str) -> None:
        self._tasks.change(lambda w: views.remove_view(w, self._noun, name))
