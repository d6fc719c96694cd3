"""The program's window: starts Qt, paints first, and does the rest behind it."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from console import paths, settings, texts
from ui import problems, theme

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_STYLE: Final = "fusion"


def main() -> int:
    """Open the window and stay until it is closed; return the exit code."""
    from console import logs

    logs.start()
    problems.install()
    application, _window = open_window(sys.argv)
    return application.exec()


def open_window(arguments: list[str]) -> "tuple[QApplication, MainWindow]":
    """Show the window; what is slow starts behind its first painting."""
    application = make_application(arguments)
    from ui.main_window import MainWindow

    window = MainWindow(workspace_folder())
    window.show()
    return application, window


def make_application(arguments: list[str]) -> QApplication:
    """Return the application with language, font and theme set."""
    known = settings.load()
    texts.use_language(known.language or texts.system_language())
    application = QApplication(arguments)
    application.setApplicationName("Klientela")
    if application.style().name() != _STYLE:
        application.setStyle(_STYLE)
    _translate_qt(application)
    theme.use_font()
    theme.apply(application, known.theme or theme.system_theme())
    return application


def _translate_qt(application: QApplication) -> None:
    """Take the words of Qt's own buttons from Qt's catalogue."""
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{texts.language()}", folder):
        application.installTranslator(translator)


def workspace_folder() -> Path:
    """Return the workspace to open: of the environment, the last one, or the usual one."""
    named = os.environ.get("KLIENTELA_WORKSPACE") or settings.load().workspace
    return Path(named) if named else paths.default_workspace()
