"""The two validators: one that pip installs, and the real veraPDF where it is at hand."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import page

ROOT = Path(__file__).parents[2]
PROFILES = ("3a", "ua1")


def _real() -> Path | None:
    """Return veraPDF, beside the checkout or where a worktree's main checkout has it."""
    for folder in (ROOT.parent, ROOT.parent.parent):
        found = folder / "shared" / "tools" / "verapdf" / "verapdf"
        if found.exists():
            return found
    return None


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
    """Return what veraPDF says against documents; nothing where all pass, or it is not here.

    One call for all: starting Java costs more than judging a document.
    """
    real = _real()
    if real is None:
        assert not os.environ.get("CI"), "veraPDF must be beside the checkout"
        return ""
    command = [real, ",".join(profiles), *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.stdout.count("PASS") + done.stdout.count("FAIL") == len(files) * len(profiles), (
        done.stdout + done.stderr
    )
    return "" if done.returncode == 0 else done.stdout
