"""The fields of a form as plain data: read to be kept, and put back."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from ui.form_draft import FormDraft
from ui.tasks import Tasks
from ui.widgets.dates import DayField, MomentField
from ui.widgets.files_field import FilesField


@dataclass(frozen=True, slots=True)
class KeptField:
    """How a field is read and filled.

    Args:
        read: returns plain data.
        show: takes what ``read`` returned.
        changed: is emitted whenever the field says something else.
    """

    read: Callable[[], Any]
    show: Callable[[Any], object]
    changed: SignalInstance


class FieldsDraft(FormDraft):
    """Keeps a form whose fields say something else than what it was opened with.

    Args:
        tasks: the way to the services.
        name: of the draft; stable.
        client_id: whom it is about.
        fields: by stable names.
        owner: as long as it lives, the clock runs.
    """

    def __init__(
        self,
        tasks: Tasks,
        name: str,
        client_id: int,
        fields: Mapping[str, QWidget | KeptField],
        owner: QObject,
    ) -> None:
        super().__init__(tasks, name, self._differing, owner)
        self._client_id = client_id
        self._fields = {name: _kept(field) for name, field in fields.items()}
        self._is_filling = False
        self._first = self._read()
        for field in self._fields.values():
            field.changed.connect(lambda *_args: self._on_changed())

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Fill in what the person did not type."""
        self._is_filling = True
        try:
            yield
        finally:
            self._is_filling = False
            if not self.is_touched:
                self._first = self._read()

    def restore(self, typed: Mapping[str, Any]) -> None:
        """Put back what was kept; a field that is no longer there is passed over."""
        self.is_touched = True
        self._show(typed.get("fields", {}))

    def start_anew(self) -> None:
        """Forget what was typed, and show what the form was opened with."""
        self._show(self._first)
        self.forget()

    def renew(self) -> None:
        """Begin another draft; what the fields say now is what it begins with."""
        super().renew()
        self._first = self._read()

    def _show(self, values: Mapping[str, Any]) -> None:
        self._is_filling = True
        for name, value in values.items():
            if name in self._fields:
                with contextlib.suppress(TypeError, ValueError, KeyError):
                    self._fields[name].show(value)
        self._is_filling = False

    def _on_changed(self) -> None:
        if not self._is_filling:
            self.touch()

    def _read(self) -> dict[str, Any]:
        return {name: field.read() for name, field in self._fields.items()}

    def _differing(self) -> dict[str, Any]:
        now = self._read()
        return {} if now == self._first else {"client": self._client_id, "fields": now}


def _kept(field: QWidget | KeptField) -> KeptField:
    """Return how a widget is read and filled."""
    if isinstance(field, KeptField):
        return field
    if isinstance(field, QComboBox):
        return _choice(field)
    if isinstance(field, QLineEdit):
        return KeptField(field.text, field.setText, field.textChanged)
    if isinstance(field, QPlainTextEdit):
        return KeptField(field.toPlainText, field.setPlainText, field.textChanged)
    if isinstance(field, QCheckBox):
        return KeptField(field.isChecked, field.setChecked, field.toggled)
    return _other(field)


def _other(field: QWidget) -> KeptField:
    if isinstance(field, QSpinBox):
        return KeptField(field.value, field.setValue, field.valueChanged)
    if isinstance(field, DayField):
        return KeptField(
            lambda: field.day.isoformat(),
            lambda day: field.set_day(date.fromisoformat(day)),
            field.dateChanged,
        )
    if isinstance(field, MomentField):
        return KeptField(
            lambda: field.moment.isoformat(),
            lambda moment: field.set_moment(datetime.fromisoformat(moment)),
            field.dateTimeChanged,
        )
    if isinstance(field, FilesField):
        return KeptField(
            lambda: [str(path) for path in field.paths],
            lambda paths: field.set_paths([Path(path) for path in paths]),
            field.changed,
        )
    raise TypeError(type(field).__name__)


def _choice(box: QComboBox) -> KeptField:
    """Return how a choice is kept: by what it stands for, or by its text where one may type."""
    if box.isEditable():
        return KeptField(box.currentText, box.setCurrentText, box.currentTextChanged)

    def show(value: str) -> None:
        places = (n for n in range(box.count()) if str(box.itemData(n)) == value)
        box.setCurrentIndex(next(places, box.currentIndex()))

    return KeptField(lambda: str(box.currentData()), show, box.currentIndexChanged)
