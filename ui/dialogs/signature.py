"""Signing a paper on the screen: for the client, for the operator, or both."""

from datetime import UTC, datetime
from typing import Any

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from console.domain.document import Document
from console.domain.signature import Signature
from console.services import signatures
from console.services.documents import Issued
from console.services.signatures import Places
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.kept_fields import KeptField
from ui.widgets.ink import InkField
from ui.widgets.parts import button, label, row, wrapped


class _Place:
    """A place to sign: the name, and the ink."""

    def __init__(self, role: str, title: str, name: QComboBox) -> None:
        self.role = role
        self.name = name
        self.name.setEditable(True)
        self.name.setAccessibleName(_("Name: {who}").format(who=title))
        self.ink = InkField(_("Signature: {who}").format(who=title))
        self.widget = QWidget()
        undo = button(_("Take a stroke back"), self.ink.undo_stroke, "undo-2")
        clear = button(_("Clear"), self.ink.clear, "trash-2")
        layout = QVBoxLayout(self.widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label(title, "heading"))
        layout.addWidget(self.name)
        layout.addWidget(self.ink, 1)
        layout.addWidget(row(undo, clear, None))

    def suggest(self, names: tuple[str, ...]) -> None:
        """Offer names; what was typed meanwhile stays."""
        typed = self.name.currentText()
        self.name.addItems(list(names))
        self.name.setCurrentText(typed or (names[0] if names else ""))

    def signature(self, place: str) -> Signature | None:
        """Return what was drawn, or None."""
        if not self.ink.strokes:
            return None
        return Signature(
            name=self.name.currentText().strip(),
            role=self.role,
            at=datetime.now(UTC).replace(microsecond=0),
            place=place,
            strokes=self.ink.strokes,
        )


class SignatureDialog(FormDialog):
    """Takes the ink and issues the paper with it, as its next revision.

    A typed name is no signature: without ink nothing is signed.
    """

    def __init__(self, desk: Desk, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Sign"), _("Sign"), parent)
        self._document = document
        self.form.addRow(wrapped(f"{document.number} · {document.title}", "heading"))
        self.place = self.add_text(_("Place"))
        self.places = [
            _Place("client", _("For the client"), QComboBox()),
            _Place("operator", _("For the operator"), QComboBox()),
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        for column, one in enumerate(self.places):
            grid.addWidget(one.widget, 0, column)
            grid.setColumnStretch(column, 1)
            one.ink.changed.connect(self._show_whether_signed)
        self.body.addLayout(grid, 1)
        self.body.addWidget(
            wrapped(
                _("Sign with a pen or the mouse. Backspace takes a stroke back, Esc leaves."),
                "muted",
            )
        )
        self.resize(900, 420)
        self._show_whether_signed()
        desk.tasks.query(lambda w: signatures.places(w, document), self._show_places)
        names = {one.role: one.name for one in self.places}
        kept: dict[str, QWidget | KeptField] = {"place": self.place, **names}
        self._draft = self.keep_typed(f"sign-{document.id}", document.client_id, kept)

    def _show_places(self, found: Places) -> None:
        with self._draft.filling():
            self.places[0].suggest(found.client)
            self.places[1].suggest(found.operator)
            if not self.place.text():
                self.place.setText(found.place)

    def _show_whether_signed(self) -> None:
        self.action.setEnabled(any(one.ink.strokes for one in self.places))

    def submit(self) -> None:
        """Issue the paper with what was drawn."""
        place = self.place.text().strip()
        drawn = [found for one in self.places if (found := one.signature(place))]
        nameless = [one for one in self.places if one.ink.strokes and not _text(one.name)]
        if nameless:
            self.banner.show_text(_("Who signs? Fill in the name; the ink is kept."), "danger")
            nameless[0].name.setFocus()
            return
        document = self._document
        self.save(lambda w: signatures.sign(w, document, drawn), self._on_signed)

    def _on_signed(self, changes: Any) -> None:
        issued: Issued = changes.result
        self.desk.document_requested.emit(issued.document.id)
        self.desk.message.emit(_("{number} is signed.").format(number=issued.document.number))


def _text(name: QComboBox) -> str:
    field = name.lineEdit() or QLineEdit()
    return field.text().strip()
