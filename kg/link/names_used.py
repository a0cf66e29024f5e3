"""The names that an article uses for an entity, by which its readers look it up.

They become alternate names: the table's name of a body is often none that newspapers print, and a body that no table
has is known by the article's words alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from kg.link.state_organs import is_mission
from kg.link.tables import read_toml
from kg.records import Article, Link

ACRONYM = re.compile(r"(?P<name>.+?)\s*\((?P<short>[A-Z][A-Za-z&.-]{1,10})\)?$")
REGNAL = re.compile(r"[IVX]+$")


def bare_name(text: str) -> str:
    """The name without its article."""
    return text.removeprefix("the ").removeprefix("The ")


def with_aliases(article: Article, links: Iterable[Link]) -> tuple[Link, ...]:
    """Every entity with the proper names that the article uses for it."""
    links = list(links)
    used: dict[str, set[str]] = {}
    for found in links:
        if found.name.kind != "people" and (found.name.text[0].isupper() or found.entity.type == "organization"):
            used.setdefault(found.entity.key, set()).update(_names_used(article, found))
    entities = {found.entity.key: found.entity for found in links}
    named = {
        key: replace(entity, aliases=tuple(sorted({*entity.aliases, *used.get(key, ())} - {entity.name})))
        for key, entity in entities.items()
    }
    return tuple(replace(found, entity=replace(named[found.entity.key], reason=found.entity.reason)) for found in links)


def _names_used(article: Article, found: Link) -> set[str]:
    text = bare_name(" ".join(found.name.text.split()))
    if match := ACRONYM.match(text):
        return {match["name"], match["short"]}
    if (seat := _SEATED.match(article.text, found.name.span.end)) and is_mission(text):
        return {text, f"{text} {' '.join(seat[0].split())}"}
    if found.entity.type == "person" and (" " not in text or REGNAL.search(text)):
        # A lone name is looked up with its title: "Tsar Alexander II", "President Banda"
        before = article.text[max(0, found.name.span.start - 24) : found.name.span.start]
        if title := _title().search(before):
            return {text, f"{title[1]} {text}"}
    return {text}


_SEATED = re.compile(r"\s+(?:in|to) (?:[A-Z][\w’'-]+ ?)+")


@cache
def _title() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in read_toml("common.toml")["titles"]["words"])
    return re.compile(rf"\b({words})\s+\Z")
