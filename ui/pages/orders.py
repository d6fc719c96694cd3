"""Orders with the chosen one beside the list, and the price list that they are filled from."""

from typing import Any

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from console.domain.catalogue_item import ItemKind
from console.domain.journal import Changes
from console.domain.listing import ListQuery
from console.domain.order import OrderState
from console.texts import _
from ui.desk import Desk
from ui.dialogs.open_record import add_record
from ui.models import columns
from ui.pages.list_page import ListPage
from ui.widgets.dates import today
from ui.widgets.order_panel import OrderPanel
from ui.widgets.parts import button
from ui.widgets.record_view import Choice, RecordView
from ui.widgets.register_view import RegisterView


def order_choices() -> list[Choice]:
    """Return the views of a list of orders."""
    return [
        (_("Open orders"), (("open", 1),)),
        (_("All orders"), ()),
        *((state.label, (("state", state.value),)) for state in OrderState),
    ]


def catalogue_choices() -> list[Choice]:
    """Return the views of the price list."""
    return [
        (_("On sale"), (("sold_on", today().isoformat()),)),
        (_("All items"), ()),
        *((kind.label, (("kind", kind.value),)) for kind in ItemKind),
    ]


class _OrderList(ListPage):
    """All orders of all clients."""

    nouns = frozenset({"orders", "order_lines", "clients"})

    def __init__(self, desk: Desk) -> None:
        view = RecordView(
            desk.tasks,
            "orders",
            _("Orders"),
            columns.ORDERS,
            ListQuery(noun="orders", sort="ordered_on", descending=True),
            order_choices(),
            _("No open order. Ctrl+O fills one in."),
        )
        self.panel = OrderPanel(desk)
        super().__init__(desk, view, self.panel, side_width=400)
        view.tools.insertWidget(
            2, button(_("New order"), lambda: desk.order_requested.emit(0), "plus", primary=True)
        )
        view.record_selected.connect(self._on_selected)

    def _on_selected(self, order: Any) -> None:
        if order is not None and order.id != self.panel.order_id:
            self.panel.show_order(order.id)

    def clear(self) -> None:
        """Forget every record, for locking."""
        super().clear()
        self.panel.clear()


class OrdersPage(QWidget):
    """Two tabs: the orders, and the price list."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._desk = desk
        self.orders = _OrderList(desk)
        self.catalogue = self._make_catalogue()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.orders, _("Orders"))
        self.tabs.addTab(self._padded(self.catalogue), _("Price list"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.tabs)

    @staticmethod
    def _padded(view: QWidget) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(16, 14, 16, 16)
        layout.addWidget(view)
        return holder

    def _make_catalogue(self) -> RegisterView:
        desk = self._desk
        view = RegisterView(
            desk,
            "catalogue_items",
            _("Price list"),
            columns.CATALOGUE,
            ListQuery(noun="catalogue_items", sort="name"),
            catalogue_choices(),
            _("Nothing is on sale. Add an item, or import the operator's price list."),
        )
        view.tools.insertWidget(
            2, button(_("Import…"), lambda: desk.import_requested.emit("catalogue"), "upload")
        )
        add = button(_("New item"), lambda: add_record(desk, "catalogue_items", {}, self), "plus")
        view.tools.insertWidget(2, add)
        view.record_opened.connect(lambda _item: view.edit_current())
        return view

    @property
    def view(self) -> RecordView:
        """The list of the tab that is shown."""
        return self.orders.view if self.tabs.currentIndex() == 0 else self.catalogue

    @property
    def panel(self) -> OrderPanel:
        """The order that is shown beside the list."""
        return self.orders.panel

    def show_order(self, order_id: int) -> None:
        """Show an order by its id, wherever it stands in the list."""
        self.tabs.setCurrentIndex(0)
        self.panel.show_order(order_id)

    def reload(self) -> None:
        """Read both lists anew."""
        self.orders.reload()
        self.catalogue.reload()

    def on_records_changed(self, changes: Changes) -> None:
        """Reload what changed."""
        self.orders.on_records_changed(changes)
        if {"orders", "order_lines", "documents", "devices", "sims"} & changes.nouns:
            self.panel.reload()
        if {"catalogue_items", "order_lines"} & changes.nouns:
            self.catalogue.reload()

    def clear(self) -> None:
        """Forget every record, for locking."""
        self.orders.clear()
        self.catalogue.model.clear()
