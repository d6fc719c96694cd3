"""The columns of a table: how wide they are, which are shown, and remembering both.

Until the person sets a width, the columns fit the table: those whose text may be cut give way
first, down to their header's width. From then on the person's widths hold.
"""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from console import settings
from console.texts import _
from ui.models.record_table import Column

_SAVE_DELAY_MS: Final = 800
_HEADER_MARGIN: Final = 40
_NARROWEST: Final = 105


def fitted(
    widths: Sequence[int], least: Sequence[int], elastic: Sequence[bool], room: int
) -> list[int]:
    """Return the widths that fill a table.

    Args:
        widths: wanted, pixels.
        least: what each column needs at any rate, pixels.
        elastic: which columns give way and take what is left; all of them where none is.
        room: pixels to fill; where even the least widths need more, the wanted ones are
            returned and the table scrolls.
    """
    if sum(least) > room:
        return list(widths)
    gives = [e or not any(elastic) for e in elastic]
    spare = room - sum(widths)
    if spare >= 0:
        shares = [w if g else 0 for w, g in zip(widths, gives, strict=True)]
        return [w + s for w, s in zip(widths, _shared_out(spare, shares), strict=True)]
    shares = [(w - m) if g else 0 for w, m, g in zip(widths, least, gives, strict=True)]
    return [w - s for w, s in zip(widths, _shared_out(-spare, shares), strict=True)]


def _shared_out(pixels: int, shares: Sequence[int]) -> list[int]:
    """Share pixels out in proportion; what rounding leaves goes to the first that have a share."""
    whole = sum(shares)
    parts = [pixels * share // whole for share in shares] if whole else [0] * len(shares)
    rest = pixels - sum(parts)
    for index in [i for i, share in enumerate(shares) if share][:rest]:
        parts[index] += 1
    return parts


class ColumnLayout(QObject):
    """Lays out the columns of one table.

    Args:
        table: with its model set.
        columns: of the model, in its order.
        name: stable, for remembering.
    """

    def __init__(self, table: QTableView, columns: Sequence[Column], name: str) -> None:
        super().__init__(table)
        self._table = table
        self._columns = columns
        self._name = name
        self._is_fitting = False
        self._restore()
        self._saving = QTimer(self, singleShot=True, interval=_SAVE_DELAY_MS)
        self._saving.timeout.connect(self._save)
        self._header.sectionResized.connect(self._on_resized)
        self._header.sectionMoved.connect(lambda: self._saving.start())
        self._header.customContextMenuRequested.connect(
            lambda at: self.choose(self._header.mapToGlobal(at))
        )

    @property
    def _header(self) -> QHeaderView:
        return self._table.horizontalHeader()

    def fit(self) -> None:
        """Fit the columns to the table, unless the person has set their widths."""
        if self._has_own_widths:
            return
        shown = [s for s in range(len(self._columns)) if not self._table.isColumnHidden(s)]
        widths = fitted(
            [self._wanted_width(self._columns[s]) for s in shown],
            [self._least_width(self._columns[s]) for s in shown],
            [self._columns[s].elastic for s in shown],
            self._table.viewport().width(),
        )
        self._is_fitting = True
        for section, width in zip(shown, widths, strict=True):
            self._table.setColumnWidth(section, width)
        self._is_fitting = False

    def choose(self, at: QPoint) -> None:
        """Let the person choose which columns are shown."""
        menu = QMenu(self._table)
        for section, column in enumerate(self._columns):
            action = menu.addAction(_(column.label))
            action.setCheckable(True)
            action.setChecked(not self._table.isColumnHidden(section))
            action.toggled.connect(self._toggler(section))
        menu.addSeparator()
        menu.addAction(_("Fit to the window")).triggered.connect(self._forget_widths)
        menu.popup(at)

    def _toggler(self, section: int) -> Callable[[bool], None]:
        def toggle(is_shown: bool) -> None:
            shown = [s for s in range(len(self._columns)) if not self._table.isColumnHidden(s)]
            if is_shown or len(shown) > 1:
                self._table.setColumnHidden(section, not is_shown)
                self.fit()
            self._saving.start()

        return toggle

    def _forget_widths(self) -> None:
        self._has_own_widths = False
        self._header.setStretchLastSection(False)
        self.fit()
        self._saving.start()

    def _on_resized(self, _section: int, before: int, now: int) -> None:
        """Take a width that the person set; hiding and showing a column sets none."""
        if not self._is_fitting and before and now:
            self._has_own_widths = True
            self._header.setStretchLastSection(True)
            self._saving.start()

    def _wanted_width(self, column: Column) -> int:
        return max(column.width, self._header_width(column))

    def _least_width(self, column: Column) -> int:
        wanted = self._wanted_width(column)
        least = max(_NARROWEST, self._header_width(column))
        return min(wanted, least) if column.elastic else wanted

    def _header_width(self, column: Column) -> int:
        """Return the width that a header needs in the language in use, bold and with its arrow."""
        font = QFont(self._header.font())
        font.setBold(True)
        text = QFontMetrics(font).horizontalAdvance(_(column.label)) + _HEADER_MARGIN
        return max(text, self._header.sectionSizeHint(self._columns.index(column)))

    def _restore(self) -> None:
        remembered = settings.load().tables.get(self._name, {})
        self._has_own_widths = any(kept.get("width") for kept in remembered.values())
        self._header.setStretchLastSection(self._has_own_widths)
        for section, column in enumerate(self._columns):
            kept = remembered.get(column.name, {})
            self._table.setColumnWidth(
                section, int(kept.get("width") or self._wanted_width(column))
            )
            self._table.setColumnHidden(section, not kept.get("shown", column.shown))

    def _save(self) -> None:
        kept = {
            column.name: {
                "width": (self._header.sectionSize(section) or column.width)
                if self._has_own_widths
                else 0,
                "shown": not self._table.isColumnHidden(section),
            }
            for section, column in enumerate(self._columns)
        }
        known = settings.load()
        settings.change(tables={**known.tables, self._name: kept})
