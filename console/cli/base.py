"""What all commands share: options before them, the open workspace, words and times."""

import getpass
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from console import paths, settings, texts, workspace
from console.domain.local_time import PRAGUE
from console.errors import KnownError
from console.workspace import Workspace

DEMO_PASSPHRASE: Final = "klientela-demo"  # noqa: S105  (of the demo data only)
_YEARS: Final = range(1900, 3000)
_Word = TypeVar("_Word", bound=StrEnum)
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


@dataclass
class Call:
    """What the options before the command say."""

    folder: Path
    passphrase_file: Path | None

    def passphrase(self) -> str:
        """Return the passphrase from its file or the prompt."""
        if self.passphrase_file is not None:
            return first_line(self.passphrase_file)
        if not sys.stdin.isatty():
            raise KnownError("passphrase-needed")
        return getpass.getpass("Passphrase: ")

    def open(self) -> Workspace:
        """Open the workspace, by the keyring where that may and no passphrase is given."""
        key = None
        if self.passphrase_file is None:
            key = workspace.unlock_by_keyring(self.folder)
        if key is not None:
            return workspace.open_workspace(self.folder, key)
        key = workspace.unlock(self.folder, self.passphrase())
        opened = workspace.open_workspace(self.folder, key)
        if self.passphrase_file is None:
            workspace.mend_keyring(opened)
        return opened


def first_line(file: Path) -> str:
    """Return the first line of a file, which holds a passphrase."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError("passphrase-file", path=file) from error
    return lines[0] if lines else ""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--workspace",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder of the workspace; the usual one of this machine where it is not given.",
)
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path),
    help="File whose first line is the passphrase.",
)
@click.pass_context
def cli(context: click.Context, folder: Path | None, passphrase_file: Path | None) -> None:
    """Klientela, the console of a dedicated account manager.

    Without a command the window opens.
    """
    texts.use_language(settings.load().language or texts.system_language())
    context.obj = Call(folder or paths.default_workspace(), passphrase_file)


def with_workspace(command: Callable[..., Any]) -> Callable[..., Any]:
    """Open the workspace for a command and close it whatever happens."""

    @wraps(command)
    @click.pass_obj
    def run(call: Call, /, **options: Any) -> Any:
        opened = call.open()
        try:
            return command(opened, **options)
        finally:
            opened.close()

    return run


def show(as_json: bool, data: Any, text: str) -> None:
    """Print a result: as JSON, or as the text."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2) if as_json else text)


def word(words: type[_Word], text: str) -> _Word:
    """Return the word of an enumeration that an argument names."""
    try:
        return words(text)
    except ValueError as error:
        known = ", ".join(word.value for word in words)
        raise KnownError("word-unknown", word=text, known=known) from error


def moment(text: str) -> datetime:
    """Return an ISO 8601 time; without an offset it is local to Prague."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise KnownError("time-wrong", time=text) from error
    if moment.year not in _YEARS:
        raise KnownError("time-wrong", time=text)
    return moment if moment.tzinfo else moment.replace(tzinfo=PRAGUE)


def iso(moment: datetime | None) -> str | None:
    """Return a time as ISO 8601 with the offset of Prague."""
    return moment.astimezone(PRAGUE).isoformat() if moment else None


def split(numbers: str) -> tuple[str, ...]:
    """Split a list of numbers; a range ``A-B`` of full numbers gives all between."""
    from console.domain import phone

    parts: list[str] = []
    for part in filter(None, (piece.strip() for piece in numbers.split(","))):
        found = phone.find_numbers(part)
        parts += found if len(found) > 1 else [part]
    return tuple(parts)


def day(text: str) -> date:
    """Return the day of an ISO 8601 time, in Prague."""
    return moment(text).date()


def explained(data: dict[str, Any]) -> str:
    """Return deadlines and how they came about as lines of text."""
    lines = []
    for one in data["deadlines"]:
        lines.append(f"{one['due']}  {one['nature']}  {one['clause']}")
        lines += [f"    {step['text']}" for step in one["explanation"]]
    return "\n".join(lines)
