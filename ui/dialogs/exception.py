"""A circumstance that the agreement lets change a deadline: which, when, and its proof."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from console.domain.agreement import ClauseException
from console.domain.request import Request
from console.domain.story import reason_label
from console.services import requests
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.dates import MomentField


class ExceptionDialog(FormDialog):
    """Records one of the circumstances that the request's clauses list."""

    def __init__(
        self,
        desk: Desk,
        request: Request,
        listed: Sequence[ClauseException],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, _("Record a circumstance"), _("Record"), parent)
        self._request = request
        self._reason = QComboBox()
        self._reason.setAccessibleName(_("Circumstance"))
        for exception in listed:
            self._reason.addItem(_(reason_label(exception.reason)), exception.reason)
        self.form.addRow(_("Circumstance"), self._reason)
        self._start = MomentField(_("Began"))
        self._end = MomentField(_("Ended"))
        self._has_ended = QCheckBox(_("Ended"))
        self._end.setEnabled(False)
        self._has_ended.toggled.connect(self._end.setEnabled)
        self.form.addRow(_("Began"), self._start)
        self.form.addRow(self._has_ended, self._end)
        self.evidence = self.add_text(_("Evidence"))
        self.evidence.setPlaceholderText(_("number of the incident, announcement, mail…"))
        fields = {
            "reason": self._reason,
            "start": self._start,
            "end": self._end,
            "has_ended": self._has_ended,
            "evidence": self.evidence,
        }
        self.keep_typed(f"exception-{request.id}", request.client_id, fields)

    def submit(self) -> None:
        """Store it; the deadlines are counted anew."""
        request, reason = self._request, str(self._reason.currentData())
        start, evidence = self._start.moment, self.evidence.text()
        end = self._end.moment if self._has_ended.isChecked() else None
        self.save(
            lambda w: requests.record_exception(w, request, reason, start, end, evidence),
        )
