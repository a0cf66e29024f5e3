"""The regions of a text, each with its kind: what is story, what is page.

Why blocks and not a cleaned text: facts are quoted by offsets in the file as it came, so nothing may
be cut out; a region that is no story is only marked, and whoever extracts passes over it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.read.captions import split_caption, trim
from kg.read.datelines import Head
from kg.read.lines import Line, recognise
from kg.read.names import find_masthead
from kg.read.regions import cut_long, split_regions
from kg.read.rows import find_rows
from kg.read.top import Top, clean_headline, find_top, first_sentence, is_list_item
from kg.records import Block, BlockKind, Span

_SIGNED_FROM = 2  # paragraphs of a story that may end in its outlet's name
_IN_LIST = Line("chrome", "list")
_LONGEST_TITLE = 13  # words: a longer item under "Further information" is a fact, as press releases list them there
_ROW = Line("table", "row")


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a text and what its lines tell.

    Attributes:
        lines: the recognised lines with their spans, in text order.
        story: offset at which the story begins: lines before it stand at the top of the page.
        lead: the first paragraphs of the story, where an agency names the day of filing.
        outlet: the outlet named after the headline, as ``Aid sent | Reuters``.
        remarks: what is kept and not read.
    """

    blocks: tuple[Block, ...]
    headline: str
    lines: tuple[tuple[Span, Line], ...]
    story: int
    lead: str
    head: Head | None = None
    outlet: str | None = None
    remarks: tuple[str, ...] = ()


def lay_out(text: str, *, titled: bool = False) -> Layout:
    """Tell the kind of each region; the text must hold at least one word.

    ``titled``: the first line is the headline, whatever it looks like.
    """
    regions = split_regions(text)
    rows = find_rows(text, regions)
    lines: list[Line | None] = [_ROW if i in rows else recognise(region.of(text)) for i, region in enumerate(regions)]
    if len(regions) == 1 or titled:  # a single line is a story, whatever it looks like
        lines[0] = None
    top = find_top(text, regions, lines, titled=titled)
    lines = _settle(text, regions, lines, top)
    lines = _signed_off(text, regions, lines, top)
    blocks = [block for i, region in enumerate(regions) for block in _blocks(text, i, region, lines[i], top)]
    blocks = _keep_a_body(blocks)
    headline, outlet = _headline(text, regions, top, blocks)
    story = regions[top.story].start if top.story < len(regions) else len(text)
    paragraphs = [block.span.of(text) for block in blocks if block.kind == "paragraph"][:3]
    recognised = tuple((region, line) for region, line in zip(regions, lines, strict=True) if line)
    remarks = (f"a table of {len(rows):,} rows is kept and not read for facts",) if rows else ()
    return Layout(tuple(blocks), headline, recognised, story, "\n".join(paragraphs), top.head, outlet, remarks)


def _settle(text: str, regions: list[Span], lines: list[Line | None], top: Top) -> list[Line | None]:
    """Drop weak lines within the story, free the headline, and take in the lists that a line opens."""
    settled = [top.signed.get(i, line) for i, line in enumerate(lines)]
    opener: Line | None = None
    for i, line in enumerate(settled):
        item = regions[i].of(text)
        if i == top.headline or (line and line.weak and i > top.story):
            settled[i] = line = None
        if line:
            opener = line if line.opens else None if line.kind == "byline" else opener
        elif opener and i != top.headline and i != top.dateline and is_list_item(item):
            settled[i] = None if _is_fact(opener, item) else _IN_LIST
        else:
            opener = None
    return settled


def _is_fact(opener: Line, item: str) -> bool:
    """Whether what stands in a list is told rather than linked to: too long for a title, under no related stories."""
    return opener.what == "more information" and len(item.split()) > _LONGEST_TITLE


def _signed_off(text: str, regions: list[Span], lines: list[Line | None], top: Top) -> list[Line | None]:
    """Take the outlet's name alone at the very foot of a story for its signature, as reviews print it."""
    last = len(regions) - 1
    if last - top.story < _SIGNED_FROM or lines[last] is not None:
        return lines
    outlet = find_masthead(regions[last].of(text))
    return [*lines[:last], Line("byline", "masthead", outlet=outlet)] if outlet else lines


def _blocks(text: str, i: int, region: Span, line: Line | None, top: Top) -> Iterator[Block]:
    if i == top.headline:
        yield Block("headline", region)
    elif i == top.dateline and top.head:
        yield Block("dateline", top.head.span)
        if rest := trim(text, top.head.span.end, region.end):
            yield from (Block("paragraph", span) for span in cut_long(text, rest))
    elif line is None:
        kind: BlockKind = "standfirst" if i in top.standfirsts else "paragraph"
        yield from (Block(kind, span) for span in cut_long(text, region))
    elif line.kind == "caption":
        yield from split_caption(text, region)
    else:
        yield Block(line.kind, region)


def _keep_a_body(blocks: list[Block]) -> list[Block]:
    """A page of a headline alone is a story of one paragraph: a fact in it must be readable."""
    if any(block.kind in ("paragraph", "standfirst") for block in blocks):
        return blocks
    return [Block("paragraph", block.span) if block.kind == "headline" else block for block in blocks]


def _headline(text: str, regions: list[Span], top: Top, blocks: list[Block]) -> tuple[str, str | None]:
    if top.headline is not None:
        headline, outlet = clean_headline(regions[top.headline].of(text))
        return (headline, outlet) if len(regions) > 1 else (first_sentence(headline), outlet)
    readable = [block for block in blocks if block.kind == "paragraph"] or blocks
    return first_sentence(readable[0].span.of(text)), None
