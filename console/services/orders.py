"""Orders: numbered, with lines; read from a CSV or filled in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from console.domain import phone
from console.domain.authority import Asked
from console.domain.contact import Contact
from console.domain.explanation import PRAGUE
from console.domain.journal import Changes
from console.domain.order import Order, OrderLine
from console.domain.request import Kind
from console.errors import KnownError
from console.intake import columns, tables, values
from console.intake.columns import Field
from console.services import authority_checks, contacts, settings
from console.texts import N_
from console.workspace import Workspace

_SERIES: Final = "O"
_HIGHEST_RATE: Final = Decimal(100)


def _pieces(cell: Any) -> values.Outcome:
    value, code = values.decimal(cell)
    if value is not None and (value < 1 or value != int(value)):
        return None, "number-value"
    return (None if value is None else int(value)), code


def _price(cell: Any) -> values.Outcome:
    value, code = values.money(cell)
    return (None, "number-value") if value is not None and value < 0 else (value, code)


def _rate(cell: Any) -> values.Outcome:
    """Take a VAT rate in per cent; a cell shown in per cent holds a part of one."""
    value, code = values.decimal(values.written(cell).rstrip("% "))
    if value is not None and isinstance(cell, float) and 0 < value < 1:
        value = value * 100
    if value is not None and not 0 <= value <= _HIGHEST_RATE:
        return None, "number-value"
    return value, code


_FIELDS: Final = (
    Field(
        "item",
        N_("Item"),
        ("polozka", "nazev", "zbozi", "popis", "item", "name", "description"),
        values.text,
        is_key=True,
    ),
    Field(
        "quantity",
        N_("Pieces"),
        ("mnozstvi", "pocet", "ks", "kusu", "pocet kusu", "quantity", "pieces", "count"),
        _pieces,
    ),
    Field(
        "unit_price",
        N_("Price"),
        ("cena", "cena bez dph", "cena za kus", "jednotkova cena", "price", "unit price"),
        _price,
    ),
    Field(
        "vat_rate",
        N_("VAT"),
        ("dph", "sazba dph", "sazba", "vat", "vat rate"),
        _rate,
    ),
    Field("msisdn", N_("Number"), ("cislo", "tel cislo", "number", "msisdn"), values.text),
    Field("note", N_("Note"), ("pozn", "poznamka", "note"), values.text),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDraft:
    """An order as it is filled in; lines without ids.

    Args:
        contact_id: who orders; nobody's authority is asked for where it is None.
        override: why it is ordered in spite of the person's authority, or empty.
    """

    client_id: int
    lines: tuple[OrderLine, ...]
    contact_id: int | None = None
    ordered_on: date | None = None
    delivery_address: str = ""
    note: str = ""
    override: str = ""

    @property
    def net(self) -> Decimal:
        """What it costs, CZK without VAT."""
        return sum((line.net for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class FullOrder:
    """An order with its lines."""

    order: Order
    lines: tuple[OrderLine, ...]
    contact: Contact | None


def read_lines(path: Path, client_id: int) -> tuple[OrderLine, ...]:
    """Read the lines of an order from a table.

    Raises:
        KnownError: where the file is no table, or ``order-line-wrong`` names row and field.
    """
    table = tables.read_tables(path)[0]
    mapping = columns.match(table, _FIELDS)
    used = {f.name: mapping.index_of(f.name) for f in _FIELDS}
    lines: list[OrderLine] = []
    for offset, cells in enumerate(table.rows[mapping.header_row + 1 :]):
        given = _row_values(mapping.header_row + offset + 2, cells, used)
        if given:
            lines.append(
                OrderLine(client_id=client_id, order_id=0, position=len(lines) + 1, **given)
            )
    return tuple(lines)


def _row_values(number: int, cells: Sequence[Any], used: dict[str, int | None]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for field in _FIELDS:
        index = used[field.name]
        if index is None or index >= len(cells):
            continue
        value, code = field.normaliser(cells[index])
        if code:
            raise KnownError("order-line-wrong", row=number, field=field.shown)
        if value not in (None, ""):
            given[field.name] = value
    if given and "item" not in given:
        raise KnownError("order-line-wrong", row=number, field=_FIELDS[0].shown)
    if "msisdn" in given:
        given["msisdn"] = phone.normalise(given["msisdn"]) or given["msisdn"]
    return given


def create_order(workspace: Workspace, draft: OrderDraft) -> Changes:
    """Store an order with the next number of the manager's own series.

    Raises:
        KnownError: ``order-empty``, ``order-line-wrong``, ``not-authorised``.
    """
    _check(draft)
    store = workspace.store
    day = draft.ordered_on or store.now().astimezone(PRAGUE).date()
    asked = Asked(Kind.DEVICE_ORDER, {}, day, amount=draft.net)
    person = store.get(Contact, draft.contact_id) if draft.contact_id else None
    verdict = contacts.judge(workspace, person, asked)
    if person is not None and not verdict.allowed and not draft.override.strip():
        raise KnownError("not-authorised", why=verdict.why)
    with store.unit("create-order") as unit:
        prefix = settings.manager(workspace).prefix
        counted = store.next_in_series(f"{prefix}-{_SERIES}", day.year)
        order = store.insert(
            Order(
                client_id=draft.client_id,
                number=f"{day.year}-{prefix}-{_SERIES}{counted:04}",
                ordered_on=day,
                contact_id=draft.contact_id,
                delivery_address=draft.delivery_address.strip(),
                note=draft.note.strip(),
            )
        )
        for position, line in enumerate(draft.lines, 1):
            store.insert(
                replace(line, client_id=order.client_id, order_id=order.id, position=position)
            )
        if person is not None:
            override = "" if verdict.allowed else draft.override.strip()
            authority_checks.keep(
                workspace, order, person.name, asked, verdict, override, draft.net
            )
    return Changes(unit, frozenset(store.tables_changed), order)


def _check(draft: OrderDraft) -> None:
    if not draft.lines:
        raise KnownError("order-empty")
    for position, line in enumerate(draft.lines, 1):
        if not line.item.strip():
            raise KnownError("order-line-wrong", row=position, field=_FIELDS[0].shown)
        if line.quantity < 1:
            raise KnownError("order-line-wrong", row=position, field=_FIELDS[1].shown)
        if line.unit_price < 0:
            raise KnownError("order-line-wrong", row=position, field=_FIELDS[2].shown)
        if not 0 <= line.vat_rate <= _HIGHEST_RATE:
            raise KnownError("order-line-wrong", row=position, field=_FIELDS[3].shown)


def full_order(workspace: Workspace, order_id: int) -> FullOrder:
    """Return an order with its lines."""
    store = workspace.store
    order = store.get(Order, order_id)
    lines = store.select(OrderLine, "order_id = ?", [order_id], order="position")
    contact = store.get(Contact, order.contact_id) if order.contact_id else None
    return FullOrder(order, tuple(lines), contact)
