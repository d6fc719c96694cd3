"""Devices of the demo data: phones, modems and tablets in the hands of those who have numbers."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from console.domain.client import Client
from console.domain.device import Device
from console.domain.line import Line
from console.workspace import Workspace

_MODELS: Final = (
    ("Galaxy A56", "telefon", "6190.00"),
    ("iPhone 16e", "telefon", "13490.00"),
    ("Nokia 235", "telefon", "1590.00"),
    ("Archer MR600", "modem", "3290.00"),
    ("Galaxy Tab A9+", "tablet", "5490.00"),
)
_EVERY: Final = 4
_FIRST_IMEI: Final = 35_209_900_000_000


def fill(workspace: Workspace, client: Client) -> None:
    """Give every fourth number of a client a device."""
    store = workspace.store
    for place, line in enumerate(store.select(Line, "client_id = ?", [client.id])[::_EVERY]):
        model, kind, price = _MODELS[place % len(_MODELS)]
        bought = line.activated_on or store.today()
        store.insert(
            Device(
                client_id=client.id,
                model=model,
                kind=kind,
                imei=imei(_FIRST_IMEI + place * 7919),
                line_id=line.id,
                holder=line.holder,
                price=Decimal(price),
                bought_on=bought,
                warranty_until=bought + timedelta(days=730),
                handed_over_on=bought + timedelta(days=3),
            )
        )


def imei(body: int) -> str:
    """Return an IMEI with its check digit."""
    from stdnum import luhn

    digits = f"{body:014}"[:14]
    return digits + luhn.calc_check_digit(digits)
