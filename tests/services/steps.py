"""What many tests of the services do first: agree, log, add a number, catch an error."""

from datetime import date, datetime
from typing import Any

import pytest

from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.line import Line
from console.domain.local_time import PRAGUE
from console.domain.request import Kind, Request
from console.errors import KnownError
from console.services import agreements, clients, contacts, lines, requests
from console.services.requests import Draft
from console.workspace import Workspace

LONG_AGO = date(2020, 1, 1)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, at: str) -> None:
        self.set(at)

    def set(self, at: str) -> None:
        """Set it to a local time in Prague."""
        self.now = prague(at)

    def __call__(self) -> datetime:
        return self.now


def prague(text: str) -> datetime:
    """Return a local time in Prague, aware."""
    return datetime.fromisoformat(text).replace(tzinfo=PRAGUE)


def local(moment: datetime | None) -> str:
    """Return a moment as the clock on the wall in Prague shows it."""
    return moment.astimezone(PRAGUE).isoformat()[:16] if moment else ""


def agree(opened: Workspace, client: Client, key: str, since: date = LONG_AGO) -> None:
    """Give the client a shipped agreement."""
    agreements.choose_agreement(opened, client.id, key, since)


def log(opened: Workspace, client: Client, **draft: Any) -> Request:
    """Log a request; a fault at the town hall by phone where nothing else is said."""
    full = {"kind": Kind.FAULT, "place": "radnice", **draft}
    logged = requests.log_request(opened, Draft(client_id=client.id, **full)).result
    assert isinstance(logged, Request)
    return logged


def complain(opened: Workspace, client: Client, **draft: Any) -> Request:
    """Log a complaint of somebody who is no contact, confirmed in writing."""
    confirmed = {"override_authority": True, "reason": "potvrzeno dopisem"}
    return log(opened, client, kind=Kind.COMPLAINT, **confirmed, **draft)


def step(opened: Workspace, request: Request, target: Any, **more: Any) -> Request:
    """Take a request through one step."""
    stepped = requests.take_step(opened, request, target, **more).result
    assert isinstance(stepped, Request)
    return stepped


def add_line(opened: Workspace, client: Client, msisdn: str, **more: Any) -> Line:
    """Put a number into the register."""
    added = lines.add_line(opened, Line(client_id=client.id, msisdn=msisdn, **more)).result
    assert isinstance(added, Line)
    return added


def add_contact(opened: Workspace, client: Client, name: str, **more: Any) -> Contact:
    """Give the client a contact."""
    added = contacts.add_contact(opened, Contact(client_id=client.id, name=name, **more)).result
    assert isinstance(added, Contact)
    return added


def another_client(opened: Workspace) -> Client:
    """Add a second client."""
    added = clients.add_client(opened, Client(name="Základní škola Žižkova", ico="26168685"))
    assert isinstance(added.result, Client)
    return added.result


def refused(code: str) -> Any:
    """Expect a known error with a code and a sentence."""
    return pytest.raises(KnownError, check=lambda error: error.code == code and bool(str(error)))


def numbers(count: int, first: int = 799_000_000) -> tuple[str, ...]:
    """Return so many different numbers."""
    return tuple(f"+420{first + n}" for n in range(count))
