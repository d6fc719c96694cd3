"""Requests of the demo data: two years of them, told through the services of the window."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from console.domain import formats
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.line import Line
from console.domain.local_time import PRAGUE
from console.domain.request import Confirmation, EntryKind, Kind, Request, RequestState
from console.errors import KnownError
from console.services import confirmations, contacts, lines, requests
from console.services.demo_words import CENTRES, CHANNELS, KINDS, TARIFFS
from console.workspace import Workspace

_RECENT_DAYS: Final = 9


class RequestMaker:
    """Tells requests one after another.

    Args:
        workspace: the open workspace.
        chance: decides what happens.
        now: when the story ends.
        at: sets the clock of the store.
    """

    def __init__(
        self,
        workspace: Workspace,
        chance: random.Random,
        now: datetime,
        at: Callable[[datetime], None],
    ) -> None:
        self._workspace = workspace
        self._chance = chance
        self._now = now
        self._at = at

    def make(
        self, moment: datetime, client: Client, people: list[Contact], numbers: list[Line]
    ) -> None:
        """Log a request and work it off."""
        kinds = self._chance.choices(KINDS, [weight for *_, weight in KINDS])[0]
        channel = self._chance.choices(
            [c for c, _ in CHANNELS], [weight for _, weight in CHANNELS]
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
            return {"place": f"{self._chance.choice(CENTRES)}, {self._chance.randrange(1, 4)}. NP"}
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

    def fill_states(self) -> None:
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
            tariff = self._chance.choice(TARIFFS[:3])[1]
            for line in chosen:
                current = lines.line(self._workspace, line.id)
                lines.change_line(self._workspace, current, day, request.id, tariff=tariff)


def _about_numbers(kind: Kind) -> bool:
    return kind in requests.NEEDS_NUMBER or kind in (Kind.FAULT, Kind.SERVICE_CHANGE)
