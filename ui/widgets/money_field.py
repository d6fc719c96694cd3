"""A field for a sum in CZK, as people write it: ``1 234,50``."""

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtWidgets import QLineEdit

from console.domain import formats
from console.texts import _


@dataclass(frozen=True, slots=True)
class Sum:
    """What a field says; ``amount`` is None where it says nothing."""

    amount: Decimal | None
    is_wrong: bool = False

    @property
    def message(self) -> str:
        """What is wrong, and what to do."""
        return _("A sum is written as 1 234,50. Nothing was saved; correct it.")


class MoneyField(QLineEdit):
    """Empty where there is no sum."""

    def __init__(self, name: str, amount: Decimal | None = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMaxLength(20)
        self.setPlaceholderText(_("CZK with VAT"))
        if amount is not None:
            self.setText(formats.money(amount))

    def read(self) -> Sum:
        """Return the sum."""
        if not self.text().strip():
            return Sum(None)
        amount = formats.read_money(self.text())
        return Sum(amount, is_wrong=amount is None)
