"""Files that are no tables, or too much of one: refused in a sentence, fast, in little memory.

Each file is read in a process of its own with a cap on its memory.
"""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from console.domain.client import Client
from console.domain.line import Line
from console.domain.usage import Usage
from console.errors import KnownError
from console.intake import tables
from console.services import history, imports
from console.workspace import Workspace
from tests.intake import hostile_files as files
from tests.intake import isolated
from tests.intake.hostile_files import HOSTILE

SECONDS = 5.0
MEGABYTES = 300.0
FOR_THEIR_OWN_PROCESS = (
    files.cell_in_the_last_corner,
    files.two_cells_far_apart,
    files.bomb_under_another_name,
    files.ods_of_many_rows_in_single_quotes,
)
CODES = sorted({code for codes in HOSTILE.values() for code in codes.split()})
READ = "from pathlib import Path\nfrom console.intake import columns, numbers, tables"


def _named(maker: Callable[[Path], Path]) -> str:
    return maker.__name__


@pytest.mark.parametrize("maker", HOSTILE, ids=_named)
def test_hostile_file_is_refused_fast_and_in_little_memory(
    tmp_path: Path, maker: Callable[[Path], Path]
) -> None:
    path = maker(tmp_path)
    reading = (
        f"columns.match(tables.read_tables(Path({str(path)!r}))[0], numbers.FIELDS).header_row"
    )
    what, value, seconds, megabytes = isolated.run(READ, reading)
    assert what == "known", (what, value)
    assert value in HOSTILE[maker].split()
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


@pytest.mark.parametrize("code", CODES)
def test_refusal_says_in_words_what_happened_and_what_was_kept(code: str) -> None:
    message = KnownError(code, name="čísla.xlsx", columns="Číslo", reason="nelze").message
    assert "čísla.xlsx" in message or "Číslo" in message
    assert "Nothing" in message
    assert message.endswith(".")


def test_refused_file_changes_nothing(opened: Workspace, client: Client, tmp_path: Path) -> None:
    with opened.store.unit("add"):
        opened.store.insert(Line(client_id=client.id, msisdn="+420799000001"))
    rows, last = opened.store.select(Line), history.next_undo(opened)
    for number, maker in enumerate(m for m in HOSTILE if m not in FOR_THEIR_OWN_PROCESS):
        folder = tmp_path / str(number)
        folder.mkdir()
        with pytest.raises(KnownError):
            imports.read_file(maker(folder), "numbers")
    assert (opened.store.select(Line), history.next_undo(opened)) == (rows, last)


def test_refused_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = files.truncated_archive(tmp_path)
    before = path.read_bytes()
    with pytest.raises(KnownError):
        tables.read_tables(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_file_over_the_cap_is_not_even_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "FILE_BYTES", 1000)
    path = tmp_path / "a.csv"
    path.write_text("Telefon;Tarif\n" * 100, encoding="utf-8")
    with pytest.raises(KnownError) as caught:
        tables.read_tables(path)
    assert caught.value.code == "table-too-large"


def test_handmade_workbook_is_sound_but_for_what_is_wrong_with_it(tmp_path: Path) -> None:
    assert tables.read_tables(files.plain_xlsx(tmp_path / "a.xlsx"))[0].rows[1] == [
        "799000001",
        "P",
    ]
    sound = files.ods(
        tmp_path / "a.ods", f"<table:table-row>{files.ods_cell('7')}</table:table-row>"
    )
    assert tables.read_tables(sound)[0].rows[1] == ["7", ""]


@pytest.mark.parametrize("what", ["usage", "catalogue"])
def test_hostile_file_is_no_bill_and_no_price_list_either(
    opened: Workspace, client: Client, tmp_path: Path, what: str
) -> None:
    last = history.next_undo(opened)
    for number, maker in enumerate(m for m in HOSTILE if m not in FOR_THEIR_OWN_PROCESS):
        folder = tmp_path / str(number)
        folder.mkdir()
        with pytest.raises(KnownError):
            imports.read_file(maker(folder), what)
    assert history.next_undo(opened) == last


def test_bill_full_of_nonsense_names_every_row_and_keeps_the_good_one(
    opened: Workspace, client: Client, tmp_path: Path
) -> None:
    nonsense = (
        "2026-08;799000001;-1;1e999;NaN;inf;;12,50",
        "2026-08;=HYPERLINK(1);1;1;1;0;0;1",
        "9999-99;799000002;1;1;1;0;0;1",
        "2026-08;799000003;1;1;1;0;0;=1+1",
        "2026-08;799000004;1;1;1;0;0;" + "9" * 400,
        "2026-08;" + "7" * 5000 + ";1;1;1;0;0;1",
        "Celkem;;;;;;;99",
        ";;;;;;;",
        "\x00\x01;\x02",
    )
    file = tmp_path / "u.csv"
    head = "Období;Číslo;Minuty;SMS;Data MB;Roaming Kč;Ostatní Kč;Celkem Kč bez DPH"
    file.write_text("\n".join((head, *nonsense)), encoding="utf-8")
    done = imports.run(opened, client.id, imports.read_file(file, "usage")).result
    assert isinstance(done, imports.Outcome)
    assert (done.added, done.changed) == (1, 0)
    assert {problem.row for problem in done.problems} >= {2, 3, 4, 5, 6, 7, 8}
    (kept,) = opened.store.select(Usage)
    assert (kept.charged, kept.call_minutes, kept.sms, kept.used_mb) == (
        Decimal("12.50"), None, None, None,
    )  # fmt: skip
