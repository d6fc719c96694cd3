"""Usage: taken in once, summed, and held against the register."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console import texts
from console.domain.client import Client
from console.domain.line import LineState
from console.domain.listing import ListQuery
from console.domain.request import Kind
from console.domain.tariff import Tariff
from console.domain.tariff_fit import Fit
from console.domain.usage import Oddity, Usage
from console.services import (
    documents,
    exports,
    history,
    imports,
    lines,
    lists,
    reports,
    requests,
    tariffs,
    usage,
)
from console.workspace import Workspace
from tests.conftest import SAMPLES
from tests.documents import pdf
from tests.services.steps import Clock, add_contact, add_line, refused

SAMPLE = SAMPLES / "urad" / "vyuctovani-2026-08-az-10.csv"
AUGUST = date(2026, 8, 1)
HEAD = "Období;Číslo;Minuty;SMS;Data MB;Roaming Kč;Ostatní Kč;Celkem Kč bez DPH;Faktura\n"


def take_in(opened: Workspace, client: Client, path: Path) -> Any:
    """Take a bill in."""
    return imports.run(opened, client.id, imports.read_file(path, "usage")).result


def bill(opened: Workspace, client: Client, folder: Path, *rows: str) -> Any:
    """Take a bill in that consists of rows."""
    file = folder / "vyuctovani.csv"
    file.write_bytes((HEAD + "\n".join(rows) + "\n").encode("cp1250"))
    return take_in(opened, client, file)


def charged(opened: Workspace) -> dict[tuple[str, str], Decimal]:
    """Return what was charged, by number and month."""
    return {(u.msisdn, u.month.isoformat()): u.charged for u in opened.store.select(Usage)}


# Taking in


def test_sample_comes_in_whole_and_again_without_a_difference(
    opened: Workspace, client: Client
) -> None:
    first = take_in(opened, client, SAMPLE)
    assert first.refused == 0
    assert first.added == len(charged(opened)) == len(SAMPLE.read_bytes().splitlines()) - 1
    again = take_in(opened, client, SAMPLE)
    assert (again.added, again.changed, again.unchanged) == (0, 0, first.added)
    one = next(u for u in opened.store.select(Usage) if u.msisdn == "+420799000003")
    assert (one.month, one.call_minutes, one.sms) == (AUGUST, Decimal(564), 59)
    assert (one.used_mb, one.roaming_charge, one.charged) == (
        Decimal(3141), Decimal("129.50"), Decimal("373.71"),
    )  # fmt: skip
    assert one.source == SAMPLE.name


def test_corrected_bill_changes_and_one_undo_takes_it_back(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    take_in(opened, client, SAMPLE)
    before = charged(opened)
    text = SAMPLE.read_bytes().decode("cp1250" if b"\xed" in SAMPLE.read_bytes() else "utf-8-sig")
    corrected = tmp_path / "oprava.csv"
    corrected.write_text(text.replace("330,66", "230,66"), encoding="utf-8")
    done = take_in(opened, client, corrected)
    assert (done.added, done.changed) == (0, 1)
    assert charged(opened)["+420799000000", "2026-08-01"] == Decimal("230.66")
    history.undo_last(opened)
    assert charged(opened) == before
    history.undo_last(opened)
    assert charged(opened) == {}


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("srpna 2026;799000001;1;1;1;0;0;10;", "Období", "month-value"),
        ("2026-13;799000001;1;1;1;0;0;10;", "Období", "month-value"),
        (";799000001;1;1;1;0;0;10;", "Období", "month-missing"),
        ("2026-08;79900;1;1;1;0;0;10;", "Číslo", "number-short"),
        ("2026-08;číslo;1;1;1;0;0;10;", "Číslo", "number-wrong"),
        ("2026-08;799000001;1;1;1;0;0;deset;", "Celkem Kč bez DPH", "charged-value"),
        ("2026-08;799000001;1;1;1;0;0;;", "Celkem Kč bez DPH", "charged-missing"),
        ("2026-08;799000001;1;1;1;0;0;1e400;", "Celkem Kč bez DPH", "charged-value"),
        ("2026-08;799000000;1;1;1;0;0;10;", "", "usage-repeated"),
    ],
)
def test_wrong_row_is_named_and_the_good_ones_come_in(
    opened: Workspace, client: Client, tmp_path: Path, row: str, column: str, code: str
) -> None:
    done = bill(opened, client, tmp_path, "2026-08;799000000;1;1;1;0;0;10,00;", row)
    assert (done.added, done.refused) == (1, 1)
    (problem,) = done.problems
    assert (problem.row, problem.column, problem.code) == (3, column, code)
    assert problem.message


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("2026-08;799000001;hodně;1;1;0;0;10;", "Minuty"),
        ("2026-08;799000001;-5;1;1;0;0;10;", "Minuty"),
        ("2026-08;799000001;1;1,5;1;0;0;10;", "SMS"),
        ("2026-08;799000001;1;1;=CMD();0;0;10;", "Data MB"),
        ("2026-08;799000001;1;1;1;x;0;10;", "Roaming Kč"),
    ],
)
def test_wrong_volume_is_named_and_the_charge_still_comes_in(
    opened: Workspace, client: Client, tmp_path: Path, row: str, column: str
) -> None:
    done = bill(opened, client, tmp_path, row)
    assert (done.added, done.refused) == (1, 0)
    assert [(p.row, p.column, p.code) for p in done.problems] == [(2, column, "number-value")]
    assert charged(opened) == {("+420799000001", "2026-08-01"): Decimal(10)}


@pytest.mark.parametrize(
    "month", ["2026-08", "8/2026", "08.2026", "8. 2026", "Srpen 2026", "1. 8. 2026", "2026-08-31"]
)
def test_month_is_read_as_bills_write_it(
    opened: Workspace, client: Client, tmp_path: Path, month: str
) -> None:
    bill(opened, client, tmp_path, f"{month};799000001;1;1;1;0;0;-12,50;F1")
    assert charged(opened) == {("+420799000001", "2026-08-01"): Decimal("-12.50")}


@settings(max_examples=20, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 5), st.integers(1, 12)),
        st.tuples(st.integers(0, 900), st.decimals(-100, 10_000, places=2)),
        min_size=1,
        max_size=12,
    )
)
def test_taking_a_bill_in_twice_is_taking_it_in_once(
    opened: Workspace,
    client: Client,
    tmp_path: Path,
    rows: dict[tuple[int, int], tuple[int, Decimal]],
) -> None:
    texts = [
        f"2026-{month:02};79900000{n};{minutes};1;1,5;0;0;{str(sum_).replace('.', ',')};"
        for (n, month), (minutes, sum_) in rows.items()
    ]
    before = charged(opened)
    first = bill(opened, client, tmp_path, *texts)
    assert first.added + first.changed + first.unchanged == len(rows)
    after = charged(opened)
    again = bill(opened, client, tmp_path, *texts)
    assert (again.added, again.changed, again.unchanged) == (0, 0, len(rows))
    assert charged(opened) == after
    if first.added or first.changed:
        history.undo_last(opened)
    assert charged(opened) == before


@pytest.mark.parametrize("end", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["cs", "en"])
def test_what_goes_out_comes_in_again_without_a_difference(
    opened: Workspace, client: Client, tmp_path: Path, end: str, language: str
) -> None:
    bill(opened, client, tmp_path, "2026-08;799000001;12,5;3;8916;129,50;0,10;-330,66;F1",
         "2026-07;799000002;;;;;;1234,50;")  # fmt: skip
    target = tmp_path / f"ven.{end}"
    query = ListQuery(noun="usage", sort="month", client_id=client.id)
    with texts.speaking(language):
        columns = exports.columns_of("usage")
        exports.export(opened, exports.Export(query=query, columns=columns), target)
        done = take_in(opened, client, target)
    assert (done.added, done.changed, done.unchanged, done.problems) == (0, 0, 2, ())


# Held against the register


def test_sums_by_month_and_cost_centre_are_exact(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    add_line(opened, client, "+420799000001", cost_centre="Šatna")
    add_line(opened, client, "+420799000002", cost_centre="Archiv")
    rows = [f"2026-0{m};79900000{n};;;;;;0,1{n};" for m in (7, 8) for n in (1, 2, 3)]
    bill(opened, client, tmp_path, *rows)
    found = [(s.month.month, s.cost_centre, s.numbers, s.charged) for s in
             usage.sums(opened, client.id)]  # fmt: skip
    assert found == [
        (m, centre, 1, Decimal(amount))
        for m in (8, 7)
        for centre, amount in (("", "0.13"), ("Archiv", "0.12"), ("Šatna", "0.11"))
    ]
    assert usage.months(opened, client.id) == [AUGUST, date(2026, 7, 1)]


def test_list_is_filtered_sorted_and_says_what_the_register_knows(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    add_line(opened, client, "+420799000001", holder="Žofie Šťastná", cost_centre="Archiv")
    bill(opened, client, tmp_path, "2026-08;799000001;;;;;;9;", "2026-08;799000002;;;;;;10;",
         "2026-07;799000002;;;;;;100;")  # fmt: skip

    def shown(**how: Any) -> list[str]:
        query = ListQuery(noun="usage", **how)
        return [f"{u.msisdn[-1]} {u.charged}" for u in lists.page(opened, query).rows]

    assert shown(sort="charged") == ["1 9.00", "2 10.00", "2 100.00"]
    assert shown(sort="month", filters=(("month", "2026-07-01"),)) == ["2 100.00"]
    assert shown(sort="msisdn", text="zofie archiv") == ["1 9.00"]
    assert shown(sort="msisdn", text="0002", client_id=client.id) == ["2 10.00", "2 100.00"]


def test_billed_but_unknown_cancelled_and_never_billed_numbers_are_found(
    opened: Workspace, client: Client, clock: Clock, tmp_path: Path
) -> None:
    long_ago = date(2020, 1, 1)
    for n in range(1, 7):
        add_line(opened, client, f"+42079900000{n}", activated_on=long_ago)
    add_line(opened, client, "+420799000007", activated_on=date(2026, 8, 15))
    state = {"2": ("2026-07-15", LineState.CANCELLED), "3": ("2026-08-10", LineState.CANCELLED),
             "5": ("2026-08-10", LineState.BLOCKED)}  # fmt: skip
    for last, (day, to) in state.items():
        line = lines.lines_by_number(opened, [f"+42079900000{last}"])[f"+42079900000{last}"]
        lines.change_line(opened, line, date.fromisoformat(day), state=to)
    bill(opened, client, tmp_path,
         *(f"2026-08;79900000{n};;;;;;100;F{n}" for n in (1, 2, 3, 9)))  # fmt: skip
    found = {(f.msisdn[-1], f.oddity) for f in usage.findings(opened, client.id, AUGUST)}
    assert found == {
        ("9", Oddity.UNKNOWN),
        ("2", Oddity.CANCELLED),
        ("4", Oddity.NEVER_BILLED),
        ("6", Oddity.NEVER_BILLED),
    }
    assert usage.findings(opened, client.id, date(2026, 9, 1)) == []


def test_finding_is_a_complaint_with_bill_period_and_amount_with_vat(
    opened: Workspace, client: Client, clock: Clock, tmp_path: Path
) -> None:
    bill(opened, client, tmp_path, "2026-08;799000009;;;;;;100;F9")
    (found,) = usage.findings(opened, client.id, AUGUST)
    draft = usage.complaint(found)
    assert (draft.kind, draft.numbers) == (Kind.COMPLAINT, ("+420799000009",))
    assert (draft.invoice, draft.amount) == ("F9", Decimal(121))
    assert "2026" in draft.period
    person = add_contact(opened, client, "Účetní", authorised=True)
    logged: Any = requests.log_request(
        opened, type(draft)(**{**_fields(draft), "contact_id": person.id})
    ).result
    kept = requests.dossier(opened, logged.id).complaint
    assert kept is not None
    assert (kept.invoice, kept.amount, kept.is_of_bill) == ("F9", Decimal(121), True)


def _fields(draft: Any) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in draft.__dataclass_fields__}


def test_status_report_says_what_was_billed_where_it_is_known(
    opened: Workspace, client: Client, clock: Clock, tmp_path: Path
) -> None:
    for n, centre in ((1, "Archiv"), (2, "Archiv"), (3, "Šatna")):
        add_line(opened, client, f"+42079900000{n}", cost_centre=centre,
                 activated_on=date(2020, 1, 1))  # fmt: skip
    bill(opened, client, tmp_path,
         *(f"2026-10;79900000{n};;;;;;{n}0,50;" for n in (1, 2, 9)))  # fmt: skip
    october = reports.status_report(opened, client, date(2026, 10, 1), "D1", 1)
    assert [(row.cost_centre, row.lines, row.billed) for row in october.costs] == [
        ("", 0, Decimal("90.50")),
        ("Archiv", 2, Decimal("31.00")),
        ("Šatna", 1, Decimal(0)),
    ]
    september = reports.status_report(opened, client, date(2026, 9, 1), "D2", 1)
    assert {row.billed for row in september.costs} == {None}
    issued: Any = documents.issue_status_report(opened, client, date(2026, 10, 1)).result
    assert "Billed" in pdf.words(issued.content)
    assert "90.50" in pdf.words(issued.content)


# Tariffs


def tariff(opened: Workspace, client: Client, name: str, fee: int, minutes: int) -> None:
    """Add a tariff with so many minutes."""
    tariffs.add_tariff(
        opened,
        Tariff(client_id=client.id, code=name, name=name, monthly_fee=Decimal(fee),
               included_minutes=minutes, minute_price=Decimal(1), included_sms=-1,
               included_mb=-1),
    )  # fmt: skip


def test_numbers_on_the_wrong_tariff_come_with_what_another_would_cost(
    opened: Workspace, client: Client, clock: Clock, tmp_path: Path
) -> None:
    for name, fee, minutes in (("Malý", 100, 100), ("Velký", 300, -1)):
        tariff(opened, client, name, fee, minutes)
    for n, name in ((1, "Malý"), (2, "Velký"), (3, "Malý"), (4, "Neznámý")):
        add_line(opened, client, f"+42079900000{n}", tariff=name, activated_on=date(2020, 1, 1))
    used = {1: 900, 2: 20, 3: 150, 4: 900}
    bill(opened, client, tmp_path, *(f"2026-08;79900000{n};{m};;;;;1;" for n, m in used.items()))
    found = usage.misfits(opened, client.id, AUGUST)
    assert [(f.msisdn[-1], f.misfit.fit, f.misfit.better, f.misfit.cost, f.misfit.better_cost)
            for f in found] == [
        ("1", Fit.OVER, "Velký", Decimal(900), Decimal(300)),
        ("2", Fit.DEAR, "Malý", Decimal(300), Decimal(100)),
    ]  # fmt: skip


def test_usage_word_of_a_dry_run_stores_nothing(opened: Workspace, client: Client) -> None:
    done = imports.dry_run(opened, client.id, imports.read_file(SAMPLE, "usage"))
    assert done.added > 0
    assert charged(opened) == {}


def test_file_that_is_no_bill_is_refused_as_a_whole(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    file = tmp_path / "x.csv"
    file.write_text("jedna;dvě\n1;2\n", encoding="utf-8")
    with refused("table-no-header"):
        take_in(opened, client, file)
