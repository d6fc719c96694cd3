"""Files of every reader spoilt in many ways, read in a process with a limit on memory and time."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from tests.faults.outcome import Outcome

ROOT: Final = Path(__file__).parents[2]
LIMIT_SECONDS: Final = 10
_LIMIT_BYTES: Final = 500 << 20
_SCRIPT: Final = """
import sys
from pathlib import Path
from tests.faults import fuzz
fuzz.read_spoilt(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
said = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
assert int(said) * 1024 < int(sys.argv[4]), said
"""


def run(folder: Path, trials: int) -> list[Outcome]:
    """Spoil the file of every reader so often; "not whole" are readers that did not bear it."""
    from tests.faults.readers import READERS

    outcome = Outcome(f"spoilt files ({len(READERS)} readers)")
    for kind in READERS:
        place = folder / kind.replace(" ", "-")
        place.mkdir()
        failure = bears(kind, place, trials)
        outcome.trials += trials
        outcome.broken += bool(failure)
        if failure:
            outcome.note(f"{kind}: {failure.splitlines()[-1]}")
    return [outcome]


def bears(kind: str, folder: Path, trials: int) -> str:
    """Return what went wrong with a reader, or an empty text."""
    ended = subprocess.run(
        [sys.executable, "-c", _SCRIPT, kind, str(folder), str(trials), str(_LIMIT_BYTES)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS * (trials + 20),
        check=False,
    )
    return (ended.stderr or json.dumps(ended.returncode)) if ended.returncode else ""


def read_spoilt(kind: str, folder: Path, count: int) -> None:
    """Spoil one kind of file so often and read it; only known errors may come of it."""
    from console.errors import KnownError
    from tests.faults.readers import READERS

    read, path = READERS[kind](folder)
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
        assert taken < LIMIT_SECONDS, (trial, taken)


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
