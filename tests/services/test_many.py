"""Many records at once: the preview tells the truth, and it is one action with one undo."""

from datetime import date

import pytest

from console.domain.client import Client
from console.domain.line import Line, LineChange, LineState
from console.domain.line_history import breaks
from console.domain.sim import Sim
from console.errors import KnownError
from console.services import contacts, history, line_history, many
from console.workspace import Workspace
from tests.services.steps import Clock, add_contact, add_line, refused


def numbers(opened: Workspace, client: Client, count: int) -> list[int]:
    """Add numbers at once and return their ids."""
    ids = opened.store.new_ids(count)
    rows = [
        (one, client.id, f"+420799{n:06}", "Profi 100" if n % 2 else "M2M")
        for n, one in enumerate(ids)
    ]
    with opened.store.unit("bulk"):
        opened.store.insert_many(Line, ("id", "client_id", "msisdn", "tariff"), rows)
    return ids


def tariffs(opened: Workspace) -> set[str]:
    return {line.tariff for line in opened.store.select(Line)}


def test_preview_tells_what_the_change_does(opened: Workspace, client: Client) -> None:
    ids = numbers(opened, client, 10)
    plan = many.plan(opened, "lines", [*ids, 12345], {"tariff": "Profi 100"})
    assert (len(plan.differences), plan.unchanged, plan.missing) == (5, 5, 1)
    assert {(d.before, d.after) for d in plan.differences} == {("M2M", "Profi 100")}
    assert tariffs(opened) == {"M2M", "Profi 100"}
    assert many.change(opened, "lines", ids, {"tariff": "Profi 100"}).result == 5
    assert tariffs(opened) == {"Profi 100"}


def test_ten_thousand_numbers_change_as_one_action(opened: Workspace, client: Client) -> None:
    ids = numbers(opened, client, 10_000)
    assert many.change(opened, "lines", ids, {"tariff": "Nový"}).result == 10_000
    assert len(opened.store.select(LineChange)) == 10_000
    assert tariffs(opened) == {"Nový"}
    history.undo_last(opened)
    assert tariffs(opened) == {"M2M", "Profi 100"}
    assert opened.store.select(LineChange) == []
    history.redo_last(opened)
    assert tariffs(opened) == {"Nový"}


def test_tariff_of_many_from_the_first_waits(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    ids = numbers(opened, client, 300)
    many.change(opened, "lines", ids, {"tariff": "Nový"}, date(2026, 12, 1))
    assert "Nový" not in tariffs(opened)
    clock.set("2026-12-01T06:00")
    assert line_history.apply_due(opened).result == 300
    assert tariffs(opened) == {"Nový"}
    assert breaks(opened.store.select(LineChange, "line_id = ?", [ids[0]])) == []


def test_wrong_value_changes_none(opened: Workspace, client: Client) -> None:
    ids = numbers(opened, client, 3)
    with refused("field-wrong"):
        many.change(opened, "lines", ids, {"state": "spí"})
    assert {line.state for line in opened.store.select(Line)} == {LineState.ACTIVE}


def test_field_of_people_and_cards_changes_too(opened: Workspace, client: Client) -> None:
    people = [add_contact(opened, client, name) for name in ("Jana", "Petr")]
    done = many.change(opened, "contacts", [p.id for p in people], {"valid_until": "31. 12. 2027"})
    assert done.result == 2
    found = contacts.contacts_of(opened, client.id)
    assert {person.valid_until for person in found} == {date(2027, 12, 31)}
    with opened.store.unit("cards"):
        card = opened.store.insert(Sim(client_id=client.id, iccid="89"))
    assert many.change(opened, "sims", [card.id], {"form": "nano"}).result == 1


def test_number_that_was_changed_meanwhile_is_seen_as_it_is(
    opened: Workspace, client: Client
) -> None:
    line = add_line(opened, client, "799000001", holder="Řehoř")
    many.plan(opened, "lines", [line.id], {"holder": "Šárka"})
    many.change(opened, "lines", [line.id], {"holder": "Petr"})
    assert many.change(opened, "lines", [line.id], {"holder": "Šárka"}).result == 1
    changes = opened.store.select(LineChange, "line_id = ?", [line.id])
    assert [(c.before, c.after) for c in changes] == [("Řehoř", "Petr"), ("Petr", "Šárka")]


def test_several_fields_change_as_one_action(opened: Workspace, client: Client) -> None:
    ids = numbers(opened, client, 10)
    values = {"tariff": "Profi 100", "cost_centre": "Archiv"}
    plan = many.plan(opened, "lines", ids, values)
    assert (len(plan.differences), plan.unchanged) == (10, 0)
    both = [d for d in plan.differences if ";" in d.after]
    assert len(both) == 5
    assert {d.after for d in plan.differences if d not in both} == {"Cost centre: Archiv"}
    assert both[0].before == "Tariff: M2M; Cost centre: –"
    assert many.change(opened, "lines", ids, values).result == 10
    assert tariffs(opened) == {"Profi 100"}
    assert {line.cost_centre for line in opened.store.select(Line)} == {"Archiv"}
    history.undo_last(opened)
    assert {line.cost_centre for line in opened.store.select(Line)} == {""}
    assert tariffs(opened) == {"M2M", "Profi 100"}


def test_one_wrong_field_of_several_changes_none(opened: Workspace, client: Client) -> None:
    ids = numbers(opened, client, 3)
    with refused("field-wrong"):
        many.change(opened, "lines", ids, {"tariff": "Nový", "state": "spí"})
    assert "Nový" not in tariffs(opened)


@pytest.mark.parametrize("at", [0, 2_000, 2_500])
def test_cancelled_change_leaves_nothing_half_done(
    opened: Workspace, client: Client, at: int
) -> None:
    ids = numbers(opened, client, 2_500)
    told: list[int] = []

    def report(done: int, total: int) -> None:
        told.append(done)
        assert total == 2_500
        if done == at:
            raise KnownError("change-cancelled")

    with refused("change-cancelled"):
        many.change(opened, "lines", ids, {"tariff": "Nový"}, progress=report)
    assert told == [n for n in (0, 1_000, 2_000, 2_500) if n <= at]
    assert tariffs(opened) == {"M2M", "Profi 100"}
    assert opened.store.select(LineChange) == []
