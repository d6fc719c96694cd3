"""Passwords of mail server and portal, against a real Secret Service and without one."""

from pathlib import Path

from console.vault import secrets
from tests.vault import scripts


def test_password_of_the_mail_server_lies_in_the_keyring_alone(
    folder: Path, tmp_path: Path
) -> None:
    scripts.run(
        """
from console.domain.outgoing_mail import MailAccount
from console.services import outbox
from console.vault import secrets
account = MailAccount(host="mail.example", user="spravce", sender="a@b.example")
outbox.change_account(opened, account, "tajne-heslo-7")
assert outbox.account(opened) == account
assert secrets.get(file.workspace_id, "smtp") == "tajne-heslo-7"
assert secrets.get(file.workspace_id, "portal") == ""
opened.store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
for kept in folder.rglob("*"):
    assert not kept.is_file() or b"tajne-heslo-7" not in kept.read_bytes(), kept
settings = opened.store.db.conn.execute("SELECT value FROM settings").fetchall()
assert not any("tajne-heslo-7" in value for (value,) in settings)
outbox.change_account(opened, account, "jine-heslo")
assert secrets.get(file.workspace_id, "smtp") == "jine-heslo"
outbox.change_account(opened, account, None)
assert secrets.get(file.workspace_id, "smtp") == "jine-heslo"
assert secrets.keep(file.workspace_id, "smtp", "")
assert secrets.get(file.workspace_id, "smtp") == ""
""",
        folder,
        tmp_path / "home",
    )


def test_without_a_keyring_nothing_is_kept_and_nothing_is_found(folder: Path) -> None:
    assert not secrets.keep("x", "smtp", "tajne-heslo-7")
    assert secrets.get("x", "smtp") == ""
