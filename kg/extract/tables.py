"""Loads the word tables in ``kg/extract/data``, checked against their types.

The tables are TOML so that they can be read and amended without reading code; msgspec refuses an unknown or
missing field of a wrong type, so a slip in a table is an error at import and not a rule that never fires.
"""

from __future__ import annotations

import importlib.resources
from typing import TypeVar

import msgspec

T = TypeVar("T")


def load_table(name: str, kind: type[T]) -> T:
    """The table ``data/{name}.toml`` as a record of this kind.

    Raises:
        msgspec.ValidationError: the table does not have the fields of ``kind``.
    """
    path = importlib.resources.files("kg") / "extract" / "data" / f"{name}.toml"
    return msgspec.toml.decode(path.read_bytes(), type=kind)
