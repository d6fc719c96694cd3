"""Lists of numbers: what their columns are called."""

from typing import Any, Final

from console.domain.line import Barring, LineKind, LineState, Portability, Roaming
from console.intake import values
from console.intake.columns import Field
from console.intake.take_in import Spec
from console.intake.words import also, many_of, one_of
from console.texts import N_

_REFUSED: Final = frozenset({"number-missing", "number-wrong", "number-short"})

FIELDS: Final = (
    Field(
        "msisdn",
        N_("Number"),
        (
            "tel cislo",
            "telefonni cislo",
            "telefon",
            "cislo",
            "cislo telefonu",
            "mobil",
            "mobilni cislo",
            "msisdn",
            "phone",
            "phone number",
            "number",
            "mobile",
            "tel",
            "ucastnicke cislo",
        ),
        values.msisdn,
        _REFUSED,
        is_key=True,
    ),
    Field(
        "iccid",
        N_("ICCID"),
        ("cislo sim", "iccid", "sim", "sim karta", "cislo sim karty", "sim card", "icc"),
        values.iccid,
    ),
    Field("puk", N_("PUK"), ("puk", "puk1", "puk kod", "puk code"), values.text, is_secret=True),
    Field(
        "holder",
        N_("Holder"),
        ("uzivatel", "drzitel", "jmeno", "jmeno a prijmeni", "user", "holder", "name", "osoba"),
        values.text,
    ),
    Field(
        "department",
        N_("Department"),
        ("odbor", "oddeleni", "utvar", "department", "unit"),
        values.text,
    ),
    Field(
        "cost_centre",
        N_("Cost centre"),
        ("stredisko", "nakladove stredisko", "cost centre", "cost center"),
        values.text,
    ),
    Field("tariff", N_("Tariff"), ("tarif", "tariff", "plan", "tarifni plan"), values.text),
    Field(
        "data_mb",
        N_("Data package"),
        ("data", "datovy balicek", "data mb", "data package", "objem dat"),
        values.volume,
    ),
    Field("roaming", N_("Roaming"), ("roaming",), also(values.roaming, Roaming)),
    Field("state", N_("State"), ("stav", "state", "status"), also(values.state, LineState)),
    Field(
        "activated_on",
        N_("Activated on"),
        ("aktivovano", "aktivace", "datum aktivace", "activated", "activated on", "activation"),
        values.day,
    ),
    Field(
        "commitment_until",
        N_("Commitment until"),
        ("zavazek do", "zavazek", "smlouva do", "commitment", "commitment until", "contract end"),
        values.day,
    ),
    Field("pin", N_("PIN"), ("pin", "pin1", "pin kod", "pin code"), values.text, is_secret=True),
    Field("kind", N_("Kind"), ("druh", "typ", "typ cisla", "kind", "type"), one_of(LineKind)),
    Field(
        "commitment_penalty",
        N_("Penalty"),
        ("pokuta", "smluvni pokuta", "penalty", "penale"),
        values.money,
    ),
    Field("barrings", N_("Barrings"), ("omezeni", "blokace", "barrings"), many_of(Barring)),
    Field("forwarding", N_("Forwarding"), ("presmerovani", "forwarding"), values.text),
    Field(
        "disconnected_on",
        N_("Disconnected on"),
        ("odpojeno od", "odpojeni", "disconnected", "disconnected on"),
        values.day,
    ),
    Field(
        "number_lost_on",
        N_("Number lost on"),
        ("ztrata cisla", "zanik cisla", "number lost", "number lost on"),
        values.day,
    ),
    Field(
        "portability",
        N_("Portability"),
        ("prenositelnost", "prenos", "portability"),
        one_of(Portability),
    ),
    Field("note", N_("Note"), ("pozn", "poznamka", "poznamky", "note", "notes"), values.text),
)


def _identity(row: dict[str, Any]) -> str:
    return str(row.get("msisdn") or "")


SPEC: Final = Spec("lines", FIELDS, _identity, "number-missing", "number-repeated")
