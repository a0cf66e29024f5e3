"""SPARQL functions of our own, for what the engine has none: one table, which the workers hand to it.

A function is called by its IRI, gets RDF terms and returns a literal, or None where it has no value (an error of the
expression, as SPARQL 1.1 §17.2 has it). What it reads lies in the folder of the store's generation, so that it is
always of the same version as the graph.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from functools import partial
from pathlib import Path

from kg.search.functions import TextFunctions, index_of


def functions_for(folder: Path) -> TextFunctions:
    """The functions of one worker; called once, after the worker was forked and before its first query.

    A worker that reads a copy in memory holds nothing else of its generation. So the folder is kept from here on,
    until the worker ends: a query that lasts may call its first function when two newer versions are there.

    Args:
        folder: that of the generation, ``DATA/stores/VERSION``. Nothing in it is opened before the first call.
    """
    with contextlib.suppress(OSError):  # it is gone already: the first call says so
        fcntl.flock(os.open(folder / "readers", os.O_RDONLY), fcntl.LOCK_SH)
    return TextFunctions(partial(index_of, folder))
