"""SPARQL functions of our own, for what the engine has none: one table, which the workers hand to it.

A function is called by its IRI, gets RDF terms and returns a literal, or None where it has no value (an error of the
expression, as SPARQL 1.1 §17.2 has it). What it reads lies in the folder of the store's generation, so that it is
always of the same version as the graph.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pyoxigraph as ox

Functions = dict[ox.NamedNode, Callable[..., ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None]]
"""Functions by their IRIs, as the engine takes them; one that raises has no value either."""


def functions_for(folder: Path) -> Mapping[ox.NamedNode, Callable[..., ox.Literal | None]]:
    """The functions of one worker by their IRIs; called once, after the worker was forked and before its first query.

    Args:
        folder: that of the generation, ``DATA/stores/VERSION``. Nothing in it need be opened before the first call.
    """
    return {}
