"""Runs code in a process of its own, so that what hangs, swells or aborts fails one test only."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
ADDRESS_SPACE = 1 << 30
TIMEOUT = 20.0
_WRAPPER = """
import json, resource, sys, time
sys.path.insert(0, {root!r})
resource.setrlimit(resource.RLIMIT_AS, ({space}, {space}))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from console.errors import KnownError
{preparation}
resting = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.perf_counter()
try:
    result = ["value", {expression}]
except KnownError as error:
    result = ["known", error.code]
seconds = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([*result, seconds, (peak - resting) / 1024]))
"""


def run(
    preparation: str, expression: str, timeout: float = TIMEOUT
) -> tuple[str, Any, float, float]:
    """Evaluate an expression; give what came of it, seconds and megabytes.

    What came of it is ``value``, ``known``, ``died`` or ``hung``, and what it was.
    """
    code = _WRAPPER.format(
        root=str(ROOT), space=ADDRESS_SPACE, preparation=preparation, expression=expression
    )
    command = [sys.executable, "-c", code]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        return "hung", "", timeout, 0.0
    if done.returncode:
        return "died", done.stderr.strip().splitlines()[-1:], 0.0, 0.0
    what, value, seconds, megabytes = json.loads(done.stdout)
    return what, value, seconds, megabytes
