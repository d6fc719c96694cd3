"""What a request would become while it is filled in: its deadline, why, and what is missing."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain import formats, phone
from console.services.requests import Preview
from console.texts import _
from ui.widgets.parts import label, row, wrapped

_UNKNOWN_SHOWN = 6


class RequestPreview(QWidget):
    """Stands under the form, so that the deadline is always in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.deadline = label("", "heading")
        self.explanation = wrapped("", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(row(label(_("Due"), "muted"), self.deadline, None))
        layout.addWidget(self.explanation)

    def show_preview(self, seen: Preview) -> None:
        """Show a preview."""
        governing = seen.deadlines.governing
        self.deadline.setText(
            f"{formats.moment(governing.due)} · {governing.nature.label}"
            if governing
            else _("No agreement sets a deadline.")
        )
        steps = [step.text for step in governing.explanation[1:3]] if governing else []
        steps.append(seen.verdict.why)
        if seen.unknown:
            unknown = ", ".join(phone.pretty(number) for number in seen.unknown[:_UNKNOWN_SHOWN])
            steps.append(_("Not in the register: {numbers}.").format(numbers=unknown))
        if seen.missing:
            needs = ", ".join(need.label for need in seen.missing)
            steps.append(_("Still missing: {facts}.").format(facts=needs))
        self.explanation.setText("\n".join(steps))
