"""Orders: read from a table or filled in, numbered, summed by VAT rate."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from console.domain.authority_check import AuthorityCheck
from console.domain.client import Client
from console.domain.contact import Authority
from console.domain.order import Order, OrderLine, OrderState, vat_summary
from console.domain.request import Kind
from console.services import (
    authorities,
    documents,
    history,
    order_answers,
    orders,
    settings,
)
from console.services.orders import OrderDraft
from console.services.settings import Manager
from console.workspace import Workspace
from tests.services.ordering import cards, of, ordered, phones, sent
from tests.services.steps import Clock, add_contact, log, refused

HALER = Decimal("0.01")


def line(item: str = "SIM karta", price: str = "10", rate: str = "21", **more: Any) -> OrderLine:
    """Return a line that is in no order yet."""
    return OrderLine(
        client_id=1,
        order_id=0,
        position=0,
        item=item,
        unit_price=Decimal(price),
        vat_rate=Decimal(rate),
        **more,
    )


def csv(tmp_path: Path, text: str) -> Path:
    """Write a table of lines."""
    file = tmp_path / "polozky.csv"
    file.write_text(text, encoding="utf-8")
    return file


# Sums


def test_tax_is_rounded_once_for_each_rate() -> None:
    sums = vat_summary((line(price="0.02"), line(price="0.02"), line(price="100", rate="12")))
    assert [(s.rate, s.net, s.vat, s.gross) for s in sums] == [
        (Decimal(12), Decimal(100), Decimal(12), Decimal(112)),
        (Decimal(21), Decimal("0.04"), HALER, Decimal("0.05")),
    ]


def test_half_a_haler_is_rounded_up() -> None:
    assert vat_summary((line(price="0.50", rate="21"),))[0].vat == Decimal("0.11")


@given(
    st.lists(
        st.tuples(
            st.decimals(0, 100_000, places=2),
            st.integers(1, 1000),
            st.sampled_from(("0", "12", "21")),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_sums_add_up_whatever_is_ordered(ordered: list[tuple[Decimal, int, str]]) -> None:
    lines = tuple(line(price=str(p), rate=r, quantity=n) for p, n, r in ordered)
    sums = vat_summary(lines)
    assert sum(s.net for s in sums) == sum(p * n for p, n, _ in ordered)
    assert all(abs(s.vat - s.net * s.rate / 100) <= HALER / 2 for s in sums)
    assert [s.rate for s in sums] == sorted({Decimal(r) for *_, r in ordered})


# Reading


def test_cells_become_values(tmp_path: Path) -> None:
    file = csv(
        tmp_path,
        "Položka;Množství;Cena bez DPH;DPH;Číslo;Poznámka\n"
        "Telefon;2;6 190,50 Kč;21 %;799 000 001;modrý\n"
        ";;;;;\n"
        "SIM karta;;;;;\n",
    )
    phone, card = orders.read_lines(file, 1)
    assert (phone.item, phone.quantity, phone.unit_price) == ("Telefon", 2, Decimal("6190.50"))
    assert (phone.vat_rate, phone.msisdn, phone.note) == (Decimal(21), "+420799000001", "modrý")
    assert (card.quantity, card.unit_price, card.vat_rate) == (1, Decimal(0), Decimal(21))
    assert (phone.position, card.position) == (1, 2)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("Telefon;dva;10;21", "Pieces"),
        ("Telefon;0;10;21", "Pieces"),
        ("Telefon;-1;10;21", "Pieces"),
        ("Telefon;2,5;10;21", "Pieces"),
        ("Telefon;neomezeně;10;21", "Pieces"),
        ("Telefon;1;zdarma;21", "Price"),
        ("Telefon;1;-5;21", "Price"),
        ("Telefon;1;10;hodně", "VAT"),
        ("Telefon;1;10;121", "VAT"),
        ("Telefon;1;10;-21", "VAT"),
        (";1;10;21", "Item"),
    ],
)
def test_wrong_cell_is_named_by_its_row_in_the_file_and_its_field(
    tmp_path: Path, row: str, field: str
) -> None:
    file = csv(tmp_path, f"Objednávka\n\nPoložka;Množství;Cena;DPH\nSIM;1;1;21\n\n{row}\n")
    with refused("order-line-wrong") as caught:
        orders.read_lines(file, 1)
    assert caught.value.facts == {"row": 6, "field": field}
    assert "Row 6" in str(caught.value)


def test_rate_in_a_cell_of_per_cent_is_the_rate_that_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "polozky.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        per_cent = book.add_format({"num_format": "0 %"})
        sheet.write_row(0, 0, ["Položka", "Množství", "Cena", "DPH"])
        sheet.write_row(1, 0, ["Telefon", 1, 100])
        sheet.write_number(1, 3, 0.21, per_cent)
    assert orders.read_lines(file, 1)[0].vat_rate == Decimal(21)


def test_table_without_a_column_of_items_is_refused(tmp_path: Path) -> None:
    with refused("table-no-header"):
        orders.read_lines(csv(tmp_path, "a;b\n1;2\n"), 1)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with refused("file-unreadable"):
        orders.read_lines(tmp_path / "nic.csv", 1)


# Making


def make(opened: Workspace, client: Client, *lines: OrderLine, **more: Any) -> Order:
    """Create an order."""
    made = orders.create_order(opened, OrderDraft(client_id=client.id, lines=lines, **more)).result
    assert isinstance(made, Order)
    return made


def test_order_keeps_its_lines_in_their_order(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    order = make(opened, client, line("B"), line("A", quantity=3), line("C"))
    full = orders.full_order(opened, order.id)
    assert [(one.position, one.item, one.quantity) for one in full.lines] == [
        (1, "B", 1),
        (2, "A", 3),
        (3, "C", 1),
    ]
    assert {(one.client_id, one.order_id) for one in full.lines} == {(client.id, order.id)}
    assert (order.state, full.contact) == (OrderState.DRAFT, None)


def test_order_names_who_orders(opened: Workspace, client: Client, clock: Clock) -> None:
    person = add_contact(opened, client, "Žofie Němcová", may_order=True)
    order = make(opened, client, line(), contact_id=person.id)
    assert orders.full_order(opened, order.id).contact == person


def test_orders_are_numbered_by_year_without_gaps(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    settings.change_manager(opened, Manager(name="Jana", prefix="NV"))
    clock.set("2026-12-31T23:30")
    found = [make(opened, client, line()).number]
    with refused("order-empty"):
        make(opened, client)
    found.append(make(opened, client, line()).number)
    clock.set("2027-01-01T00:30")
    found.append(make(opened, client, line()).number)
    assert found == ["2026-NV-O0001", "2026-NV-O0002", "2027-NV-O0001"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (line("  "), "Item"),
        (line(quantity=0), "Pieces"),
        (line(price="-1"), "Price"),
        (line(rate="101"), "VAT"),
        (line(rate="-1"), "VAT"),
    ],
)
def test_wrong_line_is_named_and_nothing_is_stored(
    opened: Workspace, client: Client, wrong: OrderLine, field: str
) -> None:
    with refused("order-line-wrong") as caught:
        make(opened, client, line(), wrong)
    assert caught.value.facts == {"row": 2, "field": field}
    assert opened.store.select(Order) == opened.store.select(OrderLine) == []


def test_order_is_undone_with_its_lines(opened: Workspace, client: Client) -> None:
    make(opened, client, line(), line())
    history.undo_last(opened)
    assert opened.store.select(Order) == opened.store.select(OrderLine) == []
    history.redo_last(opened)
    assert len(opened.store.select(OrderLine)) == 2


# Drafts


def order_lines(opened: Workspace, order: Order) -> list[tuple[str, int]]:
    """Return what an order says."""
    return [(x.item, x.quantity) for x in orders.lines_of(opened, order.id)]


def test_draft_is_filled_in_anew_and_undo_gives_the_old_lines_back(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    first: Any = orders.create_order(opened, of(client, phones(2), cards(3))).result
    changed: Any = orders.change_order(
        opened, first, of(client, phones(1), note="jinak", delivery_address="podatelna")
    ).result
    assert (changed.number, changed.note) == (first.number, "jinak")
    assert order_lines(opened, first) == [("Galaxy A56", 1)]
    history.undo_last(opened)
    assert order_lines(opened, first) == [("Galaxy A56", 2), ("SIM karta", 3)]
    assert opened.store.get(Order, first.id).note == ""


def test_order_that_was_sent_is_not_filled_in_anew(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    order = sent(opened, ordered(opened, of(client, phones(2))))
    with refused("order-no-draft"):
        orders.change_order(opened, order, of(client, phones(1)))
    assert order_lines(opened, order) == [("Galaxy A56", 2)]


def test_draft_that_somebody_else_has_changed_is_refused(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    seen: Any = orders.create_order(opened, of(client, phones(2))).result
    orders.change_order(opened, seen, of(client, phones(3), note="dřív"))
    with refused("record-changed"):
        orders.change_order(opened, seen, of(client, phones(1), note="později"))
    assert order_lines(opened, seen) == [("Galaxy A56", 3)]


def test_dearer_draft_is_checked_again_and_the_check_is_kept(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    person = add_contact(opened, client, "Objednatel")
    authorities.add_authority(
        opened,
        Authority(client_id=client.id, contact_id=person.id, actions=("device-order",),
                  order_limit=Decimal(10_000)),
    )  # fmt: skip
    order: Any = orders.create_order(opened, of(client, phones(1), contact_id=person.id)).result
    dearer = of(client, phones(2), contact_id=person.id)
    seen = orders.assess(opened, dearer)
    assert seen is not None
    assert (seen.verdict.allowed, seen.limit) == (False, Decimal(10_000))
    with refused("not-authorised"):
        orders.change_order(opened, order, dearer)
    assert order_lines(opened, order) == [("Galaxy A56", 1)]
    orders.change_order(opened, order, replace(dearer, override="schválil starosta"))
    checks = opened.store.select(AuthorityCheck, "order_id = ?", [order.id], "at, id")
    assert [(c.amount, c.override) for c in checks] == [
        (Decimal(6190), ""),
        (Decimal(12_380), "schválil starosta"),
    ]
    assert orders.full_order(opened, order.id).override == "schválil starosta"
    assert orders.assess(opened, of(client, phones(1))) is None


def test_form_of_a_changed_draft_is_a_revision(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    issued: Any = documents.order_and_issue(opened, of(client, phones(2))).result
    (order,) = opened.store.select(Order)
    again: Any = documents.change_order_and_issue(opened, order, of(client, phones(1))).result
    assert (again.document.number, again.document.revision) == (issued.document.number, 2)
    revisions = [document.revision for document in orders.full_order(opened, order.id).documents]
    assert sorted(revisions) == [1, 2]


# Answers


def test_request_about_an_order_is_answered_from_what_it_names(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    named, other = (ordered(opened, of(client, phones(n))) for n in (1, 2))
    asked = log(opened, client, kind=Kind.ORDER_STATUS, text=f"Jak je na tom {named.number}?")
    assert [one.order.id for one in order_answers.answers(opened, asked)] == [named.id]
    vague = log(opened, client, kind=Kind.ORDER_STATUS, text="Kdy to přijde?")
    found = order_answers.answers(opened, vague)
    assert {one.order.id for one in found} == {named.id, other.id}
    assert all(one.order.number in one.text for one in found)
