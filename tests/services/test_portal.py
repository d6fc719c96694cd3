"""The portal: a web address and nothing else, its password in the keyring and nowhere else."""

import pytest

from console.services import history, portal
from console.services.portal import Portal
from console.vault import secrets
from console.workspace import Workspace
from tests.services.steps import refused

PASSWORD = "tajné heslo 7"


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A keyring that works."""
    ring: dict[str, str] = {}

    def keep(_workspace_id: str, name: str, secret: str) -> bool:
        ring[name] = secret
        return True

    monkeypatch.setattr(secrets, "keep", keep)
    monkeypatch.setattr(secrets, "get", lambda _workspace_id, name: ring.get(name, ""))
    return ring


def test_address_and_name_are_set_and_the_password_is_in_the_keyring_only(
    opened: Workspace, kept: dict[str, str]
) -> None:
    portal.change_portal(opened, Portal(" https://portal.example/b2b ", "jnovakova"), PASSWORD)
    assert portal.portal(opened) == Portal("https://portal.example/b2b", "jnovakova")
    assert portal.address(opened) == "https://portal.example/b2b"
    assert portal.password(opened) == PASSWORD == kept["portal"]
    dump = opened.store.db.conn.execute("SELECT group_concat(changed) FROM journal").fetchone()[0]
    assert PASSWORD not in dump
    portal.change_portal(opened, Portal("https://portal.example", "jn"), None)
    assert portal.password(opened) == PASSWORD
    history.undo_last(opened)
    assert portal.portal(opened).login == "jnovakova"


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "javascript:alert(1)", "portal.example", "https://", "https://a b", "[",
     "ftp://portal.example", "https://["],
)  # fmt: skip
def test_what_is_no_web_address_is_never_kept(
    opened: Workspace, kept: dict[str, str], address: str
) -> None:
    with refused("portal-address-wrong"):
        portal.change_portal(opened, Portal(address, "x"), PASSWORD)
    assert portal.portal(opened) == Portal()
    assert kept == {}


def test_without_a_keyring_nothing_is_stored(
    opened: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "keep", lambda *_arguments: False)
    with refused("keyring-missing"):
        portal.change_portal(opened, Portal("https://portal.example", "x"), PASSWORD)
    assert portal.portal(opened) == Portal()


def test_what_is_not_set_is_said(opened: Workspace, kept: dict[str, str]) -> None:
    with refused("portal-missing"):
        portal.address(opened)
    with refused("portal-password-missing"):
        portal.password(opened)
