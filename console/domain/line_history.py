"""The history of a number by day: one value after another, without a gap and without overlap.

For each field the changes form a chain: what one leaves is what the next one begins with. A
change that is dated back is put between its neighbours; one of a day to come waits for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from console.domain.line import LineChange


@dataclass(frozen=True, slots=True)
class Placed:
    """What putting a change into the history comes to.

    Args:
        made: the new change, or None where the day has this value already.
        following: the change behind it with its new beginning, or None where it stays.
        is_followed_alike: whether the following one no longer changes anything.
        now: the value that the number has today, as stored.
    """

    made: LineChange | None
    following: LineChange | None
    is_followed_alike: bool
    now: str


def place(chain: Sequence[LineChange], new: LineChange, current: str, today: date) -> Placed:
    """Put a change into the history of one field.

    Args:
        chain: the field's changes, in any order.
        new: the change to put in; what it begins with is found here.
        current: the value that the number has now, as stored.
        today: changes up to this day are in force.
    """
    ordered = in_order(chain)
    earlier = [change for change in ordered if change.effective_on <= new.effective_on]
    later = [change for change in ordered if change.effective_on > new.effective_on]
    before = _value_on(earlier, later, current, today)
    if before == new.after:
        return Placed(None, None, is_followed_alike=False, now=current)
    made = replace(new, before=before, applied=new.effective_on <= today)
    following = replace(later[0], before=new.after) if later else None
    is_alike = following is not None and following.before == following.after
    is_last = made.applied and not (later and later[0].effective_on <= today)
    return Placed(made, following, is_alike, new.after if is_last else current)


def _value_on(
    earlier: Sequence[LineChange],
    later: Sequence[LineChange],
    current: str,
    today: date,
) -> str:
    """Return the value that holds where a change is to begin.

    The number itself is believed where the history has nothing in force behind it: a value
    that came otherwise than by day, from a file for example, is what holds now.
    """
    if later and later[0].effective_on <= today:
        return later[0].before
    is_to_come = bool(earlier) and earlier[-1].effective_on > today
    return earlier[-1].after if is_to_come else current


def in_order(chain: Sequence[LineChange]) -> list[LineChange]:
    """Return changes in the order in which they take effect."""
    return sorted(chain, key=lambda change: (change.effective_on, change.id))


def breaks(chain: Sequence[LineChange]) -> list[LineChange]:
    """Return the changes that do not begin with what the one before them left."""
    ordered = in_order(chain)
    return [after for before, after in pairwise(ordered) if after.before != before.after]
