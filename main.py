"""Klientela: without arguments the window, with arguments the command line."""

import gc
import sys


def main() -> int:
    """Start the window or run a command; return the exit code."""
    from console import early_key

    if len(sys.argv) == 1:
        gc.disable()  # ``ui.garbage`` collects
        from console import settings

        key = early_key.ask(settings.workspace_folder())
        from ui import app

        return app.main(key)
    if sys.argv[1] == early_key.WORD:
        return early_key.answer(sys.argv[-1])
    from console import cli, memory

    memory.forbid_dumps()
    return cli.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
