"""What can be done with a request: steps as buttons, everything else in one menu."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QGridLayout, QMenu, QVBoxLayout, QWidget

from console.domain.request import Confirmation, Kind, RequestState
from console.domain.workflow import EFFECTS, STEPS
from console.services.requests import Dossier
from console.texts import N_, _
from ui.widgets.parts import button, row

_TEXTS = {
    "inform": N_("Inform the client…"),
    "hand-over": N_("Hand over to a technical unit…"),
    "chase": N_("Ask again on…"),
    "facts": N_("Fill in or correct…"),
    "confirm": N_("Record the confirmation…"),
    "settle": N_("Decide the complaint…"),
    "numbers": N_("Add numbers…"),
    "remove-numbers": N_("Take numbers off…"),
    "split": N_("Split off numbers…"),
    "join": N_("Merge or link…"),
    "confirmation-form": N_("Form for the written confirmation"),
    "complaint-record": N_("Record of the complaint"),
    "complaint-reply": N_("Reply to the complaint"),
    "story": N_("Print the story"),
}
_IN_MENU = (RequestState.CANCELLED, RequestState.REFUSED)
"""Steps that are taken seldom, and so leave the room to the story."""
MORE = tuple(_TEXTS)
"""Everything that the menu may offer."""


def step_name(state: RequestState, target: RequestState) -> str:
    """Return what going from a state to another is called on its button."""
    if not state.is_open:
        return _("Reopen")
    return {
        RequestState.IN_PROGRESS: _("Work on it"),
        RequestState.WAITING_CLIENT: _("Wait for the client"),
        RequestState.WAITING_OPERATOR: _("Wait for the operator"),
        RequestState.RESOLVED: _("Resolved"),
        RequestState.CANCELLED: _("Cancel it"),
        RequestState.REFUSED: _("Refuse it"),
    }[target]


def possible(found: Dossier) -> list[str]:
    """Return the names of what the menu offers for a request."""
    request = found.request
    is_open, is_complaint = request.state.is_open, request.kind is Kind.COMPLAINT
    fits = {
        "inform": True,
        "hand-over": is_open,
        "chase": is_open,
        "facts": True,
        "confirm": request.confirmation is Confirmation.WANTED,
        "settle": is_complaint,
        "numbers": is_open,
        "remove-numbers": is_open and bool(found.lines),
        "split": is_open and len(found.lines) > 1,
        "join": True,
        "confirmation-form": True,
        "complaint-record": is_complaint,
        "complaint-reply": bool(found.complaint and found.complaint.decided_on),
        "story": True,
    }
    return [name for name in MORE if fits[name]]


def actions(
    found: Dossier,
    carry_out: Callable[[], object],
    take: Callable[[RequestState], object],
    handlers: Mapping[str, Callable[[], object]],
) -> QWidget:
    """Return the buttons and the menu.

    Args:
        found: the request.
        carry_out: changes the register as the request asks.
        take: takes a step to a state.
        handlers: what each entry of the menu does.
    """
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    more = button(_("More…"), lambda: None)
    menu = QMenu(more)
    for name in possible(found):
        menu.addAction(_(_TEXTS[name]), handlers[name])
    seldom = [target for target in STEPS[found.request.state] if target in _IN_MENU]
    menu.addSeparator()
    for target in seldom:
        menu.addAction(step_name(found.request.state, target), partial(take, target))
    more.setMenu(menu)
    first = [button(_("Inform…"), handlers["inform"], "mail")]
    if found.request.kind in EFFECTS and found.lines and found.request.state.is_open:
        first.insert(0, button(_("Carry out…"), carry_out, "circle-check"))
    layout.addWidget(row(*first, more))
    grid = QGridLayout()
    often = [target for target in STEPS[found.request.state] if target not in _IN_MENU]
    for number, target in enumerate(often):
        primary = target is RequestState.RESOLVED
        made = button(step_name(found.request.state, target), partial(take, target), "", primary)
        grid.addWidget(made, number // 2, number % 2)
    layout.addLayout(grid)
    return holder
