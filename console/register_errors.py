"""What the register refuses, in sentences; part of the messages in ``errors``."""

from typing import Final

from console.texts import N_

REGISTER: Final[dict[str, str]] = {
    "merge-secrets": N_(
        "The cards have different PUKs or PINs, and merging would lose one. Nothing was merged; "
        "correct the card that is wrong first."
    ),
    "export-kind": N_(
        "{name} is neither .xlsx nor .csv. Nothing was written; give the file one of these ends."
    ),
    "export-unwritable": N_(
        "The file {path} cannot be written: {reason}. What was there before is kept; close it in "
        "other programs, or choose another folder."
    ),
    "export-letter": N_(
        "Row {row}, column {column}: Windows' Czech has no letter “{letter}”. Nothing was written; "
        "choose UTF-8."
    ),
    "export-cell-long": N_(
        "Row {row} has a text that is too long for a cell. Nothing was written; choose CSV."
    ),
    "export-cancelled": N_("The export was cancelled. Nothing was written."),
    "reveal-reason-needed": N_(
        "A PUK or PIN is revealed for a reason. Nothing was shown; say why you need it."
    ),
    "secret-missing": N_("The register does not keep it for this card. Nothing was shown."),
    "sim-exists": N_("The SIM card {iccid} is in the register already. Nothing was saved."),
    "imei-exists": N_(
        "A device with the IMEI {imei} is in the register already. Nothing was saved."
    ),
    "field-wrong": N_("{field}: “{value}” does not fit. Nothing was saved; correct it."),
    "reference-unknown": N_(
        "{field}: the client has no “{value}”. Nothing was saved; correct it, or add it first."
    ),
    "dic-wrong": N_(
        "“{dic}” is no DIČ: CZ and eight to ten digits that check each other. Nothing was saved; "
        "correct it."
    ),
    "item-exists": N_(
        "The code {item} is in the price list already. Nothing was saved; take another one."
    ),
}
