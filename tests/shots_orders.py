"""Screenshots of orders and usage: the pages with their tabs, and the dialogs about them."""

from collections.abc import Callable
from typing import Any

from console.domain.order import OrderState


def take(window: Any, grab: Callable[[Any, str], None], ask: Callable[[Any], Any]) -> None:
    """Take orders and usage in the theme in use.

    Args:
        window: the open window.
        grab: takes a widget under a name.
        ask: runs work on the worker and returns its result.
    """
    desk = window.desk
    window.show_page("orders")
    page = window.pages["orders"]
    page.orders.view.select_choice(1)
    part, whole = ask(lambda w: _order(w, OrderState.PART_DELIVERED)), ask(_handed_over)
    page.show_order(part.order.id)
    window.tasks.wait()
    grab(window, "order-panel")
    page.panel.tabs.setCurrentIndex(1)
    page.show_order(whole.order.id)
    window.tasks.wait()
    page.panel.tabs.setCurrentIndex(1)
    grab(window, "order-handed-over")
    page.tabs.setCurrentIndex(1)
    grab(window, "price-list")
    page.tabs.setCurrentIndex(0)
    _take_usage(window, grab)
    for name, make in _dialogs(desk, window, ask, part).items():
        dialog = make()
        dialog.open()
        window.tasks.wait()
        _fill_in(name, dialog, window)
        grab(dialog, name)
        dialog.done(0)


def _take_usage(window: Any, grab: Callable[[Any, str], None]) -> None:
    window.show_page("usage")
    page = window.pages["usage"]
    window.tasks.wait()
    page.client.setCurrentIndex(max(0, page.client.findText("Městský úřad Lípová")))
    window.tasks.wait()
    for place, name in enumerate(("numbers", "cost-centres", "findings", "misfits")):
        page.tabs.setCurrentIndex(place)
        grab(window, f"usage-{name}")
    page.tabs.setCurrentIndex(0)


def _dialogs(
    desk: Any, window: Any, ask: Callable[[Any], Any], part: Any
) -> dict[str, Callable[[], Any]]:
    from console.services import usage
    from ui.dialogs.delivery import DeliveryDialog
    from ui.dialogs.new_request import NewRequestDialog
    from ui.dialogs.order import OrderDialog
    from ui.dialogs.order_step import HandOverOrderDialog, SendOrderDialog

    draft = ask(lambda w: _order(w, OrderState.DRAFT))
    confirmed = ask(lambda w: _order(w, OrderState.CONFIRMED))
    delivered = ask(lambda w: _order(w, OrderState.DELIVERED))
    found = ask(_finding)
    return {
        "order-basket": lambda: OrderDialog(desk, draft, window),
        "order-beyond-limit": lambda: OrderDialog(desk, part.order.client_id, window),
        "order-sent": lambda: SendOrderDialog(desk, draft, window),
        "delivery": lambda: DeliveryDialog(desk, confirmed, window),
        "order-hand-over": lambda: HandOverOrderDialog(desk, delivered, window),
        "usage-complaint": lambda: NewRequestDialog(desk, usage.complaint(found), window),
    }


def _fill_in(name: str, dialog: Any, window: Any) -> None:
    if name == "delivery":
        first = dialog.lines[0]
        first.serials.setPlainText("490154203237518\n356938035643810;799 000 012")
    if name == "order-beyond-limit":
        dialog.set_line(0, "Galaxy S25 256 GB", "12", "18 990,00")
        dialog.contact.setCurrentIndex(2)
    for _turn in range(12):
        window.tasks.wait()
        _pause()


def _pause() -> None:
    from PySide6.QtTest import QTest

    QTest.qWait(25)


def _order(workspace: Any, state: OrderState) -> Any:
    from console.domain.order import Order
    from console.services import orders

    found = workspace.store.select(Order, "state = ?", [state], order="id LIMIT 1")
    return orders.full_order(workspace, found[0].id)


def _handed_over(workspace: Any) -> Any:
    return _order(workspace, OrderState.HANDED_OVER)


def _finding(workspace: Any) -> Any:
    from console.services import clients, usage

    client = clients.client_by_ico(workspace, "00259586")
    month = usage.months(workspace, client.id)[0]
    return usage.findings(workspace, client.id, month)[0]
