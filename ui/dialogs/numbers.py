"""A few whole numbers under their names: lead times, months of keeping."""

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtWidgets import QSpinBox, QWidget

from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.dates import pad
from ui.widgets.parts import label, row, wrapped


class NumbersDialog(FormDialog):
    """Dialogs say what the numbers are and how they are saved.

    Args:
        desk: the way to the services.
        title: of the dialog.
        action: what the button says.
        explained: over the fields.
        unit: behind each number.
        bounds: the smallest and the largest.
    """

    def __init__(
        self,
        desk: Desk,
        title: str,
        action: str,
        explained: str,
        unit: str,
        bounds: tuple[int, int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, title, action, parent)
        self.form.addRow(wrapped(explained, "muted"))
        self._unit = unit
        self._bounds = bounds
        self.fields: dict[StrEnum, QSpinBox] = {}

    def show_numbers(self, found: Mapping[StrEnum, int], names: Mapping[StrEnum, str]) -> None:
        """Show the numbers as they are."""
        for one, number in found.items():
            field = QSpinBox()
            field.setRange(*self._bounds)
            field.setAccessibleName(names[one])
            field.setValue(number)
            self.fields[one] = field
            pad(field)
            self.form.addRow(names[one], row(field, label(self._unit, "muted"), None))

    def numbers(self) -> dict[StrEnum, int]:
        """Return the numbers as they were set."""
        return {one: field.value() for one, field in self.fields.items()}
