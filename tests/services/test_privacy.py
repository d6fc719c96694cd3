"""Privacy: all that is kept of a person, erasing, and rules; the chain and the figures stay."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console import workspace
from console.domain.attachment import Attachment
from console.domain.client import Client, RetentionClass
from console.domain.contact import Authority, Contact
from console.domain.erasure import Erasure
from console.domain.request import Channel, EntryKind, Kind, Request, RequestState
from console.paths import ERASURES_NAME
from console.services import (
    backups,
    clients,
    compliance,
    contacts,
    history,
    keys,
    mails,
    papers,
    privacy,
    privacy_extract,
    prospects,
    requests,
    restore,
    retention,
    search,
    verify,
)
from console.storage import erasures, journal
from console.vault.keys import sub_key
from console.workspace import Workspace
from tests.conftest import PASSPHRASE
from tests.documents import pdf
from tests.services.steps import Clock, add_contact, add_line, agree, log, refused, step

NAME, EMAIL, MOBILE = "Ing. Vilémína Důvěrná", "vilemina@urad.example", "+420602123456"
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def person(opened: Workspace, client: Client, clock: Clock, tmp_path: Path) -> Contact:
    """A person who has left traces everywhere."""
    agree(opened, client, "o2-public-sector")
    made = add_contact(
        opened, client, NAME, email=EMAIL, mobile=MOBILE, authorised=True, function="tajemnice"
    )
    add_line(opened, client, "+420799000001", holder=NAME)
    with opened.store.unit("t"):
        opened.store.insert(Authority(client_id=client.id, contact_id=made.id, mandate="PM 1"))
    request = log(
        opened,
        client,
        kind=Kind.SIM_SWAP,
        numbers=("+420799000001",),
        contact_id=made.id,
        subject="Výměna",
        text="Volala Vilémína Důvěrná, číslo 602 123 456.",
    )
    requests.add_entry(opened, request, EntryKind.CALL, f"{NAME} potvrdila")
    mail = tmp_path / "dopis.eml"
    mail.write_bytes(
        f"From: {EMAIL}\nSubject: Dotaz\nMessage-ID: <a@b>\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nDobry den\n"
        "--x\nContent-Type: text/plain\nContent-Disposition: attachment; filename=obcanka.txt\n\n"
        "rodne cislo\n--x--\n".encode()
    )
    found = mails.propose(opened, mail)
    assert found.draft is not None
    from_mail: Any = mails.log_mail(opened, found.mail, found.draft).result
    for one in (request, from_mail):
        step(opened, opened.store.get(Request, one.id), RequestState.RESOLVED)
    papers.issue_authorised_persons(opened, client)
    return opened.store.get(Contact, made.id)


def _everything(opened: Workspace) -> str:
    """Return all text of the database but for issued documents."""
    tables = [
        name
        for (name,) in opened.store.db.conn.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'"
        )
    ]
    rows = [
        row
        for table in tables
        if table != "documents"
        for row in opened.store.db.conn.execute(f"SELECT * FROM {table}")
    ]
    journal_of_documents = opened.store.db.conn.execute(
        "SELECT changed FROM journal WHERE \"table\" = 'documents'"
    ).fetchall()
    text = "\n".join(str(row) for row in rows)
    for (changed,) in journal_of_documents:
        text = text.replace(str(changed), "").replace(repr(changed)[1:-1], "")
    return text


def test_everything_that_is_kept_of_a_person_is_told(
    opened: Workspace, person: Contact, tmp_path: Path
) -> None:
    file = privacy.export(opened, person, tmp_path / "osoba.json")
    data = json.loads(file.read_text(encoding="utf-8"))
    assert data["person"][0]["name"] == NAME
    assert data["person"][0]["mobile"] == MOBILE
    assert [one["msisdn"] for one in data["numbers"]] == ["+420799000001"]
    assert len(data["requests"]) == 2
    assert len(data["authorities"]) == 1
    assert len(data["entries"]) >= 2
    assert len(data["checks"]) == 2
    assert data["documents"]
    assert "puk" not in file.read_text(encoding="utf-8")
    paper: Any = privacy_extract.issue(opened, person).result
    said = pdf.words(paper.content)
    for part in (NAME, EMAIL, "602 123 456", "PM 1", "Dotaz", "799 000 001", "tajemnice"):
        assert part in said


def test_erased_person_is_nowhere_and_the_chain_holds(
    opened: Workspace, client: Client, person: Contact
) -> None:
    before = compliance.report(opened, client.id, LONG_AGO, date(2030, 1, 1))
    seen = privacy.preview(opened, person)
    assert seen.rows["contacts"] == 1
    assert seen.rows["lines"] == 1
    assert seen.files == 2
    assert seen.documents
    assert journal.verify(opened.store.db) == []
    erasure: Any = privacy.erase(opened, person, "žádost osoby").result
    text = _everything(opened)
    for word in ("Vilémína", "Důvěrná", EMAIL, MOBILE, "602 123 456", "tajemnice"):
        assert word not in text
    assert journal.verify(opened.store.db) == []
    after = opened.store.get(Contact, person.id)
    assert (after.name, after.email, after.mobile) == (erasure.pseudonym, "", "")
    assert opened.store.select(Attachment, "name = 'obcanka.txt'") == []
    assert compliance.report(opened, client.id, LONG_AGO, date(2030, 1, 1)) == before
    assert search.find(opened, "Důvěrná") == []
    assert search.find(opened, erasure.pseudonym)
    assert opened.store.select(Request, "contact_id = ?", [person.id])


def test_changed_entry_of_the_journal_is_still_found_out(
    opened: Workspace, person: Contact
) -> None:
    privacy.erase(opened, person, "žádost osoby")
    run = opened.store.db.conn.execute
    run("DROP TRIGGER journal_keep")
    forged = '{"name":[null,"X"]}'
    run("UPDATE journal SET changed = ? WHERE id = (SELECT max(id) FROM journal)", [forged])
    assert len(journal.verify(opened.store.db)) == 1


def test_erasure_is_never_taken_back(opened: Workspace, person: Contact) -> None:
    before = history.next_undo(opened)
    privacy.erase(opened, person, "žádost osoby")
    assert history.next_undo(opened) == before
    history.undo_last(opened)
    assert "Důvěrná" not in _everything(opened)


def test_open_requests_come_first(opened: Workspace, client: Client, person: Contact) -> None:
    log(opened, client, contact_id=person.id)
    with refused("erase-open-requests"):
        privacy.erase(opened, person, "žádost osoby")
    with refused("field-missing"):
        privacy.erase(opened, add_contact(opened, client, "Petr Jiný"), " ")
    assert opened.store.get(Contact, person.id).name == NAME


def test_old_backup_does_not_bring_anybody_back(
    opened: Workspace, person: Contact, folder: Path
) -> None:
    kept = backups.by_hand(opened)
    privacy.erase(opened, person, "žádost osoby")
    key = opened.data_key
    opened.close()
    restore.restore(kept.path, folder, key)
    again = workspace.open_workspace(folder, key, "Jana Nováková")
    try:
        assert "Důvěrná" not in _everything(again)
        assert EMAIL not in _everything(again)
        assert journal.verify(again.store.db) == []
        (erasure,) = again.store.select(Erasure)
        assert again.store.get(Contact, person.id).name == erasure.pseudonym
    finally:
        again.close()


def test_backup_in_a_new_folder_does_not_either(
    opened: Workspace, person: Contact, tmp_path: Path
) -> None:
    kept = backups.by_hand(opened)
    privacy.erase(opened, person, "žádost osoby")
    key = opened.data_key
    target = tmp_path / "jinde"
    restore.restore(kept.path, target, key)
    again = workspace.open_workspace(target, key, "Jana Nováková")
    try:
        assert "Důvěrná" not in _everything(again)
        assert privacy.settle(again) == []
    finally:
        again.close()


@pytest.mark.parametrize("is_in_place", [True, False])
def test_new_data_key_keeps_the_erased_erased(
    opened: Workspace, person: Contact, folder: Path, tmp_path: Path, is_in_place: bool
) -> None:
    kept = backups.by_hand(opened)
    privacy.erase(opened, person, "žádost osoby")
    keys.change_data_key(opened, PASSPHRASE)
    opened.close()
    target = folder if is_in_place else tmp_path / "jinde"
    newer = prospects.newer_keys(kept.path, target, PASSPHRASE)
    old = restore.unlock(kept.path, PASSPHRASE)
    done = restore.restore(kept.path, target, old, other_keys=newer)
    assert done.missing == ()
    again = workspace.open_workspace(target, old, "Jana Nováková")
    try:
        assert "Důvěrná" not in _everything(again)
        assert verify.verify(again).ok
    finally:
        again.close()


def test_list_of_erasures_that_no_key_opens_is_told(
    opened: Workspace, person: Contact, tmp_path: Path
) -> None:
    kept = backups.by_hand(opened)
    privacy.erase(opened, person, "žádost osoby")
    keys.change_data_key(opened, PASSPHRASE)
    opened.close()
    old = restore.unlock(kept.path, PASSPHRASE)
    done = restore.restore(kept.path, tmp_path / "jinde", old)
    assert any("erased" in line for line in done.missing)


def test_list_of_erasures_says_nothing_of_the_person(opened: Workspace, person: Contact) -> None:
    privacy.erase(opened, person, "žádost osoby")
    key = sub_key(opened.data_key, "erasures")
    for place in (opened.folder, opened.folder / "backups"):
        assert b"person" not in (place / ERASURES_NAME).read_bytes().lower()
        (one,) = erasures.read(place, key)
        assert one.record_id == person.id
        assert "Důvěrná" not in repr(one)
    assert erasures.read(opened.folder, b"0" * 32) == []


def test_others_with_a_part_of_the_name_stay(
    opened: Workspace, client: Client, person: Contact
) -> None:
    other = add_contact(opened, client, "Ing. Vilémína Jiná", email="jina@urad.example")
    privacy.erase(opened, person, "žádost osoby")
    assert opened.store.get(Contact, other.id).name == "Ing. Vilémína Jiná"


def test_rules_list_whose_time_is_over_and_erase_whom_one_chooses(
    opened: Workspace, client: Client, clock: Clock
) -> None:
    clients.change_client(opened, client, retention_class=RetentionClass.SHORT)
    gone = add_contact(opened, client, "Dávno Odešlý", valid_until=date(2025, 11, 3))
    edge = add_contact(opened, client, "Právě Včas", valid_until=date(2025, 11, 4))
    asked = add_contact(opened, client, "Ptal Se", valid_until=date(2024, 1, 1))
    busy = add_contact(opened, client, "Ještě Čeká", valid_until=date(2024, 1, 1))
    add_contact(opened, client, "Stále Platí", authorised=True)
    step(opened, log(opened, client, contact_id=asked.id), RequestState.RESOLVED)
    log(opened, client, contact_id=busy.id)
    found = retention.overdue(opened)
    assert [(one.contact_id, one.until) for one in found] == [(gone.id, date(2026, 11, 3))]
    clock.now += timedelta(days=1)
    assert [one.contact_id for one in retention.overdue(opened)] == [gone.id, edge.id]
    retention.apply_rules(opened, [edge.id, busy.id])
    assert [one.contact_id for one in retention.overdue(opened)] == [gone.id]
    with refused("retention-nobody"):
        retention.apply_rules(opened, [busy.id, edge.id])
    assert opened.store.get(Contact, gone.id).name == "Dávno Odešlý"


def test_rules_are_changed_within_reason(opened: Workspace) -> None:
    with refused("retention-months"):
        retention.change_rules(opened, {RetentionClass.SHORT: 0})
    retention.change_rules(opened, {RetentionClass.SHORT: 6})
    assert retention.rules(opened)[RetentionClass.SHORT] == 6
    assert retention.rules(opened)[RetentionClass.LONG] == 120


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    words=st.lists(
        st.text(
            alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")),
            min_size=4,
            max_size=14,
        ),
        min_size=1,
        max_size=2,
    )
)
def test_whatever_the_name_it_is_gone_and_the_chain_holds(
    opened: Workspace, client: Client, words: list[str]
) -> None:
    name = " ".join(words).strip() or "Jméno"
    contact: Any = contacts.add_contact(opened, Contact(client_id=client.id, name=name)).result
    request = log(opened, client, caller=name, text=f"«{name}»", channel=Channel.PHONE)
    step(opened, request, RequestState.CANCELLED)
    erasure: Any = privacy.erase(opened, contact, "žádost").result
    row = opened.store.get(Request, request.id)
    assert opened.store.get(Contact, contact.id).name == erasure.pseudonym
    if len(name) >= 4:
        assert name not in f"{row.caller} {row.text}"
    assert journal.verify(opened.store.db) == []
