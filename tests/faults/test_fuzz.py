"""Every file that we read, spoilt in many ways: one clear error, or what was in it; no more.

Each reader runs with a limit on memory and a clock behind it, in a process of its own.
"""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.readers import READERS

ROOT = Path(__file__).parents[2]
TRIALS = 60
_LIMIT_SECONDS, _LIMIT_BYTES = 10, 500 << 20
SCRIPT = """
import random, sys, time
from pathlib import Path
from tests.faults import test_fuzz
test_fuzz.trials(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
said = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
assert int(said) * 1024 < int(sys.argv[4]), said
"""


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """Return content that was cut, flipped, repeated, swapped or replaced."""
    made = bytearray(content)
    at = chance.randrange(len(made) + 1)
    match chance.randrange(6):
        case 0:
            del made[at:]
        case 1:
            for _ in range(chance.randint(1, 50)):
                made[chance.randrange(len(made))] = chance.randrange(256)
        case 2:
            made[at:at] = made[: chance.randrange(1, 5000)] * chance.randint(1, 20)
        case 3:
            made[at:at] = chance.randbytes(chance.randrange(2000))
        case 4:
            made[at : at + 8] = b"\xff" * 8
        case _:
            made = bytearray(chance.randbytes(chance.randrange(5000)))
    return bytes(made)


def trials(kind: str, folder: Path, count: int) -> None:
    """Spoil one kind of file so often and read it; only known errors may come of it."""
    import time

    from console.errors import KnownError
    from tests.faults import readers

    read, path = readers.READERS[kind](folder)
    content, chance = path.read_bytes(), random.Random(kind)
    for trial in range(count):
        path.write_bytes(spoilt(content, chance))
        start = time.monotonic()
        try:
            read()
        except KnownError as error:
            told = error.message
            assert told
        taken = time.monotonic() - start
        assert taken < _LIMIT_SECONDS, (trial, taken)


@pytest.mark.parametrize("kind", sorted(READERS))
def test_spoilt_file_gives_one_clear_error(kind: str, tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, kind, str(tmp_path), str(TRIALS), str(_LIMIT_BYTES)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
