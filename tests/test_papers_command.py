"""The command line: papers, seals, and the month's end with its print job and mails."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.documents import everything, pdf
from tests.services import certificates
from tests.services.certificates import SECRET
from tests.test_cli import (  # noqa: F401  (fixtures)
    ICO,
    Console,
    _argon_once,
    add,
    console,
    town,
)

OTHER = "26168685"
ROOT = Path(__file__).parents[1]


@pytest.fixture
def office(town: Console, tmp_path: Path) -> Console:  # noqa: F811
    """A console over a client with an authorised person."""
    people = tmp_path / "lide.csv"
    people.write_text(
        "Jméno a příjmení;E-mail;Oprávněná osoba\nŽofie Němcová;zofie@mesto.example;ano\n",
        encoding="utf-8",
    )
    town.json("import", "contacts", people, "--client", ICO)
    return town


@pytest.mark.parametrize(
    ("what", "kind", "said"),
    [
        ("confirmation", "fault", "Výpadek <b>"),
        ("story", "fault", "Výpadek <b>"),
        ("complaint", "complaint", "Výpadek <b>"),
    ],
)
def test_papers_of_a_request(
    office: Console, tmp_path: Path, what: str, kind: str, said: str
) -> None:
    logged = add(office, "--subject", "Výpadek <b>", "--contact", "Žofie Němcová", kind=kind)
    command = ("paper", what, "--request", logged["number"], "--out", tmp_path / "ven")
    (file,) = office.json(*command)["files"]
    assert said in pdf.words(Path(file).read_bytes())
    before = Path(file).read_bytes()
    assert office.json(*command)["files"] == [file]
    assert Path(file).read_bytes() == before


def test_annex_of_authorised_persons(office: Console, tmp_path: Path) -> None:
    command = ("paper", "authorised-persons", "--client", ICO, "--out", tmp_path)
    (file,) = office.json(*command)["files"]
    assert "Žofie Němcová" in pdf.words(Path(file).read_bytes())


def test_papers_about_nothing_are_refused(office: Console, tmp_path: Path) -> None:
    assert "2026-XX-9999" in office.fails(
        "paper", "story", "--request", "2026-XX-9999", "--out", tmp_path
    )
    fault = add(office)
    assert fault["number"] in office.fails(
        "paper", "complaint", "--request", fault["number"], "--out", tmp_path
    )
    assert not list(tmp_path.glob("*.pdf"))


def test_seal_is_put_read_and_found_broken(office: Console, tmp_path: Path) -> None:
    certificate = certificates.make(tmp_path)
    secret = tmp_path / "heslo.txt"
    secret.write_text(f"{SECRET}\n", encoding="utf-8")
    (paper,) = office.json("care-sheet", "--client", ICO, "--out", tmp_path)["files"]
    sealed = tmp_path / "opečetěno.pdf"
    options = ("--certificate", certificate, "--certificate-passphrase-file", secret)
    assert office.json("seal", paper, *options, "--out", sealed) == {"files": [str(sealed)]}
    (seal,) = office.json("seals", sealed)
    assert (seal["who"], seal["intact"], seal["whole"]) == ("Jana Nováková", True, True)
    assert (seal["issuer"], seal["valid"]) == ("Jana Nováková", True)
    code, out, err = office.run("seals", paper, "--json")
    assert (code, out.strip(), err) == (2, "[]", "")
    assert office.run("seals", paper)[1].strip() == "There is no seal in the file."
    said = office.fails("seal", sealed, *options, "--out", tmp_path / "dvakrat.pdf")
    assert "sealed already" in said
    content = bytearray(sealed.read_bytes())
    content[2000] ^= 1
    sealed.write_bytes(content)
    code, out, err = office.run("seals", sealed, "--json")
    assert code == 2
    assert SECRET not in out + err


def test_wrong_passphrase_of_a_certificate_is_told(office: Console, tmp_path: Path) -> None:
    certificate = certificates.make(tmp_path)
    (paper,) = office.json("care-sheet", "--client", ICO, "--out", tmp_path)["files"]
    secret = tmp_path / "heslo.txt"
    secret.write_text("jiné-heslo\n", encoding="utf-8")
    options = ("--certificate", certificate, "--certificate-passphrase-file", secret)
    said = office.fails("seal", paper, *options, "--out", tmp_path / "x.pdf")
    assert "jana.p12" in said
    assert "jiné-heslo" not in said
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize("name", ["jana.p12", "chybí.p12"])
def test_certificate_that_does_not_open_is_told_in_one_line_of_a_real_process(
    tmp_path: Path, name: str
) -> None:
    certificates.make(tmp_path)
    paper = tmp_path / "doklad.pdf"
    paper.write_bytes(everything.made("hand-over", "cs"))
    options = ["--certificate", str(tmp_path / name), "--out", str(tmp_path / "x.pdf")]
    done = subprocess.run(
        [sys.executable, "main.py", "seal", str(paper), *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert name in done.stderr
    assert str(tmp_path) not in done.stderr


def test_month_end_joins_for_the_printer_and_prepares_mails(
    office: Console, tmp_path: Path
) -> None:
    office.json("client", "add", "--name", "Škola", "--ico", OTHER)
    out = tmp_path / "ven"
    made: Any = office.json("report", "--all", "--month", "2026-10", "--out", out,
                            "--merged", out / "00-tisk.pdf", "--mails")  # fmt: skip
    assert (len(made["files"]), made["failures"]) == (2, [])
    pages = sum(int(pdf.info(Path(file).read_bytes())["Pages"]) for file in made["files"])
    joined = int(pdf.info(Path(made["merged"]).read_bytes())["Pages"])
    assert joined in (pages, pages + 1, pages + 2)
    assert joined % 2 == 0
    (mail,) = made["mails"]
    assert mail.endswith(".eml")
    assert b"zofie@mesto.example" in Path(mail).read_bytes()
    text = office.text("report", "--all", "--month", "2026-10", "--out", out, "--mails")
    assert "Škola has no authorised person" in text
