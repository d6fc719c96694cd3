"""Verifying: whole is ok, and whatever was altered is found and named."""

import io
import json
from datetime import date
from typing import Any

import pikepdf
import pytest

from console import texts
from console.domain.client import Client
from console.services import documents, verify
from console.services.frozen import journal_of
from console.storage import journal
from console.workspace import Workspace
from tests.services.steps import Clock, add_contact


@pytest.fixture
def issued(opened: Workspace, client: Client, clock: Clock) -> Any:
    """A workspace with one document."""
    return documents.issue_status_report(opened, client, date(2026, 10, 1)).result


def _plain(opened: Workspace) -> tuple[str, ...]:
    return tuple(one.plain for one in verify.verify(opened).findings)


def test_whole_workspace_is_ok(opened: Workspace, issued: Any) -> None:
    found = verify.verify(opened)
    assert (found.ok, found.findings) == (True, ())


@pytest.mark.parametrize("spoil", ["altered", "removed", "swapped"])
def test_spoilt_document_is_named(
    opened: Workspace, client: Client, issued: Any, spoil: str
) -> None:
    other: Any = documents.issue_status_report(opened, client, date(2026, 9, 1)).result
    folder = opened.folder / "attachments"
    file, its_neighbour = sorted(folder.iterdir(), key=lambda f: f.stat().st_mtime_ns)
    if spoil == "altered":
        file.write_bytes(file.read_bytes()[:-1] + b"?")
    elif spoil == "removed":
        file.unlink()
    else:
        file.write_bytes(its_neighbour.read_bytes())
    found = verify.verify(opened)
    assert not found.ok
    assert _plain(opened) == (f"document {issued.document.number}: missing or altered",)
    assert other.document.number not in str(found)


@pytest.mark.parametrize(
    "spoilt",
    [{"device": 7}, {"generation": 2}, {"slots": []}, {"seal": ""}, {"seal": "00"}],
    ids=str,
)
def test_altered_key_slots_are_found(opened: Workspace, spoilt: dict[str, Any]) -> None:
    file = opened.folder / "slots.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **spoilt}))
    assert _plain(opened) == ("slots.json: altered",)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "7", '"x"', "\udcff"])
def test_key_slots_that_are_none_are_found(opened: Workspace, content: str) -> None:
    (opened.folder / "slots.json").write_bytes(content.encode(errors="surrogateescape"))
    assert _plain(opened) == ("slots.json: altered",)


def test_missing_key_slots_are_found(opened: Workspace) -> None:
    (opened.folder / "slots.json").unlink()
    assert _plain(opened) == ("slots.json: altered",)


def test_rewritten_history_is_found(opened: Workspace, client: Client) -> None:
    add_contact(opened, client, "Řehoř")
    run = opened.store.db.conn.execute
    run("DROP TRIGGER journal_keep")
    run("UPDATE journal SET changed = replace(changed, 'Řehoř', 'Někdo')")
    (finding,) = verify.verify(opened).findings
    assert finding.plain.startswith("journal: unit ")
    assert finding.is_of_database
    assert "Řehoř" not in finding.plain + finding.text


def test_shortened_history_is_found(opened: Workspace, client: Client) -> None:
    for name in ("A", "B", "C"):
        add_contact(opened, client, name)
    run = opened.store.db.conn.execute
    run("DROP TRIGGER journal_hold")
    run("DROP TRIGGER units_hold")
    run('DELETE FROM journal WHERE "table" = ? AND changed LIKE ?', ("contacts", '%"B"%'))
    assert len(verify.verify(opened).findings) == 1


def test_row_without_its_client_is_found(opened: Workspace, client: Client) -> None:
    run = opened.store.db.conn.execute
    run("PRAGMA foreign_keys = OFF")
    with opened.store.unit("orphan"):
        run("UPDATE clients SET note = 'x', version = version + 1")
        run("INSERT INTO contacts(id, client_id, name) VALUES (5, 5, 'Sirotek')")
    assert _plain(opened) == ("database: foreign key in contacts",)


def test_document_names_the_journal_of_then_and_is_asked_for_it(
    opened: Workspace, client: Client, issued: Any
) -> None:
    unit, head = journal_of(issued.document.data)
    assert journal.is_in_chain(opened.store.db, unit, head)
    assert unit < issued.document.id
    again: Any = documents.issue_status_report(opened, client, date(2026, 10, 1)).result
    assert not again.is_new
    body = json.loads(issued.document.data)
    body["journal"]["head"] = "00" * 32
    with opened.store.unit("forge"):
        opened.store.update(issued.document, data=json.dumps(body))
    assert _plain(opened) == (
        f"document {issued.document.number}: the journal is not the one of then",
    )


def test_document_carries_the_head_inside_its_file(issued: Any) -> None:
    with pikepdf.open(io.BytesIO(issued.content)) as paper:
        inside = paper.attachments["data.json"].get_file().read_bytes()
    assert json.loads(inside)["journal"] == json.loads(issued.document.data)["journal"]


@pytest.mark.parametrize("fault", verify.Fault)
def test_finding_is_a_sentence_of_the_language_and_plain_for_scripts(fault: verify.Fault) -> None:
    facts = {
        "detail": "row 7 missing", "part": "journal", "unit": 7, "number": "2026-NV-D0001",
        "id": 9, "name": "zápis.pdf",
    }  # fmt: skip
    finding = verify.Finding(fault, facts)
    plain, english = finding.plain, finding.text
    with texts.speaking("cs"):
        assert finding.plain == plain
        assert finding.text not in (plain, english)
        assert not set(finding.text.split()) & {"is", "was", "damaged", "altered", "journal"}
    assert "{" not in plain + english


def test_each_part_of_the_check_has_a_name() -> None:
    assert {part.__name__.strip("_") for part, _step in verify._PARTS} == set(verify._NAMES)
