"""Lines: the card of a number, and what changed from which day on."""

from datetime import date
from decimal import Decimal

import pytest

from console.domain.client import Client
from console.domain.line import Line, LineChange, LineState, Roaming
from console.domain.request import RequestState
from console.domain.sim import Sim
from console.domain.tariff import Tariff
from console.services import history, lines, tariffs
from console.workspace import Workspace
from tests.services.steps import Clock, add_line, another_client, log, refused, step

FIRST = date(2026, 11, 1)


@pytest.fixture
def number(opened: Workspace, client: Client) -> Line:
    """A number on the tariff Profi 100."""
    return add_line(opened, client, "799 000 001", tariff="Profi 100", holder="Řehoř")


def change(opened: Workspace, line: Line, day: date = FIRST, **changes: object) -> Line:
    """Change a number from a day on."""
    changed = lines.change_line(opened, line, day, **changes).result
    assert isinstance(changed, Line)
    return changed


def told(opened: Workspace, line: Line) -> list[tuple[str, str, str, str]]:
    """Return the history of a number, the newest first."""
    return [
        (c.effective_on.isoformat(), c.field, c.before, c.after)
        for c in lines.card(opened, line.id).changes
    ]


def test_number_is_kept_normalised(number: Line) -> None:
    assert number.msisdn == "+420799000001"


def test_number_that_is_none_is_refused(opened: Workspace, client: Client) -> None:
    with refused("number-wrong"):
        add_line(opened, client, "112")


def test_number_is_in_the_register_once(opened: Workspace, number: Line) -> None:
    with refused("number-exists"):
        add_line(opened, another_client(opened), "00420799000001")


def test_number_of_a_deleted_line_is_free(opened: Workspace, number: Line) -> None:
    lines.delete_line(opened, number)
    assert add_line(opened, another_client(opened), number.msisdn).id != number.id


def test_number_and_its_card_come_as_one_action(opened: Workspace, client: Client) -> None:
    card = Sim(client_id=client.id, iccid="8942010007990000012", puk="12345678")
    lines.add_line(opened, Line(client_id=client.id, msisdn="799000002"), card)
    (line,) = opened.store.select(Line)
    seen = lines.card(opened, line.id)
    assert seen.sim is not None
    assert (seen.sim.iccid, seen.sim.line_id) == (card.iccid, line.id)
    history.undo_last(opened)
    assert opened.store.select(Line) == opened.store.select(Sim) == []


def test_tariffs_of_a_number_are_told_by_day(opened: Workspace, number: Line) -> None:
    line = change(opened, number, date(2026, 9, 1), tariff="Profi 300")
    change(opened, line, date(2026, 11, 1), tariff="Profi Neomezeně")
    assert told(opened, number) == [
        ("2026-11-01", "tariff", "Profi 300", "Profi Neomezeně"),
        ("2026-09-01", "tariff", "Profi 100", "Profi 300"),
    ]


def test_change_dated_back_stands_in_its_place(opened: Workspace, number: Line) -> None:
    line = change(opened, number, date(2026, 11, 1), tariff="Profi 300")
    change(opened, line, date(2026, 10, 1), holder="Šárka")
    assert [one[1] for one in told(opened, number)] == ["tariff", "holder"]


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("state", LineState.BLOCKED, ("active", "blocked")),
        ("roaming", Roaming.EU, ("", "eu")),
        ("data_mb", 1536, ("", "1536")),
        ("holder", "Šárka", ("Řehoř", "Šárka")),
        ("cost_centre", "IT", ("", "IT")),
    ],
)
def test_change_is_told_as_stored(
    opened: Workspace, number: Line, field: str, value: object, stored: tuple[str, str]
) -> None:
    assert getattr(change(opened, number, **{field: value}), field) == value
    assert told(opened, number) == [("2026-11-01", field, *stored)]


def test_note_and_what_stays_the_same_are_no_history(opened: Workspace, number: Line) -> None:
    change(opened, number, note="volat dopoledne", tariff="Profi 100", holder="Řehoř")
    assert told(opened, number) == []


def test_change_names_the_request_that_asked_for_it(
    opened: Workspace, client: Client, number: Line
) -> None:
    request = log(opened, client)
    lines.change_line(opened, number, FIRST, request.id, state=LineState.BLOCKED)
    assert opened.store.select(LineChange)[0].request_id == request.id


def test_undone_change_leaves_no_trace_in_the_history(opened: Workspace, number: Line) -> None:
    change(opened, number, tariff="Profi 300")
    history.undo_last(opened)
    assert told(opened, number) == []
    assert lines.line(opened, number.id).tariff == "Profi 100"


def test_change_of_a_stale_number_is_refused(opened: Workspace, number: Line) -> None:
    change(opened, number, tariff="Profi 300")
    with refused("record-changed"):
        change(opened, number, tariff="M2M 10")
    assert len(told(opened, number)) == 1


def test_card_shows_tariff_and_open_requests_the_most_urgent_first(
    opened: Workspace, client: Client, number: Line, clock: Clock
) -> None:
    listed = Tariff(
        client_id=client.id, code="P100", name="Profi 100", monthly_fee=Decimal("99.00")
    )
    tariffs.add_tariff(opened, listed)
    asked = [log(opened, client, numbers=(number.msisdn,)) for _ in range(2)]
    step(opened, asked[0], RequestState.RESOLVED)
    seen = lines.card(opened, number.id)
    assert (seen.client, seen.sim) == (client, None)
    assert seen.tariff is not None
    assert seen.tariff.monthly_fee == Decimal("99.00")
    assert seen.open_requests == [asked[1]]


def test_tariff_is_found_whatever_its_accents(opened: Workspace, client: Client) -> None:
    tariffs.add_tariff(opened, Tariff(client_id=client.id, code="N", name="Profi Neomezeně"))
    line = add_line(opened, client, "799000009", tariff="profi neomezene")
    seen = lines.card(opened, line.id).tariff
    assert seen is not None
    assert seen.code == "N"


def test_many_numbers_are_found_at_once(opened: Workspace, client: Client) -> None:
    rows = [(opened.store.new_id(), client.id, f"+420799{n:06}") for n in range(1203)]
    with opened.store.unit("bulk"):
        opened.store.insert_many(Line, ("id", "client_id", "msisdn"), rows)
    wanted = [number for *_, number in rows]
    found = lines.lines_by_number(opened, [*wanted, "+420799999999"])
    assert sorted(found) == wanted
