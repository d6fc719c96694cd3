"""Tables of every kind that offices send are read alike, wherever the header stands."""

import codecs
import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from console.intake import columns, numbers, tables, take_in
from console.intake.take_in import TakenIn

Rows = Sequence[Sequence[Any]]
HEADER = ["Telefon", "Držitel", "Aktivováno", "Data"]
ROWS: Rows = [
    HEADER,
    ["799 000 001", "Žofie Říčková", date(2020, 7, 4), 1536],
    ["799 000 002", "Ďula Šťastný", date(2021, 12, 31), 0.5],
]


def write_xlsx(path: Path, rows: Rows, sheet: str = "Čísla") -> Path:
    book = xlsxwriter.Workbook(str(path))
    _fill_xlsx(book, book.add_worksheet(sheet), rows)
    book.close()
    return path


def _fill_xlsx(book: Any, sheet: Any, rows: Rows) -> None:
    day = book.add_format({"num_format": "d. m. yyyy"})
    for number, row in enumerate(rows):
        for index, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, index, cell, day)
            elif cell not in ("", None):
                sheet.write(number, index, cell)


def write_xls(path: Path, rows: Rows, sheet: str = "Čísla") -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    made = book.add_sheet(sheet)
    day = xlwt.easyxf(num_format_str="D.M.YYYY")
    for number, row in enumerate(rows):
        for index, cell in enumerate(row):
            if isinstance(cell, date):
                made.write(number, index, cell, day)
            elif cell not in ("", None):
                made.write(number, index, cell)
    book.save(str(path))
    return path


def ods_cell(value: Any, **attributes: Any) -> TableCell:
    if value in ("", None):
        return TableCell(**attributes)
    kind = {str: "string", bool: "boolean", date: "date", datetime: "date"}.get(type(value))
    given = {
        "boolean": {"booleanvalue": str(value).lower()},
        "date": {"datevalue": str(value)},
        "string": {},
        None: {"value": str(value)},
    }[kind]
    cell = TableCell(valuetype=kind or "float", **given, **attributes)
    cell.addElement(P(text=str(value)))
    return cell


def ods_row(cells: Sequence[TableCell], **attributes: Any) -> TableRow:
    row = TableRow(**attributes)
    for cell in cells:
        row.addElement(cell)
    return row


def save_ods(path: Path, rows: Sequence[TableRow]) -> Path:
    document = OpenDocumentSpreadsheet()
    table = Table(name="Čísla")
    for row in rows:
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def write_ods(path: Path, rows: Rows) -> Path:
    return save_ods(path, [ods_row([ods_cell(cell) for cell in row]) for row in rows])


WRITERS: dict[str, Callable[[Path, Rows], Path]] = {
    "xlsx": write_xlsx,
    "ods": write_ods,
    "xls": write_xls,
}


def write_csv(path: Path, rows: Rows, delimiter: str = ";", encoding: str = "utf-8") -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def read(path: Path) -> list[list[Any]]:
    (table,) = tables.read_tables(path)
    return table.rows


def taken(path: Path) -> TakenIn:
    table = take_in.best_table(tables.read_tables(path), numbers.FIELDS)
    return take_in.take_in(table, numbers.SPEC)


@pytest.mark.parametrize("kind", WRITERS)
def test_workbook_gives_its_cells_with_their_types(tmp_path: Path, kind: str) -> None:
    path = WRITERS[kind](tmp_path / f"čísla.{kind}", ROWS)
    assert read(path) == [list(row) for row in ROWS]
    assert tables.read_tables(path)[0].name == "Čísla"


@pytest.mark.parametrize("kind", WRITERS)
def test_true_and_false_stay_what_they_are(tmp_path: Path, kind: str) -> None:
    path = WRITERS[kind](tmp_path / f"a.{kind}", [["Telefon", "x"], ["799000001", True]])
    assert read(path)[1][1] is True


@pytest.mark.parametrize("kind", WRITERS)
def test_values_of_every_workbook_are_the_same(tmp_path: Path, kind: str) -> None:
    first = taken(WRITERS[kind](tmp_path / f"a.{kind}", ROWS)).rows[0].values
    assert first["msisdn"] == "+420799000001"
    assert (first["holder"], first["data_mb"]) == ("Žofie Říčková", 1536)
    assert first["activated_on"] == date(2020, 7, 4)


@pytest.mark.parametrize("named", ["csv", "xlsx", "ods", "xls", "txt", "dat"])
@pytest.mark.parametrize("kind", WRITERS)
def test_content_decides_and_not_the_name(tmp_path: Path, kind: str, named: str) -> None:
    path = WRITERS[kind](tmp_path / f"a.{kind}", ROWS).rename(tmp_path / f"jiný.{named}")
    assert read(path) == [list(row) for row in ROWS]


def test_csv_named_as_a_workbook_is_read(tmp_path: Path) -> None:
    assert read(write_csv(tmp_path / "a.xlsx", [["Telefon", "Tarif"], ["1", "2"]])) == [
        ["Telefon", "Tarif"],
        ["1", "2"],
    ]


def test_repeated_cells_of_ods_are_spelled_out(tmp_path: Path) -> None:
    row = ods_row([ods_cell("x", numbercolumnsrepeated="3"), ods_cell("y")])
    assert read(save_ods(tmp_path / "a.ods", [row])) == [["x", "x", "x", "y"]]


def test_repeated_empty_cells_of_ods_keep_their_places(tmp_path: Path) -> None:
    row = ods_row([ods_cell("x"), ods_cell("", numbercolumnsrepeated="2"), ods_cell("y")])
    assert read(save_ods(tmp_path / "a.ods", [row])) == [["x", "", "", "y"]]


def test_repeated_rows_of_ods_are_spelled_out(tmp_path: Path) -> None:
    rows = [ods_row([ods_cell("x")], numberrowsrepeated="2"), ods_row([ods_cell("y")])]
    assert read(save_ods(tmp_path / "a.ods", rows)) == [["x"], ["x"], ["y"]]


def test_repeated_empty_rows_of_ods_keep_the_row_numbers(tmp_path: Path) -> None:
    rows = [
        ods_row([ods_cell("Telefon"), ods_cell("Tarif")]),
        ods_row([ods_cell("")], numberrowsrepeated="7"),
        ods_row([ods_cell("nic"), ods_cell("P")]),
    ]
    problems = taken(save_ods(tmp_path / "a.ods", rows)).problems
    assert [(problem.row, problem.code) for problem in problems] == [(9, "number-wrong")]


def test_empty_rest_of_an_ods_sheet_costs_nothing(tmp_path: Path) -> None:
    rest = ods_row(
        [ods_cell("", numbercolumnsrepeated="16384")],
        numberrowsrepeated="1048574",
    )
    first = ods_row([ods_cell("x"), ods_cell("", numbercolumnsrepeated="16383")])
    assert read(save_ods(tmp_path / "a.ods", [first, rest])) == [["x"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_any_encoding_and_delimiter(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [["Telefon", "Držitel"], ["799 000 001", "Žluťoučký kůň, úpěl; ďábelské\tódy"]]
    assert read(write_csv(tmp_path / "a.csv", rows, delimiter, encoding)) == rows


def test_mark_of_utf_8_is_no_part_of_the_first_header(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [["Číslo", "Tarif"]], encoding="utf-8-sig")
    assert path.read_bytes().startswith(codecs.BOM_UTF8)
    assert read(path)[0][0] == "Číslo"


def test_decimal_commas_do_not_part_the_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Kód;Paušál\nA;99,00\nB;1 189,50\nC;0,90\n", encoding="utf-8")
    assert read(path)[1:] == [["A", "99,00"], ["B", "1 189,50"], ["C", "0,90"]]


def test_quoted_cell_may_hold_delimiter_quote_and_line_break(tmp_path: Path) -> None:
    rows = [["Telefon", "Pozn."], ["799000001", 'dvě; "uvozovky"\na řádek']]
    assert read(write_csv(tmp_path / "a.csv", rows)) == rows


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_csv_end_as_any_system_ends_them(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"Telefon;Tarif{end}799000001;P{end}".encode())
    assert read(path) == [["Telefon", "Tarif"], ["799000001", "P"]]


def test_list_of_one_column_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Telefonní číslo\n799000001\n799000002\n", encoding="utf-8")
    assert [row.values["msisdn"][-3:] for row in taken(path).rows] == ["001", "002"]


@pytest.mark.parametrize("kind", [*WRITERS, "csv"])
@pytest.mark.parametrize("above", [0, 1, 7, 40])
def test_header_is_found_wherever_it_stands(tmp_path: Path, kind: str, above: int) -> None:
    title = [["Přehled telefonních čísel města"]] * min(above, 2)
    rows = [*title, *([[""]] * (above - len(title))), ["Telefon", "Držitel"], ["x", "Žofie"]]
    write = WRITERS.get(kind, write_csv)
    result = taken(write(tmp_path / f"a.{kind}", rows))
    assert result.mapping.header_row == above
    assert [(p.row, p.code) for p in result.problems] == [(above + 2, "number-wrong")]


def test_rows_are_counted_as_the_spreadsheet_counts_them(tmp_path: Path) -> None:
    rows = [[], [], ["", "", "Telefon", "Tarif"], [], ["", "", "799000001", "P"], ["", "", "x"]]
    result = taken(write_xlsx(tmp_path / "a.xlsx", rows))
    assert [row.number for row in result.rows] == [5]
    assert [problem.row for problem in result.problems] == [6]


def test_sheet_that_fits_is_chosen_among_several(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    _fill_xlsx(book, book.add_worksheet("Poznámky"), [["Poznámka"], ["nic"]])
    _fill_xlsx(book, book.add_worksheet("Čísla"), ROWS)
    book.add_worksheet("Prázdný")
    book.close()
    assert len(taken(path).rows) == 2


def test_formula_counts_as_its_result(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_formula(0, 0, '="Tele"&"fon"', value="Telefon")
    sheet.write_formula(1, 0, "=799000000+1", value=799000001)
    sheet.write_formula(2, 0, "=NA()", value="#N/A")
    book.close()
    assert read(path) == [["Telefon"], [799000001.0], [""]]


def test_formula_in_text_stays_text(tmp_path: Path) -> None:
    rows = [["Telefon", "Držitel"], ["799000001", "=cmd|' /C calc'!A0"]]
    result = taken(write_csv(tmp_path / "a.csv", rows))
    assert result.rows[0].values["holder"] == "=cmd|' /C calc'!A0"


def test_ten_thousand_rows_are_read(tmp_path: Path) -> None:
    rows = [["Telefon", "Držitel"], *([str(799_000_000 + n), "Ř"] for n in range(10_000))]
    assert len(taken(write_xlsx(tmp_path / "a.xlsx", rows)).rows) == 10_000


def test_samples_of_a_column_are_short(tmp_path: Path) -> None:
    rows = [["Telefon", "Držitel"], *(["799000001", "x" * 500] for _ in range(9))]
    table = tables.read_tables(write_csv(tmp_path / "a.csv", rows))[0]
    holder = columns.match(table, numbers.FIELDS).columns[1]
    assert holder.samples == ("x" * 40,) * 3
