"""What is kept about a person: as a paper, as data for a machine, and erasing it."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from console.domain.erasure import Person
from console.services import privacy, privacy_extract
from console.texts import _
from ui.dialogs.erase_person import ErasePersonDialog
from ui.dialogs.papers import ClientPaperDialog
from ui.widgets.parts import button


class PrivacyExtractDialog(ClientPaperDialog):
    """Chooses the person."""

    def make_fields(self) -> None:
        """Add the choice of the person."""
        self.person = self.add_choice(_("Person"))
        self._erase = button(_("Erase the person…"), self._open_erasure, "trash-2")
        self._export = button(_("Save as JSON…"), self._choose, "save")
        self._buttons.insertWidget(0, self._erase)
        self._buttons.insertWidget(1, self._export)

    def load(self) -> None:
        """Read the client's contacts, and who has its numbers and devices."""
        client = self.chosen
        if client:
            self.desk.tasks.query(lambda w: privacy.people_of(w, client.id), self._show)

    def _show(self, found: list[Person]) -> None:
        self.person.clear()
        for person in found:
            held = _("{name} (holder)").format(name=person.name)
            self.person.addItem(person.name if person.id else held, person)
        for one in (self.action, self._erase, self._export):
            one.setEnabled(bool(found))
        if found:
            self.banner.hide()
        else:
            self.banner.show_text(_("The client has neither contacts nor holders of numbers yet."))

    def submit(self) -> None:
        """Issue it."""
        person: Person | None = self.person.currentData()
        if person:
            self.issue(lambda w: privacy_extract.issue(w, person))

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save as JSON"), "osoba.json", "JSON (*.json)"
        )
        if chosen:
            self.export(Path(chosen))

    def export(self, target: Path) -> None:
        """Write all that is kept of the person as data for a machine."""
        person: Person | None = self.person.currentData()
        if person:
            self.desk.tasks.query(
                lambda w: privacy.export(w, person, target),
                lambda path: self.banner.show_text(
                    _("Saved as {name}. The copy is not encrypted.").format(name=path.name), "good"
                ),
                self.banner.show_error,
            )

    def _open_erasure(self) -> None:
        person: Person | None = self.person.currentData()
        if person:
            dialog = ErasePersonDialog(self.desk, person, self)
            dialog.accepted.connect(self.load)
            dialog.open()
