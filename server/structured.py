"""The schema.org description embedded in each page, read from the graph.

Only schema.org's own types and properties are used, each where schema.org allows it, with values of the types that
it expects. Search engines ask more of some types: an Event needs a day and a place with an address, since it is shown
to people who may want to go there (https://developers.google.com/search/docs/appearance/structured-data/event). Of
most givings no article tells a place, and the recipient's country is not where a pledge was made. So what has no full
day and place is described as what it truly is: a page about an aid event, with the things that the event is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

import pyoxigraph as ox

from server.addresses import kind_of
from server.schemaorg import Thing, named, thing
from server.views.reader import Link, Reader

_TYPES: Final = {
    "article": "NewsArticle", "country": "Country", "place": "Place", "person": "Person",
    "organization": "Organization",
}  # fmt: skip
"""By the kind of an address. What an aid event or a crisis is, schema.org has no word for: a Thing."""

_FULL_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WEB: Final = ("http://", "https://")


def structured_home(root: str, licence: str) -> Thing:
    """The dataset and where to get it."""
    from_here = f"{root}dumps/aidgraph.ttl.gz"
    download = {"@type": "DataDownload", "contentUrl": from_here, "encodingFormat": "application/gzip"}
    return {
        "@type": "Dataset",
        "name": "aidgraph",
        "description": "Who gave what help to whom, as news articles told it, with the words that prove each fact.",
        "url": root,
        "license": licence,
        "isAccessibleForFree": True,
        "distribution": [download],
    }


def structured_resource(reader: Reader, kind: str, node: ox.NamedNode, root: str) -> Thing:
    """The description of whatever a page shows, by the kind of its address.

    Args:
        root: the address of this server, with a slash at its end.
    """
    teller = _Teller(reader, root)
    match kind:
        case "article":
            return teller.article(node)
        case "event":
            return teller.happening(node) or teller.page_about(node)
        case "crisis":
            return teller.happening(node) or teller.entity(node, "Thing")
        case "scheme" | "ontology":
            return teller.term(node)
        case _:
            return teller.entity(node, _TYPES.get(kind, "Thing"))


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells one page's thing with what it points to."""

    reader: Reader
    root: str

    def article(self, node: ox.NamedNode) -> Thing:
        """The article, at the address of its publisher where that is known."""
        reader, link = self.reader, self.reader.link(node)
        licence, original = reader.node(node, "schema:license"), reader.node(node, "schema:url")
        publisher = reader.node(node, "schema:publisher")
        return thing(link, "NewsArticle") | {
            "headline": link.label,
            "url": original.value if original else self._page(link),
            "mainEntityOfPage": self._page(link),
            "datePublished": reader.text(node, "schema:datePublished"),
            "dateline": reader.text(node, "schema:dateline"),
            "inLanguage": reader.text(node, "schema:inLanguage"),
            "publisher": self._reference(publisher) if publisher else None,
            "author": self._references(node, "schema:author"),
            "license": licence.value if licence else None,
            "about": self._references(node, "schema:about"),
            "mentions": self._references(node, "schema:mentions"),
        }

    def happening(self, node: ox.NamedNode) -> Thing | None:
        """What happened on a day at a place, as an Event; None if either is not known well enough."""
        day = self.reader.text(node, "schema:startDate") or ""
        places = [place for one in self.reader.nodes(node, "schema:location") if (place := self._place(one))]
        if not places or not _FULL_DAY.fullmatch(day):
            return None
        return self.entity(node, "Event") | {
            "startDate": day,
            "location": places,
            "about": self._about(node),
            "subjectOf": self._references(node, "schema:subjectOf"),
        }

    def page_about(self, node: ox.NamedNode) -> Thing:
        """The page itself, about an aid event without a day or place."""
        link = self.reader.link(node)
        return named(link.label, "WebPage") | {
            "@id": self._page(link),
            "url": self._page(link),
            "mainEntity": thing(link),
            "about": self._about(node),
            "temporalCoverage": self.reader.text(node, "schema:startDate"),
            "spatialCoverage": self._references(node, "schema:location"),
            "isBasedOn": self._references(node, "schema:subjectOf"),
        }

    def entity(self, node: ox.NamedNode, kind: str) -> Thing:
        """Whatever has names."""
        reader = self.reader
        return thing(reader.link(node), kind) | {
            "alternateName": [literal.value for literal in reader.literals(node, "schema:alternateName")],
            "sameAs": [same.value for same in reader.nodes(node, "schema:sameAs") if same.value.startswith(_WEB)],
        }

    def term(self, node: ox.NamedNode) -> Thing:
        """A concept or a term of the ontology, or a whole scheme or ontology."""
        reader = self.reader
        within = reader.link_to(node, "skos:inScheme")
        if within is None and "#" in node.value:
            within = reader.link(ox.NamedNode(node.value.partition("#")[0]))
        words = (reader.text(node, name) for name in ("skos:definition", "dcterms:description", "rdfs:comment"))
        described: Thing = {"description": next(filter(None, words), None)}
        if within is None:
            return thing(reader.link(node), "DefinedTermSet") | described
        described |= {"inDefinedTermSet": thing(within, "DefinedTermSet")}
        return thing(reader.link(node), "DefinedTerm") | described

    def _about(self, node: ox.NamedNode) -> list[Thing]:
        names = ("aid:donor", "aid:recipient", "aid:implementer", "aid:crisis")
        found = {one["@id"]: one for name in names for one in self._references(node, name)}
        return list(found.values())

    def _place(self, node: ox.NamedNode) -> Thing | None:
        """A place with the country in its address; None if that is not known."""
        is_country = self._kind(node) == "country"
        country = self.reader.link(node) if is_country else self.reader.link_to(node, "schema:containedInPlace")
        if country is None:
            return None
        return self._reference(node) | {"address": {"@type": "PostalAddress", "addressCountry": country.label}}

    def _references(self, node: ox.NamedNode, name: str) -> list[Thing]:
        return [self._reference(ox.NamedNode(link.iri)) for link in self.reader.links(node, name) if link.iri]

    def _reference(self, node: ox.NamedNode) -> Thing:
        """Another thing by name, IRI and page."""
        link, kind = self.reader.link(node), _TYPES.get(self._kind(node), "Thing")
        more: Thing = {"headline": link.label} if kind == "NewsArticle" else {}
        return thing(link, kind) | more | ({"url": self._page(link)} if link.href else {})

    def _kind(self, node: ox.NamedNode) -> str:
        resource = self.reader.addresses.resource_of(node.value)
        return kind_of(resource) if resource and "#" not in node.value else ""

    def _page(self, link: Link) -> str:
        return urljoin(self.root, link.href or "")
