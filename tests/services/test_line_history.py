"""Changes of numbers by day: whatever is entered in whatever order, no gap and no overlap."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.client import Client
from console.domain.line import Line, LineChange
from console.domain.line_history import breaks, in_order
from console.services import history, line_history, lines, register
from console.storage import journal
from console.workspace import Workspace
from tests.services.steps import Clock, add_line, refused

TODAY = date(2026, 11, 4)
STEPS = st.lists(
    st.tuples(st.integers(-20, 20), st.sampled_from(("Profi 100", "Profi 300", "M2M", ""))),
    min_size=1,
    max_size=8,
)


def chain(opened: Workspace, line: Line) -> list[LineChange]:
    """Return the history of a number's tariffs, the oldest first."""
    found = opened.store.select(LineChange, "line_id = ? AND field = 'tariff'", [line.id])
    return in_order(found)


def current(opened: Workspace, line: Line) -> str:
    return opened.store.get(Line, line.id).tariff


def tariff_on(changes: list[LineChange], first: str, day: date) -> str:
    """Return what the history says of a day."""
    before = [change.after for change in changes if change.effective_on <= day]
    return before[-1] if before else (changes[0].before if changes else first)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS, later=st.integers(0, 30))
def test_history_has_neither_gap_nor_overlap(
    opened: Workspace, client: Client, clock: Clock, steps: list[tuple[int, str]], later: int
) -> None:
    clock.set("2026-11-04T10:00")
    number = f"+420799{opened.store.new_id() % 10**6:06}"
    line = add_line(opened, client, number, tariff="Profi 100")
    for days, tariff in steps:
        line = opened.store.get(Line, line.id)
        lines.change_line(opened, line, TODAY + timedelta(days=days), tariff=tariff)
        changes = chain(opened, line)
        assert breaks(changes) == []
        assert all(c.applied == (c.effective_on <= TODAY) for c in changes)
        assert current(opened, line) == tariff_on(changes, "Profi 100", TODAY)
        assert tariff_on(changes, "Profi 100", TODAY + timedelta(days=days)) == tariff
    then = TODAY + timedelta(days=later)
    clock.set(f"{then.isoformat()}T10:00")
    line_history.apply_due(opened)
    changes = chain(opened, line)
    assert breaks(changes) == []
    assert current(opened, line) == tariff_on(changes, "Profi 100", then)
    assert [a.effective_on <= b.effective_on for a, b in pairwise(changes)].count(False) == 0
    assert journal.verify(opened.store.db) == []


def test_tariff_from_the_first_waits_for_its_day(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    line = add_line(opened, client, "799000001", tariff="Profi 100")
    lines.change_line(opened, line, date(2026, 12, 1), tariff="Profi 300")
    assert current(opened, line) == "Profi 100"
    clock.set("2026-11-30T23:59")
    assert line_history.apply_due(opened).unit == 0
    clock.set("2026-12-01T00:00")
    assert line_history.apply_due(opened).result == 1
    assert current(opened, line) == "Profi 300"
    assert line_history.apply_due(opened).unit == 0


def test_change_to_come_is_taken_back_before_its_day_and_not_behind_it(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    line = add_line(opened, client, "799000001", tariff="Profi 100")
    lines.change_line(opened, line, date(2026, 12, 1), tariff="Profi 300")
    history.undo_last(opened)
    assert chain(opened, line) == []
    history.redo_last(opened)
    clock.set("2026-12-01T08:00")
    line_history.apply_due(opened)
    with refused("undo-conflict"):
        history.undo_last(opened)
    assert current(opened, line) == "Profi 300"


def test_report_of_a_past_month_does_not_see_what_is_to_come(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    line = add_line(opened, client, "799000001", tariff="Profi 100")
    lines.change_line(opened, line, date(2026, 11, 20), tariff="Profi 300")
    assert register.lines_at(opened, client, date(2026, 11, 10))[0].tariff == "Profi 100"
    assert register.changes(opened, client, date(2026, 11, 1)) == ()
    clock.set("2026-12-02T08:00")
    assert register.lines_at(opened, client, date(2026, 12, 1))[0].tariff == "Profi 300"
    assert [c.after for c in register.changes(opened, client, date(2026, 11, 1))] == ["Profi 300"]


def test_change_dated_back_leaves_what_followed(opened: Workspace, client: Client) -> None:
    line = add_line(opened, client, "799000001", tariff="A")
    line_now = lines.change_line(opened, line, date(2026, 11, 1), tariff="C").result
    assert isinstance(line_now, Line)
    lines.change_line(opened, line_now, date(2026, 10, 1), tariff="B")
    assert [(c.before, c.after) for c in chain(opened, line)] == [("A", "B"), ("B", "C")]
    assert current(opened, line) == "C"
