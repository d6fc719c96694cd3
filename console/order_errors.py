"""What orders and usage refuse, in sentences; part of the messages in ``errors``."""

from typing import Final

from console.texts import N_

ORDERS: Final[dict[str, str]] = {
    "order-unknown": N_("There is no order {number}. Nothing was changed; check the number."),
    "order-no-draft": N_(
        "The order {number} has been sent, so its lines stay as they are. Nothing was changed; "
        "cancel it and make a new one."
    ),
    "order-step": N_(
        "The order {number} is “{state}” and cannot become “{target}”. Nothing was changed."
    ),
    "order-needs": N_(
        "The order {number} cannot become “{state}” yet; missing: {needs}. Nothing was changed; "
        "fill it in."
    ),
    "order-future": N_("{time} has not come yet. Nothing was changed; correct the time."),
    "order-delivery": N_(
        "The order {number} is “{state}”; pieces are taken in after it is confirmed and until "
        "all of them are there. Nothing was changed."
    ),
    "delivery-empty": N_(
        "No piece of the order {number} is said to have come. Nothing was changed; give the "
        "pieces that came."
    ),
    "delivery-wrong": N_(
        "The delivery of the order {number} does not fit. {what} Nothing was changed; correct it."
    ),
    "portal-address-wrong": N_(
        "“{address}” is no web address. Nothing was saved; it begins with https://."
    ),
    "portal-missing": N_(
        "The address of the operator's portal is not set. Nothing was opened; set it in the "
        "settings."
    ),
    "portal-password-missing": N_(
        "This computer's keyring has no password for the portal. Nothing was copied; set it in "
        "the settings."
    ),
    "change-cancelled": N_("The change was cancelled. Nothing was changed."),
}
