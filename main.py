"""Klientela: without arguments the window, with arguments the command line."""

import sys


def main() -> int:
    """Start the window or run a command; return the exit code."""
    _forbid_core_dumps()
    if len(sys.argv) > 1:
        from console import cli

        return cli.main(sys.argv[1:])
    from ui import app

    return app.main()


def _forbid_core_dumps() -> None:
    """Let no crash write the memory, which holds keys and personal data, to the disk."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
