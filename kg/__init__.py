"""Aid news articles to RDF: read, extract, link, merge, write, validate, store, dump.

The path of one article is in :mod:`kg.pipeline`; every stage takes and returns the frozen
records of :mod:`kg.records`. This package never imports :mod:`server`.

For work in Python, ``from kg import open_graph`` (:mod:`kg.analysis`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.analysis import open_graph as open_graph

__all__ = ["open_graph"]


def __getattr__(name: str) -> object:
    """``open_graph`` when it is first asked for (PEP 562): pandas is optional, and no command waits for it."""
    if name in __all__:
        try:
            return getattr(import_module("kg.analysis"), name)
        except ModuleNotFoundError as error:
            if error.name != "pandas":
                raise
            raise ModuleNotFoundError("pandas is missing; install it with `pip install 'aidgraph[pandas]'`") from error
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
