"""What a web page says of itself for machines: embedded JSON-LD, and the tags of its head.

Why not a library: extruct and the like read every syntax into one tree for the caller to search, and the search is
the work: which of a page's objects is its article, and which of its tags say the same. JSON-LD is read as the
JSON that pages really write (one object, a list, ``@graph`` with references), never expanded: the
names of schema.org are all that is asked for, and expansion would want contexts from the network.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from lxml.html import HtmlElement

from kg.read.given import Given, clean, read_authors, read_date, read_licence, read_url
from kg.read.language import read_tag
from kg.read.lines import recognise
from kg.read.top import clean_headline
from kg.records import Genre

Node = dict[str, Any]

DEEPEST = 40
"""Levels of nesting that are searched; pages have less than ten."""

_OPENING = re.compile(r"\s*(?:<!--|(?:/[/*])?\s*<!\[CDATA\[(?:\*/)?)")
_CLOSING = re.compile(r"(?:-->|(?:/[/*])?\s*\]\]>(?:\*/)?)?[\s;]*$")
"""What hides a script from browsers of the nineties and from XML; templates still write it around JSON."""
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage")
"""Where a page puts its own article; lists of items and parts hold other pages' articles."""


@dataclass(frozen=True, slots=True)
class Tags:
    """``page_tags.toml``: names of meta tags by field, and the genres of article types, most telling first."""

    meta: dict[str, list[str]]
    types: dict[str, Genre | None]


@cache
def tags() -> Tags:
    """The table, read once."""
    data = tomllib.loads(files("kg.read").joinpath("page_tags.toml").read_text(encoding="utf-8"))
    return Tags(data["meta"], {entry["type"]: entry.get("genre") for entry in data["article"]})


def read_json_ld(page: HtmlElement) -> Given:
    """What the page's own article says in JSON-LD; empty where there is none, or only objects of other kinds."""
    nodes = [node for script in page.iter("script") for node in _nodes(_json(script), DEEPEST)]
    by_id = {node["@id"]: node for node in reversed(nodes) if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _type(node)]
    if not articles:
        return Given()
    here = _canonical(page)
    ranks = list(tags().types)
    article = min(articles, key=lambda node: (here not in _addresses(node), ranks.index(_type(node) or "")))
    return _article(article, by_id)


def read_meta_tags(page: HtmlElement) -> Given:
    """What the tags of the head say: Open Graph, Dublin Core and others, licence and canonical links."""
    said = _meta(page)
    values = {field: [value for name in names for value in said.get(name, ())] for field, names in tags().meta.items()}
    publisher = next(filter(None, map(clean, values["publisher"])), None)
    return Given(
        headline=_headline(values["headline"], publisher),
        publisher=publisher,
        authors=_first_authors(said, publisher),
        published=next(filter(None, map(read_date, values["published"])), None),
        language=next(filter(None, map(read_tag, [*values["language"], page.get("lang", "")])), None),
        license=next(filter(None, map(read_licence, [*_licence_links(page), *values["license"]])), None),
        url=_canonical(page) or next(filter(None, map(read_url, values["url"])), None),
        genre=_genre(values["section"]),
    )


def clean_title(title: str, publisher: str | None) -> str | None:
    """A title without the outlet that many pages add to it: ``Aid sent | Fjord Herald``, ``Fjord Herald: Aid sent``."""
    words = clean(title)
    if words and publisher:
        name = re.escape(publisher)
        bare = re.sub(rf"\s+[|–—»:·-]+\s+{name}$|^{name}\s*[|–—»:·-]+\s+", "", words, flags=re.IGNORECASE)
        words = bare or words
    return clean_headline(words)[0] if words else None


def _json(script: HtmlElement) -> object:
    """The content of a script of JSON-LD; None for other scripts, and for broken ones, of which nothing can be told."""
    if not (script.get("type") or "").strip().lower().startswith("application/ld+json"):
        return None
    try:
        bare = _CLOSING.sub("", _OPENING.sub("", script.text or "", count=1), count=1)
        return json.loads(bare, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: object, deep: int) -> Iterator[Node]:
    """All objects that may be the page's article or be referred to, outer ones first."""
    if isinstance(value, list) and deep:
        for entry in value:
            yield from _nodes(entry, deep - 1)
    elif isinstance(value, dict) and deep:
        yield value
        for key in _NESTED:
            yield from _nodes(value.get(key), deep - 1)


def _type(node: Node) -> str | None:
    """The most telling of the node's types that is an article's."""
    types = {name.rpartition("/")[2].rpartition(":")[2] for name in _strings(node.get("@type"))}
    return next((name for name in tags().types if name in types), None)


def _article(node: Node, by_id: dict[str, Node]) -> Given:
    said = {key: [_resolved(value, by_id) for value in _values(entry)] for key, entry in node.items()}
    publisher = next(filter(None, map(clean, _names(said, "publisher", "sourceOrganization", "provider"))), None)
    persons = [value for value in said.get("author", []) + said.get("creator", []) if not _is_body(value)]
    licences = [text for value in said.get("license", []) for text in _strings(value, "url", "@id", "name")]
    languages = [text for value in said.get("inLanguage", []) for text in _strings(value, "alternateName", "name")]
    return Given(
        headline=_headline(list(_names(said, "headline", "name")), publisher),
        publisher=publisher,
        authors=read_authors(_names({"author": persons}, "author"), publisher=publisher),
        published=next(filter(None, map(read_date, _names(said, "datePublished", "dateCreated"))), None),
        language=next(filter(None, map(read_tag, languages)), None),
        license=next(filter(None, map(read_licence, licences)), None),
        url=next(filter(None, map(read_url, _addresses(node))), None),
        genre=tags().types[_type(node) or "Article"] or _genre(list(_names(said, "genre", "articleSection"))),
    )


def _values(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _resolved(value: object, by_id: dict[str, Node]) -> object:
    """What a reference (``{"@id": …}`` alone) stands for."""
    if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
        return by_id.get(str(value.get("@id")), value)
    return value


def _names(said: dict[str, list[object]], *keys: str) -> Iterator[str]:
    for key in keys:
        for value in said.get(key, []):
            yield from _strings(value, "name", "@value")


def _strings(value: object, *keys: str) -> Iterator[str]:
    """The strings of a value: itself, those of a list, or those under the keys of an object."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (entry for entry in value if isinstance(entry, str))
    elif isinstance(value, dict):
        for key in keys:
            yield from _strings(value.get(key))


def _is_body(value: object) -> bool:
    return isinstance(value, dict) and any(name.endswith("Organization") for name in _strings(value.get("@type")))


def _addresses(node: Node) -> list[str]:
    """Where the article says that it is, without fragments (``…/aid-sent#article`` is the page's object for it)."""
    values = (value for key in ("mainEntityOfPage", "url", "@id") for value in _values(node.get(key)))
    return [text.partition("#")[0] for value in values for text in _strings(value, "@id", "url")]


def _meta(page: HtmlElement) -> dict[str, list[str]]:
    """The contents of all meta tags by their names in lower case, in the order of the page."""
    found: dict[str, list[str]] = {}
    for tag in page.iter("meta"):
        content = tag.get("content") or ""
        for kind in ("property", "name", "itemprop", "http-equiv"):
            if content.strip() and (name := (tag.get(kind) or "").strip().lower()):
                found.setdefault(name, []).append(content)
    return found


def _first_authors(said: dict[str, list[str]], publisher: str | None) -> tuple[str, ...]:
    """The authors of the first tag that names any: others would name the same in other words."""
    named = (read_authors(said.get(name, ()), publisher=publisher) for name in tags().meta["authors"])
    return next(filter(None, named), ())


def _headline(titles: Sequence[str], publisher: str | None) -> str | None:
    return next(filter(None, (clean_title(title, publisher) for title in titles)), None)


def _genre(sections: Sequence[str]) -> Genre | None:
    """The genre of the section or type that a page puts its article in, by the words that kickers have."""
    kickers = (recognise(section) for section in map(clean, sections) if section)
    return next((line.genre for line in kickers if line and line.genre), None)


def _canonical(page: HtmlElement) -> str | None:
    return next(filter(None, map(read_url, _links(page, "canonical"))), None)


def _licence_links(page: HtmlElement) -> list[str]:
    """The page's licence link; several different ones are those of its pictures, and nothing follows from them."""
    links = list(dict.fromkeys(filter(None, map(read_licence, _links(page, "license")))))
    return links if len(links) == 1 else []


def _links(page: HtmlElement, relation: str) -> Iterator[str]:
    for link in page.iter("link", "a"):
        if relation in (link.get("rel") or "").lower().split():
            yield link.get("href") or ""
