"""Bills by number and month: what their columns are called."""

from collections.abc import Mapping
from typing import Any, Final

from console.intake import values
from console.intake.columns import Field
from console.intake.take_in import Spec
from console.texts import N_

_NUMBER: Final = frozenset({"number-missing", "number-wrong", "number-short"})
_MONTH: Final = frozenset({"month-missing", "month-value"})
_CHARGED: Final = frozenset({"charged-missing", "charged-value"})


def _charged(cell: Any) -> values.Outcome:
    """Take what was charged; a credit is below nought."""
    value, code = values.money(cell)
    if value is None:
        return None, "charged-value" if code else "charged-missing"
    return value, ""


FIELDS: Final = (
    Field(
        "month",
        N_("Month"),
        ("obdobi", "mesic", "zuctovaci obdobi", "fakturacni obdobi", "period", "month"),
        values.month,
        _MONTH,
        is_key=True,
    ),
    Field(
        "msisdn",
        N_("Number"),
        ("cislo", "tel cislo", "telefonni cislo", "msisdn", "number", "phone number"),
        values.msisdn,
        _NUMBER,
        is_key=True,
    ),
    Field(
        "call_minutes",
        N_("Calls (min)"),
        ("minuty", "volani", "provolane minuty", "hovory", "minutes", "calls"),
        values.used,
    ),
    Field("sms", N_("SMS"), ("sms", "pocet sms", "zpravy", "messages"), values.count),
    Field(
        "used_mb",
        N_("Data used (MB)"),
        ("data mb", "data", "objem dat", "datovy objem", "data volume"),
        values.used,
    ),
    Field(
        "roaming_charge",
        N_("Roaming (CZK)"),
        ("roaming kc", "roaming", "cena roaming"),
        values.money,
    ),
    Field(
        "other_charge",
        N_("Other (CZK)"),
        ("ostatni kc", "ostatni", "ostatni sluzby", "other"),
        values.money,
    ),
    Field(
        "charged",
        N_("Charged"),
        (
            "celkem kc bez dph",
            "celkem bez dph",
            "celkem",
            "cena bez dph",
            "castka",
            "uctovano",
            "total",
            "charged",
            "amount",
        ),
        _charged,
        _CHARGED,
        is_key=True,
    ),
    Field(
        "invoice",
        N_("Invoice"),
        ("faktura", "cislo faktury", "vyuctovani", "doklad", "invoice"),
        values.text,
    ),
)


def identity(row: Mapping[str, Any]) -> str:
    """Return what a row is recognised by: the number and the month."""
    number, month = row.get("msisdn"), row.get("month")
    return f"{number}|{month.toordinal()}" if number and month else ""


SPEC: Final = Spec("usage", FIELDS, identity, "month-missing", "usage-repeated")
