"""What stands between a page's headline and its story: the byline and the day, as people see them.

Why besides the library's guess: that goes by names of classes and attributes, which pages before 2005 have not, and it
takes the first half of a page's title for the headline, where many sites put their own name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from kg.read.given import Given, clean
from kg.read.lines import recognise
from kg.read.names import find_masthead, find_outlet

LINES_ABOVE = 8
"""Lines above the first paragraph that may be the byline; further up is the page's own head."""

SOUGHT = 40
"""Code points of the first paragraph by which it is found in the page."""

_INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
     "kbd", "mark", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var")
)  # fmt: skip
_UNSEEN = frozenset({"head", "title", "script", "style", "template", "noscript"})
_PARTS = re.compile(r"\s+[|–—»·:-]+\s+|:\s+")


def read_top(page: HtmlElement, story: list[str]) -> Given:
    """The day and the authors in the lines right above the story, the headline and the outlet in the title."""
    lines = list(_lines(page))
    headline, publisher = _split_title(page, lines)
    prose = next((part for part in story if len(part) >= SOUGHT), "")
    place = next((i for i, line in enumerate(lines) if prose and prose[:SOUGHT] in line), 0)
    above = [
        line for line in map(recognise, lines[max(0, place - LINES_ABOVE) : place]) if line and line.kind == "byline"
    ]
    days = (line.date.partial for line in above if line.date and not line.updated)
    return Given(
        headline=headline,
        publisher=publisher,
        authors=next((line.authors for line in above if line.authors), ()),
        published=next(filter(None, days), None),
    )


def _split_title(page: HtmlElement, lines: list[str]) -> tuple[str | None, str | None]:
    """The part of the title that the page prints again in a line of its own, and the outlet that another part names."""
    title = clean(page.findtext(".//title") or "") or ""
    parts = [title, *(part for part in _PARTS.split(title) if part)]
    headline = next((part for part in sorted(parts, key=len, reverse=True) if part in lines), None)
    others = (part for part in parts[1:] if part != headline)
    return headline, next(filter(None, (find_outlet(part) or find_masthead(part) for part in others)), None)


def _lines(page: HtmlElement) -> Iterator[str]:
    """The lines that a reader of the page sees, without their looks."""
    words: list[str] = []
    for event, element in etree.iterwalk(page, events=("start", "end")):
        if element.tag not in _INLINE:
            words.append("\n")
        if event == "start" and element.tag not in _UNSEEN:
            words.append(_spaced(element.text))
        elif event == "end":
            words.append(_spaced(element.tail))
    yield from filter(None, (" ".join(line.split()) for line in "".join(words).split("\n")))


def _spaced(text: str | None) -> str:
    return (text or "").replace("\n", " ")
