"""Screenshots of what ends and of personal data."""

from collections.abc import Callable
from typing import Any


def take(window: Any, grab: Callable[[Any, str], None], ask: Callable[[Any], Any]) -> None:
    """Take the dialogs in the theme in use.

    Args:
        window: the open window.
        grab: takes a widget under a name.
        ask: runs work on the worker and returns its result.
    """
    from console.domain.contact import Contact
    from ui.dialogs.erase_person import ErasePersonDialog
    from ui.dialogs.leads import LeadsDialog
    from ui.dialogs.retention import RetentionDialog

    contact = ask(lambda w: w.store.select(Contact, order="id LIMIT 1")[0])
    dialogs: dict[str, Callable[[], Any]] = {
        "erase-person": lambda: ErasePersonDialog(window.desk, contact, window),
        "retention": lambda: RetentionDialog(window.desk, window),
        "leads": lambda: LeadsDialog(window.desk, window),
    }
    for name, make in dialogs.items():
        dialog = make()
        dialog.open()
        window.tasks.wait()
        grab(dialog, name)
        dialog.done(0)
