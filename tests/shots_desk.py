"""Screenshots of the requests desk: a request with its story, and the dialogs about it."""

from collections.abc import Callable
from typing import Any

from console.domain.request import Channel, EntryKind, Kind, RequestState


def take(window: Any, grab: Callable[[Any, str], None], ask: Callable[[Any], Any]) -> None:
    """Take the desk in the theme in use.

    Args:
        window: the open window.
        grab: takes a widget under a name.
        ask: runs work on the worker and returns its result.
    """
    from ui.dialogs.entry import EntryDialog
    from ui.dialogs.inform import InformDialog
    from ui.dialogs.join_requests import JoinRequestsDialog
    from ui.dialogs.meeting import MeetingDialog
    from ui.dialogs.new_request import NewRequestDialog
    from ui.dialogs.outbox import OutboxDialog
    from ui.dialogs.request_facts import RequestFactsDialog
    from ui.dialogs.request_numbers import SplitRequestDialog
    from ui.dialogs.settle_complaint import SettleComplaintDialog
    from ui.dialogs.technical_unit import TechnicalUnitDialog

    desk = window.desk
    fault, complaint = ask(_fault), ask(_complaint)
    window.show_page("requests")
    panel = window.pages["requests"].panel
    for name, found, tab in (("story", fault, 2), ("complaint", complaint, 0)):
        panel.show_request(found.request.id)
        window.tasks.wait()
        panel.show_tab(tab)
        grab(window, name)
    panel.show_tab(0)
    client_id = fault.request.client_id
    dialogs: dict[str, Callable[[], Any]] = {
        "inform": lambda: InformDialog(desk, fault.request, window),
        "entry": lambda: EntryDialog(desk, fault.request, "", window),
        "technical-unit": lambda: TechnicalUnitDialog(desk, fault, window),
        "settle-complaint": lambda: SettleComplaintDialog(desk, complaint, window),
        "request-facts": lambda: RequestFactsDialog(desk, complaint, window),
        "join-requests": lambda: JoinRequestsDialog(desk, fault.request, window),
        "split-request": lambda: SplitRequestDialog(desk, fault, window),
        "outbox": lambda: OutboxDialog(desk, window),
        "meeting": lambda: MeetingDialog(desk, client_id, window),
        "call-card": lambda: NewRequestDialog(desk, None, window),
    }
    for name, make in dialogs.items():
        dialog = make()
        dialog.open()
        window.tasks.wait()
        if name == "call-card":
            _look_up_somebody(dialog, window, ask(_somebody))
        grab(dialog, name)
        dialog.done(0)


def _look_up_somebody(dialog: Any, window: Any, name: str) -> None:
    from PySide6.QtTest import QTest

    dialog._line.field.setText(name)
    dialog._line.field.textEdited.emit(name)
    for _turn in range(20):
        window.tasks.wait()
        QTest.qWait(15)


def _somebody(workspace: Any) -> str:
    from console.domain.contact import Contact

    return str(workspace.store.select(Contact, "authorised = 1", order="id LIMIT 1")[0].name)


def _fault(workspace: Any) -> Any:
    """Return an open fault with a story, made once."""
    from console.domain.request import Request
    from console.services import requests

    known = workspace.store.select(Request, "kind = 'fault' AND place = 'Kolárova 3'")
    if known:
        return requests.dossier(workspace, known[0].id)
    old = workspace.store.select(Request, "kind = 'fault'", order="received_at DESC LIMIT 1")[0]
    lines = requests.dossier(workspace, old.id).lines
    draft = requests.Draft(
        client_id=old.client_id,
        kind=Kind.FAULT,
        channel=Channel.PHONE,
        contact_id=old.contact_id,
        numbers=(*(line.msisdn for line in lines), "+420799999991", "+420799999992"),
        place="Kolárova 3",
        subject="Výpadek signálu v suterénu budovy",
        text="Od rána nelze volat ze sklepa ani z archivu.",
    )
    request: Any = requests.log_request(workspace, draft).result
    told: Any = requests.add_entry(
        workspace, request, EntryKind.CALL, "Potvrdili, že volat nelze ani z chodby."
    ).result
    handed: Any = requests.hand_over(
        workspace, told, "Dohled", "INC-2026-1177", None, "Prosíme o prověření buňky."
    ).result
    requests.add_entry(workspace, handed, EntryKind.NOTICE, "Klient ví, že řeší dohled.")
    return requests.dossier(workspace, request.id)


def _complaint(workspace: Any) -> Any:
    from console.domain.request import Request
    from console.services import requests

    found = workspace.store.select(
        Request,
        "kind = 'complaint'",
        order=f"state = '{RequestState.RESOLVED}', received_at DESC LIMIT 1",
    )
    return requests.dossier(workspace, found[0].id)
