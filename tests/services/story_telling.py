"""What the tests of requests over time share: a clock that the test moves, short calls."""

from datetime import UTC, date, datetime
from typing import Any

from console.domain.client import Client
from console.domain.local_time import PRAGUE
from console.domain.request import Channel, Kind, Request, RequestDeadline, RequestState
from console.services import agreements, requests
from console.workspace import Workspace

NUMBERS = tuple(f"+4207770000{number:02}" for number in range(40))


def at(month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """Return a moment of 2026 in Prague."""
    return datetime(2026, month, day, hour, minute, second, tzinfo=PRAGUE)


def end_of(month: int, day: int) -> datetime:
    """Return the last moment of a day of 2026 in Prague."""
    return at(month, day, 23, 59, 59)


class Teller:
    """Tells what happens to a client's requests, each thing at its own time."""

    def __init__(self, workspace: Workspace, client: Client, agreement: str) -> None:
        self.workspace = workspace
        self.client = client
        self.now = at(1, 1)
        workspace.store.clock = lambda: self.now
        if agreement:
            agreements.choose_agreement(workspace, client.id, agreement, date(2026, 1, 1))

    def log(
        self,
        received: datetime,
        kind: Kind = Kind.FAULT,
        channel: Channel = Channel.PHONE,
        count: int = 1,
        **more: Any,
    ) -> Request:
        """Log a request at the time at which it comes."""
        self.now = received
        draft = requests.Draft(
            client_id=self.client.id,
            kind=kind,
            channel=channel,
            numbers=NUMBERS[:count],
            override_authority=True,
            reason="confirmed in writing",
            **more,
        )
        logged: Any = requests.log_request(self.workspace, draft).result
        return self.fresh(logged)

    def step(self, when: datetime, request: Request, target: RequestState, **more: Any) -> Request:
        """Bring a request into another state."""
        self.now = when
        requests.take_step(self.workspace, self.fresh(request), target, **more)
        return self.fresh(request)

    def resolve(self, when: datetime, request: Request, **more: Any) -> Request:
        """Resolve a request."""
        return self.step(when, request, RequestState.RESOLVED, **more)

    def fresh(self, request: Request) -> Request:
        """Return a request as it is stored now."""
        return self.workspace.store.get(Request, request.id)

    def stored(self, request: Request) -> dict[str, datetime]:
        """Return the stored deadlines by nature."""
        found = self.workspace.store.select(RequestDeadline, "request_id = ?", [request.id])
        return {deadline.nature: deadline.due_at.astimezone(UTC) for deadline in found}

    def shown(self, request: Request) -> dict[str, datetime]:
        """Return the deadlines by nature as the dossier shows them."""
        found = requests.dossier(self.workspace, request.id).deadlines.all
        return {deadline.nature.value: deadline.due.astimezone(UTC) for deadline in found}
