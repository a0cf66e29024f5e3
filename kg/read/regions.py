"""A text to the regions that are judged one by one: each a paragraph, a headline, a line of chrome.

Why not split at blank lines alone: many files have one paragraph a line and no blank line, some have
both, and old archives wrap their lines at 60 to 80 characters. Whether a file is wrapped is told by
its own look: in wrapped prose most lines go on in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from kg.records import Span

WIDEST_WRAP = 120
"""Code points. Lines longer than this are paragraphs, whatever comes next."""
NARROWEST_WRAP = 30
"""Code points. The narrowest newspaper column that is still put together."""
FULL_LINE = 0.6
"""A wrapped line is at least this share of the file's usual width; a shorter one ends its paragraph."""
GOES_ON = 0.4
"""The share of lines going on in lower case from which a file counts as wrapped (prose: about 0.7; lists and
one paragraph a line: 0)."""

LONGEST_PARAGRAPH = 20_000
"""Code points. A longer paragraph is cut: parsing takes memory with its length, and spaCy refuses a million."""

_SENTENCE_ENDS = re.compile(r"[.!?][\"”’')\]]{0,2}\s+")
_LINE = re.compile("[^\n\x0b\x0c\x85\u2028\u2029]+")
_BULLET = re.compile(r"(?:[-–—*•·▪>]|\(?\d{1,2}[.)])\s|https?://")


class _Line(NamedTuple):
    span: Span
    goes_on: bool  # no blank line or page break before it


def split_regions(text: str) -> list[Span]:
    """Spans of the regions in text order, without the white space around them; only white space lies between."""
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    regions: list[Span] = []
    for number, (span, goes_on) in enumerate(lines):
        if width and goes_on and _continues(text, lines[number - 1].span, span, width):
            regions[-1] = Span(regions[-1].start, span.end)
        else:
            regions.append(span)
    return regions


def cut_long(text: str, region: Span) -> Iterator[Span]:
    """The region, cut where it is longer than :data:`LONGEST_PARAGRAPH`: after a sentence, a word, or anywhere."""
    start = region.start
    while region.end - start > LONGEST_PARAGRAPH:
        end = _cut(text, start, start + LONGEST_PARAGRAPH)
        yield Span(start, start + len(text[start:end].rstrip()))
        start = end
    if start < region.end:
        yield Span(start, region.end)


def _cut(text: str, start: int, end: int) -> int:
    """Where the next piece starts: after the last sentence of the last tenth, else the last word."""
    tail = end - LONGEST_PARAGRAPH // 10
    stops = [match.end() for match in _SENTENCE_ENDS.finditer(text, tail, end)]
    spaces = (place + 1 for place in range(end - 1, tail, -1) if text[place].isspace())
    return stops[-1] if stops else next(spaces, end)


def _lines(text: str) -> Iterator[_Line]:
    end = 0
    for match in _LINE.finditer(text):
        line = match[0]
        if not (stripped := line.strip()):
            continue
        start = match.start() + line.index(stripped[0])
        gap = text[end:start]
        yield _Line(Span(start, start + len(stripped)), end > 0 and gap.strip(" \t\xa0") == "\n")
        end = start + len(stripped)


def _wrap_width(text: str, lines: list[_Line]) -> int:
    """The width at which the file's lines were wrapped, 0 where they were not."""
    pairs = [(one.span, other.span) for one, other in pairwise(lines) if other.goes_on]
    pairs = [(one, other) for one, other in pairs if not _BULLET.match(text, other.start)]
    lower = sum(text[other.start].islower() for _, other in pairs)
    if not pairs or lower < GOES_ON * len(pairs):
        return 0
    lengths = sorted(one.end - one.start for one, _ in pairs)
    width = lengths[len(lengths) * 9 // 10]  # not the longest: a headline may stick out
    return width if NARROWEST_WRAP <= width <= WIDEST_WRAP else 0


def _continues(text: str, before: Span, after: Span, width: int) -> bool:
    return FULL_LINE * width <= before.end - before.start <= WIDEST_WRAP and not _BULLET.match(text, after.start)
