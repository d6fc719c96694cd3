"""The command line: results on stdout, as JSON where asked; exit 2 with one line otherwise."""

import functools
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from argon2.low_level import hash_secret_raw

from console import cli, workspace
from console.domain.local_time import PRAGUE
from console.domain.request import Channel, Kind, RequestState
from console.domain.sim import Sim
from console.services import shipped
from console.vault import passphrase
from console.workspace import Workspace
from tests.conftest import PASSPHRASE, SAMPLES
from tests.documents import pdf

ROOT = Path(__file__).parents[1]
OFFICE = SAMPLES / "urad"
ICO = "00259586"
ROW = {
    "number", "client", "kind", "channel", "state", "subject", "contact", "received",
    "governing", "resolved", "numbers",
}  # fmt: skip


class Console:
    """Runs commands in this process, over one workspace, and looks at what they print."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.passphrase_file = folder.parent / "passphrase.txt"
        self.passphrase_file.write_text(PASSPHRASE + "\n", encoding="utf-8")
        self._capture = capture

    def run(self, *arguments: object) -> tuple[int, str, str]:
        """Return exit code, stdout and stderr of a command."""
        options = ("--workspace", self.folder, "--passphrase-file", self.passphrase_file)
        self._capture.readouterr()
        code = cli.main([str(argument) for argument in (*options, *arguments)])
        out, err = self._capture.readouterr()
        assert PASSPHRASE not in out + err
        return code, out, err

    def text(self, *arguments: object) -> str:
        """Return what a command prints for people."""
        code, out, err = self.run(*arguments)
        assert (code, err) == (0, "")
        return out

    def json(self, *arguments: object) -> Any:
        """Return the JSON of a command."""
        return json.loads(self.text(*arguments, "--json"))

    def fails(self, *arguments: object) -> str:
        """Return the one line of a command that fails; nothing else is printed."""
        code, out, err = self.run(*arguments)
        assert (code, out) == (2, "")
        assert err.endswith("\n")
        assert err.count("\n") == 1
        assert "Traceback" not in err
        return err.strip()


@functools.cache
def _hash_once(*secrets: bytes, **price: Any) -> bytes:
    return hash_secret_raw(*secrets, **price)


@pytest.fixture(autouse=True)
def _argon_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pay the price of a passphrase once: a person opens a workspace, these tests hundreds."""
    monkeypatch.setattr(passphrase, "hash_secret_raw", _hash_once)


@pytest.fixture
def console(folder: Path, capsys: pytest.CaptureFixture[str]) -> Console:
    """A console over an empty workspace."""
    return Console(folder, capsys)


@pytest.fixture
def town(console: Console) -> Console:
    """A console over a workspace with one client."""
    console.json("client", "add", "--name", "Městský úřad Lípová", "--ico", ICO,
                 "--agreement", "o2-public-sector", "--since", "2020-01-01")  # fmt: skip
    return console


def now(**ago: float) -> str:
    """Return a time before now, ISO with its offset."""
    return (datetime.now(UTC) - timedelta(**ago)).astimezone(PRAGUE).isoformat(timespec="seconds")


def add(console: Console, *more: object, kind: str = "fault", received: str = "") -> Any:
    """Log a request that came just now."""
    return console.json("request", "add", "--client", ICO, "--kind", kind, "--channel", "phone",
                        "--received", received or now(), *more)  # fmt: skip


def is_time(text: str) -> bool:
    """Return whether a text is an ISO time with an offset."""
    return datetime.fromisoformat(text).tzinfo is not None


# The whole job, as a person does it


def test_main_job_from_an_empty_folder_to_an_undone_action(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    console = Console(tmp_path / "práce", capsys)
    assert console.json("create", "--name", "Jana Nováková") == {"workspace": str(console.folder)}
    client = console.json("client", "add", "--name", "Městský úřad Lípová", "--ico", ICO,
                          "--agreement", "o2-public-sector")  # fmt: skip
    assert client["ico"] == ICO
    taken = console.json("import", "numbers", OFFICE / "cisla.xlsx", "--client", ICO)
    assert (taken["added"], taken["refused"]) == (240, 4)
    logged = add(console, "--numbers", "799000001,799 000 002", "--subject", "Výpadek")
    assert logged["number"] == f"{datetime.now(PRAGUE).year}-AM-0001"
    month = f"{datetime.now(PRAGUE):%Y-%m}"
    out = tmp_path / "ven"
    (report,) = console.json("report", "--client", ICO, "--month", month, "--out", out)["files"]
    assert "Výpadek" in pdf.words(Path(report).read_bytes())
    lines = tmp_path / "polozky.csv"
    lines.write_text("Položka;Množství;Cena\nTelefon;2;6190,50\n", encoding="utf-8")
    (order,) = console.json("order", "--client", ICO, "--lines", lines, "--out", out)["files"]
    assert "12,381.00 Kč" in pdf.words(Path(order).read_bytes())
    found = console.json("search", "799000001")
    assert {hit["noun"] for hit in found} >= {"lines"}
    line = next(hit["id"] for hit in found if hit["noun"] == "lines")
    (change,) = console.json("history", line)
    assert (change["action"], change["actor"]) == ("import", "Jana Nováková")
    assert console.json("undo")["undone"] == "create-order"
    assert console.json("redo")["redone"] == "create-order"
    assert console.json("verify") == {"ok": True, "findings": []}
    listed = console.json("client", "list")
    assert [(c["numbers"], c["open_requests"]) for c in listed] == [(240, 1)]


def test_program_itself_runs_a_command(folder: Path, tmp_path: Path) -> None:
    """Through ``main.py`` and a process of its own, as scripts do."""
    secret = tmp_path / "p.txt"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    start = [sys.executable, "-W", "error", str(ROOT / "main.py"), "--workspace", str(folder)]
    ended = subprocess.run(
        [*start, "--passphrase-file", str(secret), "verify", "--json"],
        capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path,
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, "")
    assert json.loads(ended.stdout) == {"ok": True, "findings": []}
    ended = subprocess.run(
        [*start, "client", "list"],
        capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert "--passphrase-file" in ended.stderr


# Help


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Return every command with the groups before it."""
    yield path
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


COMMANDS = list(commands(cli.cli))
GROUPS = (("client",), ("request",), ("bundle",), ("privacy",))


def test_all_commands_of_the_design_are_there() -> None:
    assert {path[0] for path in COMMANDS if path} >= {
        "create", "demo", "agreements", "deadline", "import", "client", "request", "report",
        "order", "search", "history", "undo", "verify",
    }  # fmt: skip
    assert {path[1] for path in COMMANDS if path[:1] == ("request",) and len(path) > 1} >= {
        "add", "list", "show", "step",
    }  # fmt: skip


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_has_help(console: Console, path: tuple[str, ...], option: str) -> None:
    """Help asks for no workspace and no passphrase."""
    shutil.rmtree(console.folder)
    text = console.text(*path, option)
    assert text.startswith("Usage: klientela")
    body = text.split("\n\n")[1].strip()
    assert len(body) > 10
    assert body.endswith(".")


@pytest.mark.parametrize("path", [path for path in COMMANDS if path and path not in GROUPS])
def test_every_command_knows_json(console: Console, path: tuple[str, ...]) -> None:
    assert "--json" in console.text(*path, "--help")


# Making


def test_created_workspace_bears_the_managers_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    console = Console(tmp_path / "nová", capsys)
    assert console.text("create", "--name", "Jana").strip() == str(console.folder)
    key = workspace.unlock(console.folder, PASSPHRASE)
    opened = workspace.open_workspace(console.folder, key)
    from console.services import settings

    assert settings.manager(opened).name == "Jana"
    opened.close()


def test_nothing_is_created_twice(console: Console) -> None:
    assert "already" in console.fails("create", "--json")


def test_short_passphrase_creates_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    console = Console(tmp_path / "nová", capsys)
    console.passphrase_file.write_text("krátké\n")
    assert "8 characters" in console.fails("create")
    assert not console.folder.exists()


def test_demo_is_a_workspace_that_opens_with_its_known_passphrase(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "demo"
    assert cli.main(["--workspace", str(folder), "demo", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"workspace": str(folder)}
    console = Console(folder, capsys)
    console.passphrase_file.write_text(cli.DEMO_PASSPHRASE)
    clients = console.json("client", "list")
    assert sum(c["numbers"] for c in clients) == 600
    assert all(c["agreement"] and c["open_requests"] for c in clients)
    month = f"{datetime.now(PRAGUE).replace(day=1) - timedelta(days=1):%Y-%m}"
    out = tmp_path / "out"
    files = console.json("report", "--all", "--month", month, "--out", out)["files"]
    assert len(set(files)) == 3
    assert all(Path(file).read_bytes().startswith(b"%PDF") for file in files)
    assert console.json("verify")["ok"]
    puks = [puk for puk in _puks(folder, cli.DEMO_PASSPHRASE) if puk]
    assert len(puks) == 600
    printed = [console.text("search", "8942010007990000", *more) for more in ((), ("--json",))] + [
        pdf.words(Path(file).read_bytes()) for file in files
    ]
    assert not [puk for puk in puks if any(puk in text.split() for text in printed)]


def _puks(folder: Path, passphrase: str) -> list[str]:
    opened = workspace.open_workspace(folder, workspace.unlock(folder, passphrase))
    found = [card.puk for card in opened.store.select(Sim)]
    opened.close()
    return found


# Without a workspace


def test_agreements_are_listed(console: Console) -> None:
    shutil.rmtree(console.folder)
    listed = console.json("agreements")
    assert [row["key"] for row in listed] == list(shipped.shipped_keys())
    assert all(set(row) == {"key", "name"} and row["name"] for row in listed)
    text = console.text("agreements")
    assert all(row["key"] in text and row["name"] in text for row in listed)


def deadline(console: Console, agreement: str, kind: str, channel: str, count: int) -> Any:
    return console.json("deadline", "--agreement", agreement, "--kind", kind, "--channel", channel,
                        "--count", count, "--received", "2026-11-20T15:00")  # fmt: skip


@pytest.mark.parametrize("agreement", shipped.shipped_keys())
def test_deadline_of_every_kind_and_channel(console: Console, agreement: str) -> None:
    for kind in Kind:
        for channel in Channel:
            for count in (0, 1, 10):
                data = deadline(console, agreement, kind.value, channel.value, count)
                assert set(data) == {"governing", "deadlines"}
                _check_deadlines(data, kind)


def _check_deadlines(data: Any, kind: Kind) -> None:
    for one in data["deadlines"]:
        assert set(one) == {"nature", "clause", "due", "explanation"}
        assert one["nature"] in ("soft", "contractual", "statutory")
        assert one["clause"]
        assert is_time(one["due"])
        assert one["due"] >= "2026-11-20T15:00"
        assert one["explanation"][0]["step"] == "received"
        assert one["explanation"][-1]["step"] == "due"
        assert all(set(step) == {"step", "text"} and step["text"] for step in one["explanation"])
        assert "{" not in str([step["text"] for step in one["explanation"]])
    dues = [one["due"] for one in data["deadlines"]]
    assert data["governing"] in dues if dues else data["governing"] is None
    natures = [one["nature"] for one in data["deadlines"]]
    assert ("statutory" in natures) == (kind is Kind.COMPLAINT)


def test_deadline_needs_no_workspace_and_speaks_to_people(console: Console) -> None:
    shutil.rmtree(console.folder)
    data = deadline(console, "o2-public-sector", "fault", "phone", 1)
    assert data["governing"] == "2026-11-21T15:00:00+01:00"
    text = console.text("deadline", "--agreement", "o2-public-sector", "--kind", "fault",
                        "--channel", "phone", "--count", 12,
                        "--received", "2026-07-01T10:00:00Z")  # fmt: skip
    assert "2026-07-03T12:00:00+02:00" in text
    assert "48 hours" in text


@pytest.mark.parametrize(
    ("option", "wrong", "said"),
    [
        ("--agreement", "nothing", "nothing"),
        ("--kind", "Fault", "fault, complaint"),
        ("--channel", "pigeon", "phone, email"),
        ("--count", "-1", "-1"),
        ("--count", "many", "many"),
        ("--received", "yesterday", "yesterday"),
        ("--received", "2026-02-30", "2026-02-30"),
        ("--received", "9999-12-31T23:59", "9999-12-31T23:59"),
        ("--received", "0001-01-01", "0001-01-01"),
    ],
)
def test_wrong_word_is_named(console: Console, option: str, wrong: str, said: str) -> None:
    given = {"--agreement": "o2-public-sector", "--kind": "fault", "--channel": "phone",
             "--count": "1", "--received": "2026-11-20T15:00"}  # fmt: skip
    pairs = {**given, option: wrong}
    assert said in console.fails("deadline", *(part for pair in pairs.items() for part in pair))


# Opening


@pytest.mark.parametrize(
    "content", [b"\xc5\xa1patn\xc3\xa1 v\xc4\x9bta\n", b"", b"\n", b"\xff\xfe"]
)
def test_wrong_passphrase_file_opens_nothing(console: Console, content: bytes) -> None:
    console.passphrase_file.write_bytes(content)
    said = console.fails("client", "list")
    assert "passphrase" in said.lower()
    assert "špatná" not in said


def test_missing_passphrase_file_is_named(console: Console) -> None:
    console.passphrase_file.unlink()
    assert str(console.passphrase_file) in console.fails("verify")


def test_folder_without_a_workspace_is_named(console: Console) -> None:
    shutil.rmtree(console.folder)
    for command in (["client", "list"], ["search", "x"], ["undo"], ["verify"]):
        assert str(console.folder) in console.fails(*command)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["client", "nothing"],
        ["client", "add"],
        ["client", "add", "--name"],
        ["deadline", "--json"],
        ["search"],
        ["history", "abc"],
        ["verify", "--nothing"],
        ["report", "--month", "2025-10"],
        ["import"],
    ],
    ids=" ".join,
)
def test_wrong_call_is_one_line(console: Console, arguments: list[str]) -> None:
    assert console.fails(*arguments)


# Clients


def test_client_is_added_and_listed(console: Console) -> None:
    added = console.json("client", "add", "--name", " Škola ", "--ico", "261 686 85")
    assert set(added) == {"id", "ico", "name"}
    assert (added["ico"], added["name"]) == ("26168685", "Škola")
    (row,) = console.json("client", "list")
    assert set(row) == {"id", "name", "ico", "agreement", "numbers", "open_requests"}
    assert (row["id"], row["agreement"]) == (added["id"], "")
    assert "26168685 Škola" in console.text("client", "list")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--ico", "123"], "123"),
        (["--ico", ICO], ICO),
        (["--ico", "26168685", "--agreement", "nothing"], "nothing"),
        (["--ico", "26168685", "--since", "loni"], "loni"),
        (["--ico", "26168685", "--name", " "], "Name"),
    ],
)
def test_wrong_client_is_refused_whole(town: Console, more: list[str], said: str) -> None:
    assert said in town.fails("client", "add", "--name", "X", *more)
    assert len(town.json("client", "list")) == 1


# Imports


@pytest.mark.parametrize(
    ("what", "file", "added"),
    [
        ("numbers", "cisla.xlsx", 240),
        ("contacts", "kontakty.csv", 24),
        ("tariffs", "tarify.csv", 4),
    ],
)
def test_import_counts_and_names_its_problems(
    town: Console, what: str, file: str, added: int
) -> None:
    foretold = town.json("import", what, OFFICE / file, "--client", ICO, "--dry-run")
    taken = town.json("import", what, OFFICE / file, "--client", ICO)
    assert taken == foretold
    assert set(taken) == {"added", "changed", "unchanged", "refused", "problems"}
    assert (taken["added"], taken["changed"]) == (added, 0)
    for problem in taken["problems"]:
        assert set(problem) == {"row", "column", "code", "message"}
        assert problem["message"]
    again = town.json("import", what, OFFICE / file, "--client", ICO)
    assert (again["added"], again["unchanged"]) == (0, added)


def test_import_tells_people_row_by_row(town: Console) -> None:
    text = town.text("import", "numbers", OFFICE / "cisla.xlsx", "--client", ICO)
    assert text.startswith("added 240, changed 0, unchanged 0, refused 4\n")
    assert "246: The number stands in row 5 already." in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["passwords", OFFICE / "cisla.xlsx", "--client", ICO], "numbers"),
        (["numbers", OFFICE / "nic.xlsx", "--client", ICO], "nic.xlsx"),
        (["numbers", OFFICE / "tarify.csv", "--client", ICO], "Tariffs"),
        (["numbers", OFFICE / "cisla.xlsx", "--client", "26168685"], "26168685"),
        (["numbers", OFFICE, "--client", ICO], "urad"),
    ],
)
def test_wrong_import_changes_nothing(town: Console, arguments: list[object], said: str) -> None:
    assert said in town.fails("import", *arguments)
    assert town.json("client", "list")[0]["numbers"] == 0


# Requests


def test_request_is_added_listed_shown_and_stepped(town: Console) -> None:
    town.json("import", "contacts", OFFICE / "kontakty.csv", "--client", ICO)
    logged = add(town, "--numbers", "799000001, +420 799 000 002,799000001",
                 "--contact", "kontakt3@urad.example", "--subject", "Výpadek")  # fmt: skip
    assert set(logged) == {"number", "governing"}
    assert is_time(logged["governing"])
    (row,) = town.json("request", "list")
    assert set(row) == ROW
    assert (row["kind"], row["channel"], row["state"]) == ("fault", "phone", "new")
    assert (row["numbers"], row["subject"], row["resolved"]) == (2, "Výpadek", None)
    assert row["governing"] == logged["governing"]
    shown = town.json("request", "show", logged["number"])
    assert shown["numbers"] == ["+420799000001", "+420799000002"]
    assert shown["contact"] == row["contact"] != ""
    assert shown["governing"] == logged["governing"]
    assert shown["acknowledged"] is None
    stepped = town.json("request", "step", logged["number"], "resolved", "--text", "Opraveno.")
    assert stepped["state"] == "resolved"
    shown = town.json("request", "show", logged["number"])
    assert [(e["kind"], e["text"]) for e in shown["story"]] == [("step", "Opraveno.")]
    assert town.json("request", "list", "--open") == []
    assert "Výpadek" in town.text("request", "list")
    assert "24 hours" in town.text("request", "show", logged["number"])


def test_range_of_numbers_is_all_of_them(town: Console) -> None:
    logged = add(town, "--numbers", "799000010-799000019")
    assert len(town.json("request", "show", logged["number"])["numbers"]) == 10


def test_requests_stand_by_urgency_and_may_be_of_one_client(town: Console) -> None:
    town.json("client", "add", "--name", "Škola", "--ico", "26168685")
    late = add(town, received=now(hours=3))
    soon = add(town, received=now(hours=20))
    listed = town.json("request", "list", "--client", ICO, "--open")
    assert [row["number"] for row in listed] == [soon["number"], late["number"]]
    assert town.json("request", "list", "--client", "26168685") == []


def test_time_without_an_offset_is_that_of_prague(town: Console) -> None:
    local = datetime.now(PRAGUE).replace(tzinfo=None, microsecond=0) - timedelta(minutes=2)
    logged = add(town, received=local.isoformat())
    shown = town.json("request", "show", logged["number"])
    assert shown["received"] == local.replace(tzinfo=PRAGUE).isoformat()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"--client": "26168685"}, "26168685"),
        ({"--kind": "wish"}, "wish"),
        ({"--channel": "pigeon"}, "pigeon"),
        ({"--received": "soon"}, "soon"),
        ({"--received": "2999-01-01T00:00"}, "future"),
        ({"--received": "2025-01-06T10:00"}, "24 hours ago"),
        ({"--numbers": "12345"}, "12345"),
        ({"--contact": "Nikdo"}, "Nikdo"),
        ({"--kind": "sim-swap"}, "SIM swap"),
        ({"--kind": "tariff-change", "--numbers": "799000001"}, "no contact"),
        (
            {"--kind": "tariff-change", "--numbers": "799000001", "--override-authority": None},
            "reason",
        ),
    ],
    ids=str,
)
def test_wrong_request_is_refused(town: Console, changed: dict[str, Any], said: str) -> None:
    options = {"--client": ICO, "--kind": "fault", "--channel": "phone",
               "--received": now(minutes=5), **changed}  # fmt: skip
    parts = [part for pair in options.items() for part in pair if part is not None]
    assert said in town.fails("request", "add", *parts)
    assert town.json("request", "list") == []


def test_override_and_dating_back_take_a_reason(town: Console) -> None:
    logged = add(town, "--numbers", "799000001", "--override-authority", "--reason", "dopisem",
                 kind="tariff-change", received="2025-01-06T10:00")  # fmt: skip
    assert logged["governing"] == "2025-01-07T10:00:00+01:00"
    assert logged["number"] == "2025-AM-0001"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "2026-AM-9999"], "2026-AM-9999"),
        (["step", "2026-AM-9999", "resolved"], "2026-AM-9999"),
        (["step", "NUMBER", "done"], ", ".join(state.value for state in RequestState)),
        (["step", "NUMBER", "new"], "New"),
        (["step", "NUMBER", "resolved", "--at", "2999-01-01"], "future"),
        (["step", "NUMBER", "resolved", "--at", "potom"], "potom"),
    ],
)
def test_wrong_step_is_refused(town: Console, arguments: list[str], said: str) -> None:
    number = add(town)["number"]
    assert said in town.fails("request", *(number if a == "NUMBER" else a for a in arguments))
    assert town.json("request", "show", number)["state"] == "new"


# Documents


def test_report_issued_again_is_the_same_file(town: Console, tmp_path: Path) -> None:
    arguments = ("report", "--client", ICO, "--month", "2025-10", "--out", tmp_path / "a" / "b")
    (file,) = town.json(*arguments)["files"]
    content = Path(file).read_bytes()
    assert town.json(*arguments)["files"] == [file]
    assert Path(file).read_bytes() == content
    assert town.text(*arguments).strip() == file


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--month", "2025-10"], "--all"),
        (["--all", "--client", ICO, "--month", "2025-10"], "--all"),
        (["--client", ICO, "--month", "říjen"], "říjen"),
        (["--client", ICO, "--month", "2999-01"], "2999"),
        (["--client", "26168685", "--month", "2025-10"], "26168685"),
    ],
)
def test_wrong_report_is_refused(
    town: Console, tmp_path: Path, arguments: list[str], said: str
) -> None:
    assert said in town.fails("report", *arguments, "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_folder_that_cannot_be_written_is_told(town: Console, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    said = town.fails("report", "--client", ICO, "--month", "2025-10", "--out", tmp_path / "out")
    assert str(tmp_path / "out") in said


@pytest.mark.parametrize(
    ("table", "more", "said"),
    [
        ("Položka;Množství\nTelefon;dva\n", [], "Row 2"),
        ("Položka;Množství\n", [], "no lines"),
        ("nic\n", [], "column"),
        ("Položka\nTelefon\n", ["--contact", "Nikdo"], "Nikdo"),
    ],
)
def test_wrong_order_is_refused(
    town: Console, tmp_path: Path, table: str, more: list[str], said: str
) -> None:
    lines = tmp_path / "polozky.csv"
    lines.write_text(table, encoding="utf-8")
    out = tmp_path / "out"
    assert said in town.fails("order", "--client", ICO, "--lines", lines, "--out", out, *more)
    assert not out.exists()


def test_order_names_who_orders(town: Console, tmp_path: Path) -> None:
    town.json("import", "contacts", OFFICE / "kontakty.csv", "--client", ICO)
    lines = tmp_path / "polozky.csv"
    lines.write_text("Položka\nTelefon\n", encoding="utf-8")
    person = ("--contact", "kontakt3@urad.example", "--note", "spěchá")
    (file,) = town.json("order", "--client", ICO, "--lines", lines, "--out", tmp_path, *person)[
        "files"
    ]
    text = pdf.words(Path(file).read_bytes())
    assert "may order." in text
    assert "spěchá" in text


# Search, history, undo, verify


def test_search_finds_any_part_whatever_its_accents(town: Console) -> None:
    town.json("import", "contacts", OFFICE / "kontakty.csv", "--client", ICO)
    found = town.json("search", "dula")
    assert found
    assert all(set(hit) == {"noun", "id", "title", "detail"} for hit in found)
    assert "Ďula" in str(found)
    assert town.json("search", "nikdonikde") == []
    for strange in ('"', "*", "AND", "a' OR 1=1", "(", "%", "ř" * 500):
        town.json("search", strange)


def test_history_tells_changes_with_secrets_hidden(town: Console) -> None:
    town.json("import", "numbers", OFFICE / "cisla.xlsx", "--client", ICO)
    puks = {puk for puk in _puks(town.folder, PASSPHRASE) if puk}
    card = next(hit for hit in town.json("search", "8942010007990000") if hit["noun"] == "sims")
    (row,) = town.json("history", card["id"])
    assert set(row) == {"at", "actor", "action", "operation", "changed"}
    assert is_time(row["at"])
    assert row["changed"]["puk"][1] == "••••"
    printed = town.text("history", card["id"]) + town.text("history", card["id"], "--json")
    assert not [puk for puk in puks if puk in printed]
    assert town.json("history", 1) == []


def test_undo_and_redo_go_back_and_forth(town: Console) -> None:
    assert town.json("undo") == {"undone": "add-client", "detail": "Městský úřad Lípová"}
    assert town.json("client", "list") == []
    assert town.json("redo") == {"redone": "add-client", "detail": "Městský úřad Lípová"}
    assert len(town.json("client", "list")) == 1
    assert "nothing to redo" in town.fails("redo")
    assert town.json("undo")["undone"] == "add-client"
    assert "nothing to undo" in town.fails("undo")


def test_verify_ends_with_two_where_something_is_wrong(town: Console, tmp_path: Path) -> None:
    assert town.text("verify") == "ok\n"
    town.json("report", "--client", ICO, "--month", "2025-10", "--out", tmp_path)
    for file in (town.folder / "attachments").iterdir():
        file.write_bytes(b"?")
    code, out, _err = town.run("verify", "--json")
    assert code == 2
    data = json.loads(out)
    assert (data["ok"], len(data["findings"])) == (False, 1)
    assert "missing or altered" in data["findings"][0]


def test_workspace_is_closed_whatever_happens(town: Console) -> None:
    """A command that fails leaves no log of the database behind."""
    town.fails("request", "show", "2026-AM-9999")
    assert not list(town.folder.glob("*-wal"))


def test_commands_speak_the_language_of_the_settings(town: Console) -> None:
    from console import settings

    settings.change(language="cs")
    assert "heslo" in _czech_failure(town)


def _czech_failure(console: Console) -> str:
    console.passphrase_file.write_text("špatná věta sem")
    return console.fails("client", "list").lower()


def test_keyring_is_asked_only_where_no_passphrase_is_given(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, key = opened.folder, opened.data_key
    opened.close()
    monkeypatch.setattr(workspace, "unlock_by_keyring", lambda _folder: key)
    assert cli.main(["--workspace", str(folder), "client", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    console = Console(folder, capsys)
    console.passphrase_file.write_text("špatná věta sem")
    assert console.fails("client", "list")


def test_list_is_written_to_a_file(town: Console, tmp_path: Path) -> None:
    town.json("import", "numbers", OFFICE / "cisla.xlsx", "--client", ICO, "--json")
    table = tmp_path / "cisla.csv"
    what = ("export", "lines", table, "--client", ICO, "--columns", "msisdn, holder")
    assert town.json(*what, "--json") == {"file": str(table), "rows": 240}
    lines = table.read_text("utf-8-sig").splitlines()
    assert lines[0] == "Number;Holder"
    assert len(lines) == 241
    again = town.json("import", "numbers", table, "--client", ICO, "--json")
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 240)


def test_secrets_go_out_only_by_name_and_with_a_reason(town: Console, tmp_path: Path) -> None:
    town.json("import", "numbers", OFFICE / "cisla.xlsx", "--client", ICO, "--json")
    table = tmp_path / "puk.xlsx"
    what = ("export", "lines", table, "--client", ICO)
    code, _out, err = town.run(*what, "--columns", "puk")
    assert (code, "puk" in err) == (2, True)
    code, _out, err = town.run(*what, "--with", "puk")
    assert (code, "reason" in err) == (2, True)
    assert not table.exists()
    town.text(*what, "--with", "puk", "--reason", "předání správy")
    assert table.stat().st_size > 1000


@pytest.mark.parametrize("wrong", [("export", "passwords", "a.csv"), ("export", "lines", "a.doc")])
def test_export_that_cannot_be_is_refused_in_one_line(
    console: Console, tmp_path: Path, wrong: tuple[str, ...]
) -> None:
    command, noun, name = wrong
    code, out, err = console.run(command, noun, tmp_path / name)
    assert (code, out, err.count("\n")) == (2, "", 1)
