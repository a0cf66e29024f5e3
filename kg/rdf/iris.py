"""The IRIs of everything that we name, each made from what the thing is and never from its place in a list.

Articles and entities are ``{base}id/{kind}/{slug}``; the parts of an article are fragments of its IRI
(``#char-10-20``, ``#report-russia-italy-pledged``). Parts of different content that would share a name
all get a hash of their content, so that no name hangs on which of them came first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import msgspec
import pyoxigraph as ox

from kg.merge.event import UNNAMED
from kg.merge.naming import content_hash, parties_slug
from kg.records import Figure, Item, Quotation, Reading, Report, Role, Span
from kg.slugs import slug_or_hash

Part = Item | Report | Figure | Quotation | Role
LONGEST_SLUG: Final = 60


def article_slug(identifier: str) -> str:
    """The slug of an article's identifier; a hash where it has no Latin letter or digit to make one of."""
    return slug_or_hash(identifier)


@dataclass(frozen=True, slots=True)
class Iris:
    """Names things under one base IRI (with its final slash)."""

    base: str

    def article(self, identifier: str) -> ox.NamedNode:
        return ox.NamedNode(f"{self.base}id/article/{article_slug(identifier)}")

    def event(self, event_slug: str) -> ox.NamedNode:
        return ox.NamedNode(f"{self.base}id/event/{event_slug}")

    def entity(self, key: str, *, article: str) -> ox.NamedNode:
        """An entity by its key; an unnamed party is a part of the article that speaks of it."""
        if key.startswith(UNNAMED):
            return self.part(article, f"party-{key.removeprefix(UNNAMED)}")
        return self.named_entity(key)

    def named_entity(self, key: str) -> ox.NamedNode:
        """An entity that has a name."""
        return ox.NamedNode(f"{self.base}id/{key}")

    def part(self, article: str, fragment: str) -> ox.NamedNode:
        return ox.NamedNode(f"{self.article(article).value}#{fragment}")


def part_names(reading: Reading) -> Mapping[Part, str]:
    """The fragment of each item, report, figure, quotation and role of an article.

    Equal records have one name. What finds a fact (``rule``) is no part of its content.
    """
    groups: defaultdict[str, dict[Part, None]] = defaultdict(dict)
    for part in _parts(reading):
        groups[_plain_name(part)][part] = None
    return {part: unique for name, parts in groups.items() for part, unique in _unique_names(name, list(parts))}


def span_name(span: Span) -> str:
    return f"char-{span.start}-{span.end}"


def _unique_names(name: str, parts: list[Part]) -> Iterable[tuple[Part, str]]:
    """The parts that would have one name, each with its own. Content is looked at only where there are several."""
    if len(parts) == 1:
        return ((parts[0], name),)
    contents = [_content(part) for part in parts]
    several = len(set(contents)) > 1
    return (
        (part, f"{name}-{content_hash(content)}" if several else name)
        for part, content in zip(parts, contents, strict=True)
    )


def _parts(reading: Reading) -> Iterable[Part]:
    yield from reading.reports
    yield from (item for report in reading.reports for item in report.items)
    yield from reading.figures
    yield from reading.quotations
    yield from reading.roles


def _content(part: Part) -> str:
    if isinstance(part, Report | Figure):
        part = replace(part, rule="")
    return msgspec.json.encode(part).decode()


def _plain_name(part: Part) -> str:
    match part:
        case Item():
            return f"item-{part.span.start}-{part.span.end}"
        case Quotation():
            return f"quote-{part.words.start}-{part.words.end}"
        case Report():
            modality = "" if part.modality == "asserted" else f"-{part.modality}"
            return f"report-{parties_slug(part.donors)}-{parties_slug(part.recipients)}-{part.phase}{modality}"
        case Figure():
            return "-".join(filter(None, ("stat", measure_name(part), _last(part.place))))
        case Role():
            return f"role-{_last(part.person)}-{_last(part.of) or article_slug(part.title)[:LONGEST_SLUG]}"


def measure_name(figure: Figure) -> str:
    """The concept of what a figure counts; a rise or fall is a measure of its own."""
    return f"{figure.measure}-change" if figure.change else figure.measure


def _last(key: str | None) -> str:
    return (key or "").rpartition("/")[2]
