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
    "ico-wrong": N_(
        "“{ico}” is no IČO: it has eight digits and the last one checks the others. Nothing was "
        "saved; correct it."
    ),
    "client-exists": N_(
        "There already is a client with the IČO {ico}. Nothing was saved; open that one."
    ),
    "client-unknown": N_(
        "There is no client with the IČO {ico}. Nothing was changed; add the client first."
    ),
    "number-wrong": N_("“{number}” is no phone number. Nothing was saved; correct it."),
    "number-exists": N_("The number {number} is in the register already. Nothing was saved."),
    "word-unknown": N_("“{word}” is not one of: {known}. Nothing was changed."),
    "numbers-missing": N_("“{kind}” needs at least one number. Nothing was saved; add the number."),
    "contact-unknown": N_(
        "The client has no contact {name}. Nothing was saved; add the contact, or leave it out."
    ),
    "not-authorised": N_(
        "{why} Nothing was saved; have it confirmed in writing, or override with a reason."
    ),
    "override-reason-needed": N_(
        "Overriding the authority needs a reason. Nothing was saved; say why."
    ),
    "charge-refused": N_(
        "The agreement allows no charge on a request. Nothing was saved; leave the charge out."
    ),
    "number-of-another": N_(
        "The number {number} belongs to another client: {client}. Nothing was saved; take it "
        "out, or choose that client."
    ),
    "request-unknown": N_("There is no request {number}. Nothing was changed."),
    "step-refused": N_(
        "A request that is “{state}” cannot become “{target}”. Nothing was changed."
    ),
    "pause-reason": N_("A pause needs one of the reasons: {known}. Nothing was changed."),
    "order-empty": N_("The order has no lines. Nothing was saved; add at least one."),
    "order-line-wrong": N_(
        "Row {row} of the order is wrong: {field}. Nothing was saved; correct the file."
    ),
    "time-wrong": N_("“{time}” is no time. Nothing was changed; write it as 2026-11-23T14:30."),
    "client-or-all": N_("Give either --client or --all. Nothing was issued."),
    "month-wrong": N_("“{month}” is no month. Nothing was issued; write it as 2026-10."),
    "month-not-over": N_(
        "The month {month} has not begun yet. Nothing was issued; choose an earlier one."
    ),
    "document-missing": N_(
        "The file of the document {number} is missing or was altered. Its data are kept; issue "
        "it again."
    ),
    "file-unwritable": N_(
        "The file {path} cannot be written: {reason}. The document is kept in the workspace; "
        "choose another folder."
    ),
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
