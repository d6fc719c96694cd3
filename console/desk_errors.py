"""The sentences of errors at the requests desk; see ``errors``."""

from typing import Final

from console.texts import N_

DESK: Final[dict[str, str]] = {
    "facts-missing": N_(
        "{number} cannot become “{state}” yet: it still needs {facts}. Nothing was changed; fill "
        "it in first."
    ),
    "confirmation-missing": N_(
        "{number} waits until an authorised person confirms it. Nothing was changed; record the "
        "confirmation first."
    ),
    "number-done": N_(
        "{number} was carried out already. Nothing was changed; undo that first, or leave it in "
        "the request."
    ),
    "swap-later": N_(
        "A SIM card is changed on the day itself, and {day} has not come yet. Nothing was changed; "
        "carry it out then, or choose today."
    ),
    "confirmation-needless": N_("{number} waits for no confirmation. Nothing was changed."),
    "chase-in-past": N_("The time to ask again has passed. Nothing was saved; choose a later one."),
    "link-self": N_("{number} cannot be joined with itself. Nothing was changed; choose another."),
    "link-other-client": N_(
        "{number} and {other} are of different clients. Nothing was changed; choose a request of "
        "the same client."
    ),
    "link-known": N_("{number} and {other} belong together already. Nothing was changed."),
    "merge-kinds": N_(
        "{number} and {other} ask for different things. Nothing was changed; link them instead."
    ),
    "split-numbers": N_(
        "Some numbers of {number} must go into the new request and some must stay. Nothing was "
        "changed; choose others."
    ),
    "amount-negative": N_("A sum is not below zero. Nothing was saved; correct it."),
    "day-in-future": N_(
        "A day on which something was delivered or paid back does not lie ahead. Nothing was "
        "saved; correct the day, or leave it out until then."
    ),
    "refund-of-rejected": N_(
        "A rejected complaint gives nothing back. Nothing was saved; leave the refund empty or "
        "choose another decision."
    ),
    "mail-account-missing": N_(
        "No server for mails is set. Nothing was sent and the text is still here; save it for the "
        "mail program, or set a server in the settings."
    ),
    "mail-gone": N_("The mail was sent or withdrawn meanwhile. Nothing was changed."),
    "address-wrong": N_(
        "“{address}” is no address of a mail. Nothing was sent and the text is still here; correct "
        "it."
    ),
    "port-wrong": N_("A port is a number from 1 to 65535. Nothing was saved; correct it."),
    "keyring-missing": N_(
        "This computer has no keyring that would keep the password. Nothing was saved; unlock the "
        "keyring, or use a server that asks for no password."
    ),
    "erase-open-requests": N_(
        "Something that the person asked for is still open: {number}. Nothing was erased; close "
        "it first."
    ),
    "lead-days": N_("A lead time has 0 to {most} days. Nothing was saved; correct the number."),
    "agreement-end": N_(
        "An agreement does not end before it begins, on {day}. Nothing was saved; correct the day."
    ),
    "retention-months": N_(
        "Data are kept for {fewest} to {most} months. Nothing was saved; correct the number."
    ),
    "retention-nobody": N_(
        "Nobody of those that were chosen is to be erased by the rules. Nothing was changed."
    ),
    "complaint-undecided": N_(
        "The complaint {number} is not decided yet. Nothing was issued; decide it first."
    ),
    "attachment-large": N_(
        "The file {name} has more than {megabytes} MB. Nothing was added; keep it elsewhere and "
        "note where."
    ),
}
