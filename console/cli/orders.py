"""Commands on orders: list, step, deliver; ``order`` itself stands with the documents."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from console.cli.base import JSON, cli, day, iso, moment, show, with_workspace, word
from console.domain.order import OrderState
from console.errors import KnownError
from console.system_reasons import reason_of
from console.workspace import Workspace


@cli.command("order-list")
@click.option("--client", "ico", help="IČO of the client; all clients where not given.")
@click.option("--state", default="", help="Only orders in this state.")
@JSON
@with_workspace
def order_list(opened: Workspace, ico: str | None, state: str, as_json: bool) -> None:
    """List orders, the newest first."""
    from console.domain.listing import ListQuery
    from console.services import clients, lists

    filters = (("state", word(OrderState, state).value),) if state else ()
    query = ListQuery(
        noun="orders",
        sort="ordered_on",
        descending=True,
        client_id=clients.client_by_ico(opened, ico).id if ico else 0,
        filters=filters,
    )
    found: list[Any] = []
    after: Any = None
    is_more = True
    while is_more:
        page = lists.page(opened, query, after)
        found += page.rows
        after = page.keys[-1] if page.keys else None
        is_more = not page.at_end
    data = [
        {
            "number": one.number,
            "client": one.client,
            "state": one.state.value,
            "ordered_on": one.ordered_on.isoformat(),
            "contact": one.contact,
            "request": one.request,
            "portal_reference": one.portal_reference,
            "pieces": one.pieces,
            "delivered": one.delivered,
            "net": f"{one.net:.2f}",
        }
        for one in found
    ]
    lines = [f"{d['number']}  {d['state']}  {d['client']}  {d['net']}" for d in data]
    show(as_json, data, "\n".join(lines))


@cli.command("order-step")
@click.argument("number")
@click.argument("state")
@click.option("--reference", default="", help="The portal's, for sent.")
@click.option("--sent", default="", help="When it was sent, ISO; now where not given.")
@click.option("--taken-by", default="", help="Who took it over, for handed-over.")
@click.option("--day", "handed", default="", help="Day of the hand-over, ISO; today if not given.")
@click.option("--reason", default="", help="For cancelled.")
@JSON
@with_workspace
def order_step(
    opened: Workspace,
    number: str,
    state: str,
    reference: str,
    sent: str,
    taken_by: str,
    handed: str,
    reason: str,
    as_json: bool,
) -> None:
    """Bring an order into a STATE: sent, confirmed, handed-over or cancelled."""
    from console.services import order_steps, orders

    order, target = orders.order_by_number(opened, number), word(OrderState, state)
    if target is OrderState.HANDED_OVER:
        on = day(handed) if handed else opened.store.today()
        order_steps.hand_over(opened, order, taken_by, on)
    else:
        facts: dict[str, Any] = {}
        if target is OrderState.SENT:
            at = moment(sent) if sent else opened.store.now()
            facts = {"portal_reference": reference, "sent_at": at}
        elif target is OrderState.CANCELLED:
            facts = {"cancelled_because": reason}
        order_steps.take_step(opened, order, target, **facts)
    _show(opened, number, as_json)


@cli.command("order-deliver")
@click.argument("number")
@click.option("--line", "counts", multiple=True, help="LINE=PIECES that came; may be repeated.")
@click.option("--piece", "pieces", multiple=True, help="LINE=IMEI or ICCID, then ;NUMBER.")
@click.option("--pieces", "lists", multiple=True, help="LINE=FILE with a piece on each row.")
@click.option("--day", "came", default="", help="When it came, ISO; today where not given.")
@JSON
@with_workspace
def order_deliver(
    opened: Workspace,
    number: str,
    counts: Sequence[str],
    pieces: Sequence[str],
    lists: Sequence[str],
    came: str,
    as_json: bool,
) -> None:
    """Take in what arrived of an order; it becomes devices and SIM cards of the register."""
    from console.services import deliveries, orders

    order = orders.order_by_number(opened, number)
    ids = {line.position: line.id for line in orders.lines_of(opened, order.id)}
    serials: dict[int, list[str]] = {}
    for position, piece in map(_pair, pieces):
        serials.setdefault(position, []).append(piece)
    for position, name in map(_pair, lists):
        serials.setdefault(position, []).extend(deliveries.split(_read(Path(name))))
    came_of = {position: _count(text) for position, text in map(_pair, counts)}
    arrived = [
        deliveries.Delivered(
            _line(ids, position),
            came_of.get(position, len(serials.get(position, ()))),
            tuple(serials.get(position, ())),
        )
        for position in sorted({*came_of, *serials})
    ]
    on = day(came) if came else opened.store.today()
    deliveries.deliver(opened, order, arrived, on)
    _show(opened, number, as_json)


def _pair(text: str) -> tuple[int, str]:
    """Return the line and what is said of it."""
    position, mark, said = text.partition("=")
    if not mark or not position.strip().isdecimal():
        raise click.UsageError(f"“{text}” is not LINE=VALUE.")
    return int(position), said.strip()


def _count(text: str) -> int:
    if not text.isdecimal():
        raise click.UsageError(f"“{text}” is no count of pieces.")
    return int(text)


def _line(ids: dict[int, int], position: int) -> int:
    if position not in ids:
        raise click.UsageError(f"The order has no line {position}.")
    return ids[position]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "UTF-8" if isinstance(error, UnicodeDecodeError) else reason_of(error)
        raise KnownError("file-unreadable", name=path.name, reason=reason) from error


def _show(opened: Workspace, number: str, as_json: bool) -> None:
    from console.services import orders

    full = orders.full_order(opened, orders.order_by_number(opened, number).id)
    order = full.order
    data = {
        "number": order.number,
        "state": order.state.value,
        "portal_reference": order.portal_reference,
        "sent": iso(order.sent_at),
        "taken_by": order.taken_by,
        "lines": [
            {
                "line": line.position,
                "item": line.item,
                "pieces": line.quantity,
                "delivered": line.delivered,
            }
            for line in full.lines
        ],
        "devices": [device.imei or device.model for device in full.devices],
        "sims": [sim.iccid for sim in full.sims],
    }
    show(as_json, data, f"{order.number}: {order.state.value}")
