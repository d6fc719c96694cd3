"""What a line of a request's story says, in the language in use."""

from console import texts
from console.domain.authority_words import reworded
from console.domain.request import STATE_NAMES, Entry, EntryKind, RequestState
from console.domain.story import REOPENED
from console.texts import _


def told(entry: Entry) -> str:
    """Return what an entry says: of a step, where it led and what was written to it."""
    if entry.kind is not EntryKind.STEP:
        return entry.text
    parts = (_step(entry.reference), "" if _is_label(entry.text) else reworded(entry.text))
    return " \N{EN DASH} ".join(part for part in parts if part)


def _step(reference: str) -> str:
    if reference == REOPENED:
        return _("Reopened")
    return {state.value: state.label for state in RequestState}.get(reference, "")


def _is_label(text: str) -> bool:
    """Return whether a text only repeats the name of a state, in whatever language."""
    return any(text in texts.wordings(name) for name in STATE_NAMES.values())
