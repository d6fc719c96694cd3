"""Drafts: kept encrypted, read again after a crash, gone when they are forgotten."""

from console.services import drafts
from console.workspace import Workspace

TYPED = {"subject": "Ztráta telefonu", "numbers": ["+420799000005"]}


def test_draft_is_read_as_it_was_typed(opened: Workspace) -> None:
    drafts.keep(opened, "new-request", TYPED)
    assert drafts.kept(opened, "new-request") == TYPED
    assert drafts.kept(opened, "other") is None


def test_nothing_of_a_draft_lies_open_on_the_disk(opened: Workspace) -> None:
    drafts.keep(opened, "new-request", TYPED)
    files = list((opened.folder / "drafts").iterdir())
    assert len(files) == 1
    content = files[0].read_bytes()
    assert "Ztráta".encode() not in content
    assert b"799000005" not in content
    assert "new-request" not in files[0].name


def test_newer_draft_takes_the_place_of_the_older(opened: Workspace) -> None:
    drafts.keep(opened, "new-request", TYPED)
    drafts.keep(opened, "new-request", {"subject": "jiné"})
    assert drafts.kept(opened, "new-request") == {"subject": "jiné"}
    assert len(list((opened.folder / "drafts").iterdir())) == 1


def test_forgotten_draft_is_gone_and_forgetting_twice_is_no_harm(opened: Workspace) -> None:
    drafts.keep(opened, "new-request", TYPED)
    drafts.forget(opened, "new-request")
    drafts.forget(opened, "new-request")
    assert drafts.kept(opened, "new-request") is None


def test_damaged_draft_is_no_draft(opened: Workspace) -> None:
    drafts.keep(opened, "new-request", TYPED)
    for path in (opened.folder / "drafts").iterdir():
        path.write_bytes(b"x" * 50)
    assert drafts.kept(opened, "new-request") is None


def test_drafts_of_a_client_are_forgotten_and_those_of_others_stay(opened: Workspace) -> None:
    drafts.keep(opened, "entry-1", {"client": 7, "fields": {}})
    drafts.keep(opened, "entry-2", {"client": 8, "fields": {}})
    drafts.keep(opened, "new-request", TYPED)
    drafts.forget_of(opened, 7)
    assert drafts.kept(opened, "entry-1") is None
    assert drafts.kept(opened, "entry-2") == {"client": 8, "fields": {}}
    assert drafts.kept(opened, "new-request") is None
