"""A workspace with believable data: made by code, the same every time but for the dates.

Three clients of different size, their agreements, price lists, people and numbers, and two
years of requests in all states, told through the same services that the window uses.
"""

import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.line import UNLIMITED_MB, Line, LineState, Roaming
from console.domain.local_time import PRAGUE
from console.domain.sim import Sim
from console.domain.tariff import Tariff
from console.services import agreements, clients, demo_devices, demo_orders, settings
from console.services.demo_requests import RequestMaker
from console.services.demo_words import CENTRES, FUNCTIONS, PLANS, TARIFFS, Plan, person
from console.workspace import Workspace

SEED: Final = 20_261_123
_DAYS: Final = 730


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
        for plan in PLANS:
            client, people, numbers = self._client(plan)
            moments += [
                (self._working_moment(), client, people, numbers) for _ in range(plan.requests)
            ]
        told = RequestMaker(self._workspace, self._chance, self._now, self._at)
        for moment, client, people, numbers in sorted(moments, key=lambda m: m[0]):
            told.make(moment, client, people, numbers)
        self._at(self._now)
        told.fill_states()
        first = clients.client_by_ico(self._workspace, PLANS[0].client.ico)
        demo_devices.fill(self._workspace, first)
        demo_orders.fill(self._workspace, first, self._now)

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

    def _client(self, plan: Plan) -> tuple[Client, list[Contact], list[Line]]:
        clients.add_client(self._workspace, plan.client)
        client = clients.client_by_ico(self._workspace, plan.client.ico)
        start = self._today - timedelta(days=_DAYS + 60)
        agreements.choose_agreement(self._workspace, client.id, plan.agreement, start)
        for code, name, fee, minutes, sms, megabytes in TARIFFS:
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

    def _contact(self, client: Client, index: int) -> Contact:
        title = self._chance.choice(("", "", "Ing. ", "Mgr. "))
        until = self._today + timedelta(days=self._chance.choice((-90, 40, 200, 400)))
        return self._workspace.store.insert(
            Contact(
                client_id=client.id,
                name=title + person(self._chance),
                function=self._chance.choice(FUNCTIONS),
                department=self._chance.choice(CENTRES),
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
        tariff = self._chance.choices([row[1] for row in TARIFFS], (22, 40, 20, 18))[0]
        store = self._workspace.store
        line = store.insert(
            Line(
                client_id=client.id,
                msisdn=f"+420{number}",
                holder=person(self._chance) if not tariff.startswith("M2M") else "Vodoměr",
                cost_centre=self._chance.choice(CENTRES),
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


def _check_digit(digits: str) -> str:
    from stdnum import luhn

    return str(luhn.calc_check_digit(digits))
