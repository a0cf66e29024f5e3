"""The fixed queries behind pages and data, one ``.rq`` file each, run with values and never with pasted text.

The files leave out the prefixes, which are :data:`kg.formats.PREFIXES`. pyoxigraph 0.5.13 takes a value only
for a variable that the SELECT names, and puts it in at the outermost level: so every file selects what it is
given, and none has it in a subquery. None sorts by values of mixed kinds, which aborts the engine: all
ORDER BY keys are strings or offsets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

import pyoxigraph as ox

from kg.formats import PREFIXES

Row = ox.QuerySolution
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@cache
def query_text(name: str) -> str:
    """The text of ``rq/NAME.rq``."""
    return resources.files("server").joinpath("rq", f"{name}.rq").read_text(encoding="utf-8")


def select(
    store: ox.Store, name: str, given: Mapping[str, ox.NamedNode | ox.Literal] | None = None, *,
    limit: int | None = None, offset: int = 0,
) -> Iterator[Row]:  # fmt: skip
    """The solutions of ``rq/NAME.rq`` with the variables ``given``.

    Args:
        limit: at most so many rows, after the first ``offset``.
    """
    text = query_text(name) + (f"LIMIT {limit:d} OFFSET {offset:d}" if limit is not None else "")
    values: dict[ox.Variable, Term] = {ox.Variable(variable): value for variable, value in (given or {}).items()}
    results = store.query(text, prefixes=dict(PREFIXES), substitutions=values)
    if not isinstance(results, ox.QuerySolutions):
        raise TypeError(f"rq/{name}.rq is not a SELECT query")
    return results


def about(
    store: ox.Store, name: str, this: ox.NamedNode, *, limit: int | None = None, offset: int = 0
) -> Iterator[Row]:
    """The solutions of a query about one thing, ``?this``."""
    return select(store, name, {"this": this}, limit=limit, offset=offset)


def values_of(store: ox.Store, node: ox.NamedNode, property_iri: ox.NamedNode) -> list[Term]:
    """The objects of one property of ``node``, in a fixed order."""
    quads = store.quads_for_pattern(node, property_iri, None, ox.DefaultGraph())
    return sorted((quad.object for quad in quads), key=str)


def facts_of(store: ox.Store, node: ox.NamedNode) -> list[tuple[ox.NamedNode, Term]]:
    """All properties of ``node`` with their objects, in a fixed order."""
    quads = store.quads_for_pattern(node, None, None, ox.DefaultGraph())
    return sorted(((quad.predicate, quad.object) for quad in quads), key=lambda fact: (str(fact[0]), str(fact[1])))


def knows(store: ox.Store, iri: ox.NamedNode) -> bool:
    """Whether the graph says anything of ``iri``."""
    return next(store.quads_for_pattern(iri, None, None, ox.DefaultGraph()), None) is not None
