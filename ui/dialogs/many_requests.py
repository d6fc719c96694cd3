"""Several requests at once: what will come of each is shown before it is done."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from console.domain.journal import Changes
from console.domain.request import RequestState
from console.domain.workflow import UNITS
from console.services import request_batches, requests
from console.services.request_batches import Outlook
from console.texts import _
from console.workspace import Workspace
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.dialogs.technical_unit_fields import TechnicalUnitFields, next_morning
from ui.form_draft import name_for
from ui.widgets.dates import MomentField
from ui.widgets.parts import wrapped
from ui.widgets.plain_table import PlainTable


class ManyRequestsDialog(FormDialog):
    """Shows the outlook of each request; what cannot be done is left as it is.

    Args:
        desk: the way to the services.
        title: of the dialog, and of what is done.
        ids: of the requests.
        look: says what would come of each.
        parent: as in Qt.
    """

    def __init__(
        self,
        desk: Desk,
        title: str,
        ids: Sequence[int],
        look: Callable[[Workspace, Sequence[int]], list[Outlook]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, title, title, parent)
        self._ids = list(ids)
        self._title = title
        self._count = wrapped("", "muted")
        self.table = PlainTable(
            _("Requests"), [_("Number"), _("Subject"), _("What will happen")], stretched=1
        )
        self.body.addWidget(self._count)
        self.body.addWidget(self.table, 1)
        self.action.setEnabled(False)
        self.resize(760, 480)
        desk.tasks.query(lambda w: look(w, self._ids), self._show, self.banner.show_error)

    def _show(self, seen: list[Outlook]) -> None:
        ordered = sorted(seen, key=lambda one: one.is_able)
        self.table.show_rows([(o.request.number, o.request.subject, o.text) for o in ordered])
        able = sum(one.is_able for one in seen)
        text = _("{some} of {all} requests; the others are left as they are.")
        self._count.setText(text.format(some=able, all=len(seen)) if able < len(seen) else "")
        self.action.setText(f"{self._title} ({able})")
        self.action.setEnabled(bool(able))

    def _do(self, work: Callable[[Workspace], Changes]) -> None:
        self.save(work, self._on_done)

    def _on_done(self, changes: Any) -> None:
        done = len(changes.result)
        text = _("{done} requests done, {left} left as they were. Ctrl+Z takes it back.")
        self.desk.message.emit(text.format(done=done, left=len(self._ids) - done))


class StepManyDialog(ManyRequestsDialog):
    """Takes several requests into one state."""

    def __init__(
        self,
        desk: Desk,
        ids: Sequence[int],
        target: RequestState,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk, title, ids, lambda w, i: request_batches.outlook_of_step(w, i, target), parent
        )
        self._target = target
        self.text = self.add_text(_("For each story"))
        self.keep_typed(name_for("step-many", (target.value, sorted(ids))), 0, {"text": self.text})

    def submit(self) -> None:
        """Take the steps; one undo takes them all back."""
        ids, target, text = self._ids, self._target, self.text.text().strip()
        self._do(lambda w: requests.take_steps(w, ids, target, text))


class ChaseManyDialog(ManyRequestsDialog):
    """Sets when to ask again about several requests."""

    def __init__(self, desk: Desk, ids: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Ask again"), ids, request_batches.outlook_of_chase, parent)
        self.chase_at = MomentField(_("Ask again"), next_morning())
        self.form.addRow(_("Ask again"), self.chase_at)
        self.keep_typed(name_for("chase-many", sorted(ids)), 0, {"at": self.chase_at})

    def submit(self) -> None:
        """Set it for all that are open."""
        ids, chase_at = self._ids, self.chase_at.moment
        self._do(lambda w: request_batches.chase(w, ids, chase_at))


class HandOverManyDialog(ManyRequestsDialog):
    """Hands several requests over to one technical unit."""

    def __init__(self, desk: Desk, ids: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Hand over"), ids, request_batches.outlook_of_hand_over, parent)
        self._handed = TechnicalUnitFields(self, [_(unit) for unit in UNITS])
        self.keep_typed(name_for("hand-over-many", sorted(ids)), 0, self._handed.widgets)

    def submit(self) -> None:
        """Hand over all that can be; one undo takes it back."""
        ids, said = self._ids, self._handed.said
        self._do(lambda w: request_batches.hand_over(w, ids, *said))
