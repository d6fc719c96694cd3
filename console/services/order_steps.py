"""Steps of an order: sent to the portal, confirmed, handed over, cancelled."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from console.domain import formats, phone
from console.domain.client import Client
from console.domain.device import Device
from console.domain.hand_over import HandedDevice
from console.domain.journal import Changes
from console.domain.line import Line
from console.domain.order import Order, OrderState
from console.domain.order_workflow import BY_DELIVERY, STEPS, missing
from console.domain.request import EntryKind, Request
from console.domain.sim import Sim
from console.errors import KnownError
from console.services import orders, papers, requests
from console.texts import _
from console.workspace import Workspace


def take_step(workspace: Workspace, order: Order, state: OrderState, **facts: Any) -> Changes:
    """Bring an order into another state.

    Args:
        workspace: the open workspace.
        order: as the person saw it.
        state: where it goes; one that comes about by a delivery is not chosen.
        **facts: what the state needs, by the order's fields: ``portal_reference``, ``sent_at``,
            ``taken_by``, ``handed_over_on``, ``cancelled_because``.

    Returns:
        The changes; their result is the order.

    Raises:
        KnownError: ``order-step``, ``order-needs``, ``order-future``, ``record-changed``.
    """
    if state in BY_DELIVERY or state not in STEPS[order.state]:
        raise KnownError(
            "order-step", number=order.number, state=order.state.label, target=state.label
        )
    _check_times(workspace, facts)
    facts = {n: v.strip() if isinstance(v, str) else v for n, v in facts.items()}
    store = workspace.store
    with store.unit("order-step", f"{order.number}: {state.label}") as unit:
        changed = store.update(order, state=state, **facts)
        needs = missing(changed, orders.lines_of(workspace, order.id), state)
        if needs:
            told = ", ".join(need.label for need in needs)
            raise KnownError("order-needs", number=order.number, state=state.label, needs=told)
        tell_request(workspace, changed)
    return Changes(unit, frozenset(store.tables_changed), changed)


def _check_times(workspace: Workspace, facts: dict[str, Any]) -> None:
    """Refuse what has not happened yet."""
    sent, handed = facts.get("sent_at"), facts.get("handed_over_on")
    if isinstance(sent, datetime) and sent > workspace.store.now():
        raise KnownError("order-future", time=formats.moment(sent))
    if isinstance(handed, date) and handed > workspace.store.today():
        raise KnownError("order-future", time=formats.day(handed))


def hand_over(
    workspace: Workspace, order: Order, taken_by: str, day: date, place: str = "", note: str = ""
) -> Changes:
    """Hand over what was delivered, and issue the protocol of it, as one action.

    Args:
        workspace: the open workspace.
        order: as the person saw it; all of it delivered.
        taken_by: who took it.
        day: of the hand-over.
        place: where, or empty.
        note: printed on the protocol.

    Returns:
        The changes; their result is an ``Issued``, or the order where nothing that can be
        handed over was delivered.

    Raises:
        KnownError: as :func:`take_step`.
    """
    store = workspace.store
    with store.unit("order-step", f"{order.number}: {OrderState.HANDED_OVER.label}") as unit:
        result = take_step(
            workspace, order, OrderState.HANDED_OVER, taken_by=taken_by, handed_over_on=day
        ).result
        devices = store.select(Device, "order_id = ?", [order.id])
        store.update_many(
            [(d, {"handed_over_on": day}) for d in devices if d.handed_over_on is None]
        )
        cards = store.select(Sim, "order_id = ?", [order.id])
        pieces = [*_devices(workspace, devices), *_cards(workspace, cards)]
        if pieces:
            client = store.get(Client, order.client_id)
            about = f"{order.number} {day.isoformat()}"
            result = papers.issue_hand_over(
                workspace, client, pieces, taken_by.strip(), place, note, about=about, day=day
            ).result
    return Changes(unit, frozenset(store.tables_changed), result)


def _devices(workspace: Workspace, devices: Sequence[Device]) -> list[HandedDevice]:
    return [
        HandedDevice(
            model=device.model,
            imei=device.imei,
            number=_number(workspace, device.line_id),
            warranty_until=device.warranty_until,
        )
        for device in devices
    ]


def _cards(workspace: Workspace, cards: Sequence[Sim]) -> list[HandedDevice]:
    return [
        HandedDevice(
            model=_("SIM card {iccid}").format(iccid=card.iccid),
            number=_number(workspace, card.line_id),
        )
        for card in cards
    ]


def _number(workspace: Workspace, line_id: int | None) -> str:
    found = workspace.store.select(Line, "id = ?", [line_id or 0])
    return phone.pretty(found[0].msisdn) if found else ""


def tell_request(workspace: Workspace, order: Order) -> None:
    """Write into the story of the request how far its order is, inside the current unit."""
    if order.request_id:
        request = workspace.store.get(Request, order.request_id)
        requests.add_entry(workspace, request, EntryKind.NOTE, status(workspace, order))


def status(workspace: Workspace, order: Order) -> str:
    """Say how far an order is, in a sentence for whoever asks."""
    parts = [_("Order {number}: {state}").format(number=order.number, state=order.state.label)]
    if order.portal_reference and order.sent_at:
        text = _("sent {at}, reference {reference}")
        parts.append(
            text.format(at=formats.moment(order.sent_at), reference=order.portal_reference)
        )
    lines = orders.lines_of(workspace, order.id)
    arrived, ordered = sum(x.delivered for x in lines), sum(x.quantity for x in lines)
    if arrived:
        parts.append(_("{done} of {all} pieces delivered").format(done=arrived, all=ordered))
    if order.handed_over_on:
        text = _("taken over by {name} on {day}")
        parts.append(text.format(name=order.taken_by, day=formats.day(order.handed_over_on)))
    if order.cancelled_because:
        parts.append(order.cancelled_because)
    return "; ".join(parts) + "."
