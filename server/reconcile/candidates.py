"""What a query may mean: by identifier, by name however it is spelled, or by what is known of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.index.schema import ENTITY_KINDS
from kg.search.words import MOST_TERMS, Asked, Term, fold_words, match_all, match_any, match_most
from server.reconcile.asking import Condition, Entity, Given
from server.reconcile.linked import linked
from server.reconcile.names import likeness, undotted
from server.reconcile.properties import property_of
from server.reconcile.things import Thing, iri_of
from server.reconcile.ways import Iri, Out, Same, Source
from server.search.find import MOST_OF, MUCH_MORE, Shelves
from server.search.near import other_readings, put_right

LOOKED_AT: Final = 300
"""Things of one kind that are compared with a name."""

CONSIDERED: Final = 1_000
"""Things that are compared with what is known of something without a name."""

GOOD: Final = 85.0
"""Likeness of a name from which on no other spelling is looked for."""

_ITEM: Final = re.compile(r"Q[1-9][0-9]*")
_TITLED: Final = ("event", "article")


@dataclass(frozen=True, slots=True)
class Found:
    """Things that may be meant. ``is_whole``: none that is called so can be missing."""

    things: tuple[Thing, ...]
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Candidates:
    """Finds candidates for one request."""

    source: Source
    shelves: Shelves

    def by_identifier(self, text: str) -> list[Thing]:
        """The things that ``text`` is an identifier of: ours, a whole IRI, that of the same elsewhere, a Q number."""
        text = text.strip()
        if " " in text or not ("/" in text or ":" in text or _ITEM.fullmatch(text)):
            return []
        own = self.source.things.by_iri(iri_of(self.source.addresses, text))
        if own is not None:
            return [own]
        spaces = ("wikidata", "sameAs") if _ITEM.fullmatch(text) else ("sameAs", "wikidata", "geonames", "countryCode")
        ways = [property_of(name).way for name in spaces]
        holders = (holder for way in ways if isinstance(way, Same) for holder in way.holders(self.source, text))
        return self._read(dict.fromkeys(holders))

    def by_name(self, text: str, kinds: Sequence[str]) -> Found:
        """Things of these kinds with such a name: its words, near words, and if need be only some of them."""
        found = {thing.id: thing for thing in self.source.things.named(text, kinds)}
        is_whole = True
        for number, (expression, is_ranked) in enumerate(self._readings(text)):
            self.source.deadline.check()
            for kind in kinds:
                things = self.having(expression, kind, LOOKED_AT, is_ranked=is_ranked)
                is_whole &= number > 0 or len(things) < LOOKED_AT
                found |= {thing.id: thing for thing in things}
            if any(likeness(text, thing.names).score >= GOOD for thing in found.values()):
                break
        return Found(tuple(found.values()), is_whole)

    def by_conditions(self, conditions: Sequence[Condition], kinds: Sequence[str]) -> Found:
        """Things of these kinds of which the graph knows such links, days or identifiers."""
        identified = [*self._identified(conditions)]
        if identified:
            return Found(tuple(thing for thing in identified if thing.kind in kinds))
        links = {way.role: self._targets(one.values) for one in conditions
                 if isinstance(way := property_of(one.pid).way, Out)}  # fmt: skip
        if not links or not all(links.values()):
            return Found(())
        dates = [[*map(_text, one.values)] for one in conditions if property_of(one.pid).id == "date"]
        ids = linked(self.source.things.index, links, dates, kinds, CONSIDERED)
        return Found(tuple(self.source.things.by_ids(ids)), len(ids) < CONSIDERED)

    def having(self, expression: str, kind: str, most: int, *, is_ranked: bool = False) -> list[Thing]:
        """Things of a kind whose names fit an FTS5 expression; the best ones if they are ranked."""
        if kind not in self.shelves.ranges:
            return []
        columns = "title" if kind in _TITLED else "{title other}"
        return self.source.things.having(
            f"{columns} : ({expression})", self.shelves.ranges[kind], most, is_ranked=is_ranked
        )

    def _readings(self, text: str) -> Iterator[tuple[str, bool]]:
        """Expressions that find less and less of the words, and whether the best have to come first."""
        plain = undotted(text)
        for asked in dict.fromkeys(map(_words, (text, plain))):
            if asked.wanted:
                yield match_all(asked), False
        asked = put_right(_words(plain), self.shelves.spelling)
        if asked.wanted:
            yield match_all(asked), False
        content = asked.content()
        for other in other_readings(content, self.shelves.spelling, MUCH_MORE):
            yield match_all(other), False
        if len(content.wanted) in MOST_OF:
            yield match_most(content), True
        if len(content.wanted) > 1:
            yield match_any(content), True

    def _identified(self, conditions: Sequence[Condition]) -> Iterator[Thing]:
        for condition in conditions:
            way = property_of(condition.pid).way
            for value in condition.values:
                text = _text(value)
                if isinstance(way, Same):
                    yield from self._read(dict.fromkeys(way.holders(self.source, text)))
                elif isinstance(way, Iri):
                    yield from self._read([iri_of(self.source.addresses, text)])

    def _targets(self, values: Sequence[Given]) -> list[int]:
        """The numbers of the things that the values of a link may mean."""
        found: list[Thing] = []
        for value in values:
            text = _text(value)
            found += self.by_identifier(text) or self._called(text)
        return [thing.id for thing in found]

    def _called(self, text: str) -> list[Thing]:
        """The things of all kinds that are called so, and no others."""
        self.source.deadline.check()
        asked = _words(undotted(text))
        things = self.source.things.named(text, ENTITY_KINDS)
        for kind in self.shelves.ranges if asked.wanted else ():
            things += self.having(match_all(asked), kind, LOOKED_AT)
        same = {thing.id: thing for thing in things if likeness(text, thing.names).is_same}
        return [*same.values()]

    def _read(self, iris: Iterable[str]) -> list[Thing]:
        return [thing for iri in iris if (thing := self.source.things.by_iri(iri)) is not None]


def _words(text: str) -> Asked:
    """The words of a name. Whoever fills a cell does not type signs of a search: nothing in it is one."""
    words = dict.fromkeys(fold_words(text))
    return Asked(tuple(Term((word,)) for word in [*words][:MOST_TERMS]))


def _text(value: Given) -> str:
    return value.id if isinstance(value, Entity) else str(value)
