"""What a request would become while it is filled in: its deadline, why, and what is missing."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain import formats, phone
from console.services.requests import Preview
from console.texts import _, ngettext
from ui.widgets.parts import label, row, wrapped

_SHOWN = 6
"""Numbers that are named; of the others their count."""


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
        steps += _about_numbers(seen)
        if seen.missing:
            needs = ", ".join(need.label for need in seen.missing)
            steps.append(_("Still missing: {facts}.").format(facts=needs))
        self.explanation.setText("\n".join(steps))

    def clear(self) -> None:
        """Show nothing."""
        self.deadline.clear()
        self.explanation.clear()


def _about_numbers(seen: Preview) -> list[str]:
    """Say which numbers are unknown, another client's, or no numbers at all, and how many."""
    count, said = len(seen.unknown), []
    if seen.unknown:
        text = ngettext(
            "{n} number is not in the register: {numbers}.",
            "{n} numbers are not in the register: {numbers}.",
            count,
        )
        said.append(text.format(n=count, numbers=_named(seen.unknown)))
    if seen.foreign:
        count = len(seen.foreign)
        text = ngettext(
            "{n} number belongs to another client: {numbers}. It cannot be logged with these.",
            "{n} numbers belong to another client: {numbers}. They cannot be logged with these.",
            count,
        )
        named = _named([f"{phone.pretty(number)} ({client})" for number, client in seen.foreign])
        said.append(text.format(n=count, numbers=named))
    if seen.malformed:
        count = len(seen.malformed)
        text = ngettext("{n} is no number: {numbers}.", "{n} are no numbers: {numbers}.", count)
        said.append(text.format(n=count, numbers=_named(seen.malformed)))
    return said


def _named(numbers: Sequence[str]) -> str:
    named = ", ".join(phone.pretty(number) for number in numbers[:_SHOWN])
    rest = len(numbers) - _SHOWN
    return f"{named} {_('and {count} more').format(count=rest)}" if rest > 0 else named
