"""The workflow of requests, as data: steps, what each kind needs for them, what it changes."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from console.domain.authority import EMERGENCY
from console.domain.line import Line, LineState, Roaming
from console.domain.request import OPEN_STATES, Kind, RequestState
from console.texts import N_, _

_CLOSED: Final = (RequestState.RESOLVED, RequestState.CANCELLED, RequestState.REFUSED)
STEPS: Final[Mapping[RequestState, tuple[RequestState, ...]]] = {
    **{
        state: (*(other for other in OPEN_STATES[1:] if other is not state), *_CLOSED)
        for state in OPEN_STATES
    },
    **dict.fromkeys(_CLOSED, (RequestState.IN_PROGRESS,)),
}
"""To which states a request may go from each state; from a closed one it is reopened."""


class Need(StrEnum):
    """A fact that a step cannot do without."""

    NUMBER = "number"
    INVOICE = "invoice"
    PERIOD = "period"
    PLACE = "place"
    BEGAN_AT = "began-at"
    CONFIRMATION = "confirmation"

    @property
    def label(self) -> str:
        """The fact in the language in use."""
        return _(_NEED_LABELS[self])


_NEED_LABELS: Final = {
    Need.NUMBER: N_("number"),
    Need.INVOICE: N_("number of the invoice"),
    Need.PERIOD: N_("billing period"),
    Need.PLACE: N_("place of the fault"),
    Need.BEGAN_AT: N_("beginning of the fault"),
    Need.CONFIRMATION: N_("confirmation by an authorised person"),
}

_ALL: Final = frozenset(RequestState) - {RequestState.CANCELLED, RequestState.REFUSED}
_HANDED_ON: Final = frozenset({RequestState.WAITING_OPERATOR})
_SETTLED: Final = frozenset({RequestState.WAITING_OPERATOR, RequestState.RESOLVED})
_FROM_THE_START: Final = {Need.NUMBER: _ALL}
BILLING: Final = {Need.INVOICE: _SETTLED, Need.PERIOD: _SETTLED}
"""What a complaint of a bill needs; one of the quality of a service needs no bill."""
NEEDS: Final[Mapping[Kind, Mapping[Need, frozenset[RequestState]]]] = {
    Kind.FAULT: {Need.PLACE: _HANDED_ON, Need.BEGAN_AT: _HANDED_ON},
    Kind.NUMBER_DEACTIVATION: _FROM_THE_START,
    Kind.SIM_BLOCK: _FROM_THE_START,
    Kind.SIM_UNBLOCK: _FROM_THE_START,
    Kind.SIM_SWAP: _FROM_THE_START,
    Kind.ROAMING_ON: _FROM_THE_START,
    Kind.ROAMING_OFF: _FROM_THE_START,
    Kind.TARIFF_CHANGE: _FROM_THE_START,
}
"""For each kind, the states that it cannot be in without a fact. The technical units look for
a fault by its beginning and place, for which a number will do, too; a request that is withdrawn
or refused needs nothing."""


UNITS: Final = (N_("Supervision"), N_("Operations"), N_("Network planning"))
"""The technical units of the second level, where the agreement names none."""


def missing(
    kind: Kind,
    is_of_bill: bool,
    state: RequestState,
    known: Set[Need],
    to_confirm: bool = False,
) -> tuple[Need, ...]:
    """Return the facts that keep a request from being in a state.

    Args:
        kind: of the request.
        is_of_bill: whether it is a complaint of a bill.
        state: that it would be in.
        known: facts that are there.
        to_confirm: whether an authorised person still has to confirm it; an emergency block
            is done all the same.
    """
    needs = {
        **NEEDS.get(kind, {}),
        **(BILLING if is_of_bill else {}),
        **({Need.CONFIRMATION: _SETTLED} if to_confirm and kind is not EMERGENCY else {}),
    }
    return tuple(need for need, states in needs.items() if state in states and need not in known)


class Value(StrEnum):
    """What a kind needs to know beside the number."""

    NOTHING = ""
    TARIFF = "tariff"
    ICCID = "iccid"

    @property
    def label(self) -> str:
        """The value in the language in use."""
        return _(_VALUE_LABELS[self])


_VALUE_LABELS: Final = {
    Value.NOTHING: "",
    Value.TARIFF: N_("Tariff"),
    Value.ICCID: N_("ICCID of the new card"),
}


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens to each number.

    Args:
        changes: fields of the number and what they become.
        value: what must be given beside it.
        from_states: states in which a number may be for it.
        makes_line: whether the number is new.
    """

    changes: dict[str, Any] = field(default_factory=dict)
    value: Value = Value.NOTHING
    from_states: frozenset[LineState] = frozenset(
        {LineState.ACTIVE, LineState.BLOCKED, LineState.SUSPENDED}
    )
    makes_line: bool = False


EFFECTS: Final[dict[Kind, Effect]] = {
    Kind.SIM_BLOCK: Effect(
        {"state": LineState.BLOCKED}, from_states=frozenset({LineState.ACTIVE, LineState.SUSPENDED})
    ),
    Kind.SIM_UNBLOCK: Effect(
        {"state": LineState.ACTIVE}, from_states=frozenset({LineState.BLOCKED})
    ),
    Kind.SIM_SWAP: Effect(value=Value.ICCID),
    Kind.ROAMING_ON: Effect({"roaming": Roaming.ON}),
    Kind.ROAMING_OFF: Effect({"roaming": Roaming.OFF}),
    Kind.TARIFF_CHANGE: Effect(value=Value.TARIFF),
    Kind.NUMBER_DEACTIVATION: Effect({"state": LineState.CANCELLED}),
    Kind.NUMBER_ACTIVATION: Effect(
        {"state": LineState.ACTIVE},
        value=Value.TARIFF,
        from_states=frozenset({LineState.SUSPENDED, LineState.CANCELLED}),
        makes_line=True,
    ),
}
"""Kinds that are not here change no number."""


class Obstacle(StrEnum):
    """Why a number cannot be changed now."""

    UNKNOWN = "unknown"
    FOREIGN = "foreign"
    STATE = "state"
    SAME = "same"
    VALUE = "value"
    TARIFF = "tariff"
    CARD = "card"
    CARD_USED = "card-used"

    @property
    def label(self) -> str:
        """The obstacle in the language in use."""
        return _(_OBSTACLE_LABELS[self])


_OBSTACLE_LABELS: Final = {
    Obstacle.UNKNOWN: N_("not in the register"),
    Obstacle.FOREIGN: N_("belongs to another client"),
    Obstacle.STATE: N_("its state does not allow it"),
    Obstacle.SAME: N_("it is so already"),
    Obstacle.VALUE: N_("a value is missing"),
    Obstacle.TARIFF: N_("the price list has no such tariff"),
    Obstacle.CARD: N_("this is no number of a SIM card"),
    Obstacle.CARD_USED: N_("the SIM card is or was used by another number"),
}


def obstacle(effect: Effect, line: Line | None, value: str) -> Obstacle | None:
    """Return what keeps a number from being changed, or None.

    Args:
        effect: of the kind.
        line: the number as it is, or None where the register does not have it.
        value: what was given beside it.
    """
    if effect.value is not Value.NOTHING and not value.strip():
        return Obstacle.VALUE
    if line is None:
        return None if effect.makes_line else Obstacle.UNKNOWN
    if _is_so(effect, line, value):
        return Obstacle.SAME
    return None if line.state in effect.from_states else Obstacle.STATE


def _is_so(effect: Effect, line: Line, value: str) -> bool:
    wanted = dict(effect.changes)
    if effect.value is Value.TARIFF:
        wanted["tariff"] = value.strip()
    return bool(wanted) and all(getattr(line, name) == to for name, to in wanted.items())
