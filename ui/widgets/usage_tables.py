"""The tables beside the list of usage: sums, what does not agree, and tariffs that do not fit."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain import formats, phone
from console.domain.shown_table import ShownTable, Value
from console.domain.usage import UsageFinding, UsageSum
from console.services.usage import LineMisfit
from console.texts import N_, _, ngettext
from ui.widgets.parts import button, row, wrapped
from ui.widgets.plain_table import PlainTable

_SHOWN: Final = 2000


def _text(value: Value) -> str:
    """Return a value as it is shown."""
    if isinstance(value, Decimal):
        return formats.money(value)
    return formats.whole(value) if isinstance(value, int) else str(value or "")


class _Titled(QWidget):
    """A sentence over a table."""

    def __init__(
        self, file: str, name: str, heads: Sequence[str], stretched: int, right: Sequence[int]
    ) -> None:
        super().__init__()
        self._file = file
        self._heads = tuple(_(head) for head in heads)
        self._rows: tuple[tuple[Value, ...], ...] = ()
        self.summary = wrapped("", "muted")
        self.table = PlainTable(name, self._heads, stretched)
        self._right = tuple(right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)

    def fill(self, rows: Sequence[tuple[Value, ...]]) -> None:
        """Show rows; figures stand at the right."""
        self._rows = tuple(rows)
        self.table.show_rows([[_text(value) for value in one] for one in rows[:_SHOWN]])
        self.table.align_right(self._right)

    def shown_table(self) -> ShownTable:
        """Return all rows with their heads, for a file."""
        name = self.table.accessibleName()
        return ShownTable(self._file, name, self._heads, self._rows)


class SumsTable(_Titled):
    """What each cost centre was billed in each month."""

    def __init__(self) -> None:
        heads = (N_("Month"), N_("Cost centre"), N_("Numbers"), N_("Charged"))
        super().__init__("sums", _("Sums by cost centre"), heads, 1, (2, 3))

    def show_sums(self, found: Sequence[UsageSum]) -> None:
        """Show sums, and what they come to."""
        self.fill(
            [
                (
                    formats.month(one.month),
                    one.cost_centre or _("without a cost centre"),
                    one.numbers,
                    one.charged,
                )
                for one in found
            ]
        )
        total = sum((one.charged for one in found), Decimal(0))
        text = _("{total} without VAT in all.").format(total=formats.money(total))
        self.summary.setText(text if found else _("Nothing was billed yet."))


class FindingsTable(_Titled):
    """Numbers whose bill and register do not agree, each a click from a complaint."""

    complaint_requested = Signal(object)

    def __init__(self) -> None:
        heads = (
            N_("Number"),
            N_("What does not agree"),
            N_("Holder"),
            N_("Cost centre"),
            N_("Month"),
            N_("Charged"),
        )
        super().__init__("findings", _("What does not agree"), heads, 1, (5,))
        self._found: list[UsageFinding] = []
        self._complain = button(_("Complain of it…"), self._ask, "triangle-alert", primary=True)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(row(self._complain, None))
        self.table.cellDoubleClicked.connect(lambda _row, _column: self._ask())

    def show_findings(self, found: Sequence[UsageFinding]) -> None:
        """Show findings; the first one is chosen."""
        self._found = list(found[:_SHOWN])
        self.fill(
            [
                (
                    phone.pretty(one.msisdn),
                    one.oddity.label,
                    one.holder,
                    one.cost_centre,
                    formats.month(one.month),
                    one.charged,
                )
                for one in found
            ]
        )
        self._complain.setEnabled(bool(found))
        count = ngettext("{n} number", "{n} numbers", len(found)).format(
            n=formats.whole(len(found))
        )
        text = _("{count}. A double click fills in a complaint.").format(count=count)
        self.summary.setText(text if found else _("Bill and register agree in this month."))
        if found:
            self.table.setCurrentCell(0, 0)

    def _ask(self) -> None:
        at = self.table.currentRow()
        if 0 <= at < len(self._found):
            self.complaint_requested.emit(self._found[at])


class MisfitsTable(_Titled):
    """Numbers that would cost clearly less on another tariff."""

    def __init__(self) -> None:
        heads = (
            N_("Number"),
            N_("Holder"),
            N_("Why"),
            N_("Tariff"),
            N_("Costs"),
            N_("Better"),
            N_("Would cost"),
            N_("Saves a month"),
        )
        super().__init__("misfits", _("Wrong tariff"), heads, 2, (4, 6, 7))

    def show_misfits(self, found: Sequence[LineMisfit], month: date | None) -> None:
        """Show the numbers of a month, the greatest saving first."""
        self.fill(
            [
                (
                    phone.pretty(one.msisdn),
                    one.holder,
                    one.misfit.fit.label,
                    one.tariff,
                    one.misfit.cost,
                    one.misfit.better,
                    one.misfit.better_cost,
                    one.misfit.saving,
                )
                for one in found
            ]
        )
        total = sum((one.misfit.saving for one in found), Decimal(0))
        text = _(
            "By the prices of the tariffs without VAT; all changes would save {total} a month."
        )
        said = text.format(total=formats.money(total))
        if not found:
            said = _("No number would cost clearly less on another tariff.")
        self.summary.setText(f"{formats.month(month)} · {said}" if month else said)
