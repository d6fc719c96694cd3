"""The window. Talks to console.services, never to storage.

Qt's binding puts its own ``__import__`` in the place of Python's, and reads the source of every
module that is imported behind it, in search of features that the program does not use. Python's
own is put back.
"""

import builtins

_plain_import = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401

builtins.__import__ = _plain_import
