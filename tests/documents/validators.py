"""The two validators: one that pip installs, and the real veraPDF, which must be at hand."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import page

ROOT = Path(__file__).parents[2]
PROFILES = ("3a", "ua1")


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
        found += [f"{profile} {failure.rule_id}: {failure.message}" for failure in report.failures]
        if not report.is_compliant and not report.failures:
            found.append(f"{profile}: not compliant")
    return found


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
