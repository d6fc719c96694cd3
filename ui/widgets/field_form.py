"""A form over plain data: fields are data, each reads and writes its place in a mapping."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

from console.texts import _

Row = dict[str, Any]
Choices = Callable[[], Sequence[tuple[str, str]]]
_LINES_HEIGHT: Final = 84


class FieldKind(Enum):
    """How a field is edited."""

    TEXT = auto()
    NUMBER = auto()
    FLAG = auto()
    CHOICE = auto()
    MANY = auto()
    LINES = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form.

    Args:
        path: its place in the mapping; a dot goes one level down.
        label: marked for translation.
        kind: how it is edited.
        choices: words with their labels in the language in use, for CHOICE and MANY.
        default: what stands for nothing.
        is_column: whether a list of rows shows it.
        read: gives the value of a row, where the place alone does not say it.
        write: puts the value back.
        all_label: what MANY says where nothing is chosen, marked for translation.
        hint: an example that an empty TEXT shows.
    """

    path: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    choices: Choices = tuple
    default: Any = ""
    is_column: bool = False
    read: Callable[[Row], Any] | None = None
    write: Callable[[Row, Any], None] | None = None
    all_label: str = ""
    hint: str = ""

    def value(self, row: Row) -> Any:
        """Return the field's value in a row."""
        if self.read:
            return self.read(row)
        at: Any = row
        for part in self.path.split("."):
            at = at.get(part) if isinstance(at, dict) else None
        return self.default if at is None else at

    def put(self, row: Row, value: Any) -> None:
        """Write the field's value into a row; nothing takes it out."""
        if self.write:
            self.write(row, value)
            return
        *parents, last = self.path.split(".")
        for part in parents:
            row = row.setdefault(part, {})
        if value is None:
            row.pop(last, None)
        else:
            row[last] = value

    def shown(self, row: Row) -> str:
        """Return the value in words of the language in use."""
        value = self.value(row)
        if self.kind is FieldKind.CHOICE:
            return dict(self.choices()).get(value, str(value))
        if self.kind is FieldKind.MANY:
            return self.listed(value)
        if self.kind is FieldKind.FLAG:
            return _("yes") if value else ""
        return str(value)

    def listed(self, words: Sequence[str]) -> str:
        """Return the labels of chosen words."""
        labels = dict(self.choices())
        return ", ".join(labels.get(word, word) for word in words) or _(self.all_label)


class FieldForm(QWidget):
    """Edits one mapping in place."""

    changed = Signal()

    def __init__(self, fields: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = fields
        self._row: Row | None = None
        self._is_showing = False
        self._editors = [self._editor(field) for field in fields]
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field, editor in zip(fields, self._editors, strict=True):
            editor.setAccessibleName(_(field.label))
            if isinstance(editor, QCheckBox):
                editor.setText(_(field.label))
                layout.addRow("", editor)
            else:
                layout.addRow(_(field.label), editor)
        self.setEnabled(False)

    def show_row(self, row: Row | None) -> None:
        """Edit a mapping from now on, or nothing."""
        self._row = row
        self.setEnabled(row is not None)
        self._refresh()

    def _refresh(self) -> None:
        row = self._row if self._row is not None else {}
        self._is_showing = True
        for field, editor in zip(self._fields, self._editors, strict=True):
            _show(editor, field, row)
        self._is_showing = False

    def editor(self, name: str) -> QWidget:
        """Return what edits the field of a name."""
        pairs = zip(self._fields, self._editors, strict=True)
        return next(editor for field, editor in pairs if field.path == name)

    def focus_field(self, name: str) -> str:
        """Put the cursor into the field of a name; return its label, or nothing."""
        for field, editor in zip(self._fields, self._editors, strict=True):
            if name in (field.path, field.path.partition(".")[0]):
                editor.setFocus()
                return _(field.label)
        return ""

    def _editor(self, field: Field) -> QWidget:
        if field.kind is FieldKind.FLAG:
            box = QCheckBox()
            box.toggled.connect(partial(self._put, field))
            return box
        if field.kind is FieldKind.CHOICE:
            choice = QComboBox()
            choice.activated.connect(lambda: self._put(field, choice.currentData()))
            return choice
        if field.kind is FieldKind.MANY:
            many = QToolButton()
            many.setMenu(QMenu(many))
            many.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            many.menu().aboutToShow.connect(lambda: self._fill_menu(field, many))
            return many
        if field.kind is FieldKind.LINES:
            lines = QPlainTextEdit()
            lines.setTabChangesFocus(True)
            lines.setFixedHeight(_LINES_HEIGHT)
            lines.textChanged.connect(lambda: self._put(field, lines.toPlainText()))
            return lines
        line = QLineEdit()
        line.setPlaceholderText(field.hint)
        if field.kind is FieldKind.NUMBER:
            digits = QRegularExpression(r"\d{0,6}")
            line.setValidator(QRegularExpressionValidator(digits, line))
        line.textChanged.connect(partial(self._put_text, field))
        return line

    def _put_text(self, field: Field, text: str) -> None:
        is_number = field.kind is FieldKind.NUMBER
        self._put(field, (int(text) if text else None) if is_number else text)

    def _put(self, field: Field, value: Any) -> None:
        if self._row is not None and not self._is_showing:
            field.put(self._row, value)
            if field.kind is FieldKind.CHOICE:
                self._refresh()
            self.changed.emit()

    def _fill_menu(self, field: Field, button: QToolButton) -> None:
        menu = button.menu()
        menu.clear()
        if self._row is None:
            return
        chosen = list(field.value(self._row) or ())
        for word, label in field.choices():
            action = menu.addAction(label)
            action.setCheckable(True)
            action.setChecked(word in chosen)
            action.toggled.connect(partial(self._toggle, field, button, word))

    def _toggle(self, field: Field, button: QToolButton, word: str, is_chosen: bool) -> None:
        if self._row is None:
            return
        chosen = [w for w in field.value(self._row) or () if w != word]
        self._put(field, sorted([*chosen, word]) if is_chosen else chosen)
        _show(button, field, self._row)


def _show(editor: QWidget, field: Field, row: Row) -> None:
    value = field.value(row)
    if isinstance(editor, QCheckBox):
        editor.setChecked(bool(value))
    elif isinstance(editor, QComboBox):
        editor.clear()
        for word, label in field.choices():
            editor.addItem(label, word)
        editor.setCurrentIndex(max(0, editor.findData(value)))
    elif isinstance(editor, QToolButton):
        editor.setText(field.listed(value or ()))
        editor.setToolTip(editor.text())
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(str(value))
    elif isinstance(editor, QLineEdit):
        editor.setText(str(value))
        editor.setCursorPosition(0)
