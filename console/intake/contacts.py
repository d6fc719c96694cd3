"""Lists of people: what their columns are called."""

from typing import Any, Final

from console.domain.contact import ContactRole, Verification
from console.domain.request import Channel
from console.intake import values
from console.intake.columns import Field
from console.intake.take_in import Spec
from console.intake.words import one_of
from console.texts import N_

FIELDS: Final = (
    Field(
        "name",
        N_("Full name"),
        ("jmeno a prijmeni", "jmeno", "prijmeni a jmeno", "osoba", "kontakt", "name", "full name"),
        values.text,
        is_key=True,
    ),
    Field("function", N_("Function"), ("funkce", "pozice", "function", "position"), values.text),
    Field(
        "department",
        N_("Department"),
        ("odbor", "oddeleni", "utvar", "department", "unit"),
        values.text,
    ),
    Field(
        "landline",
        N_("Landline"),
        ("pevna linka", "pevna", "telefon", "landline", "phone"),
        values.contact_phone,
    ),
    Field(
        "mobile",
        N_("Mobile"),
        ("mobil", "mobilni telefon", "mobile", "cell"),
        values.contact_phone,
    ),
    Field("fax", N_("Fax"), ("fax",), values.contact_phone),
    Field(
        "other_phones",
        N_("Other phones"),
        ("dalsi telefony", "dalsi cisla", "other phones"),
        values.several,
    ),
    Field("email", N_("E-mail"), ("e mail", "email", "mail"), values.email),
    Field(
        "authorised",
        N_("Authorised"),
        ("opravnena osoba", "opravneni", "opravnena", "authorised", "authorized"),
        values.yes_no,
    ),
    Field(
        "may_order",
        N_("May order"),
        ("smi objednavat", "objednava", "may order", "can order"),
        values.yes_no,
    ),
    Field(
        "valid_until",
        N_("Valid until"),
        ("platnost do", "plati do", "opravneni do", "valid until", "valid to"),
        values.day,
    ),
    Field("role", N_("Role"), ("role",), one_of(ContactRole)),
    Field(
        "channel",
        N_("Preferred channel"),
        ("kanal", "preferovany kanal", "channel", "preferred channel"),
        one_of(Channel),
    ),
    Field("revoked_on", N_("Revoked on"), ("odvolano", "odvolano dne", "revoked"), values.day),
    Field(
        "revocation_reason",
        N_("Revoked because"),
        ("duvod odvolani", "revoked because"),
        values.text,
    ),
    Field(
        "verification",
        N_("Verification"),
        ("overeni", "zpusob overeni", "verification"),
        one_of(Verification),
    ),
    Field(
        "privacy_notice_on",
        N_("Privacy notice given on"),
        ("informovan o zpracovani", "poucen dne", "privacy notice"),
        values.day,
    ),
    Field("note", N_("Note"), ("pozn", "poznamka", "note"), values.text),
)


def _identity(row: dict[str, Any]) -> str:
    """A person is recognised by the name and the e-mail address, which several may share."""
    if not row.get("name"):
        return ""
    return values.plain(f"{row['name']} {row.get('email') or ''}")


SPEC: Final = Spec("contacts", FIELDS, _identity, "name-missing", "contact-repeated")
