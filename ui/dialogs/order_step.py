"""Steps of an order that need a fact: sent with a reference, handed over to somebody, cancelled."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from PySide6.QtWidgets import QComboBox, QWidget

from console.domain.contact import Contact
from console.domain.journal import Changes
from console.domain.order import OrderState
from console.services import contacts, order_steps
from console.services.documents import Issued
from console.services.orders import FullOrder
from console.texts import _
from ui.desk import Desk
from ui.dialogs.form import FormDialog
from ui.kept_fields import FieldsDraft
from ui.widgets.dates import DayField, MomentField
from ui.widgets.parts import label


class _StepDialog(FormDialog):
    """Asks for what a state needs; the order stays as it is where that is missing."""

    def __init__(
        self, desk: Desk, full: FullOrder, title: str, action: str, parent: QWidget | None
    ) -> None:
        super().__init__(desk, title, action, parent)
        self.order = full.order
        self.form.addRow(_("Order"), label(f"{full.order.number} · {full.client.name}"))

    def keep(self, fields: Mapping[str, QWidget]) -> FieldsDraft:
        """Keep what is typed into some fields; each step of an order has a draft of its own."""
        name = f"order-{type(self).__name__}-{self.order.id}"
        return self.keep_typed(name, self.order.client_id, fields)

    def take(self, state: OrderState, **facts: Any) -> None:
        """Take the step."""
        order = self.order
        self.save(lambda w: order_steps.take_step(w, order, state, **facts), self._tell)

    def _tell(self, changes: Changes) -> None:
        done: Any = changes.result
        text = _("{number}: {state}. Ctrl+Z takes it back.")
        self.desk.message.emit(text.format(number=done.number, state=done.state.label))


class SendOrderDialog(_StepDialog):
    """The portal's reference, and when it was sent."""

    def __init__(self, desk: Desk, full: FullOrder, parent: QWidget | None = None) -> None:
        super().__init__(desk, full, _("Sent to the portal"), _("Write it down"), parent)
        self.reference = self.add_text(_("Portal reference"), longest=80)
        self.sent = MomentField(_("Sent"), datetime.now(UTC))
        self.form.addRow(_("Sent"), self.sent)
        self.keep({"reference": self.reference, "sent": self.sent})
        self.reference.setFocus()

    def submit(self) -> None:
        """Write down that the portal has it."""
        self.take(
            OrderState.SENT,
            portal_reference=self.reference.text(),
            sent_at=min(self.sent.moment, datetime.now(UTC)),
        )


class CancelOrderDialog(_StepDialog):
    """Why it is cancelled."""

    def __init__(self, desk: Desk, full: FullOrder, parent: QWidget | None = None) -> None:
        super().__init__(desk, full, _("Cancel the order"), _("Cancel the order"), parent)
        self.reason = self.add_text(_("Reason"))
        self.keep({"reason": self.reason})
        self.reason.setFocus()

    def submit(self) -> None:
        """Cancel it."""
        self.take(OrderState.CANCELLED, cancelled_because=self.reason.text())


class HandOverOrderDialog(_StepDialog):
    """Who took what was delivered; the protocol is issued at once."""

    def __init__(self, desk: Desk, full: FullOrder, parent: QWidget | None = None) -> None:
        super().__init__(desk, full, _("Hand over"), _("Hand over and issue"), parent)
        self._wish = full.contact.name if full.contact else ""
        self.taken_by = QComboBox()
        self.taken_by.setEditable(True)
        self.taken_by.setAccessibleName(_("Taken over by"))
        self.form.addRow(_("Taken over by"), self.taken_by)
        self.day = DayField(_("Handed over on"))
        self.form.addRow(_("Handed over on"), self.day)
        self.place = self.add_text(_("Place"))
        self.note = self.add_text(_("Note"))
        self.taken_by.setFocus()
        client_id = full.order.client_id
        desk.tasks.query(lambda w: contacts.contacts_of(w, client_id), self._offer)
        self._draft = self.keep(
            {
                "taken_by": self.taken_by,
                "day": self.day,
                "place": self.place,
                "note": self.note,
            }
        )

    def _offer(self, found: list[Contact]) -> None:
        typed = self.taken_by.currentText()
        with self._draft.filling():
            self.taken_by.addItems([contact.name for contact in found])
            self.taken_by.setCurrentText(typed or self._wish)

    def submit(self) -> None:
        """Hand over, and show the protocol."""
        order, day = self.order, self.day.day
        taken_by = self.taken_by.currentText()
        place, note = self.place.text().strip(), self.note.text().strip()
        self.save(
            lambda w: order_steps.hand_over(w, order, taken_by, day, place, note), self._on_done
        )

    def _on_done(self, changes: Changes) -> None:
        if isinstance(changes.result, Issued):
            self.desk.document_requested.emit(changes.result.document.id)
        text = _("{number}: {state}. Ctrl+Z takes it back.")
        state = OrderState.HANDED_OVER.label
        self.desk.message.emit(text.format(number=self.order.number, state=state))


DIALOGS: Final = {
    OrderState.SENT: SendOrderDialog,
    OrderState.CANCELLED: CancelOrderDialog,
    OrderState.HANDED_OVER: HandOverOrderDialog,
}
"""What asks for what a state needs; other states need nothing more."""
