"""What carrying out a request does to a number, as data: for each kind that changes one."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from console.domain.line import Line, LineState, Roaming
from console.domain.request import Kind
from console.texts import N_, _


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
    STATE = "state"
    SAME = "same"
    VALUE = "value"

    @property
    def label(self) -> str:
        """The obstacle in the language in use."""
        return _(_OBSTACLE_LABELS[self])


_OBSTACLE_LABELS: Final = {
    Obstacle.UNKNOWN: N_("not in the register"),
    Obstacle.STATE: N_("its state does not allow it"),
    Obstacle.SAME: N_("it is so already"),
    Obstacle.VALUE: N_("a value is missing"),
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
