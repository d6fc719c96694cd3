"""Which tariff fits what a number uses: what each would cost, and whether another is better."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from console.domain.tariff import Tariff
from console.texts import N_, _

UNLIMITED: Final = -1
OVER: Final = Decimal("1.2")
"""From so many times what is included on, a tariff is too small."""
UNDER: Final = Decimal("0.3")
"""Up to so much of what is included, a tariff is too large."""
LEAST_SAVING: Final = Decimal(20)
"""CZK a month without VAT; less is not worth a change."""
_HALER: Final = Decimal("0.01")


class Fit(StrEnum):
    """How a tariff fits."""

    OVER = "over"
    UNDER = "under"
    DEAR = "dear"

    @property
    def label(self) -> str:
        """The fit in the language in use."""
        return _(_FIT_LABELS[self])


_FIT_LABELS: Final = {
    Fit.OVER: N_("uses much more than is included"),
    Fit.UNDER: N_("uses little of what is included"),
    Fit.DEAR: N_("another tariff costs less"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What a number used in a month.

    Args:
        minutes: of calls.
        sms: count.
        data_mb: megabytes.
        package_mb: the number's own data package, which counts instead of the tariff's;
            None where it has none, -1 for unlimited.
    """

    minutes: Decimal = Decimal(0)
    sms: Decimal = Decimal(0)
    data_mb: Decimal = Decimal(0)
    package_mb: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """A number on a tariff that does not fit.

    Args:
        cost: what its own tariff costs for this use, CZK a month without VAT.
        better: code or name of the tariff that costs the least.
        better_cost: what that one would cost, CZK a month without VAT.
    """

    fit: Fit
    cost: Decimal
    better: str
    better_cost: Decimal

    @property
    def saving(self) -> Decimal:
        """What the change saves, CZK a month without VAT."""
        return self.cost - self.better_cost


def cost(tariff: Tariff, used: Used) -> Decimal | None:
    """Return what a tariff costs for a month's use.

    Args:
        tariff: with its contract prices.
        used: in the month.

    Returns:
        CZK without VAT, or None where a price is not known that would count.
    """
    total = tariff.monthly_fee
    for amount, included, price in _parts(tariff, used):
        over = _beyond(amount, included)
        if over and price is None:
            return None
        total += over * (price or Decimal(0))
    return total.quantize(_HALER, ROUND_HALF_UP)


def _parts(tariff: Tariff, used: Used) -> tuple[tuple[Decimal, int | None, Decimal | None], ...]:
    """Return what was used, what is included, and the price of a unit beyond."""
    megabytes = tariff.included_mb if used.package_mb is None else used.package_mb
    return (
        (used.minutes, tariff.included_minutes, tariff.minute_price),
        (used.sms, tariff.included_sms, tariff.sms_price),
        (used.data_mb, megabytes, tariff.mb_price),
    )


def _beyond(amount: Decimal, included: int | None) -> Decimal:
    if included == UNLIMITED:
        return Decimal(0)
    return max(Decimal(0), amount - (included or 0))


def misfit(own: Tariff, others: Sequence[Tariff], used: Used) -> Misfit | None:
    """Say whether another tariff would cost clearly less for what a number uses.

    Args:
        own: the number's tariff.
        others: those that it could change to.
        used: in the month.

    Returns:
        The best of the others, or None where nothing worth a change is found.
    """
    now = cost(own, used)
    if now is None:
        return None
    priced = [
        (price, tariff)
        for tariff in others
        if tariff.id != own.id
        and _suits(tariff, used)
        and (price := cost(tariff, used)) is not None
    ]
    if not priced:
        return None
    price, best = min(priced, key=lambda pair: (pair[0], pair[1].name))
    if now - price < LEAST_SAVING:
        return None
    return Misfit(fit=_fit(own, used), cost=now, better=best.name, better_cost=price)


def _suits(tariff: Tariff, used: Used) -> bool:
    """Whether a number may change to a tariff: one for machines is not offered to who calls."""
    return not used.minutes or tariff.included_minutes != 0


def _fit(tariff: Tariff, used: Used) -> Fit:
    finite = [(amount, included or 0) for amount, included, _price in _parts(tariff, used)
              if included != UNLIMITED]  # fmt: skip
    if any(amount > included * OVER for amount, included in finite):
        return Fit.OVER
    sized = [(amount, included) for amount, included in finite if included]
    is_under = bool(sized) and all(amount <= included * UNDER for amount, included in sized)
    return Fit.UNDER if is_under else Fit.DEAR
