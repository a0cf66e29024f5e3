"""Why an article's facts were read and its names linked as they were, as far as the kept reading tells.

The language model is not asked: every reason was noted when the article was built. The readings lie beside the store
and may be gone (a graph that was loaded from a dump has none) or be of another build than the graph; then what they
say would explain something else, so nothing is shown but why not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.rdf.iris import part_names
from kg.readings import kept_reading
from kg.records import Entity, Figure, Quotation, Reading, Report, Role
from server.views.reader import Link

MOST_WORDS: Final = 5
"""Different words for one entity that are listed."""
_LONGEST: Final = 80
"""Characters of a sentence that are quoted where something was not taken."""

_ABSENT: Final = "The reading of this article is not kept here: the graph was loaded, or made elsewhere."
_OTHER: Final = (
    "The reading kept here is of another build than this graph, so its reasons may not be those of these facts."
)


@dataclass(frozen=True, slots=True)
class NameReason:
    """An entity, the words that were linked to it, and why. ``is_listed``: it is in the gazetteer."""

    link: Link
    words: tuple[str, ...]
    why: str
    is_listed: bool


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Something that was seen and not taken as a fact; ``words`` are the beginning of the sentence."""

    start: int
    end: int
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Why:
    """All reasons; ``rules`` are those that found a fact, by its anchor. ``problem`` says why there are none."""

    problem: str = ""
    names: tuple[NameReason, ...] = ()
    rules: Mapping[str, tuple[str, ...]] | None = None
    not_taken: tuple[NotTaken, ...] = ()
    remarks: tuple[str, ...] = ()


def read_why(data: Path, identifier: str, digest: str, anchors: Collection[str], links: Mapping[str, Link]) -> Why:
    """What the kept reading tells of the article that the graph holds.

    Args:
        data: the data folder.
        identifier, digest: ``schema:identifier`` and ``schema:sha256`` of the article in the graph.
        anchors: the fragments of its reports, figures, quotations and offices in the graph.
        links: the entities of the article by their key, ``country/italy``; others are named and not linked.
    """
    try:
        reading = kept_reading(data, identifier)
    except StoreError:
        return Why("The readings of this graph cannot be opened at the moment.")
    if reading is None:
        return Why(_ABSENT)
    rules = dict(_rules(reading))
    if reading.article.sha256 != digest or rules.keys() != set(anchors):
        return Why(_OTHER)
    return Why(
        names=tuple(_name_reason(entity, _words(reading, entity.key), links) for entity in reading.entities),
        rules=rules,
        not_taken=_not_taken(reading),
        remarks=reading.article.remarks,
    )


def _rules(reading: Reading) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each fact's fragment with the rules that found it, each once."""
    names = part_names(reading)
    by_rules: tuple[Report | Figure, ...] = (*reading.reports, *reading.figures)
    for part in by_rules:
        yield names[part], tuple(dict.fromkeys(filter(None, part.rule.split("; "))))
    others: tuple[Quotation | Role, ...] = (*reading.quotations, *reading.roles)
    for other in others:
        yield names[other], ()


def _name_reason(entity: Entity, words: Sequence[str], links: Mapping[str, Link]) -> NameReason:
    link = links.get(entity.key) or Link(entity.name)
    return NameReason(link, tuple(words[:MOST_WORDS]), entity.reason, entity.listed)


def _words(reading: Reading, key: str) -> list[str]:
    """The different words of the article that name an entity, in the order of the text."""
    spans = sorted(mention.span for mention in reading.mentions if mention.entity == key)
    return list(dict.fromkeys(" ".join(span.of(reading.article.text).split()) for span in spans))


def _not_taken(reading: Reading) -> tuple[NotTaken, ...]:
    return tuple(
        NotTaken(note.span.start, note.span.end, _short(note.span.of(reading.article.text)), note.text)
        for note in sorted(reading.notes, key=lambda note: note.span)
    )


def _short(words: str) -> str:
    """A short quote: the article may not be ours to publish."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rsplit(' ', 1)[0]} …"
