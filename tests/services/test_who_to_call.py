"""Who to call about a client, by the agreement in force at that moment and its closures."""

from datetime import date

from console.domain.agreement import Role
from console.domain.client import Client
from console.services import agreements
from console.workspace import Workspace
from tests.services.story_telling import Teller, at


def test_agreement_of_that_moment_and_closures_count(opened: Workspace, client: Client) -> None:
    teller = Teller(opened, client, "municipal-tender")
    agreements.choose_agreement(opened, client.id, "order-care", date(2026, 6, 1))
    agreements.add_closure(opened, client.id, date(2026, 3, 3))
    teller.now = at(3, 2, 9)
    now = agreements.who_to_call(opened, client.id)
    assert now is not None
    assert [person.role for person in now.specialists] == [Role.CARE, Role.BACK_OFFICE]
    closed = agreements.who_to_call(opened, client.id, at(3, 3, 9))
    assert closed is not None
    assert closed.specialists == ()
    assert closed.people[0].opens_at == at(3, 4, 8)
    later = agreements.who_to_call(opened, client.id, at(6, 2, 3))
    assert later is not None
    assert (later.specialists, len(later.contact_points)) == ((), 4)


def test_crisis_calls_beyond_hours(opened: Workspace, client: Client) -> None:
    Teller(opened, client, "municipal-tender")
    night = agreements.who_to_call(opened, client.id, at(3, 7, 3), is_crisis=True)
    assert night is not None
    assert night.specialists[0].role is Role.URGENT


def test_client_without_an_agreement_has_nobody_to_call(opened: Workspace, client: Client) -> None:
    assert agreements.who_to_call(opened, client.id) is None
