"""What arrives of an order: checked piece by piece, and put into the register with it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final

from console.domain import phone
from console.domain.catalogue_item import ItemKind
from console.domain.device import Device
from console.domain.journal import Changes
from console.domain.legal_time import add_months
from console.domain.line import Line
from console.domain.order import Order, OrderLine, OrderState
from console.domain.order_workflow import after_delivery
from console.domain.sim import Sim
from console.errors import KnownError
from console.intake import values
from console.services import devices, orders, sims
from console.services.order_steps import tell_request
from console.texts import N_, _
from console.workspace import Workspace

_PARTS: Final = re.compile(r"[;,\t]")
_TAKES: Final = frozenset({OrderState.CONFIRMED, OrderState.PART_DELIVERED})


@dataclass(frozen=True, slots=True)
class Delivered:
    """What arrived of one line.

    Args:
        quantity: pieces that came now.
        pieces: IMEI or ICCID of each, as scanned; behind it, parted by a semicolon, the number
            that it is for, where that is not the line's. Fewer than pieces that came where
            some have none.
        before: pieces that had come before, as the person saw it; None where nobody looked.
    """

    line_id: int
    quantity: int
    pieces: tuple[str, ...] = ()
    before: int | None = None


class PieceProblem(StrEnum):
    """What is wrong with a piece of a delivery."""

    TOO_MANY = "too-many"
    TOO_MANY_PIECES = "too-many-pieces"
    IMEI = "imei"
    ICCID = "iccid"
    ICCID_MISSING = "iccid-missing"
    ICCID_CHECK = "iccid-check"
    REPEATED = "repeated"
    KNOWN = "known"
    NUMBER = "number"
    LINE_UNKNOWN = "line-unknown"
    CARD_IN_USE = "card-in-use"

    @property
    def is_warning(self) -> bool:
        """Whether it is said, but does not keep the delivery back."""
        return self in _WARNINGS

    @property
    def message(self) -> str:
        """What is wrong, in the language in use, with ``{value}`` in it."""
        return _(_MESSAGES[self])


_WARNINGS: Final = frozenset(
    {PieceProblem.ICCID_CHECK, PieceProblem.LINE_UNKNOWN, PieceProblem.CARD_IN_USE}
)
_MESSAGES: Final = {
    PieceProblem.TOO_MANY: N_("More pieces than are still to come: {value}."),
    PieceProblem.TOO_MANY_PIECES: N_("More IMEIs or ICCIDs than pieces that came: {value}."),
    PieceProblem.IMEI: N_("“{value}” is no IMEI."),
    PieceProblem.ICCID: N_("“{value}” is no number of a SIM card."),
    PieceProblem.ICCID_MISSING: N_("Each SIM card needs its ICCID; missing: {value}."),
    PieceProblem.ICCID_CHECK: N_("The check digit of {value} does not fit; kept as written."),
    PieceProblem.REPEATED: N_("“{value}” stands in the list twice."),
    PieceProblem.KNOWN: N_("“{value}” is in the register already."),
    PieceProblem.NUMBER: N_("“{value}” is no phone number."),
    PieceProblem.LINE_UNKNOWN: N_(
        "The client has no number {value}; the piece comes in without it."
    ),
    PieceProblem.CARD_IN_USE: N_(
        "The number {value} uses another card; the new one waits until it is swapped."
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a delivery that a person should look at.

    Args:
        position: of the order's line.
        value: what it is about, as it was written.
    """

    position: int
    problem: PieceProblem
    value: str

    @property
    def message(self) -> str:
        """The sentence in the language in use."""
        said = self.problem.message.format(value=self.value)
        return _("Line {position}: {said}").format(position=self.position, said=said)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One piece that becomes a record."""

    line: OrderLine
    serial: str
    number: str
    at: Line | None


@dataclass(slots=True)
class Plan:
    """What a delivery would do; nothing is stored.

    Args:
        findings: what is wrong or worth a look.
        lines: lines of the order with what has arrived then.
    """

    findings: list[Finding] = field(default_factory=list)
    lines: list[OrderLine] = field(default_factory=list)
    pieces: list[_Piece] = field(default_factory=list)

    @property
    def is_possible(self) -> bool:
        """Whether it can be taken in."""
        return all(one.problem.is_warning for one in self.findings)

    @property
    def devices(self) -> int:
        """Count of devices that come into the register."""
        return sum(piece.line.kind is not ItemKind.SIM for piece in self.pieces)

    @property
    def sims(self) -> int:
        """Count of SIM cards that come into the register."""
        return len(self.pieces) - self.devices


def split(text: str) -> tuple[str, ...]:
    """Return the pieces of a list that was typed, pasted or scanned: one on each row."""
    return tuple(row.strip() for row in text.splitlines() if row.strip())


def plan(workspace: Workspace, order: Order, arrived: Sequence[Delivered]) -> Plan:
    """Say what a delivery would do, and what is wrong with it.

    Args:
        workspace: the open workspace.
        order: whose.
        arrived: what came of each line.
    """
    made = Plan()
    seen: set[str] = set()
    by_line = {one.line_id: one for one in arrived}
    for line in orders.lines_of(workspace, order.id):
        came = by_line.get(line.id, Delivered(line.id, 0))
        made.lines.append(replace(line, delivered=line.delivered + max(0, came.quantity)))
        if came.quantity > line.open_pieces or came.quantity < 0:
            made.findings.append(Finding(line.position, PieceProblem.TOO_MANY, str(came.quantity)))
        elif came.quantity or came.pieces:
            _plan_line(workspace, made, line, came, seen)
    return made


def _plan_line(
    workspace: Workspace, made: Plan, line: OrderLine, came: Delivered, seen: set[str]
) -> None:
    if line.kind is ItemKind.SERVICE:
        return
    if len(came.pieces) > came.quantity:
        value = f"{len(came.pieces)} > {came.quantity}"
        made.findings.append(Finding(line.position, PieceProblem.TOO_MANY_PIECES, value))
        return
    for row in came.pieces:
        _plan_piece(workspace, made, line, row, seen)
    left = came.quantity - len(came.pieces)
    if left and line.kind is ItemKind.SIM:
        made.findings.append(Finding(line.position, PieceProblem.ICCID_MISSING, str(left)))
        return
    for _number in range(left):
        made.pieces.append(_piece(workspace, made, line, "", ""))


def _plan_piece(
    workspace: Workspace, made: Plan, line: OrderLine, row: str, seen: set[str]
) -> None:
    written, *rest = (part.strip() for part in _PARTS.split(row, maxsplit=1))
    is_card = line.kind is ItemKind.SIM
    serial, code = values.iccid(written) if is_card else values.imei(written)
    if is_card and code == "iccid-check":
        made.findings.append(Finding(line.position, PieceProblem.ICCID_CHECK, written))
    elif code or not serial:
        problem = PieceProblem.ICCID if is_card else PieceProblem.IMEI
        made.findings.append(Finding(line.position, problem, written))
        return
    if serial in seen:
        made.findings.append(Finding(line.position, PieceProblem.REPEATED, written))
        return
    seen.add(serial)
    if _is_known(workspace, serial, is_card=is_card):
        made.findings.append(Finding(line.position, PieceProblem.KNOWN, written))
        return
    made.pieces.append(_piece(workspace, made, line, serial, rest[0] if rest else ""))


def _is_known(workspace: Workspace, serial: str, *, is_card: bool) -> bool:
    select = workspace.store.select
    return bool(select(Sim, "iccid = ?", [serial]) if is_card else
                select(Device, "imei = ?", [serial]))  # fmt: skip


def _piece(workspace: Workspace, made: Plan, line: OrderLine, serial: str, written: str) -> _Piece:
    """Return a piece with its number and the line that the register has for it."""
    number = phone.normalise(written) if written else line.msisdn
    if written and not number:
        made.findings.append(Finding(line.position, PieceProblem.NUMBER, written))
        return _Piece(line, serial, "", None)
    found = workspace.store.select(
        Line, "client_id = ? AND msisdn = ?", [line.client_id, number or ""]
    )
    at = found[0] if found else None
    if number and at is None:
        shown = phone.pretty(number)
        made.findings.append(Finding(line.position, PieceProblem.LINE_UNKNOWN, shown))
    if at is not None and at.sim_id and line.kind is ItemKind.SIM:
        shown = phone.pretty(at.msisdn)
        made.findings.append(Finding(line.position, PieceProblem.CARD_IN_USE, shown))
    return _Piece(line, serial, number or "", at)


def deliver(workspace: Workspace, order: Order, arrived: Sequence[Delivered], day: date) -> Changes:
    """Take in what arrived: the order and the register change as one action.

    Devices and accessories become devices with their warranty, SIM cards become cards; a card
    for a number that has none is used by it from now on, one for a number that has one waits.

    Args:
        workspace: the open workspace.
        order: as the person saw it.
        arrived: what came of each line.
        day: on which it came.

    Returns:
        The changes; their result is the order.

    Raises:
        KnownError: ``order-delivery``, ``delivery-empty``, ``delivery-wrong``,
            ``order-future``, ``record-changed``.
    """
    if order.state not in _TAKES:
        raise KnownError("order-delivery", number=order.number, state=order.state.label)
    if day > workspace.store.today():
        raise KnownError("order-future", time=day.isoformat())
    if not any(one.quantity for one in arrived):
        raise KnownError("delivery-empty", number=order.number)
    made = plan(workspace, order, arrived)
    wrong = [one.message for one in made.findings if not one.problem.is_warning]
    if wrong:
        raise KnownError("delivery-wrong", number=order.number, what=" ".join(wrong[:5]))
    store = workspace.store
    _refuse_stale(workspace, order, arrived)
    with store.unit("order-delivery", order.number) as unit:
        changed = store.update(order, state=after_delivery(made.lines))
        for before, after in zip(orders.lines_of(workspace, order.id), made.lines, strict=True):
            store.update(before, delivered=after.delivered)
        _store(workspace, order, made.pieces, day)
        tell_request(workspace, changed)
    return Changes(unit, frozenset(store.tables_changed), changed)


def _refuse_stale(workspace: Workspace, order: Order, arrived: Sequence[Delivered]) -> None:
    """Refuse a delivery that was filled in before another one was taken in."""
    now = {line.id: line.delivered for line in orders.lines_of(workspace, order.id)}
    if any(one.before not in (None, now.get(one.line_id)) for one in arrived):
        raise KnownError("record-changed")


def _store(workspace: Workspace, order: Order, pieces: Iterable[_Piece], day: date) -> None:
    for piece in pieces:
        if piece.line.kind is ItemKind.SIM:
            sims.add_sim(workspace, _sim(order, piece, day))
        else:
            devices.add_device(workspace, _device(order, piece, day))


def _device(order: Order, piece: _Piece, day: date) -> Device:
    line = piece.line
    months = line.warranty_months
    return Device(
        client_id=order.client_id,
        model=line.item,
        kind=line.kind.label,
        imei=piece.serial,
        line_id=piece.at.id if piece.at else None,
        order_id=order.id,
        holder=piece.at.holder if piece.at else "",
        price=line.unit_price,
        bought_on=day,
        warranty_until=add_months(day, months) if months else None,
        note=_for_number(piece),
    )


def _sim(order: Order, piece: _Piece, day: date) -> Sim:
    is_free = piece.at is not None and not piece.at.sim_id
    return Sim(
        client_id=order.client_id,
        iccid=piece.serial,
        line_id=piece.at.id if piece.at and is_free else None,
        order_id=order.id,
        valid_from=day if is_free else None,
        note="" if is_free else _for_number(piece, is_waiting=True),
    )


def _for_number(piece: _Piece, *, is_waiting: bool = False) -> str:
    """Say which number a piece is for, where its record cannot refer to it."""
    if not piece.number or (piece.at is not None and not is_waiting):
        return ""
    return _("for {number}").format(number=phone.pretty(piece.number))
