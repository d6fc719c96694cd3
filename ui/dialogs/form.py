"""What all dialogs with a form share: banner, buttons, and that nothing typed is lost."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from console.domain.client import Client
from console.domain.journal import Changes
from console.texts import _
from console.workspace import Workspace
from ui.desk import Desk
from ui.form_draft import FormDraft
from ui.kept_fields import FieldsDraft, KeptField
from ui.widgets.parts import Banner, button


class FormDialog(QDialog):
    """A dialog that saves through a service and stays open with its text where that fails."""

    def __init__(self, desk: Desk, title: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        self._is_saving = False
        self._held: list[QWidget] = []
        self.typed: FormDraft | None = None
        self.banner = Banner()
        self.form = QFormLayout()
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.action = button(action, self.submit, primary=True)
        self.action.setDefault(True)
        self.body = QVBoxLayout()
        self.body.addLayout(self.form)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._close = button(_("Close"), self.reject)
        self._buttons.addWidget(self._close)
        self._buttons.addWidget(self.action)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        layout.addWidget(self.banner)
        layout.addLayout(self.body, 1)
        layout.addLayout(self._buttons)
        self.setMinimumWidth(480)

    def add_text(self, name: str, value: str = "", longest: int = 300) -> QLineEdit:
        """Add a field for a line of text."""
        field = QLineEdit(value)
        field.setAccessibleName(name)
        field.setMaxLength(longest)
        self.form.addRow(name, field)
        return field

    def add_words(self, name: str, words: Iterable[tuple[str, object]]) -> QComboBox:
        """Add a field to choose from.

        Args:
            name: of the field.
            words: what each choice says, and what it stands for.
        """
        box = QComboBox()
        box.setAccessibleName(name)
        for text, value in words:
            box.addItem(text, value)
        self.form.addRow(name, box)
        return box

    def keep_typed(
        self, name: str, client_id: int, fields: Mapping[str, QWidget | KeptField]
    ) -> FieldsDraft:
        """Keep what is typed until it is saved; show what was kept of the same form before.

        Args:
            name: of the form and the record that it is about; stable.
            client_id: whom it is about.
            fields: by stable names, filled with what the form begins with.
        """
        draft = self.typed = FieldsDraft(self.desk.tasks, name, client_id, fields, self)
        self._emptier = button(_("Start anew"), lambda: self._empty(draft), "trash-2")
        self._emptier.hide()
        self._buttons.insertWidget(0, self._emptier)
        draft.load(lambda typed: self._restore_typed(draft, typed))
        return draft

    def _restore_typed(self, draft: FieldsDraft, typed: Mapping[str, Any]) -> None:
        draft.restore(typed)
        self._emptier.show()
        self.banner.show_text(_("This was typed before and not saved."), "good")

    def _empty(self, draft: FieldsDraft) -> None:
        draft.start_anew()
        self._emptier.hide()
        self.banner.hide()

    def event(self, event: QEvent) -> bool:
        """Grow where a sentence appears, so that nothing is squeezed or cut off."""
        is_done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._grow()
        return is_done

    def _grow(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        most = self.screen().availableGeometry().height()
        wanted = min(layout.totalHeightForWidth(self.width()), most)
        if wanted > self.height():
            self.resize(self.width(), wanted)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Put the cursor into the first field, unless the dialog has chosen one."""
        super().showEvent(event)
        first = self.form.itemAt(0, QFormLayout.ItemRole.FieldRole)
        field = first.widget() if first else None
        if field and self.focusWidget() in (None, self._close):
            field.setFocus()

    def need_client(self, found: Sequence[Client]) -> None:
        """Say what to do where there is no client that this could belong to."""
        self.action.setEnabled(bool(found))
        if not found:
            self.banner.show_text(_("There is no client yet. Add one first."))

    def submit(self) -> None:
        """Save; dialogs say how."""
        raise NotImplementedError

    def save(
        self, work: Callable[[Workspace], Changes], done: Callable[[Changes], None] | None = None
    ) -> None:
        """Run a change; close on success, show what was wrong otherwise."""

        def finished(changes: Changes) -> None:
            if done:
                done(changes)
            self.accept()

        self.change(self.typed.saving(work) if self.typed else work, finished)

    def change(
        self, work: Callable[[Workspace], Changes], done: Callable[[Changes], object]
    ) -> None:
        """Run a change and stay open; a second wish while one is under way is none."""
        if self._is_saving:
            return
        self.hold()

        def finished(changes: Changes) -> None:
            self.release()
            done(changes)

        self.desk.tasks.change(work, finished, self._on_failed)

    def hold(self) -> None:
        """Let nothing be asked for twice: the buttons rest, except the one that closes."""
        self.banner.hide()
        self._is_saving = True
        there = (self._buttons.itemAt(place) for place in range(self._buttons.count()))
        for made in (item.widget() for item in there if item):
            if made is not None and made is not self._close and made.isEnabled():
                made.setEnabled(False)
                self._held.append(made)

    def release(self) -> None:
        """Let the buttons work again that did before."""
        self._is_saving = False
        for made in self._held:
            made.setEnabled(True)
        self._held.clear()

    def reject(self) -> None:
        """Close, but not while a change is under way: it may fail, and the text is needed."""
        if not self._is_saving:
            super().reject()

    def done(self, result: int) -> None:
        """Close; what was typed and not saved is kept."""
        if self.typed:
            self.typed.flush()
        super().done(result)

    def _on_failed(self, error: Exception) -> None:
        self.release()
        self.banner.show_error(error)
