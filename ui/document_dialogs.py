"""Which dialog answers the wish for a document; imported when it is first asked for."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.desk import Desk


class DocumentDialogs(QObject):
    """Opens the dialogs of documents over the window.

    Args:
        desk: whose wishes they answer.
        window: over which they open.
    """

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        desk.report_requested.connect(self._report)
        desk.order_requested.connect(self._order)
        desk.paper_requested.connect(self._paper)
        desk.month_end_requested.connect(self._month_end)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the entries of the menus do, by their names."""
        return {
            "report": partial(self._report, 0),
            "order": partial(self._order, 0),
            "month-end": self._month_end,
            "verify": self._verify,
        }

    def _report(self, client_id: int) -> None:
        from ui.dialogs.report import ReportDialog

        ReportDialog(self._desk, client_id, self._window).open()

    def _order(self, about: object) -> None:
        from ui.dialogs.order import OrderDialog

        OrderDialog(self._desk, about, self._window).open()

    def _paper(self, kind: object, client_id: int, request_id: int) -> None:
        from ui.dialogs import open_paper

        open_paper.dialog(self._desk, kind, client_id, request_id, self._window).open()

    def _month_end(self) -> None:
        from ui.dialogs.month_end import MonthEndDialog

        MonthEndDialog(self._desk, self._window).open()

    def _verify(self) -> None:
        from ui.dialogs.verification import VerificationDialog

        VerificationDialog(self._desk, self._window).open()
