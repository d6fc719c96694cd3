"""Informing the client: a text from a template, sent, saved for the mail program, or copied."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QPlainTextEdit,
    QWidget,
)

from console.domain.notice import Notice, Occasion
from console.domain.request import Channel, Request
from console.services import notices
from console.services.notices import Suggestion
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.kept_fields import KeptField
from ui.widgets.files_field import FilesField
from ui.widgets.parts import button, heading

_LANGUAGES = {"cs": "Čeština", "en": "English"}


class InformDialog(FormDialog):
    """The text is suggested in the client's language; what was changed by hand is kept."""

    def __init__(
        self, desk: Desk, request: Request, parent: QWidget | None = None, said: str = ""
    ) -> None:
        """Make the dialog.

        Args:
            desk: the way to the services.
            request: what it is about.
            parent: as in Qt.
            said: a sentence that the text has to say, or empty.
        """
        super().__init__(desk, _("Inform the client"), _("Send"), parent)
        self._request = request
        self._said = said
        self._suggested = ""
        self.form.addRow(heading(f"{request.number} · {request.subject}"))
        self.occasion = self._choice(_("What is told"), [(o.label, o) for o in Occasion])
        self.language = self._choice(
            _("Language"), [(name, code) for code, name in _LANGUAGES.items()]
        )
        self.address = self.add_text(_("To"))
        self.subject = self.add_text(_("Subject"))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Text"))
        self.text.setTabChangesFocus(True)
        self.form.addRow(_("Text"), self.text)
        self.files = FilesField()
        self.form.addRow(_("Files"), self.files)
        self.way = self._choice(_("How it was told"), [(c.label, c) for c in Channel])
        self._add_buttons()
        self.resize(640, 600)
        self._ask(is_first=True)
        self._draft = self.keep_typed(f"inform-{request.id}", request.client_id, self._fields())
        self.occasion.activated.connect(lambda: self._ask())
        self.language.activated.connect(lambda: self._ask())

    def _fields(self) -> dict[str, QWidget | KeptField]:
        return {
            "occasion": self.occasion,
            "language": self.language,
            "address": self.address,
            "subject": self.subject,
            "text": self.text,
            "files": self.files,
            "way": self.way,
        }

    def _choice(self, name: str, choices: list[tuple[str, Any]]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        for text, value in choices:
            box.addItem(text, value)
        self.form.addRow(name, box)
        return box

    def _add_buttons(self) -> None:
        self._buttons.insertWidget(0, button(_("Copy"), self._copy))
        self._buttons.insertWidget(1, button(_("Save as a mail…"), self._choose_file, "save"))
        self._buttons.insertWidget(2, button(_("Was told already"), self._note, "circle-check"))

    def _ask(self, is_first: bool = False) -> None:
        request = self._request
        occasion = None if is_first else Occasion(self.occasion.currentData())
        language = "" if is_first else str(self.language.currentData())
        self.desk.tasks.query(
            lambda w: notices.suggest(w, request, occasion, language),
            self._show,
            self.banner.show_error,
        )

    def _show(self, found: Suggestion) -> None:
        with self._draft.filling():
            self._fill(found)

    def _fill(self, found: Suggestion) -> None:
        self.occasion.setCurrentIndex(self.occasion.findData(found.occasion))
        self.language.setCurrentIndex(self.language.findData(found.languages[0]))
        if not self.address.text():
            self.address.setText(found.notice.address)
        if self.text.toPlainText() == self._suggested:
            self.subject.setText(found.notice.subject)
            self.text.setPlainText(self._with_said(found.notice.text))
            self._suggested = self.text.toPlainText()
        self.action.setEnabled(found.can_send)
        self.action.setToolTip(
            "" if found.can_send else _("Set a server for mails in the settings first.")
        )

    def _with_said(self, text: str) -> str:
        """Return a text that says what it has to, before the words that end it."""
        if not self._said:
            return text
        body, mark, end = text.rpartition("\n\n")
        return f"{body}{mark}{self._said}\n\n{end}" if mark else f"{self._said}\n\n{text}"

    def _told(self) -> Notice:
        return Notice(self.address.text().strip(), self.subject.text(), self.text.toPlainText())

    def submit(self) -> None:
        """Put it into the outbox, which sends it when the network is there."""
        request, told, files = self._request, self._told(), self.files.paths
        self.save(
            lambda w: notices.send(w, request, told, files),
            lambda _changes: self._on_queued(),
        )

    def _on_queued(self) -> None:
        self.desk.message.emit(_("The mail waits in the outbox and is sent now."))
        self.desk.outbox_filled.emit()

    def _choose_file(self) -> None:
        name = f"{self._request.number}.eml"
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save as a mail"), name, _("Mails") + " (*.eml)"
        )
        if chosen:
            self.save_as(Path(chosen))

    def save_as(self, target: Path) -> None:
        """Write it as a draft that any mail program opens, and that the client was told so."""
        request, told, files = self._request, self._told(), self.files.paths
        self.save(
            lambda w: notices.save(w, request, told, target, files),
            lambda _changes: self.desk.message.emit(
                _("Saved as {name}. Open it in the mail program and send it.").format(
                    name=target.name
                )
            ),
        )

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.toPlainText())
        self.banner.show_text(
            _("The text is on the clipboard. When the client knows, press “Was told already”."),
            "good",
        )

    def _note(self) -> None:
        request, told = self._request, self._told()
        way = Channel(self.way.currentData())
        self.save(lambda w: notices.tell(w, request, told, way))
