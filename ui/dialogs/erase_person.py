"""Erasing a person: what goes, what stays, and that it cannot be taken back."""

from PySide6.QtWidgets import QCheckBox, QWidget

from console.domain.erasure import Person
from console.services import privacy
from console.services.privacy import ErasurePreview
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.form_draft import name_for
from ui.widgets.noun_names import noun_name
from ui.widgets.parts import facts, wrapped


class ErasePersonDialog(FormDialog):
    """Wants the reason, and a word that it is meant."""

    def __init__(self, desk: Desk, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Erase the person"), _("Erase"), parent)
        self._person = person
        self.form.addRow(wrapped(person.name, "heading"))
        self.reason = self.add_text(_("Reason"))
        self.reason.setPlaceholderText(_("the person's request of 3 March…"))
        self.is_meant = QCheckBox(_("I know that this cannot be taken back"))
        self.is_meant.toggled.connect(self.action.setEnabled)
        self.action.setEnabled(False)
        self.form.addRow("", self.is_meant)
        desk.tasks.query(lambda w: privacy.preview(w, person), self._show, self.banner.show_error)
        self.keep_typed(name_for("erase", person), person.client_id, {"reason": self.reason})
        self.resize(560, 420)

    def _show(self, found: ErasurePreview) -> None:
        rows = [(noun_name(table), str(count)) for table, count in sorted(found.rows.items())]
        self.body.addWidget(
            facts(
                [
                    *rows,
                    (_("Entries of the journal"), str(found.entries)),
                    (_("Files of the person's messages"), str(found.files)),
                    (_("Documents that stay as issued"), "\n".join(found.documents)),
                ]
            )
        )
        self.body.addWidget(
            wrapped(
                _(
                    "A pseudonym takes the place of the name; figures and the journal's chain"
                    " stay. It is done again where an older backup is restored."
                ),
                "muted",
            )
        )
        self.body.addStretch(1)

    def submit(self) -> None:
        """Erase; the dialog stays open where something forbids it."""
        person, reason = self._person, self.reason.text()
        self.save(
            lambda w: privacy.erase(w, person, reason),
            lambda _changes: self.desk.message.emit(_("The person was erased.")),
        )
