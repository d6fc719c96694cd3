"""Klientela: without arguments the window, with arguments the command line."""

import sys


def main() -> int:
    """Start the window or run a command; return the exit code."""
    if len(sys.argv) > 1:
        from console import cli, memory

        memory.forbid_dumps()
        return cli.main(sys.argv[1:])
    from ui import app

    return app.main()


if __name__ == "__main__":
    sys.exit(main())
