"""The columns of the register's lists."""

from typing import Any, Final

from console.domain import formats, phone
from console.domain.line import Barring, LineState
from console.domain.register_fields import Language
from console.texts import N_
from ui.models.record_table import Column

_LINE_TONES: Final = {
    LineState.ACTIVE: "good",
    LineState.BLOCKED: "danger",
    LineState.SUSPENDED: "warning",
    LineState.CANCELLED: "neutral",
}


def line_tone(line: Any) -> str:
    """Return the tone of a number's state."""
    return _LINE_TONES[line.state]


def _barrings(line: Any) -> str:
    return ", ".join(Barring(word).label for word in line.barrings)


CLIENTS: Final = (
    Column("name", N_("Name"), lambda c: c.name, 280, "name", elastic=True),
    Column("ico", N_("IČO"), lambda c: c.ico, 100, "ico"),
    Column("agreement", N_("Agreement"), lambda c: c.agreement, 220, elastic=True),
    Column("lines", N_("Numbers"), lambda c: formats.whole(c.lines), 90, right=True),
    Column("contacts", N_("Contacts"), lambda c: formats.whole(c.contacts), 90, right=True),
    Column(
        "open",
        N_("Open requests"),
        lambda c: formats.whole(c.open_requests),
        120,
        right=True,
        field="open_requests",
    ),
    Column(
        "overdue",
        N_("Overdue"),
        lambda c: formats.whole(c.overdue) if c.overdue else "",
        100,
        tone=lambda c: "danger" if c.overdue else "",
    ),
    Column("seat", N_("Seat"), lambda c: c.seat, 240, shown=False, elastic=True),
    Column("dic", N_("DIČ"), lambda c: c.dic, 110, shown=False),
    Column("data_box", N_("Data box"), lambda c: c.data_box, 100, shown=False),
    Column(
        "billing_address",
        N_("Billing address"),
        lambda c: c.billing_address,
        240,
        shown=False,
        elastic=True,
    ),
    Column(
        "delivery_address",
        N_("Delivery address"),
        lambda c: c.delivery_address,
        240,
        shown=False,
        elastic=True,
    ),
    Column(
        "customer_account", N_("Customer account"), lambda c: c.customer_account, 130, shown=False
    ),
    Column(
        "billing_accounts",
        N_("Billing accounts"),
        lambda c: ", ".join(c.billing_accounts),
        160,
        shown=False,
        elastic=True,
    ),
    Column(
        "cost_centres",
        N_("Cost centres"),
        lambda c: ", ".join(c.cost_centres),
        180,
        shown=False,
        elastic=True,
    ),
    Column(
        "office_hours", N_("Office hours"), lambda c: c.office_hours, 180, shown=False, elastic=True
    ),
    Column("invoice_cycle", N_("Invoice cycle"), lambda c: c.invoice_cycle.label, 110, shown=False),
    Column(
        "retention_class",
        N_("Retention class"),
        lambda c: c.retention_class.label,
        110,
        shown=False,
    ),
    Column("language", N_("Language"), lambda c: Language(c.language).label, 100, shown=False),
    Column("note", N_("Note"), lambda c: c.note, 160, shown=False, elastic=True),
)

CONTACTS: Final = (
    Column("name", N_("Full name"), lambda c: c.name, 200, "name", elastic=True),
    Column("client", N_("Client"), lambda c: c.client, 200, "client", shown=False, elastic=True),
    Column("function", N_("Function"), lambda c: c.function, 130, elastic=True),
    Column("department", N_("Department"), lambda c: c.department, 170, "department", elastic=True),
    Column("mobile", N_("Mobile"), lambda c: phone.pretty(c.mobile), 120),
    Column("landline", N_("Landline"), lambda c: phone.pretty(c.landline), 120, shown=False),
    Column("fax", N_("Fax"), lambda c: phone.pretty(c.fax), 120, shown=False),
    Column(
        "other_phones", N_("Other phones"), lambda c: ", ".join(c.other_phones), 160, shown=False
    ),
    Column("email", N_("E-mail"), lambda c: c.email, 200, elastic=True),
    Column(
        "authorised",
        N_("Authorised"),
        lambda c: formats.yes_no(c.authorised),
        100,
        tone=lambda c: "good" if c.authorised else "neutral",
    ),
    Column("may_order", N_("May order"), lambda c: formats.yes_no(c.may_order), 100),
    Column(
        "valid_until", N_("Valid until"), lambda c: formats.day(c.valid_until), 110, "valid_until"
    ),
    Column("role", N_("Role"), lambda c: c.role.label, 150, shown=False),
    Column(
        "channel",
        N_("Preferred channel"),
        lambda c: c.channel.label if c.channel else "",
        110,
        shown=False,
    ),
    Column("revoked_on", N_("Revoked on"), lambda c: formats.day(c.revoked_on), 110, shown=False),
    Column(
        "revocation_reason",
        N_("Revoked because"),
        lambda c: c.revocation_reason,
        160,
        shown=False,
        elastic=True,
    ),
    Column("verification", N_("Verification"), lambda c: c.verification.label, 160, shown=False),
    Column(
        "privacy_notice_on",
        N_("Privacy notice given on"),
        lambda c: formats.day(c.privacy_notice_on),
        150,
        shown=False,
    ),
    Column("note", N_("Note"), lambda c: c.note, 160, shown=False, elastic=True),
)

LINES: Final = (
    Column("msisdn", N_("Number"), lambda c: phone.pretty(c.msisdn), 125, "msisdn"),
    Column("holder", N_("Holder"), lambda c: c.holder, 165, "holder", elastic=True),
    Column("client", N_("Client"), lambda c: c.client, 140, elastic=True),
    Column(
        "cost_centre", N_("Cost centre"), lambda c: c.cost_centre, 130, "cost_centre", elastic=True
    ),
    Column("tariff", N_("Tariff"), lambda c: c.tariff, 120, "tariff", elastic=True),
    Column("state", N_("State"), lambda c: c.state.label, 120, "state", tone=line_tone),
    Column(
        "data",
        N_("Data package"),
        lambda c: formats.volume(c.data_mb),
        110,
        right=True,
        shown=False,
        field="data_mb",
    ),
    Column("roaming", N_("Roaming"), lambda c: c.roaming.label, 90, shown=False),
    Column("iccid", N_("ICCID"), lambda c: c.iccid, 190, shown=False),
    Column(
        "activated",
        N_("Activated on"),
        lambda c: formats.day(c.activated_on),
        120,
        shown=False,
        field="activated_on",
    ),
    Column(
        "commitment",
        N_("Commitment until"),
        lambda c: formats.day(c.commitment_until),
        140,
        "commitment_until",
        shown=False,
        field="commitment_until",
    ),
    Column("kind", N_("Kind"), lambda c: c.kind.label, 90, shown=False),
    Column("department", N_("Department"), lambda c: c.department, 150, shown=False, elastic=True),
    Column(
        "commitment_penalty",
        N_("Penalty"),
        lambda c: formats.money(c.commitment_penalty),
        110,
        right=True,
        shown=False,
    ),
    Column("barrings", N_("Barrings"), _barrings, 160, shown=False, elastic=True),
    Column("forwarding", N_("Forwarding"), lambda c: c.forwarding, 120, shown=False),
    Column(
        "disconnected_on",
        N_("Disconnected on"),
        lambda c: formats.day(c.disconnected_on),
        120,
        shown=False,
    ),
    Column(
        "number_lost_on",
        N_("Number lost on"),
        lambda c: formats.day(c.number_lost_on),
        120,
        shown=False,
    ),
    Column("portability", N_("Portability"), lambda c: c.portability.label, 120, shown=False),
    Column("note", N_("Note"), lambda c: c.note, 160, shown=False, elastic=True),
)

TARIFFS: Final = (
    Column("code", N_("Code"), lambda c: c.code, 90, "code"),
    Column("name", N_("Name"), lambda c: c.name, 200, "name", elastic=True),
    Column("client", N_("Client"), lambda c: c.client, 220, "client", elastic=True),
    Column(
        "fee",
        N_("Monthly fee"),
        lambda c: formats.money(c.monthly_fee),
        120,
        right=True,
        field="monthly_fee",
    ),
    Column(
        "minutes",
        N_("Free minutes"),
        lambda c: formats.amount(c.included_minutes),
        120,
        right=True,
        field="included_minutes",
    ),
    Column(
        "sms",
        N_("Free SMS"),
        lambda c: formats.amount(c.included_sms),
        110,
        right=True,
        field="included_sms",
    ),
    Column(
        "data",
        N_("Data package"),
        lambda c: formats.volume(c.included_mb),
        110,
        right=True,
        field="included_mb",
    ),
    Column("from", N_("Valid from"), lambda c: formats.day(c.valid_from), 110, field="valid_from"),
    Column(
        "until",
        N_("Valid until"),
        lambda c: formats.day(c.valid_until),
        110,
        shown=False,
        field="valid_until",
    ),
    Column("lines", N_("Numbers"), lambda c: formats.whole(c.lines), 90, right=True),
    Column(
        "list_fee",
        N_("List price"),
        lambda c: formats.money(c.list_fee),
        110,
        right=True,
        shown=False,
    ),
    Column(
        "minute_price",
        N_("Minute"),
        lambda c: formats.money(c.minute_price),
        100,
        right=True,
        shown=False,
    ),
    Column(
        "sms_price", N_("SMS"), lambda c: formats.money(c.sms_price), 100, right=True, shown=False
    ),
    Column("mb_price", N_("MB"), lambda c: formats.money(c.mb_price), 100, right=True, shown=False),
    Column("billing_step", N_("Billing step"), lambda c: c.billing_step, 110, shown=False),
    Column(
        "vat_rate", N_("VAT"), lambda c: formats.percent(c.vat_rate), 80, right=True, shown=False
    ),
    Column("successor", N_("Successor"), lambda c: c.successor, 100, shown=False),
    Column("note", N_("Note"), lambda c: c.note, 160, shown=False, elastic=True),
)

SIMS: Final = (
    Column("iccid", N_("ICCID"), lambda c: c.iccid, 190, "iccid"),
    Column("msisdn", N_("Number"), lambda c: phone.pretty(c.msisdn), 125, field="line_id"),
    Column("client", N_("Client"), lambda c: c.client, 180, elastic=True),
    Column("form", N_("Form"), lambda c: c.form, 90),
    Column(
        "from",
        N_("Valid from"),
        lambda c: formats.day(c.valid_from),
        110,
        shown=False,
        field="valid_from",
    ),
    Column(
        "until", N_("Valid until"), lambda c: formats.day(c.valid_until), 110, field="valid_until"
    ),
    Column(
        "predecessor",
        N_("Predecessor"),
        lambda c: c.predecessor,
        190,
        shown=False,
        field="predecessor_id",
    ),
    Column("order", N_("Order"), lambda c: c.order, 140, shown=False, field="order_id"),
    Column(
        "has_secrets",
        N_("Codes kept"),
        lambda c: formats.yes_no(c.has_secrets),
        100,
        shown=False,
    ),
    Column("note", N_("Note"), lambda c: c.note, 160, shown=False, elastic=True),
)

DEVICES: Final = (
    Column("model", N_("Model"), lambda c: c.model, 180, "model", elastic=True),
    Column("kind", N_("Kind"), lambda c: c.kind, 100),
    Column("imei", N_("IMEI"), lambda c: c.imei, 150, "imei"),
    Column("holder", N_("Holder"), lambda c: c.holder, 150, "holder", elastic=True),
    Column("client", N_("Client"), lambda c: c.client, 160, elastic=True),
    Column("msisdn", N_("Number"), lambda c: phone.pretty(c.msisdn), 125, field="line_id"),
    Column(
        "warranty",
        N_("Warranty until"),
        lambda c: formats.day(c.warranty_until),
        120,
        "warranty_until",
        field="warranty_until",
    ),
    Column("order", N_("Order"), lambda c: c.order, 140, shown=False, field="order_id"),
    Column("price", N_("Price"), lambda c: formats.money(c.price), 110, right=True, shown=False),
    Column("bought_on", N_("Bought on"), lambda c: formats.day(c.bought_on), 110, shown=False),
    Column(
        "handed_over_on",
        N_("Handed over on"),
        lambda c: formats.day(c.handed_over_on),
        120,
        shown=False,
    ),
    Column("note", N_("Note"), lambda c: c.note, 160, shown=False, elastic=True),
)
