"""A caption to its parts: what the picture shows, who made it, and its licence.

Why it matters: a caption may be the only place that tells of a delivery, but "Ministry of Defence" as
the photographer is no party to it. A part is cut off only where its form tells it; else all stays caption.
"""

from __future__ import annotations

import re

from kg.read.names import is_name
from kg.records import Block, BlockKind, Span

SHORTEST_CAPTION = 10
"""Code points that must be left of a caption when a credit is cut off."""

_LABEL = re.compile(
    r"[(\[]?\s?(?:[a-z]{1,12} )?(?:cover|photo(?:graph)?s?|pictures?|images?|credits?)(?: credit)?\s?:\s?",
    re.IGNORECASE,
)
_HEAD_END = re.compile(r"\.?\s[-–—/|]\s")
_LICENCE = re.compile(
    r"(?:\s?[/|;,(–—-]\s?){0,2}\b(?:(?:licen[cs]ed|available) under\b"
    r"|under (?:an? )?(?:creative commons|cc)\b|creative commons\b|CC[ -]BY\b|public domain\b)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s*(?:[/|]\s(?P<outlet>[^/|]{2,60})"
    r"|(?-i:Photograph|Photo|Image|Credit|Picture)s?(?: by|:)\s?(?P<by>[^:]{2,70})"
    r"|[(\[](?:file )?(?:(?:ap|afp|reuters|un|epa|getty) )?"
    r"(?:photo|photograph|image|picture|credit|courtesy|handout)s?\b[^()\[\]]{0,80}[)\]]"
    r"|\([\w .]{2,30}/[^()/]{3,60}\))[\s.)\]]*\Z",
    re.IGNORECASE,
)


def split_caption(text: str, region: Span) -> list[Block]:
    """Blocks of a caption's region in text order: caption, credit and licence as far as they can be told."""
    end = _licence_start(text, region)
    start = _credit_end(text, Span(region.start, end))
    tail = _tail_start(text, Span(start, end))
    kinds: tuple[tuple[BlockKind, int, int], ...] = (
        ("credit", region.start, start),
        ("caption", start, tail),
        ("credit", tail, end),
        ("licence", end, region.end),
    )
    return [Block(kind, span) for kind, first, last in kinds if (span := trim(text, first, last))]


def trim(text: str, start: int, end: int) -> Span | None:
    """The span without white space at its ends; None where nothing is left."""
    part = text[start:end]
    stripped = part.strip()
    if not stripped:
        return None
    first = start + part.index(stripped)
    return Span(first, first + len(stripped))


def _licence_start(text: str, region: Span) -> int:
    match = _LICENCE.search(text, region.start, region.end)
    return match.start() if match and match.start() >= region.start + SHORTEST_CAPTION else region.end


def _credit_end(text: str, span: Span) -> int:
    """Where a credit at the head ends: a label, a name, a dash, and then the caption (or nothing more)."""
    label = _LABEL.match(text, span.start, span.end)
    if not label:
        return span.start
    divider = _HEAD_END.search(text, label.end(), span.end)
    if divider and divider.end() + SHORTEST_CAPTION <= span.end and is_name(text[label.end() : divider.start()]):
        return divider.end()
    return span.end if is_name(text[label.end() : span.end].strip(" ).]")) else span.start


def _tail_start(text: str, span: Span) -> int:
    match = _TAIL.search(text, max(span.start + SHORTEST_CAPTION, span.end - 160), span.end)
    if not match:
        return span.end
    name = match["outlet"] or match["by"]
    return match.start() if not name or is_name(name.strip(" .)]").replace("/", " ")) else span.end
