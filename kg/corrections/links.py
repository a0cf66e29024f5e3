"""Corrections of links: whom words mean, or that they mean nobody. Made before facts are read, so that these follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kg.corrections.done import Applied, applied, failed
from kg.corrections.known import ANY, Known
from kg.corrections.matching import UnmatchedError, occurrences
from kg.corrections.model import LinkEntry, UnlinkEntry
from kg.records import Article, BlockKind, Entity, EntityType, Link, Name, NameKind, Overruled, Span

_READ: Final[tuple[BlockKind, ...]] = ("headline", "standfirst", "paragraph", "caption")
"""Where facts are read from; a name in a byline gives none."""
_KINDS: Final[dict[EntityType, NameKind]] = {
    "country": "place", "place": "place", "person": "person", "organization": "organization", "crisis": "crisis",
}  # fmt: skip


def correct_links(links: Iterable[Link], article: Article, known: Known) -> tuple[tuple[Link, ...], Applied]:
    """The links as editors want them, and what became of each of their corrections of links.

    Raises:
        ArticleError: a correction names an entity that nobody knows.
    """
    corrections = known.corrections
    current = [replace(link, entity=known.declared.get(link.entity.key, link.entity)) for link in links]
    known = known.with_entities(link.entity for link in current)
    done: Applied = {}
    for number, entry in enumerate(corrections.entries):
        if not isinstance(entry, LinkEntry | UnlinkEntry):
            continue
        entity = known.entity(entry.to, number, ANY) if isinstance(entry, LinkEntry) else None
        try:
            spans = _meant(entry, article, current)
        except UnmatchedError as error:
            done[number] = failed(corrections, number, str(error))
            continue
        replaced = _overruled(spans, current)
        current = _linked_anew(current, spans, entity, article)
        key = entity.key if entity else None
        done[number] = replace(applied(corrections, number), replaced=replaced, entity=key)
    return tuple(current), done


def _meant(entry: LinkEntry | UnlinkEntry, article: Article, links: Iterable[Link]) -> tuple[Span, ...]:
    """The occurrences that are meant. A part of a longer name is meant only where it is asked for by its number."""
    found = occurrences(entry.words, article.text, article.spans(*_READ))
    if entry.occurrence is not None:
        found = found[entry.occurrence - 1 : entry.occurrence]
    else:
        names = [link.name.span for link in links]
        found = tuple(span for span in found if not any(_is_part(span, name) for name in names))
    if not found:
        which = f" {entry.occurrence} times" if entry.occurrence else ""
        raise UnmatchedError(f"the words “{entry.words}” do not stand{which} in what is read of the article")
    return found


def _is_part(span: Span, name: Span) -> bool:
    return span != name and name.start <= span.start and span.end <= name.end


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _overruled(spans: Iterable[Span], links: Iterable[Link]) -> tuple[Overruled, ...]:
    """Whom the words meant before, with all words that meant the same."""
    before: defaultdict[str, list[Span]] = defaultdict(list)
    links = list(links)
    for span in spans:
        met = {f"{link.entity.name} ({link.entity.key})" for link in links if _overlap(link.name.span, span)}
        for name in met or {"nobody"}:
            before[name].append(span)
    return tuple(Overruled("link", name, tuple(found)) for name, found in sorted(before.items()))


def _linked_anew(links: Iterable[Link], spans: tuple[Span, ...], entity: Entity | None, article: Article) -> list[Link]:
    kept = [link for link in links if not any(_overlap(link.name.span, span) for span in spans)]
    if entity is not None:
        entity = replace(entity, reason="linked by an editor")
        kind = _KINDS[entity.type]
        kept += [Link(Name(span, span.of(article.text), kind), entity) for span in spans]
    return sorted(kept, key=lambda link: link.name.span)
