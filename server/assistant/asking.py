"""The queries behind the tools, put together from values that were checked, and run like anybody's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from kg.formats import PREFIXES
from server.assistant.sources import Answer, Request, Source
from server.assistant.tabular import JSON_RESULTS, Row, read_solutions
from server.prefixes import declare

MOST_BYTES: Final = 4 << 20
"""Bytes that an answer to one of our own queries may have."""

_LEADING: Final = (
    "?said aid:reports ?of .", "BIND(?of AS ?said)",
    "?said aid:statedDonor|aid:statedRecipient|aid:statedImplementer|aid:statedItem|aid:crisis ?of .",
    "?said schema:spokenByCharacter|schema:observationAbout ?of .",
    "?said schema:appearance|schema:isPartOf|schema:subjectOf ?of .",
)  # fmt: skip
"""From a thing to what was said of it with evidence: of an event, a statement itself, an entity, an article."""

_PROOFS: Final = """
SELECT DISTINCT ?of ?words ?start ?end ?article ?headline ?published ?publisher ?url ?modality WHERE {
  %s
  ?said aid:evidence ?span .
  ?span oa:exact ?words ; oa:start ?start ; oa:end ?end ; prov:wasQuotedFrom ?article .
  OPTIONAL { ?said aid:modality/skos:prefLabel ?modality }
  OPTIONAL { ?article schema:headline ?headline }
  OPTIONAL { ?article schema:datePublished ?published }
  OPTIONAL { ?article schema:publisher/schema:name ?publisher }
  OPTIONAL { ?article schema:url ?url }
} ORDER BY STR(?article) ?start LIMIT %d"""

FACTS: Final = """
SELECT ?property ?value ?label WHERE {
  %s ?property ?value .
  OPTIONAL { ?value schema:name|skos:prefLabel|schema:headline|rdfs:label|oa:exact ?label }
} ORDER BY STR(?property) STR(?value) LIMIT %d"""

EVENTS: Final = """
SELECT DISTINCT ?event ?name ?day ?phase WHERE {
  ?event a aid:AidEvent ; schema:name ?name ; aid:phase/skos:prefLabel ?phase .
  %s
  OPTIONAL { ?event schema:startDate ?day }
} ORDER BY DESC(STR(COALESCE(?day, ""))) STR(?event) LIMIT %d"""

PARTS: Final = """
SELECT ?event ?role ?name WHERE {
  VALUES ?event { %s }
  VALUES (?property ?role) { (aid:donor "donor") (aid:recipient "recipient") (aid:item "item") (aid:crisis "crisis") }
  ?event ?property ?part . ?part schema:name ?name .
} ORDER BY STR(?event) ?role STR(?name)"""


class Refused(Exception):
    """What was asked cannot be answered; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Graph:
    """The graph, asked through a source."""

    source: Source

    async def get_json(self, path: str, fields: Mapping[str, str]) -> Any:
        """A JSON document of the server.

        Raises:
            Refused: the server says why not.
        """
        answer = await self.source.ask(Request(path, fields, "application/json", MOST_BYTES))
        return json.loads(_good(answer).body)

    async def select(self, query: str) -> list[Row]:
        """The solutions of one of our own queries, whose prefixes are declared here."""
        answer = await self.ask(declare(query, PREFIXES), JSON_RESULTS, MOST_BYTES)
        return read_solutions(answer.body)

    async def ask(self, query: str, accept: str, most: int) -> Answer:
        """The answer to a query.

        Raises:
            Refused: the server says why not: a fault in it, a limit, or too many queries.
        """
        return _good(await self.source.ask(Request("/sparql", {"query": query}, accept, most, by_post=True)))


def _good(answer: Answer) -> Answer:
    if answer.status == 200:
        return answer
    raise Refused(_reason(answer))


def _reason(answer: Answer) -> str:
    """Problem details (RFC 9457) in one line, or what else came."""
    try:
        problem = json.loads(answer.body)
        return str(problem.get("detail") or problem.get("title"))
    except (json.JSONDecodeError, AttributeError):
        return f"The server answered with status {answer.status}."


def checked_iri(text: str) -> str:
    """An IRI as a query has it, in angle brackets.

    Raises:
        Refused: it is none.
    """
    try:
        return str(ox.NamedNode(text.strip().removeprefix("<").removesuffix(">")))
    except ValueError as error:
        raise Refused(f"{text!r} is no IRI. Search first: each hit has one.") from error


def proofs_query(iris: Iterable[str], most: int) -> str:
    """Who says what of these things, in which words."""
    things = listed(iris)
    branches = " UNION ".join(f"{{ VALUES ?of {{ {things} }} {leading} }}" for leading in _LEADING)
    return _PROOFS % (branches, most)


def listed(iris: Iterable[str]) -> str:
    """IRIs for VALUES."""
    return " ".join(checked_iri(iri) for iri in iris)
