"""The list of requests, with the chosen one beside it."""

from typing import Any

from PySide6.QtWidgets import QWidget

from console.domain.listing import ListQuery
from console.domain.request import RequestState
from console.texts import _
from ui.desk import Desk
from ui.models import columns
from ui.pages.list_page import ListPage
from ui.widgets.parts import button
from ui.widgets.record_view import Choice, RecordView
from ui.widgets.request_panel import RequestPanel
from ui.widgets.saved_views import SavedViews


def request_choices() -> list[Choice]:
    """Return the views of a list of requests."""
    return [
        (_("Open requests"), (("open", 1),)),
        (_("All requests"), ()),
        (_("To be confirmed"), (("confirmation", "wanted"),)),
        *((state.label, (("state", state.value),)) for state in RequestState),
    ]


class RequestsPage(ListPage):
    """All requests of all clients."""

    nouns = frozenset({"requests", "entries", "clients"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        view = RecordView(
            desk.tasks,
            "requests",
            _("Requests"),
            columns.REQUESTS,
            ListQuery(noun="requests", sort="due_at"),
            request_choices(),
            _("Nothing is open. Ctrl+N logs a new request."),
        )
        self.panel = RequestPanel(desk)
        super().__init__(desk, view, self.panel, parent)
        log = button(
            _("New request"), lambda: desk.new_request_requested.emit(None), "plus", primary=True
        )
        view.tools.insertWidget(2, log)
        self.saved = SavedViews(desk.tasks, view, "requests")
        view.record_selected.connect(self._on_selected)
        view.many_selected.connect(self.panel.show_many)

    def show_request(self, request_id: int) -> None:
        """Show a request by its id, wherever it stands in the list."""
        self.panel.show_request(request_id)

    def _on_selected(self, request: Any) -> None:
        if request is not None:
            self.panel.show_request(request.id)

    def clear(self) -> None:
        """Forget every record, for locking."""
        super().clear()
        self.panel.clear()
        self.saved.clear()

    def reload(self) -> None:
        """Read the list and the saved views anew."""
        super().reload()
        self.saved.reload()
