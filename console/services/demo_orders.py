"""Orders and bills of the demo data: a price list, orders in all states, three months of usage."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from console.domain.catalogue_item import CatalogueItem, ItemKind
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.legal_time import add_months
from console.domain.line import UNLIMITED_MB, Line, LineState
from console.domain.order import Order, OrderLine, OrderState
from console.domain.tariff import Tariff
from console.domain.usage import Usage
from console.services import catalogue_items, contacts, deliveries, order_steps, orders, portal
from console.services.deliveries import Delivered
from console.services.demo_devices import imei
from console.services.orders import OrderDraft
from console.storage import rows
from console.workspace import Workspace

_SEED: Final = 5
_MONTHS: Final = 3
_FIRST_IMEI: Final = 35_777_100_000_000
_FIRST_CARD: Final = 894_201_000_900_000_000
_ITEMS: Final = (
    ("A56-128", "Galaxy A56 128 GB", ItemKind.DEVICE, "6190.00", 24),
    ("S25-256", "Galaxy S25 256 GB", ItemKind.DEVICE, "18990.00", 24),
    ("IP16E", "iPhone 16e 128 GB", ItemKind.DEVICE, "13490.00", 24),
    ("N235", "Nokia 235 4G", ItemKind.DEVICE, "1590.00", 24),
    ("MR600", "Modem Archer MR600", ItemKind.DEVICE, "3290.00", 24),
    ("TABA9", "Tablet Galaxy Tab A9+", ItemKind.DEVICE, "5490.00", 24),
    ("OBAL-A56", "Pouzdro na Galaxy A56", ItemKind.ACCESSORY, "199.00", 24),
    ("NAB25", "Nabíječka USB-C 25 W", ItemKind.ACCESSORY, "349.00", 24),
    ("SIM-PL", "SIM karta plastová", ItemKind.SIM, "0.00", 0),
    ("SIM-E", "eSIM profil", ItemKind.SIM, "0.00", 0),
    ("NAST", "Nastavení telefonu technikem", ItemKind.SERVICE, "250.00", 0),
)
_OLD: Final = ("A54-128", "Galaxy A54 128 GB", ItemKind.DEVICE, "5790.00", 24)
_REACHED: Final = (
    (1, OrderState.DRAFT, (("A56-128", 4), ("MR600", 1), ("SIM-PL", 10))),
    (4, OrderState.SENT, (("N235", 6), ("SIM-PL", 6))),
    (8, OrderState.CONFIRMED, (("TABA9", 2), ("SIM-E", 2))),
    (20, OrderState.PART_DELIVERED, (("A56-128", 3), ("OBAL-A56", 3))),
    (35, OrderState.DELIVERED, (("IP16E", 1), ("NAB25", 1))),
    (60, OrderState.HANDED_OVER, (("S25-256", 2), ("SIM-PL", 2), ("NAST", 2))),
    (90, OrderState.CANCELLED, (("MR600", 5),)),
)
"""How many days ago an order was made, how far it has come, and its lines."""


def fill(workspace: Workspace, client: Client, now: datetime) -> None:
    """Give the workspace a price list, and a client its orders and bills.

    Args:
        workspace: the open workspace, inside a unit; its clock is left at ``now``.
        client: whose.
        now: when the story ends, aware.
    """
    portal.change_portal(
        workspace, portal.Portal("https://portal.operator.example/b2b", "jana.novakova"), None
    )
    for code, name, kind, price, months in (*_ITEMS, _OLD):
        last = workspace.store.today() - timedelta(days=200) if code == _OLD[0] else None
        item = CatalogueItem(
            code=code,
            name=name,
            kind=kind,
            price=Decimal(price),
            warranty_months=months,
            valid_from=date(now.year - 1, 1, 1),
            valid_until=last,
        )
        catalogue_items.add_item(workspace, item)
    maker = _OrderMaker(workspace, client, now)
    for days, state, pieces in reversed(_REACHED):
        maker.make(days, state, pieces)
    workspace.store.clock = lambda: now
    _bill(workspace, client)


class _OrderMaker:
    """Brings orders as far as they are to come."""

    def __init__(self, workspace: Workspace, client: Client, now: datetime) -> None:
        self._workspace = workspace
        self._client = client
        self._now = now
        self._serial = 0
        people = contacts.contacts_of(workspace, client.id)
        self._person: Contact = next(p for p in people if p.may_order)
        store = workspace.store
        self._items = {item.code: item for item in store.select(CatalogueItem)}
        free = store.select(
            Line, "client_id = ? AND state = 'active'", [client.id], order="msisdn LIMIT 40"
        )
        self._numbers = [line.msisdn for line in free]

    def make(self, days: int, state: OrderState, pieces: Sequence[tuple[str, int]]) -> None:
        """Make an order and take it to a state."""
        self._at(days, 0)
        draft = OrderDraft(
            client_id=self._client.id,
            contact_id=self._person.id,
            lines=tuple(self._line(code, count) for code, count in pieces),
            note="Dodat na podatelnu, k rukám tajemníka.",
        )
        order: Any = orders.create_order(self._workspace, draft).result
        if state is not OrderState.DRAFT:
            self._go_on(order, days, state)

    def _at(self, days: int, hours: int) -> None:
        moment = self._now - timedelta(days=days) + timedelta(hours=hours)
        self._workspace.store.clock = lambda: min(moment, self._now)

    def _line(self, code: str, count: int) -> OrderLine:
        item = self._items[code]
        return OrderLine(
            client_id=self._client.id,
            order_id=0,
            position=0,
            item=item.name,
            code=item.code,
            kind=item.kind,
            quantity=count,
            unit_price=item.price,
            warranty_months=item.warranty_months,
            msisdn=self._numbers.pop() if count == 1 and item.kind is ItemKind.DEVICE else "",
        )

    def _go_on(self, order: Order, days: int, state: OrderState) -> None:
        if state is OrderState.CANCELLED:
            why = "Klient si modemy koupil jinde."
            self._step(order, OrderState.CANCELLED, cancelled_because=why)
            return
        self._at(days, 2)
        store = self._workspace.store
        reference = f"B2B-{78_000 + days * 13}"
        order = self._step(order, OrderState.SENT, portal_reference=reference, sent_at=store.now())
        if state is OrderState.SENT:
            return
        self._at(days - 1, 0)
        order = self._step(order, OrderState.CONFIRMED)
        if state is OrderState.CONFIRMED:
            return
        self._at(days - 5, 0)
        lines = orders.lines_of(self._workspace, order.id)
        came = lines[:1] if state is OrderState.PART_DELIVERED else lines
        arrived = [self._delivered(line) for line in came]
        done: Any = deliveries.deliver(self._workspace, order, arrived, store.today()).result
        if state is OrderState.HANDED_OVER:
            self._at(days - 7, 0)
            order_steps.hand_over(
                self._workspace, done, self._person.name, store.today(), "podatelna"
            )

    def _step(self, order: Order, state: OrderState, **facts: Any) -> Order:
        done: Any = order_steps.take_step(self._workspace, order, state, **facts).result
        stepped: Order = done
        return stepped

    def _delivered(self, line: OrderLine) -> Delivered:
        if line.kind not in (ItemKind.DEVICE, ItemKind.SIM):
            return Delivered(line.id, line.quantity)
        serials = tuple(self._serial_of(line.kind) for _piece in range(line.quantity))
        return Delivered(line.id, line.quantity, serials)

    def _serial_of(self, kind: ItemKind) -> str:
        from stdnum import luhn

        self._serial += 1
        if kind is ItemKind.DEVICE:
            return imei(_FIRST_IMEI + self._serial * 7919)
        digits = str(_FIRST_CARD + self._serial)
        return digits + str(luhn.calc_check_digit(digits))


def _bill(workspace: Workspace, client: Client) -> None:
    """Bill the last months; some things do not add up, as in life."""
    store, chance = workspace.store, random.Random(_SEED)  # noqa: S311  (no secret)
    fees = {t.name: t.monthly_fee for t in store.select(Tariff, "client_id = ?", [client.id])}
    lines = store.select(Line, "client_id = ?", [client.id], order="msisdn")
    first = store.today().replace(day=1)
    found: list[Usage] = []
    for back in range(_MONTHS, 0, -1):
        month = add_months(first, -back)
        number = f"{month:%Y%m}0417"
        billed = [line for place, line in enumerate(lines) if _is_billed(line, place, month)]
        found += [_usage(chance, line, month, number, fees) for line in billed]
        found += [
            Usage(
                client_id=client.id,
                msisdn=f"+42079999{back}0{unknown}",
                month=month,
                charged=Decimal(199),
                invoice=number,
            )
            for unknown in range(10, 12)
        ]
    names = rows.columns(Usage)
    values = [rows.encode(one) for one in found]
    ids = store.new_ids(len(found))
    store.insert_many(
        Usage, names, [(new, *value[1:]) for new, value in zip(ids, values, strict=True)]
    )


def _is_billed(line: Line, place: int, month: date) -> bool:
    """Leave a few active numbers out, and bill a few that are cancelled."""
    if line.state is LineState.CANCELLED:
        return place % 5 == 0
    is_there = line.activated_on is None or line.activated_on < add_months(month, 1)
    return is_there and place % 97 != 3


def _usage(
    chance: random.Random, line: Line, month: date, invoice: str, fees: dict[str, Decimal]
) -> Usage:
    is_machine = line.tariff.startswith("M2M")
    is_flat = line.tariff.endswith("Neomezeně")
    calls = (200, 1_500, 700) if is_flat else (0, 420, 60)
    minutes = 0 if is_machine else int(chance.triangular(*calls))
    sms = chance.randrange(8) if is_machine else int(chance.triangular(0, 160, 25))
    most = 10 if is_machine else line.data_mb or 0
    data = int(chance.triangular(0, 20_000 if most == UNLIMITED_MB else most, 0))
    roaming = Decimal("129.50") if chance.random() < 0.06 else Decimal(0)
    other = Decimal(chance.randrange(0, 4000)) / 100
    return Usage(
        client_id=line.client_id,
        line_id=line.id,
        msisdn=line.msisdn,
        month=month,
        call_minutes=Decimal(minutes),
        sms=sms,
        used_mb=Decimal(data),
        roaming_charge=roaming,
        other_charge=other,
        charged=fees.get(line.tariff, Decimal(0)) + roaming + other,
        invoice=invoice,
        source=f"vyuctovani-{month:%Y-%m}.csv",
    )
