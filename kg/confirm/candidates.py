"""The table of candidates: who the entities without a link to Wikidata might be, the most mentioned first.

What an editor decided stays at the top of the table, word for word; what nobody decided is looked up anew. An entity
that no source has a like name for gets a line with an empty address, which an editor may fill in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.confirm.files import Row
from kg.link.alike import Labels
from kg.link.sources import target_of
from kg.merge.entities import EntityVotes
from kg.merge.event import UNNAMED
from kg.records import Article, Entity, Reading, Span

ASKED: Final[Mapping[str, tuple[str, ...]]] = {"place": ("wikidata", "geonames")}
"""The targets that are looked through for a kind of entity without a link to Wikidata; for others Wikidata alone."""
LONGEST: Final = 240
"""Characters of an example."""

_END: Final = re.compile(r"[.!?][\"”’]?\s+(?=[A-Z“\"‘])|\n")


@dataclass
class Seen:
    """How often each entity is mentioned, and an example of it."""

    mentions: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)


def candidate_rows(readings: Iterable[Reading], labels: Labels, decided: Iterable[Row]) -> list[Row]:
    """The lines of the table: those with a verdict first, then candidates.

    Args:
        decided: lines of the file as it is; of these only those with a verdict are kept.
    """
    kept = [row for row in decided if row.verdict]
    seen, entities = _seen(readings)
    done = {(row.entity, target.name) for row in kept if row.verdict == "yes" and (target := target_of(row.same_as))}
    refused = {(row.entity, row.same_as) for row in kept if row.verdict == "no"}
    found = [
        row
        for entity in sorted(entities.values(), key=lambda entity: (-seen.mentions[entity.key], entity.key))
        for row in _rows(entity, seen, labels, done)
        if (row.entity, row.same_as) not in refused
    ]
    return kept + found


def _rows(entity: Entity, seen: Seen, labels: Labels, done: set[tuple[str, str]]) -> Iterator[Row]:
    linked = {known.name for known in map(target_of, entity.same_as) if known}
    if "wikidata" in linked:
        return
    for target in ASKED.get(entity.type, ("wikidata",)):
        if target in linked or (entity.key, target) in done:
            continue
        own = {"entity": entity.key, "name": entity.name, "mentions": str(seen.mentions[entity.key])}
        own["sentence"] = seen.examples.get(entity.key, "")
        likes = labels.like(entity, target)
        for like in likes:
            label = like.label
            told = {"label": label.name, "about": label.about, "source": label.source, "score": f"{like.score:g}"}
            yield Row(same_as=label.iri, **own, **told)
        if not likes and target == "wikidata":
            yield Row(**own)


def _seen(readings: Iterable[Reading]) -> tuple[Seen, Mapping[str, Entity]]:
    seen, votes = Seen(), EntityVotes()
    for reading in readings:
        votes.add(reading.entities)
        for mention in reading.mentions:
            if not mention.entity.startswith(UNNAMED):
                seen.mentions[mention.entity] += 1
                if mention.entity not in seen.examples:
                    seen.examples[mention.entity] = _example(reading.article, mention.span)
    return seen, votes.chosen()


def _example(article: Article, span: Span) -> str:
    """The sentence around some words, in one line; cut at both sides where it is long."""
    text = article.text
    before = [found.end() for found in _END.finditer(text, 0, span.start)]
    after = _END.search(text, span.end)
    start, end = before[-1] if before else 0, after.start() + 1 if after else len(text)
    start, end = max(start, span.start - LONGEST // 2), min(end, span.end + LONGEST // 2)
    return f"“{' '.join(text[start:end].split())}”"
