"""The demo data: believable, complete, and the same every time."""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from stdnum import luhn
from stdnum.cz import dic

from console import texts, workspace
from console.domain.agreement_version import AgreementVersion
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.line import Line, LineChange, LineState
from console.domain.order import Order
from console.domain.request import Channel, Request, RequestState
from console.domain.sim import Sim
from console.domain.tariff import Tariff
from console.services import demo, history, overview, settings, verify
from console.storage.rows import TABLES
from console.workspace import Workspace
from tests.services.steps import prague

NOW = prague("2026-11-25T14:30")


def fill(template: Path, key: bytes, folder: Path) -> Workspace:
    """Fill a copy of the empty workspace; the clock stands."""
    texts.use_language("en")
    shutil.copytree(template, folder)
    opened = workspace.open_workspace(folder, key, "Jana Nováková", lambda: NOW)
    demo.fill(opened)
    return opened


@pytest.fixture(scope="module")
def filled(
    _template: Path, data_key: bytes, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    """The demo data, made once; tests only read them."""
    opened = fill(_template, data_key, tmp_path_factory.mktemp("demo") / "workspace")
    yield opened
    opened.close()


@pytest.fixture
def again(_template: Path, data_key: bytes, tmp_path: Path) -> Iterator[Workspace]:
    """The demo data, made a second time at the same moment."""
    opened = fill(_template, data_key, tmp_path / "again")
    yield opened
    opened.close()


def test_three_clients_with_six_hundred_numbers(filled: Workspace) -> None:
    clients = filled.store.select(Client)
    assert len(clients) == len({c.ico for c in clients}) == 3
    assert all(dic.is_valid(client.ico) for client in clients)
    lines = filled.store.select(Line)
    assert len(lines) == len({line.msisdn for line in lines}) == 600
    assert {line.state for line in lines} == set(LineState)


def test_every_client_has_its_agreement_prices_and_people(filled: Workspace) -> None:
    for client in filled.store.select(Client):
        for noun in (AgreementVersion, Tariff, Contact):
            assert filled.store.select(noun, "client_id = ?", [client.id])
    assert len({a.key for a in filled.store.select(AgreementVersion)}) == 3


def test_women_have_the_surnames_of_women(filled: Workspace) -> None:
    people = [contact.name.split()[-2:] for contact in filled.store.select(Contact)]
    women = [last for first, last in people if first.endswith(("a", "e"))]
    men = [last for first, last in people if not first.endswith(("a", "e"))]
    assert women
    assert men
    assert all(last.endswith("á") for last in women)
    assert not any(last.endswith("á") for last in men)


def test_cards_have_a_check_digit_that_fits(filled: Workspace) -> None:
    cards = filled.store.select(Sim)
    assert len({card.iccid for card in cards}) == len(cards) == 600 + 2, "two came by an order"
    assert all(luhn.is_valid(card.iccid) for card in cards)


def test_requests_fill_two_years_in_every_state(filled: Workspace) -> None:
    requests = filled.store.select(Request, order="received_at")
    assert len(requests) > 400
    assert {r.state for r in requests} == set(RequestState)
    assert {r.channel for r in requests} >= set(Channel) - {Channel.FAX}
    assert requests[0].received_at < NOW - timedelta(days=700)
    assert NOW - timedelta(days=3) < requests[-1].received_at < NOW
    assert all(r.received_at <= r.registered_at <= NOW for r in requests)


def test_most_requests_were_done_in_time_and_some_late(filled: Workspace) -> None:
    done = [
        r.resolved_at <= r.due_at
        for r in filled.store.select(Request)
        if r.resolved_at and r.due_at
    ]
    kept = Counter(done)
    assert kept[False] > 10
    assert kept[True] > 4 * kept[False]


def test_open_requests_are_recent(filled: Workspace) -> None:
    open_ones = [r for r in filled.store.select(Request) if r.state.is_open]
    assert 5 < len(open_ones) < 60
    assert all(r.received_at > NOW - timedelta(days=100) for r in open_ones)


def test_numbers_of_requests_are_gapless_in_every_year(filled: Workspace) -> None:
    prefix = settings.manager(filled).prefix
    by_year: dict[int, list[int]] = {}
    for request in filled.store.select(Request):
        year, letters, counted = request.number.split("-")
        assert letters == prefix
        by_year.setdefault(int(year), []).append(int(counted))
    assert len(by_year) >= 2
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in by_year.values())


def test_tariff_changes_reached_the_register(filled: Workspace) -> None:
    changes = filled.store.select(LineChange)
    assert {c.field for c in changes} == {"tariff"}
    last: dict[int, str] = {}
    for change in sorted(changes, key=lambda c: c.id):
        last[change.line_id] = change.after
    lines = {line.id: line.tariff for line in filled.store.select(Line)}
    assert all(lines[line] == tariff for line, tariff in last.items())


def test_overview_of_the_demo_has_something_to_show(filled: Workspace) -> None:
    seen = overview.overview(filled)
    assert seen.overdue
    assert seen.waiting
    assert len(seen.recent) == 12
    assert filled.store.select(Order)


def test_demo_workspace_is_whole(filled: Workspace) -> None:
    assert verify.verify(filled).findings == ()


def test_clock_and_name_are_given_back(filled: Workspace) -> None:
    assert filled.store.now() == NOW
    assert filled.store.actor == "Jana Nováková"


def test_demo_data_are_one_action(filled: Workspace) -> None:
    unit = history.next_undo(filled)
    assert unit is not None
    assert unit.action == "demo"


def test_same_clock_gives_the_same_data(filled: Workspace, again: Workspace) -> None:
    assert told(again) == told(filled)


def told(opened: Workspace) -> dict[str, list[Any]]:
    """Return every record less what differs by nature: the ids, and what refers to them."""
    return {
        table: [
            tuple(
                getattr(record, field.name)
                for field in fields(record)
                if field.name != "id" and not field.name.endswith("_id")
            )
            for record in opened.store.select(noun)
        ]
        for noun, table in TABLES.items()
    }
