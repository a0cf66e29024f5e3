"""The search page: from what was asked for to what is shown, without Flask and without HTML."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from kg.index.schema import ENTITY_KINDS
from kg.search.words import Asked, parse_search
from server.addresses import Addresses
from server.search.find import RANKED, Finder, Found
from server.search.hits import Hit, read_hits
from server.search.kinds import ENTITY, GROUPS, LABELS, kinds_of
from server.views.page import Alternate, Head, Pager
from server.views.reader import Link

LONGEST: Final = 200
"""Characters that are read of what was typed; the box takes no more."""

PAGE: Final = 20
"""Results of one kind on a page."""

_POPULAR: Final = """
SELECT iri, name, lang FROM thing WHERE kind IN (?, ?, ?, ?, ?) AND uses > 0 ORDER BY uses DESC, id LIMIT 12
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: the parameters of the address."""

    typed: str
    kind: str = ""
    number: int = 1
    is_exact: bool = False

    @property
    def text(self) -> str:
        """As much of what was typed as is read."""
        return self.typed[:LONGEST]

    def href(self, path: str = "/search", **changes: str) -> str:
        """The address of the same search, changed in this; an empty value takes a parameter away."""
        now = {"q": self.text, "kind": self.kind, "exact": "1" if self.is_exact else ""} | changes
        return f"{path}?{urlencode({name: value for name, value in now.items() if value or name == 'q'})}"


@dataclass(frozen=True, slots=True)
class Chip:
    """A kind to choose, with the number of its results."""

    label: str
    count: int
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Results of one kind, or of several that belong together. ``href`` leads to all of them, if there are more."""

    name: str
    heading: str
    count: int
    hits: tuple[Hit, ...]
    href: str | None = None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The page.

    ``shown`` is what was looked for, if that is not what was typed, and ``exact_href`` leads to what was typed.
    ``elsewhere``: results of other kinds, when the chosen kind has none. ``ranked``: as many results of one kind can be
    leafed through.
    """

    head: Head
    wanted: Wanted
    total: int
    shown: str | None
    exact_href: str
    match: str
    is_cut: bool
    words: str
    chips: tuple[Chip, ...]
    groups: tuple[Group, ...]
    pager: Pager
    elsewhere: int
    guesses: tuple[Link, ...]
    popular: tuple[Link, ...]
    counts: Mapping[str, int]
    labels: Mapping[str, tuple[str, str]]
    ranked: int = RANKED


def search_page(finder: Finder, addresses: Addresses, wanted: Wanted) -> SearchPage:
    """The page of a search.

    Raises:
        KeyError: there is no such kind.
    """
    kinds = kinds_of(wanted.kind)
    typed = parse_search(wanted.text, is_open=True)
    found = finder.find(typed, is_exact=wanted.is_exact)
    total = found.total(kinds)
    pager = Pager(wanted.number, min(total, RANKED) if wanted.kind else 0, keep=_kept(wanted), size=PAGE)
    groups = (
        _one_kind(finder, addresses, wanted, found, pager) if wanted.kind else _all(finder, addresses, wanted, found)
    )
    return SearchPage(
        head=_head(wanted),
        wanted=wanted,
        total=total,
        shown=written(found.asked) if found.is_corrected else None,
        exact_href=wanted.href(exact="1"),
        match=found.match,
        is_cut=typed.is_cut or len(wanted.typed) > LONGEST,
        words=written(found.asked),
        chips=_chips(wanted, found),
        groups=groups,
        pager=pager,
        elsewhere=found.total(tuple(LABELS)) - total,
        guesses=() if found.counts else _guesses(finder, wanted, typed),
        popular=() if found.counts else _popular(finder.index, addresses),
        counts=found.counts,
        labels=LABELS,
    )


def written(asked: Asked) -> str:
    """A search as one would type it."""
    quoted = (f'"{term.text}"' if term.is_exact else term.text for term in (*asked.wanted, *asked.excluded))
    signs = ("-" if term.is_excluded else "" for term in (*asked.wanted, *asked.excluded))
    return " ".join(f"{sign}{text}" for sign, text in zip(signs, quoted, strict=True))


def _head(wanted: Wanted) -> Head:
    title = f"{wanted.text} – Search" if wanted.text.strip() else "Search"
    data = Alternate(wanted.href("/search.json"), "application/json", "JSON")
    return Head(title, "Search names, headlines, items, quotations and sentences.", alternates=(data,), noindex=True)


def _kept(wanted: Wanted) -> str:
    return wanted.href("").removeprefix("?")


def _chips(wanted: Wanted, found: Found) -> tuple[Chip, ...]:
    """All, and each kind that has results or is chosen; the entities together only if they are of several kinds."""
    choices = [("", "All"), *((kind, LABELS[kind][1]) for kind in LABELS)]
    if sum(kind in found.counts for kind in ENTITY_KINDS) > 1 or wanted.kind == ENTITY:
        choices.insert(1, (ENTITY, GROUPS[ENTITY][1]))
    counted = [(kind, label, found.total(kinds_of(kind))) for kind, label in choices]
    return tuple(
        Chip(label, count, wanted.href(kind=kind), kind == wanted.kind)
        for kind, label, count in counted
        if count or kind == wanted.kind
    )


def _all(finder: Finder, addresses: Addresses, wanted: Wanted, found: Found) -> tuple[Group, ...]:
    groups = []
    for name, (kinds, heading, most) in GROUPS.items():
        count = found.total(kinds)
        if count:
            ids = finder.ranked(found.expression, kinds, found.asked.name)[:most]
            href = wanted.href(kind=name) if count > most else None
            groups.append(Group(name, heading, count, _hits(finder, addresses, found, ids), href))
    return tuple(groups)


def _one_kind(
    finder: Finder, addresses: Addresses, wanted: Wanted, found: Found, pager: Pager
) -> tuple[Group, ...]:  # fmt: skip
    if not pager.total:
        return ()
    ids = finder.ranked(found.expression, kinds_of(wanted.kind), found.asked.name)[:RANKED]
    heading = GROUPS[wanted.kind][1] if wanted.kind in GROUPS else LABELS[wanted.kind][1]
    hits = _hits(finder, addresses, found, pager.slice(ids))
    return (Group(wanted.kind, heading, found.total(kinds_of(wanted.kind)), hits),)


def _hits(finder: Finder, addresses: Addresses, found: Found, ids: Sequence[int]) -> tuple[Hit, ...]:
    return read_hits(finder.index, addresses, found.expression, ids)


def _guesses(finder: Finder, wanted: Wanted, typed: Asked) -> tuple[Link, ...]:
    """Words near those that were typed, for who wanted them as they are and found nothing."""
    words = [word for term in typed.wanted for word in term.words if not finder.shelves.spelling.has(word)]
    near = dict.fromkeys(other for word in words for other in finder.shelves.spelling.near(word)[:3])
    return tuple(Link(word, wanted.href(q=word, exact="")) for word in near)


def _popular(index: sqlite3.Connection, addresses: Addresses) -> tuple[Link, ...]:
    """Who is told of most: somewhere to go on from a search that found nothing."""
    return tuple(Link(name, addresses.page_of(iri), lang) for iri, name, lang in index.execute(_POPULAR, ENTITY_KINDS))
