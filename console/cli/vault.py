"""Commands about keys, backups and recovery."""

from pathlib import Path
from typing import Final

import click

from console import workspace as workspaces
from console.cli.base import JSON, Call, cli, first_line, show
from console.errors import KnownError
from console.texts import _

_PATH: Final = click.Path(path_type=Path)
_RECOVERY_KEY: Final = click.option(
    "--recovery-key-file", type=_PATH, help="File whose first line is the recovery key."
)


@cli.command()
@click.option("--to", "folder", type=_PATH, help="Folder of the backup; the usual one if missing.")
@JSON
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
    show(as_json, data, str(made.path))


@cli.command()
@click.argument("file", type=_PATH)
@click.option("--to", "folder", type=_PATH, required=True, help="Folder of the workspace.")
@_RECOVERY_KEY
@JSON
@click.pass_obj
def restore(
    call: Call, file: Path, folder: Path, recovery_key_file: Path | None, as_json: bool
) -> None:
    """Put the workspace of a backup into a folder; a workspace that is there is kept aside."""
    from console.services import prospects
    from console.services import restore as restoring

    if recovery_key_file is not None:
        secret = first_line(recovery_key_file)
        key = restoring.unlock_by_recovery_key(file, secret)
    else:
        secret = call.passphrase()
        key = _key_of_backup(call, file)
    others = prospects.newer_keys(file, folder, secret)
    done = restoring.restore(file, folder, key, other_keys=others)
    data = {
        "workspace": str(done.folder),
        "taken_at": done.taken_at.isoformat(),
        "kept_aside": str(done.kept_aside) if done.kept_aside else None,
        "given_up": str(done.given_up) if done.given_up else None,
        "missing": list(done.missing),
    }
    lines = [str(done.folder), *restoring.kept_in_words(done), *done.missing]
    show(as_json, data, "\n".join(lines))


def _key_of_backup(call: Call, file: Path) -> bytes:
    """Take the passphrase of the time of the backup, or the present one of its workspace."""
    from console.services import restore as restoring

    passphrase = call.passphrase()
    try:
        return restoring.unlock(file, passphrase)
    except KnownError as error:
        if error.code != "passphrase-wrong" or not restoring.is_of(file, call.folder):
            raise
        return workspaces.unlock(call.folder, passphrase)


@cli.command()
@_RECOVERY_KEY
@JSON
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
    kept = _("The damaged workspace is kept in {folder}.").format(folder=done.kept_aside)
    lines = [str(done.folder), *([kept] if done.kept_aside else []), *done.missing]
    show(as_json, data, "\n".join(lines))


def _key_of_workspace(call: Call, recovery_key_file: Path | None) -> bytes:
    from console.services import recovery

    if recovery_key_file is not None:
        return workspaces.unlock_by_recovery_key(call.folder, first_line(recovery_key_file))
    passphrase = call.passphrase()
    try:
        return workspaces.unlock(call.folder, passphrase)
    except KnownError as error:
        if error.code not in ("slots-damaged", "slots-missing"):
            raise
        return recovery.key_by_backup(call.folder, passphrase)


@cli.command("recovery-key")
@JSON
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
    show(as_json, {"recovery_key": key.text, "qr": key.qr}, key.text)


@cli.command("new-data-key")
@JSON
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
    show(as_json, {"recovery_key": key.text, "qr": key.qr}, key.text)


@cli.command("reset-passphrase")
@click.option("--recovery-key-file", type=_PATH, required=True, help="As on the recovery sheet.")
@click.option("--new-passphrase-file", type=_PATH, required=True, help="Its first line counts.")
@JSON
@click.pass_obj
def reset_passphrase(
    call: Call, recovery_key_file: Path, new_passphrase_file: Path, as_json: bool
) -> None:
    """Put a new passphrase in place of a forgotten one, by the recovery key."""
    from console.services import keys

    new = first_line(new_passphrase_file)
    keys.reset_passphrase(call.folder, first_line(recovery_key_file), new)
    show(as_json, {"workspace": str(call.folder)}, str(call.folder))
