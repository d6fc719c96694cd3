"""Agreements of clients: a shipped one, amendments from a day on, who is on duty now."""

from dataclasses import replace
from datetime import date

import pytest

from console.domain.agreement_version import AgreementVersion, Closure
from console.domain.client import Client
from console.domain.request import Channel
from console.services import agreements, history, shipped
from console.workspace import Workspace
from tests.services.steps import Clock, agree, local, log, prague, refused


@pytest.mark.parametrize("key", shipped.shipped_keys())
def test_chosen_agreement_comes_back_as_it_ships(
    opened: Workspace, client: Client, clock: Clock, key: str
) -> None:
    agree(opened, client, key)
    version = agreements.version_in_force(opened, client.id, clock.now)
    assert agreements.terms_of(version) == shipped.shipped(key)


def test_unknown_agreement_is_refused(opened: Workspace, client: Client) -> None:
    for key in ("nothing", "", "../locale/cs"):
        with refused("agreement-unknown"):
            agree(opened, client, key)


def test_version_holds_from_its_day_in_prague(opened: Workspace, client: Client) -> None:
    agree(opened, client, "o2-public-sector", date(2026, 7, 1))
    agree(opened, client, "municipal-tender", date(2026, 8, 1))
    found = [
        agreements.version_in_force(opened, client.id, prague(at))
        for at in ("2026-06-30T23:59", "2026-07-01T00:00", "2026-07-31T23:59", "2026-08-01T00:00")
    ]
    keys = [version.key if version else None for version in found]
    assert keys == [None, "o2-public-sector", "o2-public-sector", "municipal-tender"]


def test_later_of_two_versions_of_a_day_holds(opened: Workspace, client: Client) -> None:
    for key in ("municipal-tender", "o2-public-sector"):
        agree(opened, client, key, date(2026, 7, 1))
    version = agreements.version_in_force(opened, client.id, prague("2026-07-01T12:00"))
    assert version is not None
    assert version.key == "o2-public-sector"
    assert agreements.versions(opened, client.id)[0] == version


def test_amendment_acts_forward_only(opened: Workspace, client: Client, clock: Clock) -> None:
    agree(opened, client, "o2-public-sector")
    terms = shipped.shipped("o2-public-sector")
    clauses = tuple(
        replace(clause, amount=12) if clause.id == "single-24h" else clause
        for clause in terms.clauses
    )
    agreements.amend_agreement(
        opened, client.id, replace(terms, clauses=clauses), date(2026, 11, 4)
    )
    before = log(opened, client, received_at=prague("2026-11-03T20:00"))
    after = log(opened, client)
    assert [local(r.due_at) for r in (before, after)] == ["2026-11-04T20:00", "2026-11-04T22:00"]


def test_undone_choice_is_no_agreement(opened: Workspace, client: Client, clock: Clock) -> None:
    agree(opened, client, "o2-public-sector")
    history.undo_last(opened)
    assert agreements.version_in_force(opened, client.id, clock.now) is None
    assert agreements.in_force(opened, client.id) is None
    assert agreements.terms_of(None) is None


def test_closure_of_the_office_is_no_working_day(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    agree(opened, client, "o2-public-sector")
    with opened.store.unit("close"):
        opened.store.insert(Closure(client_id=client.id, day=date(2026, 11, 9), reason="stěhování"))
    request = log(opened, client, channel=Channel.LETTER)
    assert local(request.due_at)[:10] == "2026-11-12"


def test_who_is_on_duty_follows_the_office_hours(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    agree(opened, client, "municipal-tender")
    seen = []
    for at in ("2026-11-04T16:59", "2026-11-04T17:00", "2026-11-07T10:00"):
        clock.set(at)
        duty = agreements.who_to_call(opened, client.id)
        assert duty is not None
        seen.append([person.name for person in duty.specialists])
    assert seen == [["Jana Pečlivá", "Karel Zázemí"], [], []]


def test_version_names_its_client(opened: Workspace, client: Client) -> None:
    agree(opened, client, "order-care")
    (version,) = opened.store.select(AgreementVersion)
    assert (version.client_id, version.valid_from) == (client.id, date(2020, 1, 1))
