"""The offices that a person holds and those that an article tells, found step by step.

As queries these are joins that the engine begins with all offices of the graph, whatever the order of their lines and
whether they are conditions or filters.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from server.views.reader import term

_DEFAULT = ox.DefaultGraph()


def offices_told(store: ox.Store, article: ox.NamedNode) -> list[ox.NamedNode]:
    """Offices that are proven by words of the article, or held by somebody it names and told as a part of it."""
    found = {role for role in (*_proven(store, article), *_of_named(store, article)) if _is_office(store, role)}
    return sorted(found, key=str)


def offices_held(store: ox.Store, person: ox.NamedNode) -> list[ox.NamedNode]:
    """Offices that a person holds; none for what is no person."""
    found = {role for role in _objects(store, person, "schema:affiliation") if _is_office(store, role)}
    return sorted(found, key=str)


def _proven(store: ox.Store, article: ox.NamedNode) -> Iterator[ox.NamedNode]:
    for span in _subjects(store, "prov:wasQuotedFrom", article):
        yield from _subjects(store, "aid:evidence", span)


def _of_named(store: ox.Store, article: ox.NamedNode) -> Iterator[ox.NamedNode]:
    part = f"{article.value}#"
    for name in ("schema:mentions", "schema:about"):
        for person in _objects(store, article, name):
            yield from (role for role in _objects(store, person, "schema:affiliation") if role.value.startswith(part))


def _is_office(store: ox.Store, role: ox.NamedNode) -> bool:
    return ox.Quad(role, term("rdf:type"), term("schema:OrganizationRole"), _DEFAULT) in store


def holders_of(store: ox.Store, role: ox.NamedNode) -> list[ox.NamedNode]:
    """Who holds an office."""
    return sorted(_subjects(store, "schema:affiliation", role), key=str)


def _subjects(store: ox.Store, name: str, value: ox.NamedNode) -> Iterator[ox.NamedNode]:
    quads = store.quads_for_pattern(None, term(name), value, _DEFAULT)
    return (quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode))


def _objects(store: ox.Store, subject: ox.NamedNode, name: str) -> Iterator[ox.NamedNode]:
    quads = store.quads_for_pattern(subject, term(name), None, _DEFAULT)
    return (quad.object for quad in quads if isinstance(quad.object, ox.NamedNode))
