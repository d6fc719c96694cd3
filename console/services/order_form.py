"""The contents of an order form, out of the order and who orders."""

from datetime import date
from decimal import Decimal

from console import texts
from console.domain import formats, phone
from console.domain.authority import Asked
from console.domain.client import Client
from console.domain.contact import Contact
from console.domain.order import Order, vat_summary
from console.domain.order_form import OrderForm, OrderFormLine, OrderFormVat
from console.domain.request import Kind
from console.services import contacts, orders, settings
from console.texts import _
from console.workspace import Workspace


def order_form(workspace: Workspace, order: Order, number: str, revision: int) -> OrderForm:
    """Compose the form of an order."""
    full = orders.full_order(workspace, order.id)
    client = workspace.store.get(Client, order.client_id)
    me = settings.manager(workspace)
    sums = vat_summary(full.lines)
    net = sum((line.net for line in full.lines), Decimal(0))
    return OrderForm(
        number=order.number,
        document=number,
        revision=revision,
        language=texts.language(),
        client=client.name,
        ico=client.ico,
        dic=client.dic,
        seat=client.seat,
        ordered_on=order.ordered_on,
        issued_at=workspace.store.now(),
        ordered_by=full.contact.name if full.contact else "",
        authority=_authority(workspace, full.contact, order.ordered_on, net),
        delivery_address=order.delivery_address or client.seat,
        manager=me.name,
        manager_email=me.email,
        manager_phone=me.phone,
        operator=me.operator,
        note=order.note,
        lines=tuple(
            OrderFormLine(
                position=line.position,
                item=line.item,
                number=phone.pretty(line.msisdn),
                quantity=line.quantity,
                unit_price=line.unit_price,
                vat_rate=line.vat_rate,
                net=line.net,
                note=line.note,
            )
            for line in full.lines
        ),
        vat=tuple(
            OrderFormVat(rate=part.rate, net=part.net, vat=part.vat, gross=part.gross)
            for part in sums
        ),
        net=net,
        gross=sum((part.gross for part in sums), Decimal(0)),
        brand=settings.brand(workspace),
    )


def _authority(workspace: Workspace, contact: Contact | None, on: date, net: Decimal) -> str:
    """Say whether the person may order, and up to what sum."""
    if contact is None:
        return ""
    asked = Asked(Kind.DEVICE_ORDER, {}, on, amount=net)
    verdict = contacts.judge(workspace, contact, asked)
    limit = orders.limit_of(workspace, contact, on)
    if limit is None or not verdict.allowed:
        return verdict.why
    said = _("One order up to {limit} without VAT.").format(limit=formats.money(limit))
    return f"{verdict.why} {said}"
