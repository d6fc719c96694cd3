"""Keys, backups, recovery and bundles on the command line."""

from pathlib import Path

from console import workspace
from console.workspace import DATABASE_NAME
from tests.conftest import PASSPHRASE
from tests.test_cli import (  # noqa: F401  (fixtures)
    ICO,
    Console,
    _argon_once,
    console,
    now,
    town,
)

NEW = "jiná dlouhá věta"


def file_with(console: Console, name: str, text: str) -> Path:  # noqa: F811
    """Return a file whose first line is a secret."""
    file = console.folder.parent / name
    file.write_text(text + "\n", encoding="utf-8")
    return file


def icos(console: Console) -> list[str]:  # noqa: F811
    return [one["ico"] for one in console.json("client", "list")]


def test_backup_comes_back_elsewhere(town: Console, tmp_path: Path) -> None:  # noqa: F811
    made = town.json("backup", "--to", tmp_path / "stick")
    assert Path(made["file"]).stat().st_size == made["size"]
    done = town.json("restore", made["file"], "--to", tmp_path / "new")
    assert (done["workspace"], done["missing"]) == (str(tmp_path / "new"), [])
    town.folder = tmp_path / "new"
    assert icos(town) == [ICO]
    assert town.json("verify") == {"ok": True, "findings": []}


def test_restore_with_a_wrong_passphrase_makes_nothing(
    town: Console,  # noqa: F811
    tmp_path: Path,
) -> None:
    made = town.json("backup", "--to", tmp_path / "stick")
    town.folder = tmp_path / "nowhere"
    town.passphrase_file = file_with(town, "wrong", "špatná věta")
    assert "passphrase is wrong" in town.fails("restore", made["file"], "--to", tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert "no backup" in town.fails("restore", tmp_path / "none", "--to", tmp_path / "new")


def test_passphrase_of_another_workspace_is_wrong_for_a_backup(
    town: Console,  # noqa: F811
    tmp_path: Path,
) -> None:
    made = town.json("backup", "--to", tmp_path / "stick")
    workspace.create(tmp_path / "other", NEW).close()
    town.folder, town.passphrase_file = tmp_path / "other", file_with(town, "other-one", NEW)
    said = town.fails("restore", made["file"], "--to", tmp_path / "new")
    assert "passphrase is wrong" in said
    assert "damaged" not in said


def test_recovery_key_opens_what_is_left(town: Console, tmp_path: Path) -> None:  # noqa: F811
    key = town.json("recovery-key")["recovery_key"]
    assert len(key.split("-")) == 8
    made = town.json("backup", "--to", tmp_path / "stick")
    sheet = file_with(town, "sheet", key)
    town.json("restore", made["file"], "--to", tmp_path / "new", "--recovery-key-file", sheet)
    new = file_with(town, "new-passphrase", NEW)
    town.json("reset-passphrase", "--recovery-key-file", sheet, "--new-passphrase-file", new)
    assert "wrong" in town.fails("client", "list")
    town.passphrase_file = new
    assert icos(town) == [ICO]


def test_reset_needs_the_right_key(town: Console) -> None:  # noqa: F811
    wrong = file_with(town, "sheet", "0000C-" * 7 + "0000C")
    new = file_with(town, "new-passphrase", NEW)
    before = (town.folder / "slots.json").read_bytes()
    arguments = ("--recovery-key-file", wrong, "--new-passphrase-file", new)
    assert town.fails("reset-passphrase", *arguments)
    assert (town.folder / "slots.json").read_bytes() == before


def test_new_data_key_ends_the_old_one(town: Console) -> None:  # noqa: F811
    old = workspace.unlock(town.folder, PASSPHRASE)
    key = town.json("new-data-key")["recovery_key"]
    assert workspace.unlock(town.folder, PASSPHRASE) != old
    assert workspace.unlock_by_recovery_key(town.folder, key)
    assert icos(town) == [ICO]


def test_damaged_workspace_is_recovered(town: Console) -> None:  # noqa: F811
    town.json("backup")
    (town.folder / DATABASE_NAME).write_bytes(b"")
    assert "0 bytes" in town.fails("client", "list")
    done = town.json("recover")
    assert done["missing"] == []
    assert Path(done["kept_aside"]).is_dir()
    assert icos(town) == [ICO]


def test_client_goes_to_a_deputy_and_back(town: Console, tmp_path: Path) -> None:  # noqa: F811
    own, owners = town.folder, town.passphrase_file
    secret = file_with(town, "bundle-passphrase", NEW)
    bundle, back = tmp_path / "bundle", tmp_path / "back"
    assert "passphrase" in town.fails("bundle", "out", "--client", ICO, "--to", bundle)
    town.json("bundle", "out", "--client", ICO, "--to", bundle, "--bundle-passphrase-file", secret)
    place = ("--to", tmp_path / "deputy", "--bundle-passphrase-file", secret)
    assert "prefix" in town.fails("bundle", "in", bundle, *place)
    town.json("bundle", "in", bundle, *place, "--name", "Petr", "--prefix", "PE")
    town.folder, town.passphrase_file = tmp_path / "deputy", secret
    number = town.json(
        "request", "add", "--client", ICO, "--kind", "information", "--channel", "phone",
        "--received", now(), "--override-authority", "--reason", "zkouška",
    )["number"]  # fmt: skip
    assert "-PE-" in number
    town.json("bundle", "out", "--to", back)
    town.folder, town.passphrase_file = own, owners
    done = town.json("bundle", "back", back, "--bundle-passphrase-file", secret)
    assert (done["by"], done["conflicts"]) == ("Petr", [])
    assert done["added"] > 0
    assert [one["number"] for one in town.json("request", "list")] == [number]
    assert town.json("conflicts") == []
    assert town.fails("conflicts", "--decide", "1", "theirs")


def test_bundle_for_looking_takes_no_change(town: Console, tmp_path: Path) -> None:  # noqa: F811
    secret = file_with(town, "bundle-passphrase", NEW)
    bundle = tmp_path / "bundle"
    common = ("--bundle-passphrase-file", secret)
    town.json("bundle", "out", "--client", ICO, "--to", bundle, *common)
    town.json("bundle", "in", bundle, "--to", tmp_path / "d", "--read-only", *common)
    town.folder, town.passphrase_file = tmp_path / "d", secret
    assert icos(town) == [ICO]
    assert "looking only" in town.fails("client", "add", "--name", "X", "--ico", "26168685")
