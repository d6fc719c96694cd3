"""Errors that users, files and machines cause, each with a sentence for the person.

Every message says what happened, what was kept and what to do. Anything that is not a
:class:`KnownError` is a bug of ours.
"""

from typing import Final

from console.texts import N_, _

_WORKSPACE: Final[dict[str, str]] = {}

_INTAKE: Final[dict[str, str]] = {}

_DEADLINES: Final[dict[str, str]] = {}

_DOCUMENTS: Final[dict[str, str]] = {}

_RECORDS: Final[dict[str, str]] = {
    "record-missing": N_("The record does not exist any more. Nothing was changed."),
    "record-changed": N_(
        "The record was changed meanwhile. Your change was not saved; look at the record as it "
        "is now and try again."
    ),
    "undo-nothing": N_("There is nothing to undo."),
    "redo-nothing": N_("There is nothing to redo."),
    "undo-conflict": N_(
        "This cannot be undone, because the same fields were changed again since. Nothing was "
        "changed."
    ),
    "field-missing": N_("{field} is missing. Nothing was saved; please fill it in."),
}

MESSAGES: Final[dict[str, str]] = {
    **_WORKSPACE,
    **_INTAKE,
    **_DEADLINES,
    **_DOCUMENTS,
    **_RECORDS,
}


class KnownError(Exception):
    """An error with a code for programs and a translated sentence for people.

    Args:
        code: stable name in kebab case, a key of MESSAGES.
        **facts: what the sentence names. Never a key, a passphrase or a PUK.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def message(self) -> str:
        """The sentence in the language in use."""
        return _(MESSAGES[self.code]).format(**self.facts)

    def __str__(self) -> str:
        return self.message
