"""Which tariff fits: what each costs for what was used, and when a change is worth it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.tariff import Tariff
from console.domain.tariff_fit import LEAST_SAVING, Fit, Used, cost, misfit

PRICE = Decimal("1.50")


def tariff(
    name: str, fee: int, minutes: int | None, mb: int | None = -1, price: Decimal | None = PRICE
) -> Tariff:
    """Return a tariff with unlimited SMS."""
    return Tariff(
        id=sum(map(ord, name)) + 1000 * len(name),
        client_id=1,
        code=name,
        name=name,
        monthly_fee=Decimal(fee),
        included_minutes=minutes,
        minute_price=price,
        included_sms=-1,
        included_mb=mb,
        mb_price=price,
    )


@pytest.mark.parametrize(
    ("minutes", "costs"), [(0, "100.00"), (100, "100.00"), (101, "101.50"), (300, "400.00")]
)
def test_what_is_beyond_the_included_is_paid(minutes: int, costs: str) -> None:
    assert cost(tariff("A", 100, 100), Used(minutes=Decimal(minutes))) == Decimal(costs)


def test_price_that_is_not_known_counts_only_where_it_is_needed() -> None:
    unpriced = tariff("A", 100, 100, price=None)
    assert cost(unpriced, Used(minutes=Decimal(100))) == Decimal(100)
    assert cost(unpriced, Used(minutes=Decimal(101))) is None


@pytest.mark.parametrize(
    ("package", "costs"), [(None, "250.00"), (150, "175.00"), (500, "100.00"), (-1, "100.00")]
)
def test_own_data_package_counts_instead_of_the_tariffs(package: int | None, costs: str) -> None:
    used = Used(data_mb=Decimal(200), package_mb=package)
    assert cost(tariff("A", 100, 100, mb=100), used) == Decimal(costs)


def test_small_saving_is_not_worth_a_change() -> None:
    own, other = tariff("A", 119, -1), tariff("B", 100, -1)
    assert misfit(own, [own, other], Used()) is None
    found = misfit(tariff("A", 120, -1), [other], Used())
    assert found is not None
    assert (found.saving, found.better) == (LEAST_SAVING, "B")


def test_tariff_for_machines_is_not_offered_to_who_calls() -> None:
    own, machine = tariff("A", 300, -1), tariff("M2M", 20, 0)
    assert misfit(own, [machine], Used(minutes=Decimal(5))) is None
    assert misfit(own, [machine], Used()) is not None


@pytest.mark.parametrize(("minutes", "fit"), [(10, Fit.UNDER), (60, Fit.DEAR), (121, Fit.OVER)])
def test_it_says_why_the_tariff_does_not_fit(minutes: int, fit: Fit) -> None:
    own, other = tariff("A", 500, 100), tariff("B", 100, 1000)
    found = misfit(own, [other], Used(minutes=Decimal(minutes)))
    assert found is not None
    assert found.fit is fit


@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.one_of(st.none(), st.integers(-1, 500))), max_size=6
    ),
    st.integers(0, 2000),
)
def test_better_tariff_is_the_cheapest_and_never_dearer_than_the_own(
    offered: list[tuple[int, int | None]], minutes: int
) -> None:
    own = tariff("own", 400, 200)
    others = [tariff(f"T{n}", fee, included) for n, (fee, included) in enumerate(offered)]
    used = Used(minutes=Decimal(minutes))
    found = misfit(own, others, used)
    if found is None:
        return
    assert found.saving >= LEAST_SAVING
    suitable = [t for t in others if not minutes or t.included_minutes != 0]
    assert found.better_cost == min(cost(t, used) or Decimal(0) for t in suitable)
