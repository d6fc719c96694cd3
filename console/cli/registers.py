"""Commands about the register: tables that go out."""

from pathlib import Path

import click

from console.cli.base import JSON, cli, show, with_workspace
from console.workspace import Workspace


@cli.command()
@click.argument("noun")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--client", "ico", help="IČO of the client; all clients where not given.")
@click.option("--columns", default="", help="Fields, with commas; all where not given.")
@click.option("--filter", "text", default="", help="Words that the rows must contain.")
@click.option("--encoding", default="utf-8", help="Of CSV: utf-8 or cp1250.")
@click.option("--with", "secrets", multiple=True, help="puk or pin, which needs a reason.")
@click.option("--reason", default="", help="Why the secrets are needed; it is written down.")
@JSON
@with_workspace
def export(
    opened: Workspace,
    noun: str,
    file: Path,
    ico: str | None,
    columns: str,
    text: str,
    encoding: str,
    secrets: tuple[str, ...],
    reason: str,
    as_json: bool,
) -> None:
    """Write a list to FILE (.xlsx or .csv): NOUN is lines, contacts, sims, devices or tariffs."""
    from console.domain.listing import ListQuery
    from console.services import clients, exports, lists

    exports.check_noun(noun)
    client_id = clients.client_by_ico(opened, ico).id if ico else 0
    query = ListQuery(noun=noun, sort=lists.sortable(noun)[0], client_id=client_id, text=text)
    chosen = tuple(filter(None, (part.strip() for part in columns.split(","))))
    what = exports.Export(
        query=query,
        columns=chosen or exports.columns_of(noun),
        secrets=secrets,
        reason=reason,
        encoding=encoding,
    )
    count = exports.export(opened, what, file)
    show(as_json, {"file": str(file), "rows": count}, f"{file}: {count}")
