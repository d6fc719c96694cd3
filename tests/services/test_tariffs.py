"""Tariffs: a client's own price list, in Czech order."""

from decimal import Decimal

import pytest

from console.domain.client import Client
from console.domain.tariff import Tariff
from console.services import history, tariffs
from console.workspace import Workspace
from tests.services.steps import another_client, refused


def add(opened: Workspace, client: Client, name: str, **more: object) -> Tariff:
    """Put a tariff on the price list."""
    tariff = Tariff(client_id=client.id, code=name[:3], name=name, **more)  # type: ignore[arg-type]
    added = tariffs.add_tariff(opened, tariff).result
    assert isinstance(added, Tariff)
    return added


def test_price_list_is_the_clients_own_in_czech_order(opened: Workspace, client: Client) -> None:
    for name in ("Šetřílek", "Chytrý", "Hovory", "Data"):
        add(opened, client, name)
    add(opened, another_client(opened), "Cizí")
    names = [tariff.name for tariff in tariffs.tariffs_of(opened, client.id)]
    assert names == ["Data", "Hovory", "Chytrý", "Šetřílek"]


@pytest.mark.parametrize("fee", ["0", "0.01", "189.50", "99999999.99"])
def test_price_is_kept_to_the_haler(opened: Workspace, client: Client, fee: str) -> None:
    added = add(opened, client, "Profi", monthly_fee=Decimal(fee), included_mb=-1)
    kept = tariffs.tariff(opened, added.id)
    assert (kept.monthly_fee, kept.included_mb, kept.list_fee) == (Decimal(fee), -1, None)


def test_tariff_needs_a_name(opened: Workspace, client: Client) -> None:
    with refused("field-missing"):
        add(opened, client, "  ")


def test_change_and_deletion_are_undone(opened: Workspace, client: Client) -> None:
    added = add(opened, client, "Profi", monthly_fee=Decimal("99.00"))
    changed = tariffs.change_tariff(opened, added, monthly_fee=Decimal("109.00")).result
    assert isinstance(changed, Tariff)
    tariffs.delete_tariff(opened, changed)
    assert tariffs.tariffs_of(opened, client.id) == []
    history.undo_last(opened)
    history.undo_last(opened)
    assert tariffs.tariff(opened, added.id).monthly_fee == Decimal("99.00")
