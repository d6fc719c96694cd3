"""Errors that users, files and machines cause, each with a sentence for the person.

Every message says what happened, what was kept and what to do. Anything that is not a
:class:`KnownError` is a bug of ours.
"""

from typing import Final

from console.desk_errors import DESK
from console.document_errors import DOCUMENTS
from console.order_errors import ORDERS
from console.register_errors import REGISTER
from console.texts import N_, _
from console.vault_errors import VAULT

_INTAKE: Final[dict[str, str]] = {
    "file-unreadable": N_(
        "The file {name} cannot be read: {reason}. Nothing was changed; check that it "
        "exists and is not open elsewhere."
    ),
    "table-not-a-table": N_(
        "{name} is no table, whatever its name says. Nothing was changed; save it as XLSX, "
        "ODS, XLS or CSV."
    ),
    "table-damaged": N_(
        "{name} is damaged or incomplete. Nothing was changed; ask for the file again."
    ),
    "table-protected": N_(
        "{name} is protected by a password. Nothing was changed; save it without one."
    ),
    "table-empty": N_("{name} is empty. Nothing was changed; check that it is the right file."),
    "table-too-large": N_(
        "{name} is too large to be a list of numbers. Nothing was changed; split it, or "
        "check that it is the right file."
    ),
    "table-too-wide": N_(
        "{name} has more than {columns} columns. Nothing was changed; check that it is the "
        "right file."
    ),
    "table-no-header": N_(
        "No row names the columns that are needed: {columns}. Nothing was changed; add a "
        "row with their names."
    ),
    "table-of-others": N_(
        "{name} looks like something else: {what}. Nothing was changed; choose that, or another "
        "file."
    ),
    "mail-not-a-mail": N_(
        "{name} is no mail, whatever its name says. Nothing was changed; save the mail as .eml or "
        ".msg."
    ),
    "mail-too-large": N_(
        "{name} is larger than {megabytes} MB. Nothing was changed; save its attachments apart and "
        "the mail without them."
    ),
    "mail-client-unknown": N_(
        "Neither {sender} nor a number in the mail belongs to a client. Nothing was saved; log the "
        "request by hand."
    ),
    "mail-known": N_("The mail is filed with {number} already. Nothing was changed; look there."),
    "import-cancelled": N_("The import was cancelled. Nothing was changed."),
}

_DEADLINES: Final[dict[str, str]] = {
    "received-in-future": N_(
        "The time of receipt lies in the future. Nothing was saved; correct it."
    ),
    "received-reason-needed": N_(
        "The request was received more than 24 hours ago. Nothing was saved; say why it is "
        "entered so late."
    ),
    "hours-malformed": N_(
        "“{value}” are no office hours. Nothing was saved; write them as 08:00-12:00, in "
        "order and without overlapping."
    ),
    "hours-never-open": N_(
        "These office hours are never open. Nothing was saved; give at least one day its hours."
    ),
    "zone-unknown": N_(
        "There is no time zone {zone}. Nothing was saved; use a name like Europe/Prague."
    ),
    "agreement-unknown": N_(
        "There is no agreement “{key}”. Nothing was changed; choose one of those that are listed."
    ),
    "terms-wrong": N_(
        "{part}: the field {field} is missing or wrong. The agreement was not saved; correct it."
    ),
    "terms-field": N_(
        "{file}: {part}: the field {field} is missing or wrong. The agreement was not "
        "loaded; correct the file."
    ),
}

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
    "nothing-to-carry-out": N_(
        "“{kind}” changes no number. Nothing was changed; take a step of the request instead."
    ),
    "nothing-carried-out": N_(
        "No number of the request can be carried out: {why} Nothing was changed; correct the "
        "numbers or the values."
    ),
    "request-unknown": N_("There is no request {number}. Nothing was changed."),
    "recalculation-stale": N_(
        "Something changed since the preview of the recalculation. Nothing was saved; look at the "
        "preview anew."
    ),
    "period-wrong": N_(
        "The period ends before it begins, or has not begun. Nothing was counted; correct the days."
    ),
    "agreement-missing": N_(
        "{client} has no agreement in force. Nothing was issued; choose an agreement first."
    ),
    "closure-exists": N_("The {day} is entered as a closed day already. Nothing was saved."),
    "access-request": N_(
        "The request belongs to another client. Nothing was opened; choose a request of this one."
    ),
    "request-closed": N_(
        "The request {number} is closed. Nothing was saved; reopen it first, or log another one."
    ),
    "time-before-receipt": N_(
        "The time lies before the receipt of the request {number}. Nothing was saved; correct it."
    ),
    "exception-unlisted": N_(
        "The agreement lists no exception “{reason}” for this request, only: {known}. Nothing was "
        "saved; choose one of these, or write a note."
    ),
    "evidence-missing": N_(
        "An exception needs its proof. Nothing was saved; write down what proves it."
    ),
    "exception-times": N_(
        "An exception begins before it ends, and not in the future. Nothing was saved; correct "
        "the times."
    ),
    "step-refused": N_(
        "A request that is “{state}” cannot become “{target}”. Nothing was changed."
    ),
    "steps-refused": N_(
        "No request can take this step. Nothing was changed; look at their states."
    ),
    "pause-reason": N_("A pause needs one of the reasons: {known}. Nothing was changed."),
    "time-wrong": N_("“{time}” is no time. Nothing was changed; write it as 2026-11-23T14:30."),
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
    **VAULT,
    **_INTAKE,
    **_DEADLINES,
    **DESK,
    **_RECORDS,
    **REGISTER,
    **ORDERS,
    **DOCUMENTS,
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
