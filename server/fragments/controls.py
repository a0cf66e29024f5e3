"""The metadata and hypermedia controls of a fragment's page, in VoID and Hydra, without blank nodes.

They say of which dataset the page is a part, how many triples fit the pattern, where the page before and behind it is,
and by which template all other fragments are found: all that a client has to know is one address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.formats import GRAPH_FORMATS
from server.description import TITLE
from server.fragments.pattern import PARTS, Pattern
from server.fragments.shelf import SIZE, Total
from server.serialize import described, used_prefixes


@dataclass(frozen=True, slots=True)
class Asked:
    """A page of a fragment as it was asked for.

    ``root`` is the server's address with a slash at its end, ``dataset`` the IRI that ``/.well-known/void`` describes,
    ``page`` the address of the page as the client wrote it: clients look for the controls of that very IRI. ``form`` is
    what ``?format=`` asked for, or nothing.
    """

    root: str
    dataset: ox.NamedNode
    pattern: Pattern
    number: int
    page: str
    form: str = ""

    def address_of(self, number: int) -> ox.NamedNode:
        """The address of another page of the same fragment."""
        more = {"format": self.form} if self.form else {}
        return ox.NamedNode(self.pattern.address(self.root, page=str(number), **more))


def describe_page(asked: Asked, total: Total, *, has_next: bool) -> Iterator[ox.Triple]:
    """The metadata of a page.

    Its order matters to Comunica, which takes the last ``void:subset`` with the page as its object for the fragment.
    """
    dataset = asked.dataset
    fragment, page = ox.NamedNode(asked.pattern.address(asked.root)), ox.NamedNode(asked.page)
    yield _triple(metadata_graph(asked), "foaf:primaryTopic", fragment)
    yield _triple(dataset, "rdf:type", described("void:Dataset"))
    yield _triple(dataset, "rdf:type", described("hydra:Collection"))
    yield _triple(dataset, "void:subset", fragment)
    yield from _search_form(dataset, f"{asked.root}fragments")
    yield _triple(fragment, "rdf:type", described("hydra:Collection"))
    yield _triple(fragment, "void:subset", page)
    yield _triple(page, "rdf:type", described("hydra:PartialCollectionView"))
    title = f"{TITLE}: triples of the pattern {asked.pattern.sparql}"
    yield _triple(page, "dcterms:title", ox.Literal(title, language="en"))
    yield _triple(page, "dcterms:source", dataset)
    yield _triple(page, "hydra:totalItems", ox.Literal(total.number))
    yield _triple(page, "void:triples", ox.Literal(total.number))
    yield _triple(page, "hydra:itemsPerPage", ox.Literal(SIZE))
    yield _triple(page, "hydra:first", asked.address_of(1))
    if asked.number > 1:
        yield _triple(page, "hydra:previous", asked.address_of(asked.number - 1))
    if has_next:
        yield _triple(page, "hydra:next", asked.address_of(asked.number + 1))


def _search_form(dataset: ox.NamedNode, start: str) -> Iterator[ox.Triple]:
    """How the addresses of all fragments are made."""
    search = ox.NamedNode(f"{start}#search")
    yield _triple(dataset, "hydra:search", search)
    yield _triple(search, "hydra:template", ox.Literal(f"{start}{{?{','.join(PARTS)}}}"))
    yield _triple(search, "hydra:variableRepresentation", described("hydra:ExplicitRepresentation"))
    mappings = {name: ox.NamedNode(f"{start}#{name}") for name in PARTS}
    yield from (_triple(search, "hydra:mapping", mapping) for mapping in mappings.values())
    for name, mapping in mappings.items():
        yield _triple(mapping, "hydra:variable", ox.Literal(name))
        yield _triple(mapping, "hydra:property", described(f"rdf:{name}"))


def _triple(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, described(predicate), value)


def metadata_graph(asked: Asked) -> ox.NamedNode:
    """The graph that holds the metadata, so that no client takes them for triples of the pattern."""
    return ox.NamedNode(f"{asked.page}#metadata")


def serialize_page(asked: Asked, triples: Iterable[ox.Triple], metadata: Iterable[ox.Triple], name: str) -> bytes:
    """A page with its metadata: in a graph of their own, or behind the triples where the form has no graphs.

    Args:
        name: a key of :data:`kg.formats.GRAPH_FORMATS`.
    """
    form = GRAPH_FORMATS[name]
    graph = metadata_graph(asked) if form.supports_datasets else ox.DefaultGraph()
    content = [ox.Quad(one.subject, one.predicate, one.object) for one in triples]
    content += [ox.Quad(one.subject, one.predicate, one.object, graph) for one in metadata]
    return ox.serialize(content, format=form, prefixes=used_prefixes(content)) or b""
