"""Documents: archival and accessible pages against the bare canvas drawing the same text."""

import io
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import patch

from console import texts
from console.documents import base, lettering, status_report
from console.documents.archive import ArchiveCanvas
from console.documents.pages import Paper, build
from console.domain.status_report import NumberChange
from console.services.frozen import to_json
from tests.bench.measure import Row, seconds
from tests.documents import records

ROOT = Path(__file__).resolve().parents[2]
_PER_PAGE = 40
_CLIENTS = 200
_NUMBERS = 40
_FAULTS = 5
_MONTH = date(2026, 10, 1)
_TURNS = 2
_MEGABYTES = 300


def rows(folder: Path) -> list[Row]:
    """Measure a report, long listings, a batch, memory and the first document."""
    texts.use_language("cs")
    base.styles()
    return [
        _report(),
        _long_listing(),
        _batch(folder),
        _memory(),
        _first(),
    ]


def _changes(count: int) -> tuple[NumberChange, ...]:
    return tuple(
        records.change(number=f"799 {n // 1000:03} {n % 1000:03}", holder=f"Držitel číslo {n}")
        for n in range(count)
    )


def _report() -> Row:
    report = records.report(language="cs", changes=_changes(20 * _PER_PAGE))
    plain = to_json(report)
    made = seconds(lambda: status_report.render(report, plain), 5)
    drawn = _drawn(lambda: status_report.render(report, plain))
    floor = seconds(lambda: _bare(drawn), 5)
    return Row(f"tagged report of {len(drawn)} pages", made, "s", floor, 2.5)


def _drawn(render: Callable[[], bytes]) -> list[list[tuple[float, float, str]]]:
    """Return the texts that a document draws, page by page, with their places."""
    from reportlab.pdfgen.canvas import Canvas

    pages: list[list[tuple[float, float, str]]] = [[]]
    draw, show, place = Canvas.drawString, Canvas.showPage, Canvas.absolutePosition
    put = ArchiveCanvas.put

    def noted(canvas: Canvas, x: float, y: float, text: str, *more: object, **options: object):  # type: ignore[no-untyped-def]
        pages[-1].append((*place(canvas, x, y), text))
        return draw(canvas, x, y, text, *more, **options)

    def put_noted(canvas: ArchiveCanvas, x: float, y: float, text: str, *more: object) -> None:
        pages[-1].append((*place(canvas, x, y), text))
        put(canvas, x, y, text, *more)  # type: ignore[arg-type]

    def turned(canvas: Canvas) -> None:
        pages.append([])
        show(canvas)

    Canvas.drawString, Canvas.showPage, ArchiveCanvas.put = noted, turned, put_noted
    try:
        render()
    finally:
        Canvas.drawString, Canvas.showPage, ArchiveCanvas.put = draw, show, put
    return [page for page in pages if page]


def _bare(pages: Sequence[Sequence[tuple[float, float, str]]]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=1, invariant=1, initialFontName=lettering.REGULAR)
    for page in pages:
        canvas.setFont(lettering.REGULAR, 9)
        for x, y, text in page:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _listing(pages: int) -> bytes:
    cells = [
        (f"2026-NV-{n:05}", f"Výpadek signálu {n}", "799 000 001", "v řešení", "1 234,00 Kč")
        for n in range(pages * _PER_PAGE)
    ]
    table = base.table(["Číslo", "Popis", "Telefon", "Stav", "Cena"], cells, (0.2,) * 5, (4,))
    return build(Paper("Výpis", "cs", "D1", "Klient", "říjen", data="{}"), [table])


def _long_listing() -> Row:
    short = seconds(lambda: _listing(10), 5) / 10
    long = seconds(lambda: _listing(1000)) / 1000
    return Row("a page of 1,000 against a page of 10", long * 1000, "ms", short * 1000, 1.3)


def _one(number: int) -> int:
    report = replace(records.report(changes=_changes(80)), number=f"2026-NV-D{number:04}")
    return len(status_report.render(report, to_json(report)))


def _batch(folder: Path) -> Row:
    """Hold a whole month's end by all cores against the same in one process.

    It says something only where nobody else wants the cores.
    """
    from console.services import drawing
    from tests.bench import data

    data.with_clients(folder / "clients", _CLIENTS, _NUMBERS, _FAULTS)
    both, one = [], []
    for turn in range(_TURNS):
        both.append(_month_end(folder, f"both-{turn}"))
        with patch.object(drawing, "FEWEST", _CLIENTS + 1):
            one.append(_month_end(folder, f"one-{turn}"))
    name = f"month's end of {_CLIENTS} clients by all cores, against one"
    return Row(name, min(both), "s", min(one), 0.75)


def _month_end(folder: Path, name: str) -> float:
    """Return how long a month's end takes in a copy of the workspace: read, drawn, stored."""
    from console.services import clients, month_end
    from tests.bench import data

    shutil.copytree(folder / "clients", folder / name)
    opened = data.opened(folder / name)()
    everybody = clients.all_clients(opened)
    try:
        return seconds(
            lambda: month_end.issue_all(opened, everybody, _MONTH, folder / f"{name}-out")
        )
    finally:
        opened.close()


def _memory() -> Row:
    """Hold the most memory of a process of its own; ``getrusage`` would count ours with it."""
    script = (
        "from tests.bench import documents as d; d._listing(1000);"
        "said = open('/proc/self/status').read().split('VmHWM:')[1].split()[0];"
        "print(int(said) / 1024)"
    )
    return Row("memory of a listing of 1,000 pages", _asked(script)[0], "MB", 0, _MEGABYTES, True)


def _first() -> Row:
    """Hold the first document after the start against the second; libraries are imported."""
    script = (
        "import time; from tests.bench import documents as d; from tests.documents import records\n"
        "for n in range(2):\n"
        "    t = time.perf_counter(); d._one(n); print(time.perf_counter() - t)"
    )
    times = [_asked(script) for _ in range(3)]
    first, second = (min(column) for column in zip(*times, strict=True))
    return Row("first document after the start, against the second", first, "s", second, 2)


def _asked(script: str) -> list[float]:
    """Run a script in a process of its own; return the figures that it prints."""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [float(figure) for figure in done.stdout.split()]
