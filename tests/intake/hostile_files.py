"""Makes files that are no tables, or too much of one, and sound ones to compare them with."""

import io
import random
import zipfile
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import xlwt

WRITTEN = "urn:oasis:names:tc:opendocument:xmlns:"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PARTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = f"""<?xml version="1.0"?><office:document-content
 xmlns:office="{WRITTEN}office:1.0" xmlns:table="{WRITTEN}table:1.0" xmlns:text="{WRITTEN}text:1.0"
 office:version="1.2"><office:body><office:spreadsheet><table:table table:name="A">"""
_CONTENT_END = "</table:table></office:spreadsheet></office:body></office:document-content>"
_LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in pairwise("abcdefghi"))
    + "]>"
)


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER = f'<row r="1">{text_cell("A1", "Telefon")}{text_cell("B1", "Tarif")}</row>'


def _relation(what: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_PARTS}/{what}" Target="{target}"/></Relationships>'
    )


def xlsx(path: Path, rows: Iterable[str], part: str = "sheet1.xml", declaration: str = "") -> Path:
    """Write the XML of a workbook by hand, so that it may say anything."""
    names = f'xmlns="{_MAIN}" xmlns:r="{_PARTS}"'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {names}><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets>'
            "</workbook>",
        )
        archive.writestr("_rels/.rels", _relation("officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/_rels/workbook.xml.rels", _relation("worksheet", part))
        with archive.open(f"xl/{part}", "w") as sheet:
            sheet.write(f'<?xml version="1.0"?>{declaration}'.encode())
            sheet.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            sheet.writelines(row.encode() for row in rows)
            sheet.write(b"</sheetData></worksheet>")
    return path


def ods_cell(text: str, attributes: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string" {attributes}>'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def ods(path: Path, rows: str, manifest: str = "", declaration: str = "") -> Path:
    header = f"<table:table-row>{ods_cell('Telefon')}{ods_cell('Tarif')}</table:table-row>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{WRITTEN}manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="content.xml">{manifest}'
            "</manifest:file-entry></manifest:manifest>",
        )
        content = _CONTENT.replace("?>", f"?>{declaration}", 1)
        archive.writestr("content.xml", content + header + rows + _CONTENT_END)
    return path


def plain_xlsx(path: Path) -> Path:
    row = f'<row r="2">{text_cell("A2", "799000001")}{text_cell("B2", "P")}</row>'
    return xlsx(path, [HEADER, row])


def image_named_xlsx(folder: Path) -> Path:
    path = folder / "foto.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(5000))
    return path


def jpeg_named_csv(folder: Path) -> Path:
    path = folder / "foto.csv"
    path.write_bytes(b"\xff\xd8\xff\xe0" + b"\x10JFIF" * 1000)
    return path


def nothing_at_all(folder: Path) -> Path:
    path = folder / "a.xlsx"
    path.touch()
    return path


def nothing_but_blank_lines(folder: Path) -> Path:
    path = folder / "a.csv"
    path.write_text("\n\n;;\n \n", encoding="utf-8")
    return path


def noise(folder: Path) -> Path:
    path = folder / "a.csv"
    path.write_bytes(random.Random(1).randbytes(100_000))
    return path


def truncated_archive(folder: Path) -> Path:
    path = plain_xlsx(folder / "a.xlsx")
    path.write_bytes(path.read_bytes()[:-300])
    return path


def archive_with_a_flipped_byte(folder: Path) -> Path:
    path = xlsx(folder / "a.xlsx", [HEADER, *(f"<row>{n}</row>" for n in range(5000))])
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    return path


def archive_of_something_else(folder: Path) -> Path:
    path = folder / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return path


def bomb(folder: Path) -> Path:
    return xlsx(folder / "a.xlsx", [HEADER, *(" " * 1_000_000 for _ in range(100))])


def bomb_under_another_name(folder: Path) -> Path:
    rows = ('<row r="2"><c r="A2"><v>7</v></c></row>' * 25_000 for _ in range(100))
    return xlsx(folder / "a.xlsx", [HEADER, *rows], part="sheet1.dat")


def bomb_that_lies_about_its_size(folder: Path) -> Path:
    path = bomb(folder)
    content = path.read_bytes()
    size = next(e.file_size for e in zipfile.ZipFile(path).infolist() if e.file_size > 1e7)
    path.write_bytes(content.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little")))
    return path


def million_columns(folder: Path) -> Path:
    return xlsx(folder / "a.xlsx", [HEADER, f"<row>{'<c><v>1</v></c>' * 1_000_000}</row>"])


def million_columns_of_csv(folder: Path) -> Path:
    path = folder / "a.csv"
    path.write_text("Telefon;Tarif\n" + "1;" * 1_000_000 + "\n", encoding="utf-8")
    return path


def cell_in_the_last_corner(folder: Path) -> Path:
    last = f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'
    return xlsx(folder / "a.xlsx", [HEADER, last])


def two_cells_far_apart(folder: Path) -> Path:
    return xlsx(folder / "a.xlsx", [HEADER, f'<row r="78000">{text_cell("SR78000", "x")}</row>'])


def xls_with_a_password(folder: Path) -> Path:
    """An XLS whose globals begin with FILEPASS, as Excel writes them."""
    path = folder / "a.xls"
    book = xlwt.Workbook()
    book.add_sheet("A").write(0, 0, "Telefon")
    book.save(str(path))
    content = path.read_bytes()
    begin = content.index(b"\x09\x08\x10\x00") + 20
    password = b"\x2f\x00\x36\x00" + b"\x01\x00" * 3 + bytes(48)
    path.write_bytes(content[:begin] + password + content[begin + len(password) :])
    return path


def xlsx_with_a_password(folder: Path) -> Path:
    """Office puts an encrypted workbook into an OLE file, in a stream of this name."""
    path = folder / "a.xlsx"
    book = xlwt.Workbook()
    book.add_sheet("A")
    stream = io.BytesIO()
    book.save(stream)
    plain, name = "Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
    content, at = stream.getvalue(), stream.getvalue().index(plain)
    entry = name.ljust(64, b"\0") + (len(name) + 2).to_bytes(2, "little")
    path.write_bytes(content[:at] + entry + content[at + len(entry) :])
    return path


def ods_with_a_password(folder: Path) -> Path:
    how = '<manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="x"/>'
    return ods(folder / "a.ods", "", manifest=how)


def archive_with_a_password(folder: Path) -> Path:
    path = plain_xlsx(folder / "a.xlsx")
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    path.write_bytes(content)
    return path


def ods_of_many_rows(folder: Path) -> Path:
    row = ods_cell("799000001") + ods_cell("P")
    repeated = 'table:number-rows-repeated="100000000"'
    return ods(folder / "a.ods", f"<table:table-row {repeated}>{row}</table:table-row>")


def ods_of_many_rows_in_single_quotes(folder: Path) -> Path:
    row = ods_cell("799000001") + ods_cell("P")
    repeated = "table:number-rows-repeated='100000000'"
    return ods(folder / "a.ods", f"<table:table-row {repeated}>{row}</table:table-row>")


def ods_of_many_columns(folder: Path) -> Path:
    cell = ods_cell("799000001", 'table:number-columns-repeated="1000000000"')
    return ods(folder / "a.ods", f"<table:table-row>{cell}</table:table-row>")


def ods_of_many_dates(folder: Path) -> Path:
    cell = '<table:table-cell office:value-type="date" office:date-value="2020-01-01"/>'
    repeated = 'table:number-rows-repeated="1000000000"'
    return ods(folder / "a.ods", f"<table:table-row {repeated}>{cell}</table:table-row>")


def ods_of_many_empty_rows(folder: Path) -> Path:
    empty = '<table:table-row table:number-rows-repeated="1000000000"><table:table-cell/>'
    last = f"<table:table-row>{ods_cell('799000001')}</table:table-row>"
    return ods(folder / "a.ods", f"{empty}</table:table-row>{last}")


def xlsx_of_entities(folder: Path) -> Path:
    row = f'<row r="2">{text_cell("A2", "&i;")}</row>'
    return xlsx(folder / "a.xlsx", [HEADER, row], declaration=_LAUGHS)


def ods_of_entities(folder: Path) -> Path:
    row = f"<table:table-row>{ods_cell('&i;')}</table:table-row>"
    return ods(folder / "a.ods", row, declaration=_LAUGHS)


def no_header(folder: Path) -> Path:
    path = folder / "a.csv"
    path.write_text("799000001;Žofie\n799000002;Řehoř\n", encoding="utf-8")
    return path


def quote_that_never_ends(folder: Path) -> Path:
    path = folder / "a.csv"
    path.write_text('Telefon;Tarif\n"' + "x" * 1_000_000, encoding="utf-8")
    return path


def folder_named_as_a_table(folder: Path) -> Path:
    path = folder / "a.xlsx"
    path.mkdir()
    return path


def nowhere(folder: Path) -> Path:
    return folder / "a.xlsx"


HOSTILE: dict[Callable[[Path], Path], str] = {
    image_named_xlsx: "table-not-a-table",
    jpeg_named_csv: "table-not-a-table",
    noise: "table-not-a-table",
    archive_of_something_else: "table-not-a-table",
    nothing_at_all: "table-empty",
    nothing_but_blank_lines: "table-empty table-no-header",
    truncated_archive: "table-damaged",
    archive_with_a_flipped_byte: "table-damaged",
    bomb: "table-too-large",
    bomb_under_another_name: "table-too-large",
    bomb_that_lies_about_its_size: "table-too-large table-damaged",
    million_columns: "table-too-wide",
    million_columns_of_csv: "table-too-wide table-damaged",
    cell_in_the_last_corner: "table-too-wide table-too-large",
    two_cells_far_apart: "table-too-wide table-too-large",
    xls_with_a_password: "table-protected",
    xlsx_with_a_password: "table-protected",
    ods_with_a_password: "table-protected",
    archive_with_a_password: "table-protected",
    ods_of_many_rows: "table-too-large",
    ods_of_many_rows_in_single_quotes: "table-too-large",
    ods_of_many_columns: "table-too-wide",
    ods_of_many_dates: "table-too-large",
    ods_of_many_empty_rows: "table-too-large",
    xlsx_of_entities: "table-damaged",
    ods_of_entities: "table-damaged",
    no_header: "table-no-header",
    quote_that_never_ends: "table-damaged",
    folder_named_as_a_table: "file-unreadable",
    nowhere: "file-unreadable",
}
