"""When an agreement ends, and how long before notice is given."""

from PySide6.QtWidgets import QCheckBox, QSpinBox, QWidget

from console.domain.agreement_version import AgreementVersion
from console.services import agreements
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.dates import DayField, pad

_MOST_MONTHS = 60


class AgreementEndDialog(FormDialog):
    """The rules stay as they are; the radar of what ends follows it."""

    def __init__(
        self, desk: Desk, version: AgreementVersion, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, _("End of the agreement"), _("Save"), parent)
        self._version = version
        self.ends = QCheckBox(_("It ends on"))
        self.ends.setChecked(version.valid_until is not None)
        self.until = DayField(_("It ends on"), version.valid_until)
        self.until.setEnabled(version.valid_until is not None)
        self.ends.toggled.connect(self.until.setEnabled)
        self.form.addRow(self.ends, self.until)
        self.notice = QSpinBox()
        self.notice.setRange(0, _MOST_MONTHS)
        self.notice.setSpecialValueText(_("none"))
        self.notice.setAccessibleName(_("Months of notice"))
        pad(self.notice)
        self.notice.setValue(version.notice_months or 0)
        self.form.addRow(_("Months of notice"), self.notice)
        fields = {"ends": self.ends, "until": self.until, "notice": self.notice}
        self.keep_typed(f"agreement-end-{version.id}", version.client_id, fields)

    def submit(self) -> None:
        """Store it."""
        version = self._version
        until = self.until.day if self.ends.isChecked() else None
        notice = self.notice.value() or None
        self.save(lambda w: agreements.change_end(w, version, until, notice))
