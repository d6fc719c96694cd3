"""The command line: for scripts, scheduled month's ends, and work without a screen.

Results go to stdout, as JSON with ``--json``; exit 0, or 2 with one line that says what was
wrong.
"""

from collections.abc import Sequence

import click

from console import logs, workspace
from console.cli import (  # noqa: F401  (they add themselves)
    bundles,
    commands,
    desk,
    orders,
    papers,
    privacy,
    registers,
    requests,
    vault,
)
from console.cli.base import DEMO_PASSPHRASE, cli
from console.errors import KnownError

__all__ = ["DEMO_PASSPHRASE", "cli", "main"]


def main(arguments: Sequence[str]) -> int:
    """Run a command.

    Returns:
        0, or 2 after one line on stderr that says what was wrong.
    """
    logs.hush()
    try:
        ended = cli.main(args=list(arguments), prog_name="klientela", standalone_mode=False)
    except KnownError as error:
        return _failed(error.message)
    except click.ClickException as error:
        return _failed(error.format_message())
    except click.Abort:
        return _failed("aborted")
    except Exception as error:
        known = workspace.explained(error)
        if isinstance(known, KnownError):
            return _failed(known.message)
        raise
    return ended if isinstance(ended, int) else 0


def _failed(message: str) -> int:
    click.echo(" ".join(message.split()), err=True)
    return 2
