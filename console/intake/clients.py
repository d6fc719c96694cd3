"""Lists of clients: what their columns are called."""

from typing import Any, Final

from console.domain.client import InvoiceCycle, RetentionClass
from console.domain.register_fields import Language
from console.intake import company_numbers, values
from console.intake.columns import Field
from console.intake.take_in import Spec
from console.intake.words import one_of
from console.texts import N_

FIELDS: Final = (
    Field(
        "name",
        N_("Name"),
        ("nazev", "klient", "organizace", "nazev organizace", "firma", "name", "client"),
        values.text,
        is_key=True,
    ),
    Field(
        "ico",
        N_("IČO"),
        ("ico", "ic", "identifikacni cislo", "company id"),
        company_numbers.ico,
        frozenset({"ico-value"}),
        is_key=True,
    ),
    Field("dic", N_("DIČ"), ("dic", "vat id", "vat number"), company_numbers.dic),
    Field(
        "data_box",
        N_("Data box"),
        ("datova schranka", "id datove schranky", "ds", "data box"),
        values.text,
    ),
    Field("seat", N_("Seat"), ("sidlo", "adresa", "adresa sidla", "seat", "address"), values.text),
    Field(
        "billing_address",
        N_("Billing address"),
        ("fakturacni adresa", "adresa pro fakturaci", "billing address"),
        values.text,
    ),
    Field(
        "delivery_address",
        N_("Delivery address"),
        ("dorucovaci adresa", "dodaci adresa", "delivery address"),
        values.text,
    ),
    Field(
        "customer_account",
        N_("Customer account"),
        ("zakaznicky ucet", "cislo zakaznika", "customer account", "customer number"),
        values.text,
    ),
    Field(
        "billing_accounts",
        N_("Billing accounts"),
        ("fakturacni ucty", "vyuctovaci ucty", "billing accounts"),
        values.several,
    ),
    Field(
        "cost_centres",
        N_("Cost centres"),
        ("strediska", "nakladova strediska", "cost centres", "cost centers"),
        values.several,
    ),
    Field("office_hours", N_("Office hours"), ("uredni hodiny", "office hours"), values.text),
    Field(
        "invoice_cycle",
        N_("Invoice cycle"),
        ("fakturacni cyklus", "obdobi faktury", "invoice cycle"),
        one_of(InvoiceCycle),
    ),
    Field(
        "retention_class",
        N_("Retention class"),
        ("trida uchovavani", "retention class"),
        one_of(RetentionClass),
    ),
    Field("language", N_("Language"), ("jazyk", "language"), one_of(Language)),
    Field("note", N_("Note"), ("pozn", "poznamka", "note", "notes"), values.text),
)


def _identity(row: dict[str, Any]) -> str:
    return str(row.get("ico") or "")


SPEC: Final = Spec("clients", FIELDS, _identity, "ico-missing", "client-repeated")
