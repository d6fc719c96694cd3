"""Which clause wins where several fit a request, and why."""

from collections.abc import Sequence

from console.domain.agreement import Agreement, Clause, Dimension, Nature
from console.domain.request import Channel, Kind
from console.texts import N_


def choose(
    agreement: Agreement, nature: Nature, kind: Kind, channel: Channel, count: int
) -> tuple[Clause, ...]:
    """Return the clauses of one nature that fit, the winning one first.

    What a clause states as its precedence goes first; then the respects in the agreement's
    order, in which a clause that limits itself beats one that does not.

    Args:
        agreement: whose clauses.
        nature: soft or contractual.
        kind: what is asked for.
        channel: how it came.
        count: distinct numbers.
    """

    def rank(clause: Clause) -> tuple[int, ...]:
        special = (clause.is_special_in(dimension) for dimension in agreement.precedence)
        return (-clause.precedence, *(0 if yes else 1 for yes in special))

    fitting = [
        clause
        for clause in agreement.clauses
        if clause.nature is nature and clause.covers(kind, channel, count)
    ]
    return tuple(sorted(fitting, key=rank))


def why(agreement: Agreement, fitting: Sequence[Clause]) -> str:
    """Return why the first of the fitting clauses wins, marked for translation."""
    if len(fitting) == 1:
        return N_("no other rule fits")
    winner, other = fitting[0], fitting[1]
    if winner.precedence > other.precedence:
        return N_("the agreement puts it first")
    for dimension in agreement.precedence:
        if winner.is_special_in(dimension) and not other.is_special_in(dimension):
            return {
                Dimension.KIND: N_("the rule for the kind goes first"),
                Dimension.CHANNEL: N_("the rule for the channel goes first"),
                Dimension.QUANTITY: N_("the rule for the quantity goes first"),
            }[dimension]
    return N_("it stands first in the agreement")
