"""Drawing many reports at once: a process for each core, each behind a pipe of its own.

The executor of the standard library has one pipe for all. A process that is killed while it
writes there leaves half an answer, for which the executor waits for ever; behind a pipe of its
own, the end of a process is the end of the pipe.
"""

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, Final

from console import texts

FEWEST: Final = 8
"""Documents that are worth starting processes for."""
Draw = Callable[[], bytes]


def draw(record: Any, data: str, logo: bytes) -> bytes:
    """Draw a status report in the language of its client."""
    from console.documents import status_report

    with texts.speaking(record.language):
        return status_report.render(record, data, logo)


class Drawing:
    """Processes that draw, where there is enough to draw; otherwise this one does.

    Args:
        count: how many documents are to be drawn.
    """

    def __init__(self, count: int) -> None:
        self._threads: ThreadPoolExecutor | None = None
        self._mine = threading.local()
        self._started: list[_Process] = []
        self._language = texts.language()
        cores = os.cpu_count() or 1
        if count >= FEWEST and cores > 1:
            self._threads = ThreadPoolExecutor(cores, "drawing")

    @property
    def processes(self) -> list[SpawnProcess]:
        """The processes that were started."""
        return [one.process for one in self._started]

    def close(self) -> None:
        """End the processes; nothing more is drawn."""
        if self._threads:
            for one in self._started:
                one.end()
            self._threads.shutdown(cancel_futures=True)

    def submit(self, record: Any, data: str, logo: bytes) -> Draw:
        """Begin to draw a report; return what waits for it."""
        here = partial(draw, record, data, logo)
        if self._threads is None:
            return here
        return partial(_wait_or_draw, self._threads.submit(self._ask, (record, data, logo)), here)

    def _ask(self, work: tuple[Any, str, bytes]) -> bytes:
        """Let the process of this thread draw; it is started with the first work."""
        if not hasattr(self._mine, "process"):
            self._mine.process = _Process(self._language)
            self._started.append(self._mine.process)
        answer: bytes = self._mine.process.ask(work)
        return answer


class _Process:
    """A process that draws one document after another, for one thread of this program."""

    def __init__(self, language: str) -> None:
        spawn = get_context("spawn")
        self._pipe, other = spawn.Pipe()
        self.process = spawn.Process(target=_draw_all, args=(other, language), daemon=True)
        self.process.start()
        other.close()

    def ask(self, work: tuple[Any, str, bytes]) -> bytes:
        """Let it draw.

        Raises:
            EOFError, OSError: where it died.
        """
        self._pipe.send(work)
        answer = self._pipe.recv()
        if isinstance(answer, BaseException):
            raise answer
        found: bytes = answer
        return found

    def end(self) -> None:
        self.process.terminate()
        self.process.join()


def _wait_or_draw(drawn: Future[bytes], here: Draw) -> bytes:
    """Wait for a process; where it died, for want of memory say, draw here."""
    try:
        return drawn.result()
    except (EOFError, OSError):
        return here()


def _draw_all(pipe: Connection, language: str) -> None:
    """Be the process: draw what comes, until the other side ends."""
    from console.documents import status_report  # noqa: F401  (imported before the first one)

    texts.use_language(language)
    while True:
        try:
            work = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            pipe.send(draw(*work))
        except Exception as error:
            pipe.send(error)
