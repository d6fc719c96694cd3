"""The dialogs of the requests desk and of personal data, for the tests of every dialog."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtWidgets import QDialog

from console.domain.agreement_version import AgreementVersion
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.record import Record
from console.domain.request import Kind, Request, RequestState
from console.services import agreements, clients, contacts, requests
from console.services.requests import Dossier, Draft
from ui.desk import Desk
from ui.dialogs.agreement_end import AgreementEndDialog
from ui.dialogs.carry_out import CarryOutDialog
from ui.dialogs.confirm_request import ConfirmRequestDialog
from ui.dialogs.entry import EntryDialog
from ui.dialogs.erase_person import ErasePersonDialog
from ui.dialogs.inform import InformDialog
from ui.dialogs.join_requests import JoinRequestsDialog
from ui.dialogs.leads import LeadsDialog
from ui.dialogs.many_requests import ChaseManyDialog, HandOverManyDialog, StepManyDialog
from ui.dialogs.meeting import MeetingDialog
from ui.dialogs.outbox import OutboxDialog
from ui.dialogs.request_facts import RequestFactsDialog
from ui.dialogs.request_numbers import AddNumbersDialog, SplitRequestDialog
from ui.dialogs.retention import RetentionDialog
from ui.dialogs.settle_complaint import SettleComplaintDialog
from ui.dialogs.technical_unit import ChaseDialog, TechnicalUnitDialog

AnyRecord = TypeVar("AnyRecord", bound=Record)


def _ask(desk: Desk, work: Callable[..., Any]) -> Any:
    found: list[Any] = []
    desk.tasks.query(work, found.append)
    desk.tasks.wait()
    return found[0]


def _client(desk: Desk) -> Client:
    there: list[Client] = _ask(desk, clients.all_clients)
    if not there:
        _ask(desk, lambda w: clients.add_client(w, Client(name="Město", ico="00259586")))
        there = _ask(desk, clients.all_clients)
    return there[0]


def _stored(desk: Desk, record_type: type[AnyRecord], where: str) -> list[AnyRecord]:
    found: list[AnyRecord] = _ask(desk, lambda w: w.store.select(record_type, where))
    return found


def _dossier(desk: Desk, kind: Kind = Kind.FAULT) -> Dossier:
    """Return a request of a kind, the same one whenever it is asked for."""
    there = _stored(desk, Request, f"kind = '{kind.value}'")
    number = there[0].id if there else _logged(desk, kind).id
    found: Dossier = _ask(desk, lambda w: requests.dossier(w, number))
    return found


def _logged(desk: Desk, kind: Kind) -> Request:
    draft = Draft(
        client_id=_client(desk).id,
        kind=kind,
        numbers=("+420799000001", "+420799000002"),
        override_authority=True,
        reason="x",
    )
    made: Request = _ask(desk, lambda w: requests.log_request(w, draft)).result
    return made


def _several(desk: Desk) -> list[int]:
    return [_dossier(desk).request.id, _dossier(desk, Kind.COMPLAINT).request.id]


def _contact(desk: Desk) -> Contact:
    there = _stored(desk, Contact, "name = 'Žofie Řeřichová'")
    if there:
        return there[0]
    person = Contact(client_id=_client(desk).id, name="Žofie Řeřichová")
    made: Contact = _ask(desk, lambda w: contacts.add_contact(w, person)).result
    return made


def _agreement(desk: Desk) -> AgreementVersion:
    client = _client(desk)
    there = _stored(desk, AgreementVersion, "1")
    if there:
        return there[0]
    chosen = _ask(
        desk,
        lambda w: agreements.choose_agreement(
            w, client.id, "o2-public-sector", w.store.now().date()
        ),
    )
    made: AgreementVersion = chosen.result
    return made


DESK_DIALOGS: dict[str, Callable[[Desk], QDialog]] = {
    "confirm-request": lambda desk: ConfirmRequestDialog(desk, _dossier(desk).request),
    "entry": lambda desk: EntryDialog(desk, _dossier(desk).request),
    "inform": lambda desk: InformDialog(desk, _dossier(desk).request),
    "join-requests": lambda desk: JoinRequestsDialog(desk, _dossier(desk).request),
    "meeting": lambda desk: MeetingDialog(desk, _client(desk).id),
    "outbox": OutboxDialog,
    "fault-facts": lambda desk: RequestFactsDialog(desk, _dossier(desk)),
    "complaint-facts": lambda desk: RequestFactsDialog(desk, _dossier(desk, Kind.COMPLAINT)),
    "add-numbers": lambda desk: AddNumbersDialog(desk, _dossier(desk).request),
    "split-request": lambda desk: SplitRequestDialog(desk, _dossier(desk)),
    "settle-complaint": lambda desk: SettleComplaintDialog(desk, _dossier(desk, Kind.COMPLAINT)),
    "technical-unit": lambda desk: TechnicalUnitDialog(desk, _dossier(desk)),
    "chase": lambda desk: ChaseDialog(desk, _dossier(desk).request),
    "agreement-end": lambda desk: AgreementEndDialog(desk, _agreement(desk)),
    "leads": LeadsDialog,
    "carry-out-cards": lambda desk: CarryOutDialog(desk, _dossier(desk, Kind.SIM_SWAP).request),
    "carry-out-tariff": lambda desk: CarryOutDialog(
        desk, _dossier(desk, Kind.TARIFF_CHANGE).request
    ),
    "step-many": lambda desk: StepManyDialog(
        desk, _several(desk), RequestState.RESOLVED, RequestState.RESOLVED.label
    ),
    "chase-many": lambda desk: ChaseManyDialog(desk, _several(desk)),
    "hand-over-many": lambda desk: HandOverManyDialog(desk, _several(desk)),
    "erase-person": lambda desk: ErasePersonDialog(desk, _contact(desk)),
    "retention": RetentionDialog,
}
