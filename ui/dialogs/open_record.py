"""Opening the form of a record, whatever its noun."""

from collections.abc import Mapping
from typing import cast

from PySide6.QtWidgets import QWidget

from console.domain.client import Client
from console.domain.contact import Contact
from console.services import records
from console.services.records import Opened
from ui.desk import Desk
from ui.dialogs.client import ClientDialog
from ui.dialogs.contact import ContactDialog
from ui.dialogs.record import RecordDialog


def edit_record(desk: Desk, noun: str, record_id: int, parent: QWidget) -> None:
    """Open the form of a record by its id."""
    desk.tasks.query(
        lambda w: records.opened(w, noun, record_id),
        lambda shown: _dialog(desk, shown, parent).open(),
    )


def add_record(desk: Desk, noun: str, owner: Mapping[str, int], parent: QWidget) -> None:
    """Open the form of a new record.

    Args:
        desk: the way to the services.
        noun: whose.
        owner: ids of what it belongs to; a client id of 0 lets the person choose.
        parent: as in Qt.
    """

    def show(shown: Opened) -> None:
        dialog = RecordDialog(desk, shown, parent)
        if owner.get("client_id") == 0:
            dialog.ask_for_client()
        dialog.open()

    desk.tasks.query(lambda w: records.blank(w, noun, owner), show)


def _dialog(desk: Desk, shown: Opened, parent: QWidget) -> RecordDialog:
    if shown.noun == "clients":
        return ClientDialog(desk, parent, cast("Client", shown.record))
    if shown.noun == "contacts":
        contact = cast("Contact", shown.record)
        return ContactDialog(desk, contact.client_id, parent, contact)
    return RecordDialog(desk, shown, parent)
