"""What pages and dialogs share: the way to the services, and wishes to see something."""

from PySide6.QtCore import QObject, Signal

from ui.tasks import Tasks


class Desk(QObject):
    """Passed to every page; the main window answers the wishes."""

    client_requested = Signal(int)
    line_requested = Signal(int)
    request_requested = Signal(int)
    document_requested = Signal(int)
    new_request_requested = Signal(object)
    import_requested = Signal(int)
    report_requested = Signal(int)
    order_requested = Signal(int)
    appearance_changed = Signal()
    message = Signal(str)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks = tasks
