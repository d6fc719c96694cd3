"""Price lists of devices, accessories and SIM cards: what their columns are called."""

from collections.abc import Mapping
from typing import Any, Final

from console.domain.catalogue_item import ItemKind
from console.intake import values
from console.intake.columns import Field
from console.intake.take_in import Spec
from console.intake.words import one_of
from console.texts import N_

_WORDS: Final = {
    "telefon": ItemKind.DEVICE,
    "mobil": ItemKind.DEVICE,
    "tablet": ItemKind.DEVICE,
    "modem": ItemKind.DEVICE,
    "router": ItemKind.DEVICE,
    "notebook": ItemKind.DEVICE,
    "phone": ItemKind.DEVICE,
    "prislusenstvi": ItemKind.ACCESSORY,
    "sim": ItemKind.SIM,
    "esim": ItemKind.SIM,
}
_OURS: Final = one_of(ItemKind)
_PRICE: Final = frozenset({"number-value"})


def kind(cell: Any) -> values.Outcome:
    """Take our own words for kinds, and those that price lists use."""
    word = _WORDS.get(values.plain(values.written(cell)))
    return (word, "") if word else _OURS(cell)


FIELDS: Final = (
    Field(
        "code",
        N_("Code"),
        ("kod", "kod zbozi", "kod polozky", "katalogove cislo", "code", "sku"),
        values.text,
        is_key=True,
    ),
    Field(
        "name",
        N_("Name"),
        ("nazev", "polozka", "zbozi", "nazev zbozi", "zarizeni", "name", "item"),
        values.text,
        is_key=True,
    ),
    Field("kind", N_("Kind"), ("druh", "typ", "kategorie", "kind", "category"), kind),
    Field(
        "price",
        N_("Price"),
        ("cena", "cena bez dph", "cena za kus", "jednotkova cena", "price", "unit price"),
        values.price,
        _PRICE,
    ),
    Field("vat_rate", N_("VAT"), ("dph", "sazba dph", "sazba", "vat", "vat rate"), values.vat_rate),
    Field(
        "warranty_months",
        N_("Warranty (months)"),
        ("zaruka", "zaruka mesicu", "zarucni doba", "warranty", "warranty months"),
        values.count,
    ),
    Field(
        "valid_from",
        N_("Valid from"),
        ("plati od", "platnost od", "prodej od", "valid from"),
        values.day,
    ),
    Field(
        "valid_until",
        N_("Valid until"),
        ("plati do", "platnost do", "prodej do", "valid to", "valid until"),
        values.day,
    ),
    Field("note", N_("Note"), ("pozn", "poznamka", "note", "notes"), values.text),
)


def identity(row: Mapping[str, Any]) -> str:
    """Return what an item is recognised by: its code, and without one its name."""
    return values.plain(str(row.get("code") or row.get("name") or ""))


SPEC: Final = Spec("catalogue_items", FIELDS, identity, "item-missing", "item-repeated")
