"""Tables that go out: as the list shows them, right in a spreadsheet, the same when read again."""

import csv
import io
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from console import texts
from console.domain.client import Client
from console.domain.line import Line
from console.domain.listing import ListQuery
from console.domain.shown_table import ShownTable
from console.domain.sim import Sim
from console.services import contacts, exports, imports, lines, lists
from console.services.exports import Export
from console.workspace import Workspace
from tests.conftest import SAMPLES
from tests.services.steps import add_contact, add_line, another_client, refused

OFFICE = SAMPLES / "urad"
WHATS = {"lines": "numbers", "contacts": "contacts", "tariffs": "tariffs"}
FILES = {"tariffs": "tarify.csv", "lines": "cisla.xlsx", "contacts": "kontakty.csv"}


def listed(noun: str, client_id: int = 0, **how: Any) -> ListQuery:
    """Return a list of a noun in its first order."""
    return ListQuery(noun=noun, sort=lists.sortable(noun)[0], client_id=client_id, **how)


def write(opened: Workspace, path: Path, noun: str, client_id: int = 0, **how: Any) -> int:
    """Write a list of a noun with all its columns."""
    columns = how.pop("columns", exports.columns_of(noun))
    return exports.export(
        opened, Export(query=listed(noun, client_id), columns=columns, **how), path
    )


def read_again(opened: Workspace, client: Client, path: Path, what: str) -> tuple[int, ...]:
    """Take a file in and return what it added, changed, left alone and refused."""
    outcome: Any = imports.run(opened, client.id, imports.read_file(path, what)).result
    return outcome.added, outcome.changed, outcome.unchanged, outcome.refused


@pytest.fixture
def office(opened: Workspace, client: Client) -> Client:
    """The client with the lists of the town hall."""
    for noun, name in FILES.items():
        imports.run(opened, client.id, imports.read_file(OFFICE / name, WHATS[noun]))
    return client


@pytest.mark.parametrize("language", ["en", "cs"])
@pytest.mark.parametrize("kind", [("a.xlsx", "utf-8"), ("a.csv", "utf-8"), ("a.csv", "cp1250")])
@pytest.mark.parametrize("noun", WHATS)
def test_what_went_out_is_read_again_without_a_difference(
    opened: Workspace,
    office: Client,
    tmp_path: Path,
    noun: str,
    kind: tuple[str, str],
    language: str,
) -> None:
    texts.use_language(language)
    path = tmp_path / kind[0]
    count = write(opened, path, noun, office.id, encoding=kind[1])
    assert count > 3
    assert read_again(opened, office, path, WHATS[noun]) == (0, 0, count, 0)


@pytest.mark.parametrize("noun", WHATS)
def test_what_went_out_fills_an_empty_register_alike(
    opened: Workspace, office: Client, tmp_path: Path, noun: str
) -> None:
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    columns = tuple(n for n in exports.columns_of(noun) if n not in ("client", "lines"))
    write(opened, first, noun, office.id, columns=columns)
    with opened.store.unit("empty"):
        for record_type in (Line, Sim) if noun == "lines" else ():
            opened.store.delete_of_client(record_type, office.id)
    other = another_client(opened)
    read_again(opened, other, first, WHATS[noun])
    write(opened, second, noun, other.id, columns=columns)
    assert second.read_bytes() == first.read_bytes()


def test_workbook_saved_by_another_program_is_read_again_without_a_difference(
    opened: Workspace, office: Client, tmp_path: Path
) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program, "LibreOffice is missing; dev.py test installs libreoffice-calc-nogui"
    ours, theirs = tmp_path / "cisla.xlsx", tmp_path / "znovu"
    count = write(opened, ours, "lines", office.id)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(theirs)]
    subprocess.run([*convert, str(ours)], check=True, capture_output=True, timeout=180)
    saved = theirs / "cisla.xlsx"
    assert saved.read_bytes() != ours.read_bytes()
    assert read_again(opened, office, saved, "numbers") == (0, 0, count, 0)


def test_list_goes_out_with_its_columns_filter_and_order(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    for number, holder in (("799000001", "Adam"), ("799000002", "Žofie"), ("799000003", "Čeněk")):
        add_line(opened, client, number, holder=holder, tariff="T")
    add_line(opened, client, "799000004", holder="Jiný", tariff="X")
    query = ListQuery(
        noun="lines",
        sort="holder",
        descending=True,
        filters=(("tariff", "T"),),
        client_id=client.id,
    )
    path = tmp_path / "vyber.csv"
    count = exports.export(opened, Export(query=query, columns=("holder", "msisdn")), path)
    assert count == 3
    text = path.read_bytes().decode("utf-8-sig")
    assert text.split("\r\n") == [
        "Holder;Number",
        "Žofie;799 000 002",
        "Čeněk;799 000 003",
        "Adam;799 000 001",
        "",
    ]


def test_all_rows_go_out_not_only_those_that_were_loaded(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    rows = [(opened.store.new_id(), client.id, f"+420799{n:06}") for n in range(4501)]
    with opened.store.unit("bulk"):
        opened.store.insert_many(Line, ("id", "client_id", "msisdn"), rows)
    path = tmp_path / "vse.csv"
    assert write(opened, path, "lines", columns=("msisdn",)) == 4501
    assert len(set(path.read_text("utf-8-sig").split("\n"))) == 4503


def test_words_narrow_what_goes_out_and_cut_nothing_off(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    rows = [
        (opened.store.new_id(), client.id, f"+420799{n:06}", "Kunhuta" if n % 2 else "Vendelín")
        for n in range(3000)
    ]
    with opened.store.unit("bulk"):
        opened.store.insert_many(Line, ("id", "client_id", "msisdn", "holder"), rows)
    query = ListQuery(noun="lines", sort="msisdn", text="kunhuta")
    assert len(lists.page(opened, query, limit=3000).rows) == 1000
    path = tmp_path / "kunhuty.csv"
    assert exports.export(opened, Export(query=query, columns=("holder",)), path) == 1500


EVIL = ("=1+1", "+SUM(A1)", "-1", "@x", "'=1", "=cmd|'/c calc'!A1", "a;b", 'říká "ne"', "\n", "'")


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(holder=st.sampled_from(EVIL) | st.text("=+-@'; \u00e1\u017e\"", min_size=1, max_size=8))
def test_no_cell_is_a_formula_and_each_is_read_as_it_was(
    opened: Workspace, client: Client, tmp_path: Path, name: str, holder: str
) -> None:
    number = f"799{opened.store.new_id() % 10**6:06}"
    line = add_line(opened, client, number, holder=" ".join(holder.split()))
    path = tmp_path / name
    write(opened, path, "lines", client.id)
    if name.endswith(".csv"):
        cells = [c for row in csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";")
                 for c in row]  # fmt: skip
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    else:
        import zipfile

        with zipfile.ZipFile(path) as book:
            assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    added, changed, _unchanged, problems = read_again(opened, client, path, "numbers")
    assert (added, changed, problems) == (0, 0, 0)
    lines.delete_line(opened, lines.line(opened, line.id))


def test_numbers_and_cards_are_text_and_days_are_days(
    opened: Workspace, office: Client, tmp_path: Path
) -> None:
    path = tmp_path / "cisla.xlsx"
    write(opened, path, "lines", office.id, columns=("msisdn", "iccid", "activated_on"))
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    kinds = {tuple(type(cell).__name__ for cell in row) for row in rows[1:] if all(row)}
    assert kinds == {("str", "str", "date")}


def test_letter_that_windows_lacks_is_named_and_nothing_is_written(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    add_contact(opened, client, "Jana")
    add_contact(opened, client, "Zoë 💾")
    path = tmp_path / "kontakty.csv"
    path.write_text("co tu bylo")
    with refused("export-letter") as caught:
        write(opened, path, "contacts", encoding="cp1250")
    assert "Row 3, column Full name" in str(caught.value)
    assert path.read_text() == "co tu bylo"
    assert len(list(tmp_path.iterdir())) - 1 == len([p for p in tmp_path.iterdir() if p.is_dir()])
    assert len(contacts.contacts_of(opened, client.id)) == 2


def test_cancelled_export_leaves_no_file(opened: Workspace, office: Client, tmp_path: Path) -> None:
    from console.errors import KnownError

    def cancel(_done: int) -> None:
        raise KnownError("export-cancelled")

    what = Export(query=listed("lines"), columns=("msisdn",))
    for name in ("a.csv", "a.xlsx"):
        with refused("export-cancelled"):
            exports.export(opened, what, tmp_path / name, cancel)
        assert not [p for p in tmp_path.iterdir() if p.name.startswith((".a", "a."))]


@pytest.mark.parametrize("wrong", [{"columns": ("puk",)}, {"encoding": "latin2"}])
def test_what_is_unknown_is_refused(
    opened: Workspace, client: Client, tmp_path: Path, wrong: dict[str, Any]
) -> None:
    with refused("word-unknown"):
        write(opened, tmp_path / "a.csv", "lines", **wrong)
    with refused("export-kind"):
        write(opened, tmp_path / "a.pdf", "lines")


def test_table_of_a_page_goes_out_with_the_same_guards(tmp_path: Path) -> None:
    rows = ((date(2026, 3, 4), "=cmd()", 7, Decimal("12.5"), "00259586", None),)
    table = ShownTable("ends", "Co končí", ("Den", "Text", "Počet", "Cena", "IČO", "Nic"), rows)
    assert exports.export_table(table, tmp_path / "a.csv") == 1
    text = (tmp_path / "a.csv").read_text("utf-8-sig")
    assert text.splitlines()[1] == "4.3.2026;'=cmd();7;12,50;\t00259586;"
    assert exports.export_table(table, tmp_path / "a.xlsx") == 1
    sheet = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()
    assert sheet[1][:5] == [date(2026, 3, 4), "=cmd()", 7.0, 12.5, "00259586"]
    with refused("export-kind"):
        exports.export_table(table, tmp_path / "a.txt")
    with refused("word-unknown"):
        exports.export_table(table, tmp_path / "b.csv", "ebcdic")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.csv", "a.xlsx"]
