"""What can be done with several chosen requests at once."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from console.domain.request import RequestState, RequestSummary
from console.domain.workflow import STEPS
from console.texts import _, ngettext
from ui.desk import Desk
from ui.dialogs.many_requests import ChaseManyDialog, HandOverManyDialog, StepManyDialog
from ui.widgets.parts import Card, button, card, wrapped
from ui.widgets.request_actions import step_name


def many_card(desk: Desk, chosen: Sequence[RequestSummary], parent: QWidget) -> Card:
    """Return a card with a button for each step; each shows first what it will do."""
    count = ngettext("{n} request is chosen", "{n} requests are chosen", len(chosen))
    ids = [request.id for request in chosen]
    still_open = [request.id for request in chosen if request.state.is_open]
    parts: list[QWidget] = [wrapped(count.format(n=len(chosen)), "heading")]
    for target in RequestState:
        if any(target in STEPS[one.state] and one.state.is_open for one in chosen):
            name = step_name(RequestState.NEW, target)
            going = still_open if target is RequestState.IN_PROGRESS else ids
            step = partial(_step, desk, going, target, name, parent)
            parts.append(button(f"{name}…", step, "", target is RequestState.RESOLVED))
    if still_open:
        for text, dialog in (
            (_("Hand over to a technical unit…"), HandOverManyDialog),
            (_("Ask again on…"), ChaseManyDialog),
        ):
            parts.append(button(text, partial(_open, dialog, desk, ids, parent)))
    return card(*parts)


def _step(
    desk: Desk, ids: Sequence[int], target: RequestState, title: str, parent: QWidget
) -> None:
    StepManyDialog(desk, ids, target, title, parent).open()


def _open(
    dialog: type[ChaseManyDialog] | type[HandOverManyDialog],
    desk: Desk,
    ids: Sequence[int],
    parent: QWidget,
) -> None:
    dialog(desk, ids, parent).open()
