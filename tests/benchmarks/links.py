"""How good the links to other datasets are: ``python tests/benchmarks/links.py GOLD DUMP [GOLD DUMP …]``.

GOLD is a folder of gold annotations (``NAME.json``), DUMP the N-Quads of a build of its articles. Asked is every gold
entity with a Wikidata identifier. It is *found* if the article mentions an entity of one of its names or of its
identifier. Right is a link to its identifier; wrong is any other link of an entity found by name, unless it leads to
another gold entity of the article (Moscow is a name of Russia, and of itself). Precision is of the links, recall of all
that is asked. The program knows nothing of the gold; neither is anything of it in its tables.

Besides that it checks that the identifiers of each country belong together: those of Wikidata, GeoNames and the EU's
table are of one ISO 3166-1 code.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.link.sources import target_of
from kg.link.states import countries

TYPES: Final = ("country", "place", "organization", "person", "crisis")
_MENTIONED: Final = """
PREFIX schema: <http://schema.org/>
SELECT DISTINCT ?id ?entity ?name ?same WHERE {
  ?article schema:identifier ?id ; schema:mentions|schema:about ?entity .
  ?entity schema:name|schema:alternateName ?name . OPTIONAL { ?entity schema:sameAs ?same } }"""


@dataclass(slots=True)
class Tally:
    """Gold entities of one type, what became of them, and the wrong links in words."""

    asked: int = 0
    found: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of the links; 1 where there are none."""
        links = self.right + len(self.wrong)
        return self.right / links if links else 1.0

    @property
    def recall(self) -> float:
        """Of all that is asked, found or not."""
        return self.right / self.asked if self.asked else 1.0

    def add(self, other: Tally) -> None:
        self.asked, self.found, self.right = (
            self.asked + other.asked, self.found + other.found, self.right + other.right,
        )  # fmt: skip
        self.wrong += other.wrong


@dataclass(slots=True)
class Mentioned:
    """An entity that an article mentions: its names and where its links lead to."""

    names: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)

    @property
    def qids(self) -> set[str]:
        """The Wikidata identifiers."""
        return {iri.rpartition("/")[2] for iri in self.links if is_wikidata(iri)}


def is_wikidata(iri: str) -> bool:
    """Whether a link leads to Wikidata."""
    target = target_of(iri)
    return target is not None and target.name == "wikidata"


def load(dump: Path) -> ox.Store:
    """The default graph of a dump of N-Quads, perhaps compressed."""
    store = ox.Store()
    with gzip.open(dump) if dump.suffix == ".gz" else dump.open("rb") as file:
        store.bulk_load(file.read(), format=ox.RdfFormat.N_QUADS)
    return store


def tally(gold: Path, store: ox.Store) -> dict[str, Tally]:
    """What became of the gold entities of a folder, by type."""
    mentioned = _mentioned(store)
    tallies = {kind: Tally() for kind in TYPES}
    for file in sorted(gold.glob("*.json")):
        entities = [entity for entity in json.loads(file.read_text(encoding="utf-8"))["entities"] if entity["qid"]]
        known = {str(entity["qid"]) for entity in entities}
        for entity in entities:
            tallies[entity["type"]].add(_judge(entity, mentioned[file.stem].values(), known, file.stem))
    return tallies


def disagreeing(store: ox.Store) -> list[str]:
    """Entities whose identifiers are of more than one country, in words; none is as it should be."""
    codes = {iri: entry.iso2 for entry in countries() for iri in entry.same_as}
    return [
        f"{iri}: {sorted(entity.links)}"
        for iri, entity in _entities(store).items()
        if len({codes[link] for link in entity.links if link in codes}) > 1
        or ("/id/country/" in iri and {link in codes for link in entity.links} == {True, False})
    ]


def _judge(gold: Mapping[str, Any], entities: Iterable[Mentioned], known: set[str], article: str) -> Tally:
    names = {_folded(name) for name in (gold["name"], *gold.get("aliases_in_text", []))}
    hits = [entity for entity in entities if gold["qid"] in entity.qids or names & entity.names]
    if any(gold["qid"] in entity.qids for entity in hits):
        return Tally(1, 1, 1)
    strange = sorted(qid for entity in hits for qid in entity.qids - known)
    return Tally(1, bool(hits), 0, [f"{article}: {gold['name']} is {gold['qid']}, not {qid}" for qid in strange])


def _mentioned(store: ox.Store) -> Mapping[str, Mapping[str, Mentioned]]:
    """What each article mentions, by the article's identifier and the entity's IRI."""
    found: dict[str, dict[str, Mentioned]] = defaultdict(lambda: defaultdict(Mentioned))
    rows = store.query(_MENTIONED)
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        entity = found[row["id"].value][row["entity"].value]
        entity.names.add(_folded(row["name"].value))
        if row["same"] is not None:
            entity.links.add(row["same"].value)
    return found


def _entities(store: ox.Store) -> Mapping[str, Mentioned]:
    return {iri: entity for entities in _mentioned(store).values() for iri, entity in entities.items()}


def _folded(name: str) -> str:
    return re.sub(r"\W+", " ", re.sub(r"^the\s+", "", name.casefold())).strip()


def report(gold: Path, store: ox.Store) -> str:
    """A table, the wrong links, and how many links lead where."""
    tallies = tally(gold, store)
    tallies["all"] = Tally()
    for kind in TYPES:
        tallies["all"].add(tallies[kind])
    lines = [
        f"{gold.name}",
        f"{'type':14}{'asked':>7}{'found':>7}{'right':>7}{'wrong':>7}{'precision':>11}{'recall':>8}",
    ]
    for kind, one in tallies.items():
        numbers = f"{one.asked:7}{one.found:7}{one.right:7}{len(one.wrong):7}"
        lines.append(f"{kind:14}{numbers}{one.precision:11.3f}{one.recall:8.3f}")
    lines += [f"wrong: {wrong}" for wrong in tallies["all"].wrong]
    targets = Counter((found.title if (found := target_of(iri)) else "elsewhere") for iri in _links(store))
    lines += [f"{count} entities linked to {title}" for title, count in sorted(targets.items())]
    lines.append(f"{len(disagreeing(store))} entities with identifiers of two countries")
    return "\n".join(lines)


def _links(store: ox.Store) -> list[str]:
    return [iri for entity in _entities(store).values() for iri in entity.links]


if __name__ == "__main__":
    for folder, dumped in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
        print(report(Path(folder), load(Path(dumped))), end="\n\n")
