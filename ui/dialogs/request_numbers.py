"""Numbers of a request: adding some, splitting some off."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from console.domain import phone
from console.domain.request import Request
from console.services import request_links, requests
from console.services.requests import Dossier
from console.texts import _, ngettext
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.widgets.parts import heading, wrapped


class AddNumbersDialog(FormDialog):
    """Takes a pasted list or the text of a mail; says how many numbers are in it."""

    def __init__(self, desk: Desk, request: Request, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Add numbers"), _("Add"), parent)
        self._request = request
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Numbers"))
        self.text.setPlaceholderText(_("799 000 005, 799000010-799000021, or a pasted text"))
        self.text.setTabChangesFocus(True)
        self.form.addRow(_("Numbers"), self.text)
        self.count = wrapped("", "muted")
        self.form.addRow("", self.count)
        self.text.textChanged.connect(lambda: self._on_typed())
        self._on_typed()
        self.keep_typed(f"numbers-{request.id}", request.client_id, {"numbers": self.text})

    def _on_typed(self) -> None:
        found = phone.find_numbers(self.text.toPlainText())
        text = ngettext("{n} number", "{n} numbers", len(found)).format(n=len(found))
        self.count.setText(text)
        self.action.setEnabled(bool(found))

    def submit(self) -> None:
        """Add them; the deadline is judged anew and the story says so."""
        request, numbers = self._request, list(phone.find_numbers(self.text.toPlainText()))
        self.save(lambda w: requests.add_numbers(w, request, numbers))


class _ChooseNumbersDialog(FormDialog):
    """Chooses some of the numbers of a request."""

    def __init__(
        self, desk: Desk, found: Dossier, title: str, action: str, parent: QWidget | None
    ) -> None:
        super().__init__(desk, title, action, parent)
        self._request = found.request
        self.form.addRow(heading(f"{found.request.number} · {found.request.subject}"))
        self.list = QListWidget()
        self.list.setObjectName("results")
        self.list.setAccessibleName(_("Numbers"))
        for line in found.lines:
            item = QListWidgetItem(f"{phone.pretty(line.msisdn)}  {line.result}".strip())
            item.setData(Qt.ItemDataRole.UserRole, line.msisdn)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.body.addWidget(self.list, 1)

    @property
    def chosen(self) -> list[str]:
        """The numbers that are ticked."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        ]


class SplitRequestDialog(_ChooseNumbersDialog):
    """Chooses the numbers that go into a request of their own."""

    def __init__(self, desk: Desk, found: Dossier, parent: QWidget | None = None) -> None:
        super().__init__(desk, found, _("Split off numbers"), _("Split off"), parent)
        self.body.addWidget(
            wrapped(_("Both requests keep the deadline of what was asked for at once."), "muted")
        )

    def submit(self) -> None:
        """Make the second request and show it."""
        request, going = self._request, self.chosen
        self.save(
            lambda w: request_links.split(w, request, going),
            lambda changes: self._on_split(changes.result),
        )

    def _on_split(self, made: object) -> None:
        if isinstance(made, Request):
            self.desk.request_requested.emit(made.id)


class RemoveNumbersDialog(_ChooseNumbersDialog):
    """Chooses the numbers that were put into a request by mistake."""

    def __init__(self, desk: Desk, found: Dossier, parent: QWidget | None = None) -> None:
        super().__init__(desk, found, _("Take numbers off"), _("Take off"), parent)
        self.body.addWidget(
            wrapped(
                _("The deadline is judged anew by the numbers that stay; the story says it."),
                "muted",
            )
        )
        self.list.itemChanged.connect(lambda _item: self.action.setEnabled(bool(self.chosen)))
        self.action.setEnabled(False)

    def submit(self) -> None:
        """Take them off; undo brings them back."""
        request, going = self._request, self.chosen
        self.save(lambda w: requests.remove_numbers(w, request, going))
