"""The program's window: starts Qt, paints first, and does the rest behind it."""

import gc
import sys
from typing import Final

from PySide6.QtWidgets import QApplication

from console import settings, texts
from console.early_key import EarlyKey
from ui import theme
from ui.main_window import MainWindow

_STYLE: Final = "fusion"


def main(key: EarlyKey | None = None) -> int:
    """Open the window and stay until it is closed; return the exit code."""
    application, window = open_window(sys.argv, key)
    window.first_painted.connect(_watch)
    return application.exec()


def _watch() -> None:
    """Start the log, write down what nobody caught, and let no crash write the memory.

    What was imported stays for good, and need not be looked through for cycles again.
    """
    from console import logs, memory
    from ui import problems

    logs.start()
    problems.install()
    memory.forbid_dumps()
    gc.freeze()


def open_window(
    arguments: list[str], key: EarlyKey | None = None
) -> tuple[QApplication, MainWindow]:
    """Show the frame at once, in its colours; what it holds is made behind its first painting.

    Args:
        arguments: of the program.
        key: what the keyring was asked already, if it was.
    """
    application = QApplication([*arguments, "-style", _STYLE])
    application.setApplicationName("Klientela")
    known = settings.load()
    asked = theme.system_theme()
    theme.apply_palette(application, known.theme or asked)
    window = MainWindow(settings.workspace_folder(), key)
    window.first_painted.connect(lambda: dress(application, known.theme or asked, known.language))
    window.first_painted.connect(window.fill)
    window.show()
    return application, window


def dress(application: QApplication, theme_name: str, language: str) -> None:
    """Set language, font and theme.

    Args:
        application: the one of this process.
        theme_name: ``light`` or ``dark``.
        language: ``cs``, ``en`` or empty for the system's.
    """
    texts.use_language(language or texts.system_language())
    _translate_qt(application)
    theme.use_font()
    theme.apply(application, theme_name)


def _translate_qt(application: QApplication) -> None:
    """Take the words of Qt's own buttons from Qt's catalogue."""
    from PySide6.QtCore import QLibraryInfo, QTranslator

    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(f"qtbase_{texts.language()}", folder):
        application.installTranslator(translator)
