"""Everything a developer does: set up, demo, run, test, check, bench.

    python3 dev.py demo    make the demo workspace, issue documents, open the window
    python3 dev.py test    all checks and tests

Needs Python 3.11 and nothing else; what is missing is installed into ``.venv``, system
libraries through apt where that is allowed.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "installer" / "requirements-dev.lock"
STAMP = VENV / "lock.sha256"
DEMO = ROOT / "demo"
PASSPHRASE = "klientela-demo"  # noqa: S105  (of the demo data only)
WINDOW_LIBRARIES = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libxkbcommon0": "libxkbcommon.so.0",
    "libfontconfig1": "libfontconfig.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libglib2.0-0": "libglib-2.0.so.0",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-xinerama0": "libxcb-xinerama.so.0",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
}
TEST_PROGRAMS = {
    "xvfb": "Xvfb",
    "dbus": "dbus-run-session",
    "gnome-keyring": "gnome-keyring-daemon",
    "poppler-utils": "pdftotext",
    "gcc": "gcc",
    "libc6-dev": "gcc",
    "libreoffice-calc-nogui": "soffice",
}


def main() -> int:
    """Run the command that the arguments name; return its exit code."""
    if sys.version_info < (3, 11):
        print("Klientela needs Python 3.11 or newer.", file=sys.stderr)
        return 2
    commands = {
        "setup": setup,
        "demo": demo,
        "run": run,
        "test": test,
        "check": check,
        "bench": bench,
        "faults": faults,
        "shots": shots,
        "texts": texts,
    }
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=commands)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on")
    arguments = parser.parse_args()
    return commands[arguments.command](arguments.rest)


def setup(_rest: Sequence[str] = ()) -> int:
    """Make the environment as the lock file says, and find the system's libraries."""
    _install_system(_missing_libraries())
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted and PYTHON.exists():
        return 0
    if not PYTHON.exists():
        _make_environment()
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _must([*pip, "--compile", "--require-hashes", "--no-deps", "-r", LOCK])
    STAMP.write_text(wanted)
    return 0


def _make_environment() -> None:
    """Make the virtual environment; Debian keeps ``ensurepip`` in a package of its own."""
    made = subprocess.run([sys.executable, "-m", "venv", VENV], check=False, capture_output=True)
    if made.returncode:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        _install_system([f"python{version}-venv"])
        shutil.rmtree(VENV, ignore_errors=True)
        _must([sys.executable, "-m", "venv", VENV])


def _missing_libraries() -> list[str]:
    if not sys.platform.startswith("linux"):
        return []
    import ctypes

    missing = []
    for package, library in WINDOW_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def _missing_programs() -> list[str]:
    if not sys.platform.startswith("linux"):
        return []
    return [package for package, name in TEST_PROGRAMS.items() if not shutil.which(name)]


def _install_system(packages: Sequence[str]) -> None:
    """Install packages through apt where that is allowed; otherwise name them in one line."""
    if not packages:
        return
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    prefix = _apt_prefix()
    if prefix is None:
        sys.exit(f"Missing system packages. Please run as an administrator: {line}")
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.run([*prefix, "apt-get", "update", "-qq"], check=False, env=quiet)
    done = subprocess.run([*prefix, *line.split(), "-qq"], check=False, env=quiet)
    if done.returncode:
        sys.exit(f"Missing system packages. Please run as an administrator: {line}")


def _apt_prefix() -> list[str] | None:
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if (
        sudo
        and subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode == 0
    ):
        return [sudo, "-n"]
    return None


def _must(command: Sequence[object]) -> None:
    done = subprocess.run([str(part) for part in command], check=False, cwd=ROOT)
    if done.returncode:
        sys.exit(done.returncode)


def _call(command: Sequence[object], **environment: str) -> int:
    return subprocess.run(
        [str(part) for part in command],
        check=False,
        cwd=ROOT,
        env=dict(os.environ, **environment),
    ).returncode


def demo(rest: Sequence[str]) -> int:
    """Make the demo workspace, issue last month's documents, open the window."""
    setup()
    workspace, out = DEMO / "workspace", DEMO / "out"
    secret = DEMO / "passphrase.txt"
    if not (workspace / "slots.json").exists():
        shutil.rmtree(workspace, ignore_errors=True)
        _must([PYTHON, "main.py", "--workspace", workspace, "demo"])
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    program = [PYTHON, "main.py", "--workspace", workspace, "--passphrase-file", secret]
    month = (date.today().replace(day=1) - timedelta(days=1)).strftime("%Y-%m")  # noqa: DTZ011
    _must([*program, "report", "--all", "--month", month, "--out", out])
    lines = DEMO / "order.csv"
    lines.write_text(
        "Položka;Množství;Cena bez DPH;DPH\nTelefon Galaxy A56;2;6190,00;21\nSIM karta;5;0;21\n",
        encoding="utf-8",
    )
    if not list(out.glob("*order-form*.pdf")):
        _must([*program, "order", "--client", "00259586", "--lines", lines, "--out", out])
    print(f"Documents: {out}")
    print(f"Workspace: {workspace} (passphrase: {PASSPHRASE})")
    if not _has_display() or "--no-window" in rest:
        print("There is no display, so the window was not opened.")
        return 0
    return _call([PYTHON, "main.py"], KLIENTELA_WORKSPACE=str(workspace))


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run(rest: Sequence[str]) -> int:
    """Start the program."""
    setup()
    return _call([PYTHON, "main.py", *rest])


def check(_rest: Sequence[str] = ()) -> int:
    """Lint, format, types, directions of imports, catalogues."""
    setup()
    steps = (
        [BIN / "ruff", "check", "."],
        [BIN / "ruff", "format", "--check", "."],
        [BIN / "mypy"],
        [BIN / "lint-imports"],
    )
    results = [_call(step) for step in steps]
    return max(results)


def test(rest: Sequence[str]) -> int:
    """Run all checks and all tests."""
    setup()
    _install_system(_missing_programs())
    failed = check()
    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    return _call([PYTHON, "-m", "pytest", *_on_every_core(rest), *rest], **offscreen) or failed


def _on_every_core(rest: Sequence[str]) -> list[str]:
    """Share the whole set out over the cores, file by file; a chosen few run as they are."""
    cores = os.cpu_count() or 1
    return ["-n", str(cores), "--dist", "loadfile"] if cores > 1 and not rest else []


def bench(rest: Sequence[str]) -> int:
    """Measure speed and memory against the floors, in one run."""
    setup()
    return _call([PYTHON, "-m", "tests.bench", *rest], QT_QPA_PLATFORM="offscreen")


def faults(rest: Sequence[str]) -> int:
    """Kill, cut the power and flip bytes; ``--full`` as often as before a release."""
    setup()
    _install_system(_missing_programs())
    return _call([PYTHON, "-m", "tests.faults", *rest])


def shots(rest: Sequence[str]) -> int:
    """Take the screenshots under docs/screenshots from the demo data."""
    setup()
    return _call([PYTHON, "-m", "tests.shots", *rest], QT_QPA_PLATFORM="offscreen")


def texts(rest: Sequence[str]) -> int:
    """Bring the catalogues up to the code and compile them."""
    setup()
    return _call([PYTHON, "-m", "installer.texts", *rest])


if __name__ == "__main__":
    sys.exit(main())
