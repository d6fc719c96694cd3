"""Orders: numbered, with lines; read from a CSV or filled in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from console.domain import phone
from console.domain.authority import Asked, Verdict, grant_holds
from console.domain.authority_check import AuthorityCheck
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.device import Device
from console.domain.document import Document
from console.domain.journal import Changes
from console.domain.order import Order, OrderLine, OrderState
from console.domain.request import Kind, Request
from console.domain.sim import Sim
from console.errors import KnownError
from console.intake import columns, tables, values
from console.intake.columns import Field
from console.services import authority_checks, catalogue_items, contacts, settings
from console.texts import N_
from console.workspace import Workspace

_SERIES: Final = "O"
_HIGHEST_RATE: Final = Decimal(100)


def _pieces(cell: Any) -> values.Outcome:
    value, code = values.decimal(cell)
    if value is not None and (value < 1 or value != int(value)):
        return None, "number-value"
    return (None if value is None else int(value)), code


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
        values.price,
    ),
    Field(
        "vat_rate",
        N_("VAT"),
        ("dph", "sazba dph", "sazba", "vat", "vat rate"),
        values.vat_rate,
    ),
    Field("msisdn", N_("Number"), ("cislo", "tel cislo", "number", "msisdn"), values.text),
    Field("note", N_("Note"), ("pozn", "poznamka", "note"), values.text),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDraft:
    """An order as it is filled in; lines without ids.

    Args:
        contact_id: who orders; nobody's authority is asked for where it is None.
        request_id: the request that asks for it, or None.
        override: why it is ordered in spite of the person's authority, or empty.
    """

    client_id: int
    lines: tuple[OrderLine, ...]
    contact_id: int | None = None
    request_id: int | None = None
    ordered_on: date | None = None
    delivery_address: str = ""
    note: str = ""
    override: str = ""

    @property
    def net(self) -> Decimal:
        """What it costs, CZK without VAT."""
        return sum((line.net for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class Assessment:
    """Whether somebody may order for a sum.

    Args:
        limit: the most that one order of the person may cost, CZK without VAT, or None where
            any sum is granted.
    """

    verdict: Verdict
    limit: Decimal | None


@dataclass(frozen=True, slots=True)
class FullOrder:
    """An order with all that belongs to it.

    Args:
        documents: forms and hand-over protocols, the newest first.
        devices: that came with it; SIM cards likewise.
        override: why it was ordered in spite of the authority, or empty.
    """

    order: Order
    lines: tuple[OrderLine, ...]
    contact: Contact | None
    client: Client
    request: Request | None
    documents: tuple[Document, ...]
    devices: tuple[Device, ...]
    sims: tuple[Sim, ...]
    override: str


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


def assess(workspace: Workspace, draft: OrderDraft) -> Assessment | None:
    """Say whether the person may order this, while it is filled in; None where nobody is named."""
    person = _person(workspace, draft)
    if person is None:
        return None
    asked = _asked(workspace, draft)
    verdict = contacts.judge(workspace, person, asked)
    return Assessment(verdict, limit_of(workspace, person, asked.on))


def limit_of(workspace: Workspace, contact: Contact, on: date) -> Decimal | None:
    """Return the most that one order of a person may cost, or None where any sum is granted.

    Args:
        workspace: the open workspace.
        contact: who orders.
        on: the day of the order.

    Returns:
        CZK without VAT.
    """
    grants = [
        grant
        for grant in contacts.grants_of(workspace, contact.id)
        if (not grant.actions or Kind.DEVICE_ORDER in grant.actions) and grant_holds(grant, on)
    ]
    limits = [grant.order_limit for grant in grants if grant.order_limit is not None]
    return max(limits) if limits and len(limits) == len(grants) else None


def _person(workspace: Workspace, draft: OrderDraft) -> Contact | None:
    return workspace.store.get(Contact, draft.contact_id) if draft.contact_id else None


def _asked(workspace: Workspace, draft: OrderDraft) -> Asked:
    day = draft.ordered_on or workspace.store.today()
    return Asked(Kind.DEVICE_ORDER, {}, day, amount=draft.net)


def create_order(workspace: Workspace, draft: OrderDraft) -> Changes:
    """Store an order with the next number of the manager's own series.

    Raises:
        KnownError: ``order-empty``, ``order-line-wrong``, ``not-authorised``.
    """
    _check(draft)
    store, asked = workspace.store, _asked(workspace, draft)
    verdict = _allowed(workspace, draft, asked)
    with store.unit("create-order") as unit:
        prefix = settings.manager(workspace).prefix
        counted = store.next_in_series(f"{prefix}-{_SERIES}", asked.on.year)
        order = store.insert(
            Order(
                client_id=draft.client_id,
                number=f"{asked.on.year}-{prefix}-{_SERIES}{counted:04}",
                ordered_on=asked.on,
                **_head(draft),
            )
        )
        _put_lines(workspace, order, draft)
        _keep_check(workspace, order, draft, asked, verdict)
    return Changes(unit, frozenset(store.tables_changed), order)


def change_order(workspace: Workspace, order: Order, draft: OrderDraft) -> Changes:
    """Fill in a draft anew; a form that was issued of it gets a revision when it is issued again.

    Args:
        workspace: the open workspace.
        order: as the person saw it.
        draft: what it says now.

    Raises:
        KnownError: ``order-no-draft``, ``record-changed``, and as :func:`create_order`.
    """
    store = workspace.store
    now = store.get(Order, order.id)
    if now.state is not OrderState.DRAFT:
        raise KnownError("order-no-draft", number=order.number)
    if now.version != order.version:
        raise KnownError("record-changed")
    draft = replace(draft, client_id=order.client_id, ordered_on=order.ordered_on)
    _check(draft)
    asked = _asked(workspace, draft)
    verdict = _allowed(workspace, draft, asked)
    with store.unit("change-order", order.number) as unit:
        changed = store.update(order, **_head(draft))
        for line in store.select(OrderLine, "order_id = ?", [order.id]):
            store.delete(line)
        _put_lines(workspace, changed, draft)
        if (draft.contact_id, draft.net) != (order.contact_id, _net_of(workspace, order)):
            _keep_check(workspace, changed, draft, asked, verdict)
    return Changes(unit, frozenset(store.tables_changed), changed)


def _head(draft: OrderDraft) -> dict[str, Any]:
    return {
        "contact_id": draft.contact_id,
        "request_id": draft.request_id,
        "delivery_address": draft.delivery_address.strip(),
        "note": draft.note.strip(),
    }


def _net_of(workspace: Workspace, order: Order) -> Decimal | None:
    """Return the sum that the order's last check was about, or None."""
    found = workspace.store.select(AuthorityCheck, "order_id = ?", [order.id], "at, id")
    return found[-1].amount if found else None


def _put_lines(workspace: Workspace, order: Order, draft: OrderDraft) -> None:
    lines = catalogue_items.completed(workspace, draft.lines, order.ordered_on)
    for position, line in enumerate(lines, 1):
        fresh = replace(
            line,
            id=0,
            version=1,
            client_id=order.client_id,
            order_id=order.id,
            position=position,
            delivered=0,
        )
        workspace.store.insert(fresh)


def _allowed(workspace: Workspace, draft: OrderDraft, asked: Asked) -> Verdict:
    person = _person(workspace, draft)
    verdict = contacts.judge(workspace, person, asked)
    if person is not None and not verdict.allowed and not draft.override.strip():
        raise KnownError("not-authorised", why=verdict.why)
    return verdict


def _keep_check(
    workspace: Workspace, order: Order, draft: OrderDraft, asked: Asked, verdict: Verdict
) -> None:
    person = _person(workspace, draft)
    if person is not None:
        override = "" if verdict.allowed else draft.override.strip()
        authority_checks.keep(workspace, order, person.name, asked, verdict, override, draft.net)


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
    """Return an order with its lines and all that belongs to it."""
    store = workspace.store
    order = store.get(Order, order_id)
    of_order = ("order_id = ?", [order_id])
    checks = store.select(AuthorityCheck, *of_order, order="at, id")
    papers = store.select(
        Document,
        "client_id = ? AND (subject = ? OR subject LIKE ? || ' %')",
        [order.client_id, order.number, order.number],
        order="issued_at DESC, id DESC",
    )
    return FullOrder(
        order,
        tuple(lines_of(workspace, order_id)),
        store.recall(Contact, order.contact_id) if order.contact_id else None,
        store.get(Client, order.client_id),
        store.recall(Request, order.request_id) if order.request_id else None,
        tuple(papers),
        tuple(store.select(Device, *of_order)),
        tuple(store.select(Sim, *of_order)),
        checks[-1].override if checks else "",
    )


def lines_of(workspace: Workspace, order_id: int) -> list[OrderLine]:
    """Return the lines of an order in their order."""
    return workspace.store.select(OrderLine, "order_id = ?", [order_id], order="position")


def order_by_number(workspace: Workspace, number: str) -> Order:
    """Return an order by its number.

    Raises:
        KnownError: ``order-unknown``.
    """
    found = workspace.store.select(Order, "number = ?", [number.strip()])
    if not found:
        raise KnownError("order-unknown", number=number)
    return found[0]


def orders_of_request(workspace: Workspace, request_id: int) -> list[Order]:
    """Return the orders that a request asked for, the oldest first."""
    return workspace.store.select(Order, "request_id = ?", [request_id])
