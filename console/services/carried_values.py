"""What is given beside a number when a request is carried out: a tariff or a SIM card, read."""

from collections.abc import Callable
from dataclasses import dataclass

from console.domain.line import Line
from console.domain.sim import Sim
from console.domain.workflow import Obstacle
from console.intake.values import iccid as read_iccid
from console.intake.values import plain
from console.services.tariffs import tariffs_of
from console.workspace import Workspace

_NO_CARD = "iccid-form"


@dataclass(frozen=True, slots=True)
class Wish:
    """A value as it was understood.

    Args:
        value: as the register writes it.
        obstacle: why it cannot be had, or None.
        is_doubtful: whether its check digit does not fit, which is a warning only.
    """

    value: str
    obstacle: Obstacle | None = None
    is_doubtful: bool = False


def tariffs(workspace: Workspace, client_id: int) -> Callable[[Line | None, str], Wish]:
    """Return what reads a tariff by its name or code; without a price list any name will do."""
    known: dict[str, str] = {}
    for tariff in reversed(tariffs_of(workspace, client_id)):
        known |= {plain(tariff.code): tariff.name} if tariff.code else {}
        known[plain(tariff.name)] = tariff.name

    def read(_line: Line | None, text: str) -> Wish:
        words = text.strip()
        if not words or not known or plain(words) in known:
            return Wish(known.get(plain(words), words))
        return Wish(words, Obstacle.TARIFF)

    return read


def cards(workspace: Workspace, client_id: int) -> Callable[[Line | None, str], Wish]:
    """Return what reads a SIM card, each of which can be given once."""
    given: set[str] = set()

    def read(line: Line | None, text: str) -> Wish:
        number, code = read_iccid(text)
        if not number:
            return Wish("")
        if code == _NO_CARD:
            return Wish(number, Obstacle.CARD)
        known = workspace.store.select(Sim, "iccid = ?", [number])
        if line is not None and any(card.id == line.sim_id for card in known):
            return Wish(number, Obstacle.SAME)
        is_free = number not in given and all(_is_free(card, client_id, line) for card in known)
        given.add(number)
        return Wish(number, None if is_free else Obstacle.CARD_USED, bool(code))

    return read


def _is_free(card: Sim, client_id: int, line: Line | None) -> bool:
    """Return whether a number can get a card that the register has: one of the client's stock."""
    is_ours = card.client_id == client_id and card.valid_until is None
    return is_ours and card.line_id in (None, line.id if line else None)
