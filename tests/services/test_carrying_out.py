"""Carrying a request out: the register changes with it, and undo takes both back."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.client import Client
from console.domain.line import Line, LineChange, LineState, Roaming
from console.domain.request import Kind, Request, RequestLine, RequestState
from console.domain.sim import Sim
from console.domain.workflow import EFFECTS, Obstacle
from console.errors import KnownError
from console.services import carrying_out, history, line_history, lines, requests
from console.workspace import Workspace
from tests.services.steps import Clock

DAY = date(2026, 12, 1)
FIRST, SECOND, UNKNOWN = "+420799000001", "+420799000002", "+420799000009"


@pytest.fixture
def numbers(opened: Workspace, client: Client) -> list[Line]:
    store = opened.store
    with store.unit("t"):
        found = [
            store.insert(Line(client_id=client.id, msisdn=number, tariff="Profi 100"))
            for number in (FIRST, SECOND)
        ]
        sim = store.insert(Sim(client_id=client.id, line_id=found[0].id, iccid="8942010000000001"))
        found[0] = store.update(found[0], sim_id=sim.id)
    return found


def _logged(opened: Workspace, client: Client, kind: Kind, *asked: str) -> Request:
    draft = requests.Draft(
        client_id=client.id,
        kind=kind,
        numbers=asked,
        override_authority=True,
        reason="Potvrzeno písemně",
    )
    request = requests.log_request(opened, draft).result
    assert isinstance(request, Request)
    return request


def _line(opened: Workspace, number: str) -> Line:
    return lines.lines_by_number(opened, [number])[number]


@pytest.mark.usefixtures("numbers")
@pytest.mark.parametrize(
    ("kind", "field", "value", "after"),
    [
        (Kind.SIM_BLOCK, "state", "", LineState.BLOCKED),
        (Kind.ROAMING_ON, "roaming", "", Roaming.ON),
        (Kind.ROAMING_OFF, "roaming", "", Roaming.OFF),
        (Kind.NUMBER_DEACTIVATION, "state", "", LineState.CANCELLED),
        (Kind.TARIFF_CHANGE, "tariff", "Profi 300", "Profi 300"),
    ],
)
def test_register_changes_as_the_kind_says(
    opened: Workspace,
    client: Client,
    clock: Clock,
    kind: Kind,
    field: str,
    value: str,
    after: str,
) -> None:
    request = _logged(opened, client, kind, FIRST, SECOND)
    carrying_out.carry_out(opened, request, DAY, {"": value}, is_resolved=True)
    assert {getattr(_line(opened, number), field) for number in (FIRST, SECOND)} != {after}
    clock.set("2026-12-01T00:01")
    line_history.apply_due(opened)
    for number in (FIRST, SECOND):
        line = _line(opened, number)
        assert getattr(line, field) == after
        (change,) = opened.store.select(LineChange, "line_id = ?", [line.id])
        assert (change.effective_on, change.request_id, change.field) == (DAY, request.id, field)
    assert opened.store.get(Request, request.id).state is RequestState.RESOLVED


@pytest.mark.usefixtures("numbers")
def test_swapped_card_keeps_its_predecessor(opened: Workspace, client: Client) -> None:
    request = _logged(opened, client, Kind.SIM_SWAP, FIRST)
    carrying_out.carry_out(opened, request, DAY, {FIRST: "8942010000000002"})
    old, new = opened.store.select(Sim, "line_id = ?", [_line(opened, FIRST).id])
    assert (old.valid_until, new.valid_from) == (DAY, DAY)
    assert _line(opened, FIRST).sim_id == new.id


@pytest.mark.usefixtures("numbers")
def test_activation_makes_a_number(opened: Workspace, client: Client) -> None:
    request = _logged(opened, client, Kind.NUMBER_ACTIVATION, UNKNOWN)
    carrying_out.carry_out(opened, request, DAY, {"": "Profi 100"})
    line = _line(opened, UNKNOWN)
    assert (line.state, line.tariff, line.activated_on) == (LineState.ACTIVE, "Profi 100", DAY)


@pytest.mark.usefixtures("numbers")
def test_part_can_be_done_and_the_rest_says_why_not(opened: Workspace, client: Client) -> None:
    request = _logged(opened, client, Kind.SIM_BLOCK, FIRST, UNKNOWN)
    planned = carrying_out.plan(opened, request, {})
    assert [one.obstacle for one in planned] == [None, Obstacle.UNKNOWN]
    carrying_out.carry_out(opened, request, DAY, {}, is_resolved=True)
    done, left = opened.store.select(RequestLine, "request_id = ?", [request.id])
    assert done.result
    assert left.result == ""
    assert opened.store.get(Request, request.id).state.is_open


@pytest.mark.usefixtures("numbers")
def test_what_is_done_is_not_done_again(opened: Workspace, client: Client) -> None:
    request = _logged(opened, client, Kind.SIM_BLOCK, FIRST)
    carrying_out.carry_out(opened, request, DAY, {})
    again = opened.store.get(Request, request.id)
    with pytest.raises(KnownError) as caught:
        carrying_out.carry_out(opened, again, DAY, {})
    assert caught.value.code == "nothing-carried-out"


@pytest.mark.usefixtures("numbers")
def test_missing_value_and_wrong_state_are_named(opened: Workspace, client: Client) -> None:
    tariff = _logged(opened, client, Kind.TARIFF_CHANGE, FIRST)
    assert carrying_out.plan(opened, tariff, {})[0].obstacle is Obstacle.VALUE
    same = carrying_out.plan(opened, tariff, {"": "Profi 100"})
    assert same[0].obstacle is Obstacle.SAME
    unblock = _logged(opened, client, Kind.SIM_UNBLOCK, FIRST)
    assert carrying_out.plan(opened, unblock, {})[0].obstacle is Obstacle.SAME


@pytest.mark.usefixtures("numbers")
def test_kind_that_changes_no_number_says_so(opened: Workspace, client: Client) -> None:
    request = _logged(opened, client, Kind.INFORMATION, FIRST)
    with pytest.raises(KnownError) as caught:
        carrying_out.carry_out(opened, request, DAY, {})
    assert caught.value.code == "nothing-to-carry-out"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(sorted(EFFECTS)), value=st.sampled_from(["Profi 300", "89420100000099"])
)
def test_undo_restores_register_and_request_together(
    opened: Workspace, client: Client, numbers: list[Line], kind: Kind, value: str
) -> None:
    request = _logged(opened, client, kind, FIRST, SECOND)
    before = _everything(opened)
    values = {FIRST: value, SECOND: f"{value}8"}
    try:
        carrying_out.carry_out(opened, request, DAY, values, is_resolved=True)
    except KnownError:
        assert _everything(opened) == before
        return
    assert _everything(opened) != before
    history.undo_last(opened)
    assert _everything(opened) == before


def _everything(opened: Workspace) -> list[tuple[object, ...]]:
    kinds = (Line, LineChange, Sim, Request, RequestLine)
    return [
        tuple(getattr(row, name) for name in row.__dataclass_fields__ if name != "version")
        for kind in kinds
        for row in opened.store.select(kind)
    ]


@pytest.mark.usefixtures("numbers")
def test_many_requests_take_a_step_as_one_action(opened: Workspace, client: Client) -> None:
    some = [_logged(opened, client, Kind.INFORMATION) for _n in range(3)]
    requests.take_step(opened, some[0], RequestState.CANCELLED)
    ids = [request.id for request in some]
    moved = requests.take_steps(opened, ids, RequestState.RESOLVED).result
    assert len(moved) == 2  # type: ignore[arg-type]
    history.undo_last(opened)
    states = [opened.store.get(Request, request_id).state for request_id in ids]
    assert states == [RequestState.CANCELLED, RequestState.NEW, RequestState.NEW]
    with pytest.raises(KnownError) as caught:
        requests.take_steps(opened, ids[:1], RequestState.RESOLVED)
    assert caught.value.code == "steps-refused"
