"""The command line: orders listed, stepped, delivered; price lists and bills taken in."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SAMPLES
from tests.services.ordering import CARDS, IMEIS
from tests.test_cli import (  # noqa: F401  (fixtures)
    ICO,
    Console,
    _argon_once,
    console,
    town,
)

BILL = SAMPLES / "urad" / "vyuctovani-2026-08-az-10.csv"


@pytest.fixture
def office(town: Console, tmp_path: Path) -> Console:  # noqa: F811
    """A console over a client with a price list and one order."""
    prices = tmp_path / "cenik.csv"
    prices.write_text(
        "Kód;Název;Druh;Cena\nA56;Galaxy A56;telefon;6190\nSIM;SIM karta;SIM;0\n", encoding="utf-8"
    )
    town.json("import", "catalogue", prices)
    lines = tmp_path / "polozky.csv"
    lines.write_text(
        "Položka;Množství;Cena;DPH\nGalaxy A56;2;6190;21\nSIM karta;1;0;21\n", encoding="utf-8"
    )
    town.json("order", "--client", ICO, "--lines", lines, "--out", tmp_path / "ven")
    return town


def the_order(office: Console) -> dict[str, Any]:
    """Return the one order as the list tells it."""
    (found,) = office.json("order-list", "--client", ICO)
    row: dict[str, Any] = found
    return row


def test_order_goes_all_the_way_from_the_command_line(office: Console, tmp_path: Path) -> None:
    order = the_order(office)
    number = order["number"]
    assert (order["state"], order["pieces"], order["delivered"]) == ("draft", 3, 0)
    assert order["net"] == "12380.00"
    assert "reference" in office.fails("order-step", number, "sent")
    sent = office.json("order-step", number, "sent", "--reference", "B2B-1")
    assert (sent["state"], sent["portal_reference"]) == ("sent", "B2B-1")
    office.json("order-step", number, "confirmed")
    serials = tmp_path / "imei.txt"
    serials.write_text(f"{IMEIS[0]}\n{IMEIS[1]}\n", encoding="utf-8")
    part = office.json("order-deliver", number, "--pieces", f"1={serials}")
    assert (part["state"], part["devices"]) == ("part-delivered", list(IMEIS[:2]))
    whole = office.json("order-deliver", number, "--line", "2=1", "--piece", f"2={CARDS[0]}")
    assert (whole["state"], whole["sims"]) == ("delivered", [CARDS[0]])
    over = office.json("order-step", number, "handed-over", "--taken-by", "Tajemník")
    assert (over["state"], over["taken_by"]) == ("handed-over", "Tajemník")
    assert [row["number"] for row in office.json("order-list", "--state", "handed-over")] == [
        number
    ]
    assert office.json("order-list", "--state", "draft") == []


def test_wrong_wishes_are_refused_in_one_line(office: Console) -> None:
    number = the_order(office)["number"]
    assert "2026-XX" in office.fails("order-step", "2026-XX-O1", "sent")
    assert "sent" in office.fails("order-step", number, "odeslano")
    assert "cannot become" in office.fails("order-step", number, "delivered")
    assert "Draft" in office.fails("order-deliver", number, "--line", "1=1")
    assert "no line 9" in office.fails("order-deliver", number, "--line", "9=1")
    assert "LINE=VALUE" in office.fails("order-deliver", number, "--line", "1")
    assert "no count" in office.fails("order-deliver", number, "--line", "1=mnoho")
    assert "cannot be read" in office.fails("order-deliver", number, "--pieces", "1=/nikde")
    assert the_order(office)["state"] == "draft"


def test_cancelled_order_says_why(office: Console) -> None:
    number = the_order(office)["number"]
    assert "reason" in office.fails("order-step", number, "cancelled")
    done = office.json("order-step", number, "cancelled", "--reason", "není skladem")
    assert done["state"] == "cancelled"


def test_bill_is_taken_in_once(office: Console) -> None:
    first = office.json("import", "usage", BILL, "--client", ICO, "--dry-run")
    assert (first["added"], first["problems"]) == (726, [])
    assert office.json("import", "usage", BILL, "--client", ICO)["added"] == 726
    again = office.json("import", "usage", BILL, "--client", ICO)
    assert (again["added"], again["changed"], again["unchanged"], again["refused"]) == (
        0,
        0,
        726,
        0,
    )


def test_wrong_rows_of_a_bill_are_named(office: Console, tmp_path: Path) -> None:
    file = tmp_path / "u.csv"
    file.write_text(
        "Období;Číslo;Celkem\n2026-08;799000001;10\n2026-99;799000002;10\n", encoding="utf-8"
    )
    done = office.json("import", "usage", file, "--client", ICO)
    assert (done["added"], done["refused"]) == (1, 1)
    (problem,) = done["problems"]
    assert (problem["row"], problem["column"], problem["code"]) == (3, "Období", "month-value")


def test_what_belongs_to_a_client_needs_the_client(office: Console) -> None:
    assert "--client" in office.fails("import", "usage", BILL)
