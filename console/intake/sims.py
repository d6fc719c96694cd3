"""Lists of SIM cards: what their columns are called."""

from typing import Any, Final

from console.intake import values
from console.intake.columns import Field
from console.intake.take_in import Spec
from console.texts import N_


def _card(cell: Any) -> values.Outcome:
    """Take the number of a card that is known already, as it is written there."""
    return values.iccid(cell)[0], ""


FIELDS: Final = (
    Field(
        "iccid",
        N_("ICCID"),
        ("iccid", "cislo sim", "cislo sim karty", "sim", "sim karta", "sim card", "icc"),
        values.iccid,
        is_key=True,
    ),
    Field(
        "msisdn",
        N_("Number"),
        ("cislo", "tel cislo", "telefonni cislo", "msisdn", "number", "phone number"),
        values.contact_phone,
    ),
    Field("puk", N_("PUK"), ("puk", "puk1", "puk kod", "puk code"), values.text, is_secret=True),
    Field("pin", N_("PIN"), ("pin", "pin1", "pin kod", "pin code"), values.text, is_secret=True),
    Field("form", N_("Form"), ("format", "velikost", "form", "form factor"), values.text),
    Field("valid_from", N_("Valid from"), ("plati od", "platnost od", "valid from"), values.day),
    Field(
        "valid_until",
        N_("Valid until"),
        ("plati do", "platnost do", "valid until", "valid to"),
        values.day,
    ),
    Field(
        "predecessor",
        N_("Predecessor"),
        ("predchudce", "predchozi sim", "predchozi karta", "nahrazuje", "predecessor", "replaces"),
        _card,
    ),
    Field("order", N_("Order"), ("objednavka", "cislo objednavky", "order"), values.text),
    Field("note", N_("Note"), ("pozn", "poznamka", "note", "notes"), values.text),
)


def _identity(row: dict[str, Any]) -> str:
    return str(row.get("iccid") or "")


SPEC: Final = Spec("sims", FIELDS, _identity, "iccid-missing", "sim-repeated")
