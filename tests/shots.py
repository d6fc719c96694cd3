"""Screenshots of every page in light and dark from the demo workspace.

python3 dev.py shots [FOLDER]     into docs/screenshots where no folder is named
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
SIZES = ((1280, 720), (1920, 1080))
PASSPHRASE = "klientela-demo"


def main() -> int:
    """Take all screenshots; return the exit code."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs/screenshots")
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["XDG_CONFIG_HOME"] = str(Path(scratch) / "config")
        folder = Path(scratch) / "workspace"
        _make_workspace(folder)
        _shoot(folder, target)
    return 0


def _make_workspace(folder: Path) -> None:
    from datetime import UTC, datetime

    from console import texts, workspace
    from console.domain.legal_time import add_months
    from console.services import clients, demo, documents
    from console.services.orders import Order

    texts.use_language("cs")
    opened = workspace.create(folder, PASSPHRASE)
    demo.fill(opened)
    month = add_months(datetime.now(UTC).date().replace(day=1), -1)
    for client in clients.all_clients(opened):
        documents.issue_status_report(opened, client, month)
    for order in opened.store.select(Order):
        documents.issue_order_form(opened, order)
    opened.close()


def _shoot(folder: Path, target: Path) -> None:
    from console import settings
    from ui import app, theme

    settings.change(language="cs", theme="light", workspace=str(folder))
    application, window = app.open_window(["klientela"])
    while not window.centralWidget():
        application.processEvents()
    window.tasks.wait()
    for name in (theme.LIGHT, theme.DARK):
        theme.apply(application, name)
        _grab(window, target / f"unlock-{name}.png", SIZES[0])
    window.unlock_page._passphrase.setText(PASSPHRASE)
    window.unlock_page._act()
    window.tasks.wait()
    for name in (theme.LIGHT, theme.DARK):
        settings.change(theme=name)
        window._on_appearance_changed()
        for size in SIZES:
            _shoot_pages(window, target, name, size)
    _shoot_dialogs(window, target)
    window.close()


def _shoot_pages(window, target: Path, theme_name: str, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    suffix = theme_name if size == SIZES[0] else f"{theme_name}-large"
    window.resize(*size)
    for name, page in window.pages.items():
        if name == "client":
            window._show_client(window.pages["clients"].view.model.record(0).id)
        else:
            window.show_page(name)
        window.tasks.wait()
        view = getattr(page, "view", None)
        if view is not None:
            view.table.selectRow(1)
            window.tasks.wait()
        _grab(window, target / f"{name}-{suffix}.png", size)


def _shoot_dialogs(window, target: Path) -> None:  # type: ignore[no-untyped-def]
    from PySide6.QtWidgets import QApplication

    from ui.dialogs.import_file import ImportDialog
    from ui.dialogs.new_request import NewRequestDialog
    from ui.dialogs.palette import Palette

    line = window.pages["lines"].view.model.record(4)
    from console.services import lines

    found = []
    window.tasks.query(lambda w: lines.line(w, line.id), found.append)
    window.tasks.wait()
    dialogs = {
        "new-request": NewRequestDialog(window.desk, found[0], window),
        "import": ImportDialog(window.desk, line.client_id, window),
        "palette": Palette(window.desk, list(window._actions.values()), window),
    }
    for name, dialog in dialogs.items():
        dialog.open()
        if name == "import":
            dialog.read_file(Path("tests/samples/urad/cisla.xlsx").resolve())
        if name == "palette":
            dialog.field.setText("nova")
        for _turn in range(40):
            QApplication.processEvents()
            window.tasks.wait()
            import time

            time.sleep(0.01)
        dialog.grab().save(str(target / f"{name}.png"))
        dialog._is_running = False
        dialog.done(0)


def _grab(window, path: Path, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    import time

    from PySide6.QtWidgets import QApplication

    window.resize(*size)
    for _turn in range(15):
        QApplication.processEvents()
        time.sleep(0.01)
    window.grab().save(str(path))


if __name__ == "__main__":
    sys.exit(main())
