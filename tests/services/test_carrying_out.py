"""Carrying a request out: the register changes with it, and undo takes both back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.client import Client
from console.domain.line import Line, LineChange, LineState, Roaming
from console.domain.request import Kind, Request, RequestLine, RequestState
from console.domain.sim import Sim
from console.domain.tariff import Tariff
from console.domain.workflow import EFFECTS, Obstacle
from console.errors import KnownError
from console.services import carrying_out, history, line_history, lines, requests
from console.workspace import Workspace
from tests.services.steps import Clock

DAY = date(2026, 12, 1)
CARD, STOCK, NEW = "8942010000000000014", "8942010000000000022", "8942010000000000030"
FIRST, SECOND, UNKNOWN = "+420799000001", "+420799000002", "+420799000009"


@pytest.fixture
def numbers(opened: Workspace, client: Client) -> list[Line]:
    store = opened.store
    with store.unit("t"):
        found = [
            store.insert(Line(client_id=client.id, msisdn=number, tariff="Profi 100"))
            for number in (FIRST, SECOND)
        ]
        sim = store.insert(Sim(client_id=client.id, line_id=found[0].id, iccid=CARD))
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
    day = opened.store.today()
    carrying_out.carry_out(opened, request, day, {FIRST: "8942 0100 0000 0000 030"})
    old, new = opened.store.select(Sim, "line_id = ?", [_line(opened, FIRST).id])
    assert (old.valid_until, new.valid_from) == (day, day)
    assert (new.iccid, new.predecessor_id) == (NEW, old.id)
    assert _line(opened, FIRST).sim_id == new.id


@pytest.mark.usefixtures("numbers")
def test_card_in_stock_is_used_with_its_puk(opened: Workspace, client: Client) -> None:
    with opened.store.unit("t"):
        stock = opened.store.insert(Sim(client_id=client.id, iccid=STOCK, puk="12345678"))
    request = _logged(opened, client, Kind.SIM_SWAP, FIRST)
    carrying_out.carry_out(opened, request, opened.store.today(), {FIRST: STOCK})
    assert _line(opened, FIRST).sim_id == stock.id
    (card,) = opened.store.select(Sim, "iccid = ?", [STOCK])
    assert (card.puk, card.line_id) == ("12345678", _line(opened, FIRST).id)
    history.undo_last(opened)
    assert opened.store.get(Sim, stock.id).line_id is None


@pytest.mark.usefixtures("numbers")
@pytest.mark.parametrize(
    ("card", "why"),
    [
        ("nesmysl xx", Obstacle.CARD),
        (CARD, Obstacle.SAME),
        ("8942010000000000048", Obstacle.CARD_USED),
    ],
)
def test_card_that_cannot_be_given_says_why(
    opened: Workspace, client: Client, card: str, why: Obstacle
) -> None:
    with opened.store.unit("t"):
        used = _line(opened, SECOND)
        sim = opened.store.insert(
            Sim(client_id=client.id, iccid="8942010000000000048", line_id=used.id)
        )
        opened.store.update(used, sim_id=sim.id)
    request = _logged(opened, client, Kind.SIM_SWAP, FIRST)
    assert carrying_out.plan(opened, request, {FIRST: card})[0].obstacle is why


@pytest.mark.usefixtures("numbers")
def test_one_card_goes_to_one_number(opened: Workspace, client: Client) -> None:
    request = _logged(opened, client, Kind.SIM_SWAP, FIRST, SECOND)
    first, second = carrying_out.plan(opened, request, {FIRST: NEW, SECOND: NEW})
    assert (first.obstacle, second.obstacle) == (None, Obstacle.CARD_USED)
    wrong = NEW[:-1] + "1"
    (doubtful, _other) = carrying_out.plan(opened, request, {FIRST: wrong})
    assert doubtful.is_doubtful
    assert doubtful.obstacle is None


@pytest.mark.usefixtures("numbers")
def test_card_is_not_changed_ahead_of_its_day(opened: Workspace, client: Client) -> None:
    request = _logged(opened, client, Kind.SIM_SWAP, FIRST)
    before = _everything(opened)
    later = opened.store.today() + timedelta(days=1)
    with pytest.raises(KnownError) as caught:
        carrying_out.carry_out(opened, request, later, {FIRST: NEW})
    assert caught.value.code == "swap-later"
    assert _everything(opened) == before


def test_number_of_another_client_is_never_changed(opened: Workspace, client: Client) -> None:
    request = _logged(opened, client, Kind.SIM_BLOCK, UNKNOWN)
    with opened.store.unit("t"):
        other = opened.store.insert(Client(name="Jiný", ico="00000019"))
        theirs = opened.store.insert(Line(client_id=other.id, msisdn=UNKNOWN))
    assert carrying_out.plan(opened, request, {})[0].obstacle is Obstacle.FOREIGN
    with pytest.raises(KnownError) as caught:
        carrying_out.carry_out(opened, request, opened.store.today(), {})
    assert caught.value.code == "nothing-carried-out"
    assert opened.store.get(Line, theirs.id).state is LineState.ACTIVE


@pytest.mark.usefixtures("numbers")
def test_tariff_is_known_by_name_and_by_code(opened: Workspace, client: Client) -> None:
    with opened.store.unit("t"):
        fee = Decimal(300)
        opened.store.insert(
            Tariff(client_id=client.id, code="P300", name="Profi 300", monthly_fee=fee)
        )
    request = _logged(opened, client, Kind.TARIFF_CHANGE, FIRST)
    assert carrying_out.plan(opened, request, {"": "NENÍ"})[0].obstacle is Obstacle.TARIFF
    carrying_out.carry_out(opened, request, opened.store.today(), {"": "p300"})
    assert _line(opened, FIRST).tariff == "Profi 300"


@pytest.mark.usefixtures("numbers")
def test_activation_makes_a_number(opened: Workspace, client: Client, clock: Clock) -> None:
    request = _logged(opened, client, Kind.NUMBER_ACTIVATION, UNKNOWN)
    carrying_out.carry_out(opened, request, DAY, {"": "Profi 100"})
    line = _line(opened, UNKNOWN)
    assert (line.state, line.tariff, line.activated_on) == (LineState.SUSPENDED, "Profi 100", DAY)
    clock.set("2026-12-01T00:01")
    line_history.apply_due(opened)
    assert _line(opened, UNKNOWN).state is LineState.ACTIVE


@pytest.mark.usefixtures("numbers")
def test_activation_of_today_is_active_at_once(opened: Workspace, client: Client) -> None:
    request = _logged(opened, client, Kind.NUMBER_ACTIVATION, UNKNOWN)
    carrying_out.carry_out(opened, request, opened.store.today(), {"": "Profi 100"})
    assert _line(opened, UNKNOWN).state is LineState.ACTIVE


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
    kind=st.sampled_from(sorted(EFFECTS)),
    value=st.sampled_from(["Profi 300", "894201000000000099"]),
)
def test_undo_restores_register_and_request_together(
    opened: Workspace, client: Client, numbers: list[Line], kind: Kind, value: str
) -> None:
    request = _logged(opened, client, kind, FIRST, SECOND)
    before = _everything(opened)
    values = {FIRST: value, SECOND: f"{value}8"}
    try:
        day = opened.store.today() if kind is Kind.SIM_SWAP else DAY
        carrying_out.carry_out(opened, request, day, values, is_resolved=True)
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
