"""Pictures of every document's pages, for docs/screenshots/documents."""

import subprocess
import tempfile
from pathlib import Path

from tests.documents import everything

_LANGUAGE = "cs"
_MOST_PAGES = 3


def take(target: Path) -> None:
    """Draw the first pages of every document of the set."""
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name in everything.NAMES:
            file = Path(scratch) / f"{name}.pdf"
            file.write_bytes(everything.made(name, _LANGUAGE))
            command = ["pdftoppm", "-r", "70", "-png", "-l", str(_MOST_PAGES), file, target / name]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    take(Path(__file__).resolve().parent.parent / "docs" / "screenshots" / "documents")
