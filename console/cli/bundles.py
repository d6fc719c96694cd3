"""Commands about one client's dossier at a deputy."""

from pathlib import Path
from typing import Any, Final

import click

from console import workspace as workspaces
from console.cli.base import JSON, Call, cli, first_line, show
from console.errors import KnownError

_PATH: Final = click.Path(path_type=Path)
_SECRET: Final = click.option(
    "--bundle-passphrase-file", "secret", type=_PATH, required=True, help="Its first line counts."
)


@cli.group()
def bundle() -> None:
    """Hand one client's dossier to a deputy, and take it back."""


@bundle.command("out")
@click.option("--client", "ico", default="", help="IČO; not needed by the deputy.")
@click.option("--to", "file", type=_PATH, required=True, help="The file to write.")
@click.option("--bundle-passphrase-file", "secret", type=_PATH, help="Its first line counts.")
@JSON
@click.pass_obj
def bundle_out(call: Call, ico: str, file: Path, secret: Path | None, as_json: bool) -> None:
    """Write a client's dossier into an encrypted file; a deputy writes what goes back."""
    from console.services import bundles, clients

    opened = call.open()
    try:
        if bundles.origin(opened) is not None:
            bundles.give_back(opened, file)
        elif secret is None:
            raise KnownError("bundle-passphrase")
        else:
            client = clients.client_by_ico(opened, ico)
            bundles.make(opened, client, file, first_line(secret))
    finally:
        opened.close()
    show(as_json, {"file": str(file)}, str(file))


@bundle.command("in")
@click.argument("file", type=_PATH)
@click.option("--to", "folder", type=_PATH, required=True, help="Folder of the new workspace.")
@click.option("--name", default="", help="The deputy's name, written beside every change.")
@click.option("--prefix", default="", help="Of new numbers; another one than the owner's.")
@click.option("--read-only", is_flag=True, help="For looking only.")
@_SECRET
@JSON
def bundle_in(
    file: Path,
    folder: Path,
    name: str,
    prefix: str,
    read_only: bool,
    secret: Path,
    as_json: bool,
) -> None:
    """Make a workspace of its own out of a bundle; the bundle's passphrase opens it."""
    from console.services import bundles
    from console.services.settings import Manager

    if not read_only and not (name.strip() and prefix.strip()):
        raise KnownError("bundle-deputy")
    deputy = Manager(name=name, prefix=prefix)
    bundles.open_bundle(file, folder, first_line(secret), deputy, read_only)
    show(as_json, {"workspace": str(folder), "read_only": read_only}, str(folder))


@bundle.command("back")
@click.argument("file", type=_PATH)
@_SECRET
@JSON
@click.pass_obj
def bundle_back(call: Call, file: Path, secret: Path, as_json: bool) -> None:
    """Merge what a deputy did; what both changed is listed, to be decided."""
    from console.services import bundles

    opened = call.open()
    try:
        done: Any = bundles.take_back(opened, file, first_line(secret)).result
    finally:
        opened.close()
    conflicts = [
        {
            "noun": one.noun,
            "id": one.record_id,
            "field": one.field,
            "base": one.base,
            "mine": one.mine,
            "theirs": one.theirs,
        }
        for one in done.conflicts
    ]
    data = {
        "by": done.by,
        "added": done.added,
        "changed": done.changed,
        "conflicts": conflicts,
    }
    lines = [f"{done.added} + {done.changed}"]
    lines += [f"{one['noun']} {one['field']}: {one['mine']} ≠ {one['theirs']}" for one in conflicts]
    show(as_json, data, "\n".join(lines))


@cli.command()
@click.option("--decide", nargs=2, metavar="ID mine|theirs", help="Keep the value here, or take.")
@JSON
@click.pass_obj
def conflicts(call: Call, decide: tuple[str, str] | None, as_json: bool) -> None:
    """List what was changed on both sides, or decide about one of it."""
    from console.cli.base import word
    from console.domain.conflict import Decision
    from console.services import conflicts as service

    opened = call.open()
    try:
        if decide:
            _decide(opened, decide[0], word(Decision, decide[1]))
        found = service.open_conflicts(opened)
    finally:
        opened.close()
    data = [
        {
            "id": one.id,
            "noun": one.noun,
            "field": one.field,
            "mine": one.mine,
            "theirs": one.theirs,
            "by": one.by,
        }
        for one in found
    ]
    lines = [f"{d['id']} {d['noun']} {d['field']}: {d['mine']} ≠ {d['theirs']}" for d in data]
    show(as_json, data, "\n".join(lines))


def _decide(opened: workspaces.Workspace, number: str, decision: Any) -> None:
    from console.services import conflicts as service

    fitting = [one for one in service.open_conflicts(opened) if str(one.id) == number]
    if not fitting or not decision:
        raise KnownError("record-missing")
    service.decide(opened, fitting[0], decision)
