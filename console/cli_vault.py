"""Commands about keys, backups and recovery; registered with the command line as a whole."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Protocol

import click

from console import workspace as workspaces
from console.errors import KnownError
from console.workspace import Workspace

_JSON: Final = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
_PATH: Final = click.Path(path_type=Path)
_RECOVERY_KEY: Final = click.option(
    "--recovery-key-file", type=_PATH, help="File whose first line is the recovery key."
)


class Call(Protocol):
    """What the options before the command say."""

    folder: Path

    def passphrase(self) -> str:
        """Return the passphrase."""

    def open(self) -> Workspace:
        """Open the workspace."""


def register(group: click.Group) -> None:
    """Add the commands to the command line."""
    for command in (backup, restore, recover, recovery_key, new_data_key, reset_passphrase):
        group.add_command(command)


def _show(as_json: bool, data: Any, text: str) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2) if as_json else text)


def _first_line(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError("passphrase-file", path=path) from error
    return lines[0] if lines else ""


@click.command()
@click.option("--to", "folder", type=_PATH, help="Folder of the backup; the usual one if missing.")
@_JSON
@click.pass_obj
def backup(call: Call, folder: Path | None, as_json: bool) -> None:
    """Make a verified backup: one file with everything in it."""
    from console.services import backups

    opened = call.open()
    try:
        made = backups.by_hand(opened, folder)
    finally:
        opened.close()
    data = {"file": str(made.path), "taken_at": made.taken_at.isoformat(), "size": made.size}
    _show(as_json, data, str(made.path))


@click.command()
@click.argument("file", type=_PATH)
@click.option("--to", "folder", type=_PATH, required=True, help="Folder of the workspace.")
@_RECOVERY_KEY
@_JSON
@click.pass_obj
def restore(
    call: Call, file: Path, folder: Path, recovery_key_file: Path | None, as_json: bool
) -> None:
    """Put the workspace of a backup into a folder; a workspace that is there is kept aside."""
    from console.services import restore as restoring

    if recovery_key_file is not None:
        key = restoring.unlock_by_recovery_key(file, _first_line(recovery_key_file))
    else:
        key = _key_of_backup(call, file, restoring.unlock)
    done = restoring.restore(file, folder, key)
    data = {
        "workspace": str(done.folder),
        "taken_at": done.taken_at.isoformat(),
        "kept_aside": str(done.kept_aside) if done.kept_aside else None,
        "missing": list(done.missing),
    }
    _show(as_json, data, "\n".join((str(done.folder), *done.missing)))


def _key_of_backup(call: Call, file: Path, unlock: Callable[[Path, str], bytes]) -> bytes:
    """Take the passphrase of the time of the backup, or the present one of its workspace."""
    passphrase = call.passphrase()
    try:
        return unlock(file, passphrase)
    except KnownError as error:
        if error.code != "passphrase-wrong" or not workspaces.exists(call.folder):
            raise
        return workspaces.unlock(call.folder, passphrase)


@click.command()
@_RECOVERY_KEY
@_JSON
@click.pass_obj
def recover(call: Call, recovery_key_file: Path | None, as_json: bool) -> None:
    """Save what can be saved of a damaged workspace, which is kept; list what is missing."""
    from console.services import recovery

    done = recovery.recover(call.folder, _key_of_workspace(call, recovery_key_file))
    taken_at = done.backup_taken_at.isoformat() if done.backup_taken_at else None
    data = {
        "workspace": str(done.folder),
        "backup_taken_at": taken_at,
        "replayed": done.replayed,
        "salvaged": done.salvaged,
        "kept_aside": str(done.kept_aside) if done.kept_aside else None,
        "missing": list(done.missing),
    }
    _show(as_json, data, "\n".join((str(done.folder), *done.missing)))


def _key_of_workspace(call: Call, recovery_key_file: Path | None) -> bytes:
    from console.services import recovery

    if recovery_key_file is not None:
        return workspaces.unlock_by_recovery_key(call.folder, _first_line(recovery_key_file))
    passphrase = call.passphrase()
    try:
        return workspaces.unlock(call.folder, passphrase)
    except KnownError as error:
        if error.code not in ("slots-damaged", "workspace-missing"):
            raise
        return recovery.key_by_backup(call.folder, passphrase)


@click.command("recovery-key")
@_JSON
@click.pass_obj
def recovery_key(call: Call, as_json: bool) -> None:
    """Make a new recovery key and print it, once; the one before opens nothing any more."""
    from console.services import keys

    opened = call.open()
    try:
        key = keys.draw_recovery_key(opened)
        keys.keep_recovery_key(opened, key)
    finally:
        opened.close()
    _show(as_json, {"recovery_key": key.text, "qr": key.qr}, key.text)


@click.command("new-data-key")
@_JSON
@click.pass_obj
def new_data_key(call: Call, as_json: bool) -> None:
    """Encrypt the workspace anew under a new data key; print the new recovery key, once."""
    from console.services import keys

    passphrase = call.passphrase()
    opened = workspaces.open_workspace(call.folder, workspaces.unlock(call.folder, passphrase))
    try:
        key = keys.change_data_key(opened, passphrase)
    finally:
        opened.close()
    _show(as_json, {"recovery_key": key.text, "qr": key.qr}, key.text)


@click.command("reset-passphrase")
@click.option("--recovery-key-file", type=_PATH, required=True, help="As on the recovery sheet.")
@click.option("--new-passphrase-file", type=_PATH, required=True, help="Its first line counts.")
@_JSON
@click.pass_obj
def reset_passphrase(
    call: Call, recovery_key_file: Path, new_passphrase_file: Path, as_json: bool
) -> None:
    """Put a new passphrase in place of a forgotten one, by the recovery key."""
    from console.services import keys

    new = _first_line(new_passphrase_file)
    keys.reset_passphrase(call.folder, _first_line(recovery_key_file), new)
    _show(as_json, {"workspace": str(call.folder)}, str(call.folder))
