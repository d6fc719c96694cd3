"""Memory of the window with 1,000,000 numbers, above a bare window."""

from pathlib import Path

from tests.bench.children import environment, said
from tests.bench.data import million
from tests.bench.measure import Row


def rows(folder: Path) -> list[Row]:
    """Measure the resident memory after every page was seen and the list scrolled through."""
    env = environment(folder, KLIENTELA_WORKSPACE=str(million()))
    _seconds, bare = said("bare-memory", env)
    said("memory", env)  # compiles what an installation has compiled; the next one is measured
    _seconds, full = said("memory", env)
    return [
        Row("memory of the window, 1,000,000 numbers", float(full), "MB", float(bare), 150,
            is_difference=True)
    ]  # fmt: skip
