"""What pages and dialogs share: the way to the services, and wishes to see something."""

from PySide6.QtCore import QObject, Signal

from ui.clipboard import SecretClipboard
from ui.tasks import Tasks


class Desk(QObject):
    """Passed to every page; the main window answers the wishes.

    Ids travel as objects: an int in a signal has 32 bits, an id has 63.
    """

    client_requested = Signal(object)
    line_requested = Signal(object)
    request_requested = Signal(object)
    document_requested = Signal(object)
    new_request_requested = Signal(object)
    import_requested = Signal(object)
    report_requested = Signal(object)
    order_requested = Signal(object)
    """A new order: the id of a client or 0, a request that asks for it, or a draft."""
    order_shown_requested = Signal(object)
    paper_requested = Signal(object, object, object)
    """A document's kind, and the ids of client and request, or 0."""
    month_end_requested = Signal()
    appearance_changed = Signal()
    day_counted = Signal(str)
    outbox_filled = Signal()
    next_requested = Signal()
    keys_changed = Signal()
    """Another passphrase, recovery key or data key opens the workspace."""
    workspace_replaced = Signal()
    """Another state of the workspace lies in its place; everything is read anew."""
    message = Signal(str)
    told = Signal(str, str)
    """A sentence for the banner over the pages, and its tone."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks = tasks
        self.secret_clipboard = SecretClipboard(self)
