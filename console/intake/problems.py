"""What is wrong with a row of a file, said so that the person finds it in the file."""

from dataclasses import dataclass
from typing import Final

from console.texts import N_, _

REFUSED: Final = "refused"
KEPT: Final = "kept"

_MESSAGES: Final = {
    "number-missing": N_("There is no number in this row."),
    "number-wrong": N_("“{value}” is no phone number."),
    "number-short": N_("“{value}” is too short for a phone number."),
    "number-repeated": N_("The number stands in row {first} already."),
    "name-missing": N_("There is no name in this row."),
    "contact-repeated": N_("The person stands in row {first} already."),
    "code-missing": N_("The tariff has neither a code nor a name."),
    "iccid-missing": N_("There is no SIM number in this row."),
    "sim-repeated": N_("The SIM card stands in row {first} already."),
    "model-missing": N_("There is no model in this row."),
    "device-repeated": N_("The device stands in row {first} already."),
    "order-unknown": N_("The client has no order “{value}”; the field stays empty."),
    "ico-value": N_("“{value}” is no IČO; the client is left out."),
    "ico-missing": N_("There is no IČO in this row."),
    "client-repeated": N_("The client stands in row {first} already."),
    "dic-value": N_("“{value}” is no DIČ; the field stays empty."),
    "card-unknown": N_("The client has no SIM card “{value}”; the field stays empty."),
    "card-circle": N_(
        "“{value}” is said to come both before and after this card; the field stays empty."
    ),
    "line-unknown": N_("The client has no number “{value}”; the field stays empty."),
    "sim-elsewhere": N_("The SIM card belongs to another client: {client}."),
    "card-repeated": N_("The SIM card stands in row {first} already; this number gets no card."),
    "card-used": N_(
        "The SIM card is or was used by another number: {value}; this one keeps the card it has."
    ),
    "card-elsewhere": N_(
        "The SIM card belongs to another client: {client}; this number keeps the card it has."
    ),
    "contact-namesake": N_(
        "“{value}” is there with another e-mail address; this one comes in beside them."
    ),
    "contact-mailbox": N_(
        "The e-mail address is that of {value}, too; this person comes in beside them."
    ),
    "device-elsewhere": N_("The device belongs to another client: {client}."),
    "tariff-repeated": N_("The tariff stands in row {first} already."),
    "total-row": N_("This is a row of totals."),
    "iccid-check": N_("The check digit of the SIM number does not fit; kept as written."),
    "iccid-form": N_("“{value}” is no SIM number; kept as written."),
    "number-value": N_("“{value}” is no number; the field stays empty."),
    "date-value": N_("“{value}” is no date; the field stays empty."),
    "yes-no-value": N_("“{value}” is neither yes nor no; the field stays empty."),
    "state-value": N_("“{value}” is no state that we know; the number counts as active."),
    "roaming-value": N_("“{value}” is no roaming setting; the field stays empty."),
    "word-value": N_("“{value}” is no word that we know; the field stays empty."),
    "words-value": N_("“{value}” has a word that we do not know; that one is left out."),
    "imei-value": N_("“{value}” is no IMEI; the field stays empty."),
    "phone-value": N_("“{value}” is no phone number; kept as written."),
    "email-value": N_("“{value}” is no e-mail address; kept as written."),
    "item-missing": N_("The item has neither a code nor a name."),
    "item-repeated": N_("The item stands in row {first} already."),
    "month-missing": N_("The row does not say for which month it is."),
    "month-value": N_("“{value}” is no month."),
    "charged-missing": N_("The row does not say what was charged."),
    "charged-value": N_("“{value}” is no amount."),
    "usage-repeated": N_("The number stands in row {first} already for the same month."),
    "number-elsewhere": N_("The number belongs to another client: {client}."),
}


def message_of(code: str, value: str) -> str:
    """Return what a code says about a value, in the language in use."""
    return _(_MESSAGES[code]).format(value=value)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that a person should look at.

    Args:
        row: as the spreadsheet counts, from 1.
        column: the header's text, or empty where the row as a whole is meant.
        code: for programs; what it says is :attr:`message`.
        severity: ``refused`` where the row was left out, ``kept`` where it came in.
        value: the cell as it was written, cut to a sensible length.
        first: the row in which a repeated thing stands first.
        client: name of the client, where another one is meant.
    """

    row: int
    column: str
    code: str
    severity: str
    value: str = ""
    first: int = 0
    client: str = ""

    @property
    def message(self) -> str:
        """The sentence in the language in use."""
        return _(_MESSAGES[self.code]).format(
            value=self.value, first=self.first, client=self.client
        )
