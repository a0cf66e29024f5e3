"""What the tools do: each is one method, from checked words to a record."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.formats import shorten
from kg.index.naming import humanise
from server.assistant.asking import EVENTS, FACTS, PARTS, Graph, Refused, checked_iri, listed, proofs_query
from server.assistant.records import (
    Description,
    Fact,
    Found,
    Giving,
    Givings,
    Hit,
    Proof,
    Rows,
    Value,
    Vocabulary,
    VocabularyTerm,
)
from server.assistant.tabular import JSON_RESULTS, N_TRIPLES, TSV, Row, read_table, read_text, read_truth
from server.prefixes import declare
from server.syntax.forms import query_form

MOST_HITS: Final = 50
MOST_EVENTS: Final = 50
MOST_ROWS: Final = 1000
MOST_FACTS: Final = 400
"""Values of a description."""

PROOFS_EACH: Final = 20
ANSWER_BYTES: Final = 200_000
"""Bytes of a query's answer that are read: what an assistant can hold in mind, and more."""

_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_ROLES: Final = {"donor": "aid:donor", "recipient": "aid:recipient", "crisis": "aid:crisis"}
_NAMES: Final = ("schema:name", "schema:headline", "skos:prefLabel", "rdfs:label")
_CONCEPTS: Final = {"phase": "aid:phase", "category": "aid:item/aid:category/skos:broader?"}


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers what assistants ask of a graph. Every method raises :class:`Refused` with what to do instead."""

    graph: Graph
    prefixes: dict[str, str] = field(default_factory=dict)
    """Those that queries need not declare, once the server was asked for them; they do not change with the data."""

    async def search(self, words: str, kind: str, limit: int) -> Found:
        """Names, headlines, items, quotations and sentences that have these words."""
        hits: list[Hit] = []
        fields = {"q": words} | ({"kind": kind} if kind else {})
        document = await self.graph.get_json("/search.json", fields)
        while True:
            hits += [_hit(entry) for entry in document["hits"]]
            if len(hits) >= limit or not kind or not document["next"]:
                break
            document = await self.graph.get_json("/search.json", fields | {"page": str(document["page"] + 1)})
        return Found(document["shown"], document["total"], document["counts"], hits[:limit])

    async def list_events(self, names: Mapping[str, str], since: str, until: str, limit: int) -> Givings:
        """Aid events by who, to whom, what, how far, in which crisis and when, each with its proofs.

        Args:
            names: of ``donor``, ``recipient``, ``crisis``, ``phase``, ``category``; empty ones do not count.
            since, until: ``2020``, ``2020-03`` or ``2020-03-21``, both inclusive; empty is open.
        """
        understood: dict[str, str] = {}
        patterns: list[str] = []
        for role, name in names.items():
            if name and role in _ROLES:
                understood[role] = await self._thing(name)
                patterns.append(f"?event {_ROLES[role]} {checked_iri(understood[role])} .")
            elif name:
                understood[role] = await self._concept(role, name)
                patterns.append(f"?event {_CONCEPTS[role]} {checked_iri(understood[role])} .")
        patterns += _dated(since, until)
        rows = await self.graph.select(EVENTS % (" ".join(patterns), limit + 1))
        shown = rows[:limit]
        return Givings(understood, await self._givings(shown), is_complete=len(rows) == len(shown))

    async def _thing(self, name: str) -> str:
        """The IRI of whom a name means."""
        if ":" in name:
            return checked_iri(name)[1:-1]
        document = await self.graph.get_json("/search.json", {"q": name, "kind": "entity"})
        hits = document["hits"]
        exact = [hit for hit in hits if hit["label"].casefold() == name.strip().casefold()]
        if len(exact) == 1 or len(hits) == 1:
            return str((exact or hits)[0]["iri"])
        offered = "; ".join(f"{hit['label']} ({hit['kind']}) {hit['iri']}" for hit in (exact or hits)[:8])
        advice = f"Give the IRI of one of these: {offered}" if offered else "Search for it under another name."
        raise Refused(f"{name!r} is {'more than one thing' if offered else 'not known by that name'}. {advice}")

    async def _concept(self, scheme: str, name: str) -> str:
        """The IRI of the concept of a scheme that has this label or this last part of its IRI."""
        vocabulary = await self.vocabulary("")
        start = f"{scheme}:"
        known = {term.name.removeprefix(start): term.label for term in vocabulary.terms if term.name.startswith(start)}
        wanted = name.strip().casefold().replace("_", "-").removeprefix(start)
        for key, label in known.items():
            if wanted in (key, label.casefold()):
                return vocabulary.prefixes[scheme] + key
        raise Refused(f"{name!r} is no {scheme}; there are {', '.join(known)}.")

    async def _givings(self, rows: list[Row]) -> list[Giving]:
        if not rows:
            return []
        events = [row["event"] for row in rows]
        parts: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for row in await self.graph.select(PARTS % listed(events)):
            parts[row["event"], row["role"]].append(row["name"])
        proofs = await self._proofs(events)
        return [
            Giving(
                event, row["name"], row.get("day", ""), row["phase"], parts[event, "donor"], parts[event, "recipient"],
                parts[event, "item"], "; ".join(parts[event, "crisis"]), proofs[event],
            )
            for event, row in zip(events, rows, strict=True)
        ]  # fmt: skip

    async def _proofs(self, iris: Iterable[str]) -> defaultdict[str, list[Proof]]:
        wanted = list(iris)
        found: defaultdict[str, list[Proof]] = defaultdict(list)
        for row in await self.graph.select(proofs_query(wanted, PROOFS_EACH * len(wanted))):
            found[row["of"]].append(_proof(row))
        return found

    async def describe(self, iri: str) -> Description:
        """What the graph says of a thing, with the words that say so."""
        term = checked_iri(iri)
        rows = await self.graph.select(FACTS % (term, MOST_FACTS + 1))
        if not rows:
            raise Refused(f"The graph says nothing of {term}. Search for it: each hit has an IRI.")
        proofs = (await self._proofs([term]))[term[1:-1]]
        facts = _facts(rows[:MOST_FACTS])
        is_complete = len(rows) <= MOST_FACTS and len(proofs) < PROOFS_EACH
        return Description(term[1:-1], _name(facts), facts, proofs, is_complete)

    async def query(self, sparql: str, limit: int) -> Rows:
        """The answer to a SPARQL query, whose known prefixes need no declaration; at most ``limit`` rows or triples."""
        if not self.prefixes:
            self.prefixes.update((await self.vocabulary("")).prefixes)
        text = declare(sparql, self.prefixes)  # a declaration of its own comes later, and counts (SPARQL 1.1 §4.1.1)
        form = query_form(text)
        accept = {"SELECT": TSV, "ASK": JSON_RESULTS}.get(form, N_TRIPLES)
        answer = await self.graph.ask(text, accept, ANSWER_BYTES)
        if form == "SELECT":
            return read_table(answer.body, limit, is_cut=answer.is_cut)
        if form == "ASK":
            return Rows([], [], is_complete=True, text=str(read_truth(answer.body)).lower())
        return read_text(answer.body, limit, is_cut=answer.is_cut)

    async def vocabulary(self, words: str) -> Vocabulary:
        """Prefixes and terms; with ``words``, the terms whose name, label or definition has one of them."""
        document = await self.graph.get_json("/sparql/terms.json", {})
        wanted = words.casefold().split()
        terms = [VocabularyTerm(**term) for term in document["terms"]]
        chosen = [term for term in terms if not wanted or any(word in _text(term) for word in wanted)]
        return Vocabulary(document["prefixes"], chosen)


def _hit(entry: Mapping[str, object]) -> Hit:
    publishers = entry["publishers"]
    names = [str(name) for name in publishers] if isinstance(publishers, list) else []
    kind, iri, label, snippet, date = (str(entry[name] or "") for name in ("kind", "iri", "label", "snippet", "date"))
    return Hit(kind, iri, label, snippet, date, names)


def _proof(row: Row) -> Proof:
    headline, publisher, published, url, modality = (
        row.get(name, "") for name in ("headline", "publisher", "published", "url", "modality")
    )
    place = int(row["start"]), int(row["end"])
    return Proof(row["words"], headline, publisher, published, row["article"], url, *place, modality)


def _facts(rows: Iterable[Row]) -> list[Fact]:
    """Values by property, each once; a thing with labels in several languages has the first."""
    values: dict[str, dict[str, Value]] = {}
    for row in rows:
        value = Value(row["label"], row["value"]) if "label" in row else Value(row["value"])
        values.setdefault(row["property"], {}).setdefault(row["value"], value)
    return [Fact(shorten(iri), humanise(iri), list(found.values())) for iri, found in values.items()]


def _name(facts: Iterable[Fact]) -> str:
    named = {fact.property: fact.values[0].text for fact in facts}
    return next((named[name] for name in _NAMES if name in named), "")


def _dated(since: str, until: str) -> list[str]:
    """Patterns for events that can have begun within these days."""
    for date in filter(None, (since, until)):
        if _DATE.fullmatch(date) is None:
            raise Refused(f"{date!r} is no date; write 2020, 2020-03 or 2020-03-21.")
    # Dates of the same length sort as texts do (ISO 8601); a day of a shorter one begins with it.
    first = f'?event sem:hasLatestEndTimeStamp ?last . FILTER(STR(?last) >= "{since}")' if since else ""
    last = (
        f"?event sem:hasEarliestBeginTimeStamp ?first . FILTER(SUBSTR(STR(?first), 1, {len(until)}) <= \"{until}\")"
        if until else ""
    )  # fmt: skip
    return [pattern for pattern in (first, last) if pattern]


def _text(term: VocabularyTerm) -> str:
    return f"{term.name} {term.label} {term.definition}".casefold()
