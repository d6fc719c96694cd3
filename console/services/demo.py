"""A workspace with believable data: made by code, the same every time but for the dates.

Three clients of different size, their agreements, price lists, people and numbers, and two
years of requests in all states, told through the same services that the window uses.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from console.domain import formats
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.explanation import PRAGUE
from console.domain.line import UNLIMITED_MB, Line, LineState, Roaming
from console.domain.order import Order, OrderLine
from console.domain.request import Channel, Confirmation, EntryKind, Kind, Request, RequestState
from console.domain.sim import Sim
from console.domain.tariff import Tariff
from console.errors import KnownError
from console.services import (
    agreements,
    clients,
    confirmations,
    contacts,
    demo_devices,
    lines,
    orders,
    requests,
    settings,
)
from console.workspace import Workspace

SEED: Final = 20_261_123
_DAYS: Final = 730
_RECENT_DAYS: Final = 9
_TARIFFS: Final = (
    ("P100", "Profi 100", "99.00", 100, 50, 0),
    ("P300", "Profi 300", "189.50", 300, 150, 1536),
    ("PNEO", "Profi Neomezeně", "399.00", UNLIMITED_MB, UNLIMITED_MB, 10_240),
    ("M2M10", "M2M 10", "29.90", 0, 10, 10),
)
_FIRST: Final = (
    "Jana",
    "Petr",
    "Řehoř",
    "Šárka",
    "Čeněk",
    "Žofie",
    "Ludmila",
    "Květoslav",
    "Přemysl",
    "Eliška",
    "Ondřej",
    "Růžena",
    "Zdeněk",
    "Cecílie",
    "Bohumil",
    "Vlasta",
    "Háta",
    "Tomáš",
)
_LAST: Final = (
    "Novák",
    "Dvořák",
    "Šťastný",
    "Kříž",
    "Říčka",
    "Zemánek",
    "Pštross",
    "Vaněk",
    "Čermák",
    "Kubík",
    "Němec",
    "Žáček",
    "Fiala",
    "Procházka",
)
_FUNCTIONS: Final = ("vedoucí odboru", "účetní", "správce sítě", "tajemník", "referent")
_CENTRES: Final = (
    "Finanční odbor",
    "Sociální odbor",
    "Stavební úřad",
    "Odbor dopravy",
    "IT a provoz",
    "Městská policie",
    "Odbor životního prostředí",
)
_KINDS: Final = (
    (Kind.TARIFF_CHANGE, "Změna tarifu", 16),
    (Kind.FAULT, "Výpadek signálu", 14),
    (Kind.SIM_SWAP, "Výměna SIM", 10),
    (Kind.ROAMING_ON, "Zapnutí roamingu", 9),
    (Kind.NUMBER_ACTIVATION, "Nové číslo pro kolegu", 8),
    (Kind.COMPLAINT, "Reklamace vyúčtování", 8),
    (Kind.INFORMATION, "Dotaz na spotřebu", 8),
    (Kind.SIM_BLOCK, "Ztráta telefonu – blokace", 7),
    (Kind.SERVICE_CHANGE, "Změna datového balíčku", 7),
    (Kind.DEVICE_ORDER, "Objednávka telefonu", 6),
    (Kind.CONSULTATION, "Konzultace nabídky", 5),
    (Kind.NUMBER_DEACTIVATION, "Zrušení čísla", 4),
)
_CHANNELS: Final = (
    (Channel.PHONE, 50),
    (Channel.EMAIL, 38),
    (Channel.PORTAL, 6),
    (Channel.LETTER, 3),
    (Channel.IN_PERSON, 3),
)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a demo client is made of."""

    client: Client
    agreement: str
    lines: int
    people: int
    requests: int
    first_number: int


_PLANS: Final = (
    _Plan(
        Client(
            name="Městský úřad Lípová",
            ico="00259586",
            dic="CZ00259586",
            data_box="abc4d5e",
            seat="nám. Míru 1, 356 01 Lípová",
            customer_account="7001234",
        ),
        "o2-public-sector",
        420,
        14,
        260,
        799_000_000,
    ),
    _Plan(
        Client(
            name="Technické služby Březina, p. o.",
            ico="25596641",
            dic="CZ25596641",
            seat="Průmyslová 12, 664 01 Březina",
            customer_account="7004321",
        ),
        "municipal-tender",
        150,
        6,
        110,
        799_200_000,
    ),
    _Plan(
        Client(
            name="Základní škola Žižkova",
            ico="26168685",
            seat="Žižkova 5, 390 01 Tábor",
            customer_account="7009876",
        ),
        "parking-support",
        30,
        3,
        40,
        799_400_000,
    ),
)


def fill(workspace: Workspace) -> None:
    """Fill an empty workspace with the demo data, as one unit."""
    store = workspace.store
    real_clock, real_actor = store.clock, store.actor
    now = store.now()
    maker = _Maker(workspace, random.Random(SEED), now)  # noqa: S311  (no secret)
    try:
        with store.unit("demo"):
            maker.make()
    finally:
        store.clock = real_clock
        store.actor = real_actor or "Jana Nováková"


class _Maker:
    """Makes the data; the clock of the store follows the story."""

    def __init__(self, workspace: Workspace, chance: random.Random, now: datetime) -> None:
        self._workspace = workspace
        self._chance = chance
        self._now = now
        self._today = now.astimezone(PRAGUE).date()

    def make(self) -> None:
        """Make everything, the requests of all clients in the order of time."""
        self._at(self._now - timedelta(days=_DAYS + 30))
        settings.change_manager(
            self._workspace,
            settings.Manager(
                "Jana Nováková",
                "NV",
                "jana.novakova@operator.example",
                "+420 799 900 001",
                "Operátor, a. s.",
            ),
        )
        moments: list[tuple[datetime, Client, list[Contact], list[Line]]] = []
        for plan in _PLANS:
            client, people, numbers = self._client(plan)
            moments += [
                (self._working_moment(), client, people, numbers) for _ in range(plan.requests)
            ]
        for moment, client, people, numbers in sorted(moments, key=lambda m: m[0]):
            self._request(moment, client, people, numbers)
        self._at(self._now)
        self._fill_states()
        first = clients.client_by_ico(self._workspace, _PLANS[0].client.ico)
        self._order(first)
        demo_devices.fill(self._workspace, first)

    def _at(self, moment: datetime) -> None:
        self._workspace.store.clock = lambda: moment

    def _working_moment(self) -> datetime:
        """Return a moment of the last two years, mostly in office hours, some just now."""
        days = self._chance.choice((0, 1, 2, self._chance.randrange(_DAYS)))
        if self._chance.random() < 0.8:
            days = self._chance.randrange(_DAYS)
        day = self._today - timedelta(days=days)
        while day.weekday() > 4:
            day -= timedelta(days=1)
        at = datetime.combine(day, time(7), PRAGUE) + timedelta(
            minutes=self._chance.randrange(10 * 60)
        )
        return min(at, self._now - timedelta(minutes=5))

    def _client(self, plan: _Plan) -> tuple[Client, list[Contact], list[Line]]:
        clients.add_client(self._workspace, plan.client)
        client = clients.client_by_ico(self._workspace, plan.client.ico)
        start = self._today - timedelta(days=_DAYS + 60)
        agreements.choose_agreement(self._workspace, client.id, plan.agreement, start)
        for code, name, fee, minutes, sms, megabytes in _TARIFFS:
            self._workspace.store.insert(
                Tariff(
                    client_id=client.id,
                    code=code,
                    name=name,
                    monthly_fee=Decimal(fee),
                    list_fee=Decimal(fee) * 2,
                    included_minutes=minutes,
                    minute_price=Decimal("1.19"),
                    included_sms=sms,
                    sms_price=Decimal("0.90"),
                    included_mb=megabytes,
                    mb_price=Decimal("0.49"),
                    valid_from=date(start.year, 1, 1),
                )
            )
        people = [self._contact(client, index) for index in range(plan.people)]
        numbers = [self._line(client, plan.first_number + index) for index in range(plan.lines)]
        return client, people, numbers

    def _person(self) -> str:
        first, last = self._chance.choice(_FIRST), self._chance.choice(_LAST)
        if not first.endswith(("a", "e")):
            return f"{first} {last}"
        if last.endswith("ý"):
            return f"{first} {last[:-1]}á"
        stem = last[:-1] if last.endswith("a") else last
        stem = f"{stem[:-2]}{stem[-1]}" if stem.endswith(("ek", "ěk")) else stem
        return f"{first} {stem}ová"

    def _contact(self, client: Client, index: int) -> Contact:
        title = self._chance.choice(("", "", "Ing. ", "Mgr. "))
        until = self._today + timedelta(days=self._chance.choice((-90, 40, 200, 400)))
        return self._workspace.store.insert(
            Contact(
                client_id=client.id,
                name=title + self._person(),
                function=self._chance.choice(_FUNCTIONS),
                department=self._chance.choice(_CENTRES),
                landline=f"+420352{client.ico[-3:]}{index:03}",
                mobile=f"+420799{client.ico[-3:]}{index:03}",
                email=f"kontakt{index}@{client.ico}.example",
                authorised=index % 4 != 3,
                may_order=index % 3 == 0,
                valid_until=until if index % 3 == 1 else None,
            )
        )

    def _line(self, client: Client, number: int) -> Line:
        activated = self._today - timedelta(days=self._chance.randrange(30, 2500))
        state = self._chance.choices(list(LineState), (90, 4, 2, 4))[0]
        tariff = self._chance.choices([row[1] for row in _TARIFFS], (22, 40, 20, 18))[0]
        store = self._workspace.store
        line = store.insert(
            Line(
                client_id=client.id,
                msisdn=f"+420{number}",
                holder=self._person() if not tariff.startswith("M2M") else "Vodoměr",
                cost_centre=self._chance.choice(_CENTRES),
                tariff=tariff,
                data_mb=self._chance.choice((None, 1536, 10_240, UNLIMITED_MB)),
                roaming=self._chance.choice((Roaming.OFF, Roaming.EU, Roaming.ON)),
                state=state,
                activated_on=activated,
                commitment_until=activated + timedelta(days=730),
            )
        )
        iccid = f"894201000{number}"
        sim = store.insert(
            Sim(
                client_id=client.id,
                line_id=line.id,
                iccid=iccid + _check_digit(iccid),
                puk=f"{self._chance.randrange(10**8):08}",
                valid_from=activated,
            )
        )
        return store.update(line, sim_id=sim.id)

    def _request(
        self, moment: datetime, client: Client, people: list[Contact], numbers: list[Line]
    ) -> None:
        kinds = self._chance.choices(_KINDS, [weight for *_, weight in _KINDS])[0]
        channel = self._chance.choices(
            [c for c, _ in _CHANNELS], [weight for _, weight in _CHANNELS]
        )[0]
        count = self._chance.choices((1, 1, 3, 12), (60, 20, 14, 6))[0]
        chosen = self._chance.sample(numbers, min(count, len(numbers)))
        self._at(moment)
        draft = requests.Draft(
            client_id=client.id,
            kind=kinds[0],
            channel=channel,
            subject=kinds[1],
            contact_id=self._chance.choice(people).id,
            numbers=tuple(line.msisdn for line in chosen) if _about_numbers(kinds[0]) else (),
            **self._facts(kinds[0], moment),
        )
        try:
            request = requests.log_request(self._workspace, draft).result
        except KnownError:
            written = replace(draft, override_authority=True, reason="Potvrzeno písemně")
            request = requests.log_request(self._workspace, written).result
        if isinstance(request, Request):
            self._work_off(request, chosen)

    def _facts(self, kind: Kind, moment: datetime) -> dict[str, Any]:
        """Return what a fault or a complaint of a bill is known by."""
        if kind is Kind.FAULT:
            return {"place": f"{self._chance.choice(_CENTRES)}, {self._chance.randrange(1, 4)}. NP"}
        if kind is Kind.COMPLAINT:
            bill = moment.astimezone(PRAGUE).date().replace(day=1) - timedelta(days=1)
            return {
                "invoice": f"{bill:%Y%m}{self._chance.randrange(10**4):04}",
                "period": formats.month(bill),
                "amount": Decimal(self._chance.randrange(200, 6000)),
            }
        return {}

    def _work_off(self, request: Request, chosen: Sequence[Line]) -> None:
        """Take the request through its steps; most end in time, some late, some stay open."""
        due = request.due_at or request.received_at + timedelta(days=2)
        share = self._chance.choices((0.2, 0.6, 0.9, 1.3), (40, 35, 15, 10))[0]
        is_recent = request.received_at > self._now - timedelta(days=_RECENT_DAYS)
        stays_open = is_recent and self._chance.random() < 0.5
        end = request.received_at + (due - request.received_at) * share
        step = request
        for target, at in self._steps(request, end):
            if at > self._now or (stays_open and not target.is_open):
                return
            self._at(at)
            changed = requests.take_step(self._workspace, step, target).result
            step = changed if isinstance(changed, Request) else step
            if target is RequestState.IN_PROGRESS and self._chance.random() < 0.3:
                noted = requests.add_entry(
                    self._workspace, step, EntryKind.NOTICE, "Klient informován o postupu."
                ).result
                step = noted if isinstance(noted, Request) else step
        if step.state is RequestState.RESOLVED:
            self._carry_out(step, chosen)
            if not is_recent:
                self._confirm(step)

    def _confirm(self, request: Request) -> None:
        """Let an authorised person confirm an emergency block, as it was later done."""
        if request.confirmation is Confirmation.WANTED:
            people = contacts.contacts_of(self._workspace, request.client_id)
            boss = next(p for p in people if p.authorised and p.valid_until is None)
            confirmations.confirm(self._workspace, request, boss, "Datovou zprávou.")

    def _steps(self, request: Request, end: datetime) -> list[tuple[RequestState, datetime]]:
        span = end - request.received_at
        begin = request.received_at + span * 0.1
        middle = request.received_at + span * 0.4
        last = self._chance.choices(
            (RequestState.RESOLVED, RequestState.CANCELLED, RequestState.REFUSED), (94, 4, 2)
        )[0]
        waiting = self._chance.choices(
            (None, RequestState.WAITING_OPERATOR, RequestState.WAITING_CLIENT), (60, 28, 12)
        )[0]
        steps = [(RequestState.IN_PROGRESS, begin)]
        if waiting:
            steps += [
                (waiting, middle),
                (RequestState.IN_PROGRESS, middle + span * 0.3),
            ]
        return [*steps, (last, end)]

    def _fill_states(self) -> None:
        """Let at least one request be in every open state, whatever chance has brought."""
        store = self._workspace.store
        for state in (
            RequestState.IN_PROGRESS,
            RequestState.WAITING_OPERATOR,
            RequestState.WAITING_CLIENT,
        ):
            if not store.select(Request, "state = ?", [state]):
                newest = store.select(Request, "state = 'new'", order="received_at DESC LIMIT 1")
                for request in newest:
                    requests.take_step(self._workspace, request, state)

    def _carry_out(self, request: Request, chosen: Sequence[Line]) -> None:
        """Change the register as the request asked, now and then."""
        if request.kind is Kind.TARIFF_CHANGE and request.resolved_at:
            day = request.resolved_at.astimezone(PRAGUE).date()
            tariff = self._chance.choice(_TARIFFS[:3])[1]
            for line in chosen:
                current = lines.line(self._workspace, line.id)
                lines.change_line(self._workspace, current, day, request.id, tariff=tariff)

    def _order(self, client: Client) -> Order:
        person = next(p for p in contacts.contacts_of(self._workspace, client.id) if p.may_order)
        pieces = (
            ("Telefon Galaxy A56", 4, "6190.00"),
            ("Modem LTE", 1, "1890.00"),
            ("SIM karta", 10, "0.00"),
        )
        draft = orders.OrderDraft(
            client_id=client.id,
            contact_id=person.id,
            lines=tuple(
                OrderLine(
                    client_id=client.id,
                    order_id=0,
                    position=index,
                    item=item,
                    quantity=quantity,
                    unit_price=Decimal(price),
                )
                for index, (item, quantity, price) in enumerate(pieces, 1)
            ),
            note="Dodat na podatelnu, k rukám tajemníka.",
        )
        order = orders.create_order(self._workspace, draft).result
        if not isinstance(order, Order):
            raise TypeError("an order was expected")
        return order


def _about_numbers(kind: Kind) -> bool:
    return kind in requests.NEEDS_NUMBER or kind in (Kind.FAULT, Kind.SERVICE_CHANGE)


def _check_digit(digits: str) -> str:
    from stdnum import luhn

    return str(luhn.calc_check_digit(digits))
