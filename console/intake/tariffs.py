"""Price lists: what their columns are called."""

from typing import Any, Final

from console.intake import values
from console.intake.columns import Field
from console.intake.take_in import Spec
from console.texts import N_

FIELDS: Final = (
    Field("code", N_("Code"), ("kod", "kod tarifu", "zkratka", "code"), values.text, is_key=True),
    Field(
        "name",
        N_("Name"),
        ("nazev", "nazev tarifu", "tarif", "name", "tariff"),
        values.text,
        is_key=True,
    ),
    Field(
        "monthly_fee",
        N_("Monthly fee"),
        ("mesicni pausal", "pausal", "mesicni poplatek", "monthly fee", "fee", "cena"),
        values.money,
    ),
    Field(
        "list_fee",
        N_("List price"),
        ("cenikova cena", "cenik", "list price", "list fee"),
        values.money,
    ),
    Field(
        "included_minutes",
        N_("Free minutes"),
        ("volne minuty", "minuty", "free minutes", "included minutes"),
        values.amount,
    ),
    Field(
        "minute_price",
        N_("Minute"),
        ("minuta", "cena minuty", "minute", "minute price"),
        values.money,
    ),
    Field(
        "included_sms",
        N_("Free SMS"),
        ("volne sms", "free sms", "included sms"),
        values.amount,
    ),
    Field("sms_price", N_("SMS"), ("sms", "cena sms", "sms price"), values.money),
    Field(
        "included_mb",
        N_("Data (MB)"),
        ("data", "data mb", "volna data", "included data", "included mb"),
        values.volume,
    ),
    Field("mb_price", N_("MB"), ("mb", "cena mb", "mb price"), values.money),
    Field(
        "billing_step",
        N_("Billing step"),
        ("zpusob uctovani", "tarifikace", "billing step", "increment"),
        values.text,
    ),
    Field("vat_rate", N_("VAT"), ("dph", "sazba dph", "vat", "vat rate"), values.decimal),
    Field("successor", N_("Successor"), ("nastupce", "nahrazen", "successor"), values.text),
    Field("note", N_("Note"), ("pozn", "poznamka", "note", "notes"), values.text),
    Field("valid_from", N_("Valid from"), ("plati od", "platnost od", "valid from"), values.day),
    Field(
        "valid_until",
        N_("Valid until"),
        ("plati do", "platnost do", "valid to", "valid until"),
        values.day,
    ),
)


def _identity(row: dict[str, Any]) -> str:
    return values.plain(str(row.get("code") or row.get("name") or ""))


SPEC: Final = Spec("tariffs", FIELDS, _identity, "code-missing", "tariff-repeated")
