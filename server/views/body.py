"""An article's text with its evidence marked, as paragraphs of marks inside marks.

HTML nests and evidence does not: a sentence may hold a figure, and two spans may cross. So a span that crosses the end
of another, or of a paragraph, is cut there, and its first part carries its name for links. Offsets are code points,
which is what Python counts; a span whose words do not stand at its place is not marked, since it would mark others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

DEEPEST: Final = 12
"""Marks inside marks; what lies deeper, which only made-up data holds, is not marked."""

_PARAGRAPH: Final = re.compile(r"\S.*?(?=\s*(?:\n[^\S\n]*\n|\Z))", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of the text and the numbers of the facts that it proves. A part that was cut off has no ``anchor``."""

    start: int
    end: int
    exact: str
    anchor: str
    proves: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Plain text, or a mark around other runs. ``proves`` stands at the end of the last part of its span."""

    text: str = ""
    anchor: str = ""
    is_mark: bool = False
    runs: tuple[Run, ...] = ()
    proves: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs, and the anchors of evidence that could not be marked."""

    paragraphs: tuple[tuple[Run, ...], ...]
    unmarked: frozenset[str]


def mark_text(text: str, spans: Iterable[Evidence]) -> Body:
    """The text in paragraphs with every span marked that stands where it says."""
    given = sorted(spans, key=_order)
    fitting = [span for span in given if span.exact and text[span.start : span.end] == span.exact]
    paragraphs = tuple(
        tuple(_runs(text, found.start(), found.end(), _within(fitting, found.start(), found.end()), 0))
        for found in _PARAGRAPH.finditer(text)
    )
    marked = {anchor for runs in paragraphs for anchor in _anchors(runs)}
    return Body(paragraphs, frozenset(span.anchor for span in given) - marked)


def _order(span: Evidence) -> tuple[int, int, str]:
    """The longer first, so that it becomes the outer mark."""
    return span.start, -span.end, span.anchor


def _within(spans: Iterable[Evidence], start: int, end: int) -> list[Evidence]:
    """The parts of the spans between two places."""
    parts = [_part(span, max(span.start, start), min(span.end, end)) for span in spans]
    return [part for part in parts if part.start < part.end]


def _part(span: Evidence, start: int, end: int) -> Evidence:
    """A part has the span's anchor only if it begins it, and tells what it proves only if it ends it."""
    anchor = span.anchor if start == span.start else ""
    return replace(span, start=start, end=end, anchor=anchor, proves=span.proves if end == span.end else ())


def _runs(text: str, start: int, end: int, spans: Sequence[Evidence], depth: int) -> Iterator[Run]:
    """What lies between two places: the first span as a mark around those inside it, then the rest."""
    waiting = list(spans) if depth < DEEPEST else []
    while waiting:
        first, *others = waiting
        if start < first.start:
            yield Run(text[start : first.start])
        inner = _within(others, first.start, first.end)
        runs = tuple(_runs(text, first.start, first.end, inner, depth + 1))
        yield Run(anchor=first.anchor, is_mark=True, runs=runs, proves=first.proves)
        waiting, start = sorted(_within(others, first.end, end), key=_order), first.end
    if start < end:
        yield Run(text[start:end])


def _anchors(runs: Iterable[Run]) -> Iterator[str]:
    for run in runs:
        if run.is_mark:
            yield run.anchor
            yield from _anchors(run.runs)
