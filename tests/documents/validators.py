"""The two validators: one that pip installs, and the real veraPDF, which must be at hand."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import page

ROOT = Path(__file__).parents[2]
PROFILES = ("3a", "ua1")
_LENGTH: Final = "STREAM-LENGTH-001"


def _real() -> str:
    """Return veraPDF: where the variable says, on the path, or beside the checkout.

    It fails where there is none: a test that is passed over proves nothing.
    """
    beside = [
        folder / "shared" / "tools" / "verapdf" / "verapdf"
        for folder in (ROOT.parent, ROOT.parent.parent)
    ]
    named = os.environ.get("KLIENTELA_VERAPDF", "")
    for found in (named, shutil.which("verapdf") or "", *map(str, beside)):
        if found and Path(found).exists():
            return found
    raise AssertionError("veraPDF is not here; say where it is in KLIENTELA_VERAPDF")


def failures(content: bytes, profiles: Sequence[str] = PROFILES) -> list[str]:
    """Return the rules that a document breaks."""
    found = []
    for profile in profiles:
        report = page.validate_pdf_bytes(content, profile=profile)
        told = [f for f in report.failures if not _is_misread(f.rule_id, content, profile)]
        found += [f"{profile} {failure.rule_id}: {failure.message}" for failure in told]
        if not report.is_compliant and not report.failures:
            found.append(f"{profile}: not compliant")
    return found


def _is_misread(rule: str, content: bytes, profile: str) -> bool:
    """Return whether a complaint about a length is only the first validator's misreading.

    It looks for the end of a stream by its word. Where the content happens to end in a CR and
    a foreign writer (of seals, of void copies) puts an LF behind it, it takes both for one end
    of line, and the content for one byte short. So the real validator decides about lengths.
    """
    if not rule.endswith(_LENGTH):
        return False
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "doubtful.pdf"
        file.write_bytes(content)
        return real_failures([file], [profile]) == ""


def real_failures(files: Sequence[Path], profiles: Sequence[str] = PROFILES) -> str:
    """Return what veraPDF says against documents; nothing where all pass.

    One call for all: starting Java costs more than judging a document.
    """
    command = [_real(), ",".join(profiles), *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.stdout.count("PASS") + done.stdout.count("FAIL") == len(files) * len(profiles), (
        done.stdout + done.stderr
    )
    return "" if done.returncode == 0 else done.stdout
