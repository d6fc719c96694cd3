"""The fields of the register's nouns as data: how each is written, checked and edited.

Forms, cells edited in place, changes of many at once, comparisons and merges read this one list.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Any, Final

from console.domain.catalogue_item import ItemKind
from console.domain.client import InvoiceCycle, RetentionClass
from console.domain.contact import ContactRole, Verification
from console.domain.field_names import field_name
from console.domain.line import Barring, LineKind, LineState, Portability, Roaming
from console.domain.request import Channel, Kind
from console.texts import N_, _


class FieldType(Enum):
    """What a field holds, and so how it is written."""

    TEXT = auto()
    CODE = auto()
    DAY = auto()
    MONEY = auto()
    PERCENT = auto()
    AMOUNT = auto()
    VOLUME = auto()
    FLAG = auto()
    CHOICE = auto()
    MANY = auto()
    LIST = auto()
    PHONE = auto()
    EMAIL = auto()
    NUMBER = auto()
    ICCID = auto()
    IMEI = auto()
    SECRET = auto()
    LINE = auto()
    SIM = auto()
    ORDER = auto()


class Language(StrEnum):
    """What a client is written to in; the empty value stands for ours."""

    OURS = ""
    CZECH = "cs"
    ENGLISH = "en"

    @property
    def label(self) -> str:
        """The language's own name."""
        return {Language.CZECH: "Čeština", Language.ENGLISH: "English"}.get(self, "")


@dataclass(frozen=True, slots=True)
class RegisterField:
    """A field that people edit.

    Args:
        name: of the record's field.
        holds: what kind of value.
        words: the words of a CHOICE or MANY.
        is_tracked: whether its changes have a day from which they hold.
        is_required: whether it may not be empty.
        is_fixed: whether it stays as it is once the record is there.
        in_place: whether a cell of a table may be edited.
        for_many: whether many records may get the same value.
        called: its name, marked for translation, where the field's usual one does not fit.
    """

    name: str
    holds: FieldType = FieldType.TEXT
    words: type[StrEnum] | None = None
    is_tracked: bool = False
    is_required: bool = False
    is_fixed: bool = False
    in_place: bool = True
    for_many: bool = True
    called: str = ""

    @property
    def label(self) -> str:
        """What the field is called in the language in use."""
        return _(self.called) if self.called else field_name(self.name)


def _one(name: str, kind: FieldType = FieldType.TEXT, **how: Any) -> RegisterField:
    """Return a field that belongs to one record and never to many."""
    return RegisterField(name, kind, for_many=False, **how)


_T: Final = FieldType
FIELDS: Final[Mapping[str, tuple[RegisterField, ...]]] = {
    "clients": (
        _one("name", is_required=True),
        _one("ico", _T.CODE, is_required=True, is_fixed=True, in_place=False),
        _one("dic", _T.CODE),
        _one("data_box", _T.CODE),
        _one("seat"),
        RegisterField("billing_address"),
        RegisterField("delivery_address", called=N_("Delivery address")),
        _one("customer_account"),
        _one("billing_accounts", _T.LIST),
        _one("cost_centres", _T.LIST),
        RegisterField("office_hours"),
        RegisterField("invoice_cycle", _T.CHOICE, InvoiceCycle),
        RegisterField("retention_class", _T.CHOICE, RetentionClass),
        RegisterField("language", _T.CHOICE, Language),
        RegisterField("note"),
    ),
    "contacts": (
        _one("name", is_required=True, called=N_("Full name")),
        RegisterField("function"),
        RegisterField("department"),
        RegisterField("role", _T.CHOICE, ContactRole),
        _one("mobile", _T.PHONE),
        _one("landline", _T.PHONE),
        _one("fax", _T.PHONE),
        _one("other_phones", _T.LIST),
        _one("email", _T.EMAIL),
        RegisterField("channel", _T.CHOICE, Channel, called=N_("Preferred channel")),
        RegisterField("authorised", _T.FLAG, is_required=True),
        RegisterField("may_order", _T.FLAG),
        RegisterField("valid_until", _T.DAY),
        RegisterField("revoked_on", _T.DAY),
        RegisterField("revocation_reason"),
        RegisterField("verification", _T.CHOICE, Verification),
        RegisterField("privacy_notice_on", _T.DAY),
        RegisterField("note"),
    ),
    "authorities": (
        _one("actions", _T.MANY),
        _one("numbers", _T.LIST),
        _one("cost_centres", _T.LIST),
        _one("valid_from", _T.DAY),
        _one("valid_until", _T.DAY),
        _one("mandate"),
        _one("mandate_until", _T.DAY),
        _one("order_limit", _T.MONEY),
        _one("revoked_on", _T.DAY),
    ),
    "lines": (
        _one("msisdn", _T.NUMBER, is_required=True, is_fixed=True, in_place=False),
        RegisterField("kind", _T.CHOICE, LineKind),
        RegisterField("state", _T.CHOICE, LineState, is_tracked=True, is_required=True),
        RegisterField("holder", is_tracked=True),
        RegisterField("department"),
        RegisterField("cost_centre", is_tracked=True),
        RegisterField("tariff", is_tracked=True),
        RegisterField("data_mb", _T.VOLUME, is_tracked=True),
        RegisterField("roaming", _T.CHOICE, Roaming, is_tracked=True),
        RegisterField("barrings", _T.MANY, Barring),
        RegisterField("forwarding"),
        RegisterField("activated_on", _T.DAY),
        RegisterField("commitment_until", _T.DAY),
        RegisterField("commitment_penalty", _T.MONEY),
        RegisterField("disconnected_on", _T.DAY),
        RegisterField("number_lost_on", _T.DAY),
        RegisterField("portability", _T.CHOICE, Portability),
        RegisterField("note"),
    ),
    "sims": (
        _one("iccid", _T.ICCID, is_required=True),
        _one("line_id", _T.LINE),
        _one("puk", _T.SECRET),
        _one("pin", _T.SECRET),
        RegisterField("form"),
        _one("predecessor_id", _T.SIM),
        RegisterField("order_id", _T.ORDER),
        RegisterField("valid_from", _T.DAY),
        RegisterField("valid_until", _T.DAY),
        RegisterField("note"),
    ),
    "tariffs": (
        _one("code"),
        _one("name", is_required=True),
        RegisterField("monthly_fee", _T.MONEY, is_required=True),
        RegisterField("list_fee", _T.MONEY),
        RegisterField("included_minutes", _T.AMOUNT),
        RegisterField("minute_price", _T.MONEY),
        RegisterField("included_sms", _T.AMOUNT),
        RegisterField("sms_price", _T.MONEY),
        RegisterField("included_mb", _T.VOLUME),
        RegisterField("mb_price", _T.MONEY),
        RegisterField("billing_step"),
        RegisterField("vat_rate", _T.PERCENT, is_required=True),
        RegisterField("valid_from", _T.DAY),
        RegisterField("valid_until", _T.DAY),
        RegisterField("successor"),
        RegisterField("note"),
    ),
    "devices": (
        RegisterField("model", is_required=True),
        RegisterField("kind"),
        _one("imei", _T.IMEI),
        _one("line_id", _T.LINE),
        RegisterField("order_id", _T.ORDER),
        RegisterField("holder"),
        RegisterField("price", _T.MONEY),
        RegisterField("bought_on", _T.DAY),
        RegisterField("warranty_until", _T.DAY),
        RegisterField("handed_over_on", _T.DAY),
        RegisterField("note"),
    ),
    "catalogue_items": (
        _one("code", _T.CODE),
        _one("name", is_required=True),
        RegisterField("kind", _T.CHOICE, ItemKind, is_required=True),
        RegisterField("price", _T.MONEY, is_required=True),
        RegisterField("vat_rate", _T.PERCENT, is_required=True),
        RegisterField("warranty_months", _T.AMOUNT, is_required=True),
        RegisterField("valid_from", _T.DAY),
        RegisterField("valid_until", _T.DAY),
        RegisterField("note"),
    ),
}
"""What people edit, by noun, in the order of the forms."""

SECRETS: Final = frozenset({"puk", "pin"})


def register_field(noun: str, name: str) -> RegisterField:
    """Return a field by its noun and name."""
    return next(field for field in FIELDS[noun] if field.name == name)


def words_of(field: RegisterField) -> tuple[tuple[str, str], ...]:
    """Return the words that a field may hold, with their labels in the language in use."""
    if field.holds is FieldType.FLAG:
        answers = (("yes", _("yes")), ("no", _("no")))
        return answers if field.is_required else (("", ""), *answers)
    words: type[StrEnum] = field.words or Kind
    made = tuple((word.value, str(getattr(word, "label", word))) for word in words)
    needs_empty = field.holds is FieldType.CHOICE and not field.is_required
    return (("", ""), *made) if needs_empty and made[0][0] else made
