"""What the actions that the journal names are called on the screen."""

from typing import Final

from console.domain.journal import Unit
from console.texts import N_, _

_ACTIONS: Final = {
    "add-client": N_("Client added"),
    "change-client": N_("Client changed"),
    "delete-client": N_("Client deleted"),
    "add-contact": N_("Contact added"),
    "change-contact": N_("Contact changed"),
    "delete-contact": N_("Contact deleted"),
    "add-line": N_("Number added"),
    "change-line": N_("Number changed"),
    "delete-line": N_("Number deleted"),
    "add-tariff": N_("Tariff added"),
    "change-tariff": N_("Tariff changed"),
    "delete-tariff": N_("Tariff deleted"),
    "add-sim": N_("SIM card added"),
    "change-sim": N_("SIM card changed"),
    "delete-sim": N_("SIM card deleted"),
    "add-device": N_("Device added"),
    "change-device": N_("Device changed"),
    "delete-device": N_("Device deleted"),
    "add-authority": N_("Authority added"),
    "change-authority": N_("Authority changed"),
    "delete-authority": N_("Authority deleted"),
    "apply-scheduled": N_("Changes came into force"),
    "reveal-secret": N_("PUK or PIN revealed"),
    "change-many": N_("Changed at once"),
    "merge": N_("Merged"),
    "compare": N_("Lists brought together"),
    "choose-agreement": N_("Agreement chosen"),
    "amend-agreement": N_("Agreement amended"),
    "change-agreement-end": N_("End of the agreement changed"),
    "erase-person": N_("Person erased"),
    "add-closure": N_("Closed day added"),
    "remove-closure": N_("Closed day removed"),
    "recalculate": N_("Requests recalculated"),
    "record-exception": N_("Circumstance recorded"),
    "log-access": N_("Data opened"),
    "give-warnings": N_("Warned of deadlines"),
    "log-request": N_("Request logged"),
    "log-mail": N_("Mail logged"),
    "file-mail": N_("Mail filed"),
    "carry-out": N_("Carried out"),
    "change-request": N_("Request changed"),
    "hand-over": N_("Handed over"),
    "chase": N_("Time to ask again set"),
    "confirm-request": N_("Confirmation recorded"),
    "link-requests": N_("Requests linked"),
    "unlink-requests": N_("Link taken away"),
    "merge-requests": N_("Requests merged"),
    "split-request": N_("Request split"),
    "change-complaint": N_("Complaint changed"),
    "settle-complaint": N_("Complaint decided"),
    "inform-client": N_("Client informed"),
    "queue-mail": N_("Mail written"),
    "send-mail": N_("Mail sent"),
    "save-meeting": N_("Meeting saved"),
    "delete-meeting": N_("Meeting deleted"),
    "save-view": N_("View saved"),
    "take-steps": N_("Steps taken"),
    "take-step": N_("Step taken"),
    "add-entry": N_("Entry added"),
    "add-numbers": N_("Numbers added"),
    "create-order": N_("Order made"),
    "change-order": N_("Order changed"),
    "order-step": N_("Order"),
    "order-delivery": N_("Delivery taken in"),
    "add-catalogue-item": N_("Item of the price list added"),
    "change-catalogue-item": N_("Item of the price list changed"),
    "delete-catalogue-item": N_("Item of the price list deleted"),
    "issue-document": N_("Document issued"),
    "void-document": N_("Document declared void"),
    "seal-document": N_("Document sealed"),
    "import": N_("File taken in"),
    "recover": N_("Recovered after damage"),
    "make-bundle": N_("Handed over to a deputy"),
    "open-bundle": N_("Taken over as a deputy"),
    "take-bundle-back": N_("Taken back from a deputy"),
    "decide-conflict": N_("Decided between two values"),
    "change-settings": N_("Settings changed"),
    "demo": N_("Demo data"),
    "undo": N_("Undo"),
    "redo": N_("Redo"),
}


def action_name(action: str) -> str:
    """Return what an action is called, in the language in use."""
    return _(_ACTIONS[action]) if action in _ACTIONS else action


def unit_name(unit: Unit) -> str:
    """Return what was done and to what, in the language in use."""
    return f"{action_name(unit.action)} {unit.detail}".strip()
