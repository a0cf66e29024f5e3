"""The site for people: one route a page, each fills one dataclass and renders one template.

The forms in which a page's data can be had are offered as links, for people and for programs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, request

from kg.description.names import SENTENCE
from server.addresses import ENTITY_KINDS, kind_of
from server.assets import assets
from server.atlas.memory import small_map
from server.description import LICENCE, TITLE
from server.media import FORM_TYPES
from server.ontologies import ONTOLOGY, Version, current_version, version_at, versions
from server.openapi.document import MEDIA_TYPE as OPENAPI
from server.paging import existing, page_number
from server.reading import reader, reader_of
from server.rendering import Page, render, taste
from server.resources import FORMS, known_node
from server.site import counts, index, modified, remember_lists, site, snapshot
from server.structured import structured_home, structured_resource
from server.views.article import read_article
from server.views.editions import Edition
from server.views.entity import read_entity
from server.views.event import read_event
from server.views.home import read_home
from server.views.ontology import OntologyPage, read_ontology
from server.views.page import Alternate, Head
from server.views.reader import term
from server.views.summary import summarise
from server.views.uses import Uses, count_uses
from server.views.vocabulary import read_concept, read_term_page
from server.views.worked import Worked, work_out

pages = Blueprint("pages", __name__)

KEPT_PAGES: Final = 16
"""Pages of the ontology that a process keeps: one for each version and each list of languages that readers prefer."""

_FOR_PROGRAMS = (
    f'</openapi.json>; rel="service-desc"; type="{OPENAPI}"',
    '</healthz>; rel="status"; type="application/json"',
)
"""Where a program that is given the start page goes on (RFC 8631)."""

_LABELS = {
    "ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples", "rdf": "RDF/XML", "trig": "TriG", "nq": "N-Quads",
    "csv": "CSV",
}  # fmt: skip


@pages.get("/")
def home() -> Response:
    """The home page."""
    void = Alternate("/.well-known/void", "text/turtle", "Description of the dataset (VoID)")
    structured = structured_home(request.url_root, LICENCE)
    head = Head(TITLE, SENTENCE, alternates=(void,), structured=structured, canonical="/", scripts=("ui/drawing.js",))
    response = render("home.html", read_home(reader(), counts(), worked(), modified(), small_map(), head))
    response.headers.extend([("Link", link) for link in _FOR_PROGRAMS])
    return response


@pages.get("/page/<path:resource>")
def page(resource: str) -> Response:
    """The page of a resource."""
    if version := version_at(resource):
        return render("ontology.html", _version(version))
    node = known_node(resource)
    template, fill = _PAGES.get(_kind_of_page(resource, node), ("entity.html", _entity))
    return render(template, fill(node, _head(resource, node)))


def _kind_of_page(resource: str, node: ox.NamedNode) -> str:
    """Which page shows it: its path says so; where the path is not as ours are, its class."""
    kind = "term" if resource.startswith("ontology/") else kind_of(resource)
    if kind in _PAGES or kind in ENTITY_KINDS:
        return kind
    classes = reader().nodes(node, "rdf:type")
    return next((shown for name, shown in _CLASSES.items() if term(name) in classes), kind)


def _head(resource: str, node: ox.NamedNode) -> Head:
    place, kind = quote(resource), kind_of(resource)
    alternates = tuple(Alternate(f"/data/{place}.{name}", FORM_TYPES[name], _LABELS[name]) for name in FORMS)
    return Head(
        title=reader().link(node).label,
        description=summarise(reader(), kind, node),
        iri=node.value,
        alternates=alternates,
        structured=structured_resource(reader(), kind, node, request.url_root),
        canonical=f"/page/{place}",
    )


def _event(node: ox.NamedNode, head: Head) -> Page:
    return read_event(reader(), node, head)


def _article(node: ox.NamedNode, head: Head) -> Page:
    return read_article(reader(), node, head, site().settings.data)


def _entity(node: ox.NamedNode, head: Head) -> Page:
    filled = read_entity(reader(), node, page_number("incoming") if "incoming" in request.args else None, head)
    existing(filled.pager)
    return filled


def _ontology(node: ox.NamedNode, head: Head) -> Page:
    return _remembered("served", head, lambda: read_ontology(reader(), node, head, _edition(current_version()), uses()))


def _remembered(name: str, head: Head, make: Callable[[], OntologyPage]) -> OntologyPage:
    """A page that takes a tenth of a second to put together, and changes with the data and languages only."""
    kept: dict[tuple[str, ...], OntologyPage] = site().dataset.remember(snapshot(), "ontology", lambda _: {})
    key = (name, *taste().languages)
    page = kept.get(key)
    if page is None:
        if len(kept) >= KEPT_PAGES:
            kept.clear()
        page = kept[key] = make()
    return replace(page, head=head)


def _version(version: Version) -> Page:
    """A version of the ontology, read from its file: the data may have moved on."""
    place = f"ontology/{version.number}"
    alternates = tuple(Alternate(f"/data/{place}.{name}", FORM_TYPES[name], _LABELS[name]) for name in FORMS)
    title = f"Aid event ontology, version {version.number}"
    head = Head(title, iri=version.node.value, alternates=alternates, canonical=f"/page/{place}")
    edition = _edition(version)
    return _remembered(
        version.number, head, lambda: read_ontology(reader_of(version.store), ONTOLOGY, head, edition, None)
    )


def _edition(version: Version) -> Edition:
    return Edition(version.number, tuple(versions()), version.prefixes)


def _term(node: ox.NamedNode, head: Head) -> Page:
    return read_term_page(reader(), uses(), node, head)


def _concept(node: ox.NamedNode, head: Head) -> Page:
    filled = read_concept(reader(), uses(), node, page_number("incoming"), head)
    existing(filled.pager)
    return filled


_CLASSES = {"aid:AidEvent": "event", "schema:NewsArticle": "article"}
_PAGES: dict[str, tuple[str, Callable[[ox.NamedNode, Head], Page]]] = {
    "event": ("event.html", _event),
    "article": ("article.html", _article),
    "ontology": ("ontology.html", _ontology),
    "term": ("term.html", _term),
    "scheme": ("concept.html", _concept),
}


def worked() -> tuple[Worked, ...]:
    """The questions of the home page with their answers."""

    return remember_lists("worked", lambda: work_out(index(), snapshot().store, site().addresses.base))


def uses() -> Uses:
    """How often each term of the vocabulary is used."""
    return site().dataset.remember(snapshot(), "uses", lambda current: count_uses(current.store))


@pages.get("/favicon.ico")
def favicon() -> Response:
    """Where browsers look for an icon that a page does not name."""
    return Response(None, 301, {"Location": assets().address("icon.svg") or "/"})
