"""Lists of devices: what their columns are called."""

from typing import Any, Final

from console.intake import values
from console.intake.columns import Field
from console.intake.take_in import Spec
from console.texts import N_

FIELDS: Final = (
    Field(
        "model",
        N_("Model"),
        ("model", "zarizeni", "typ zarizeni", "telefon", "pristroj", "device"),
        values.text,
        is_key=True,
    ),
    Field("kind", N_("Kind"), ("druh", "kategorie", "kind", "category"), values.text),
    Field("imei", N_("IMEI"), ("imei", "imei 1", "imei1"), values.imei),
    Field(
        "msisdn",
        N_("Number"),
        ("cislo", "tel cislo", "telefonni cislo", "msisdn", "number", "phone number"),
        values.contact_phone,
    ),
    Field(
        "holder",
        N_("Holder"),
        ("drzitel", "uzivatel", "jmeno", "jmeno a prijmeni", "holder", "user", "osoba"),
        values.text,
    ),
    Field("price", N_("Price"), ("cena", "porizovaci cena", "price"), values.money),
    Field(
        "bought_on",
        N_("Bought on"),
        ("porizeno", "datum porizeni", "zakoupeno", "bought", "bought on"),
        values.day,
    ),
    Field(
        "warranty_until",
        N_("Warranty until"),
        ("zaruka do", "zaruka", "warranty", "warranty until"),
        values.day,
    ),
    Field(
        "handed_over_on",
        N_("Handed over on"),
        ("predano", "predano dne", "handed over", "handed over on"),
        values.day,
    ),
    Field("order", N_("Order"), ("objednavka", "cislo objednavky", "order"), values.text),
    Field("note", N_("Note"), ("pozn", "poznamka", "note", "notes"), values.text),
)


def _identity(row: dict[str, Any]) -> str:
    """A device is recognised by its IMEI, and without one by the model and who has it."""
    if not row.get("model"):
        return ""
    words = (row["model"], row.get("holder") or "", row.get("msisdn") or "")
    return str(row.get("imei") or values.plain("|".join(map(str, words))))


SPEC: Final = Spec("devices", FIELDS, _identity, "model-missing", "device-repeated")
