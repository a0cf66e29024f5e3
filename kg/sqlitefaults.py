"""What to do about a fault of SQLite: a full disk is no reason to delete a file, nor damage one to try again."""

from __future__ import annotations

import sqlite3
from typing import Final

_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_PRIMARY: Final = 0xFF
"""The bits of a code that tell the kind: https://www.sqlite.org/rescode.html"""


def advice(error: Exception, *, if_damaged: str) -> str:
    """What a message on a database says after the fault.

    Args:
        if_damaged: what to do about a file that is damaged, or that another program or version wrote.
    """
    code = getattr(error, "sqlite_errorcode", None)  # None: raised by Python itself, or no error of SQLite
    if code is None or code & _PRIMARY in _DAMAGED:
        return if_damaged
    return "see to it that there is room and that it may be written, then do it again"
