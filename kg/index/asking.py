"""How the index asks the store: a SELECT without its first word, with our prefixes known."""

from __future__ import annotations

import pyoxigraph as ox

from kg.formats import PREFIXES


def select(store: ox.Store, query: str) -> ox.QuerySolutions:
    """The solutions of ``SELECT query`` over the default graph."""
    results = store.query(f"SELECT {query}", prefixes=dict(PREFIXES))
    assert isinstance(results, ox.QuerySolutions)
    return results


def number(store: ox.Store, query: str) -> int:
    """The one number that ``SELECT query`` answers."""
    (value,) = next(select(store, query))
    return whole(value)


def whole(term: object) -> int:
    """The whole number that a literal stands for, such as a count."""
    assert isinstance(term, ox.Literal)
    return int(term.value)


def is_here(store: object) -> bool:
    """Whether it is the embedded store; if not, rows come over a network, and counting is better left to the other."""
    return isinstance(store, ox.Store)
