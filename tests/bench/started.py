"""Windows of the program, started as ``main.py`` starts it: the keyring is asked before Qt.

python -m tests.bench.started MODE     one of the modes of ``tests.bench.windows``
"""

import gc
import sys

from console import early_key, settings

if __name__ == "__main__":
    gc.disable()
    key = early_key.ask(settings.workspace_folder())

    import ui  # noqa: F401
    from tests.bench import windows

    windows.OF_THE_PROGRAM[sys.argv[1]](key)
