"""A change at a time: what is pressed twice is done once."""

from collections.abc import Callable

from console.domain.journal import Changes
from ui.tasks import Done, Failed, Tasks, Work


class OneChange:
    """Passes a change on unless one that came from the same place is still under way.

    Args:
        tasks: the way to the services.
    """

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._is_under_way = False

    def run(self, work: Work, done: Done, failed: Failed) -> None:
        """Run a change; nothing happens where one is under way."""
        if self._is_under_way:
            return
        self._is_under_way = True
        self._tasks.change(work, self._ending(done), self._ending(failed))

    def _ending(self, then: Callable[..., object]) -> Callable[..., None]:
        def end(result: Changes | Exception) -> None:
            self._is_under_way = False
            then(result)

        return end
