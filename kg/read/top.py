"""The top of a page: which line is the headline, what stands between it and the story, where the story begins.

Why not the first line: pages open with menus, section names, kickers ("Opinion") and mastheads, some
stories have no headline at all, and a dateline in a line of its own looks like one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.read.datelines import Head, find_head, find_own_line, is_place
from kg.read.lines import Line, recognise_author
from kg.read.names import find_outlet, find_publisher
from kg.records import Span

REGIONS_READ = 40
"""Regions from the start among which the story must begin; also keeps a file of a million lines fast."""
LONGEST_HEADLINE = 250
LONGEST_STANDFIRST = 350
MOST_WORDS = 20
"""A headline of two sentences has no more words than this."""
FEW_WORDS = 12
"""A headline that ends in a full stop, as old papers print it, has no more words than this."""
LONGEST_CUT = 200
"""Code points of a headline that is made from the first sentence."""

_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]{0,2}$")
_INNER_STOP = re.compile(r"[a-z0-9)”\"]\.\s+[\"“(]?[A-Z]")
_BULLET = re.compile(r"(?:[-–—*•·▪]|\(?\d{1,2}[.)])\s")
_FIRST_SENTENCE = re.compile(r".{30,200}?[.!?][\"”’)]{0,2}(?=\s+[\"“‘(]?[A-Z0-9]|\s*$)")
_LABEL = re.compile(r"(?:headline|title)\s?:\s?", re.IGNORECASE)
_SUFFIX = re.compile(r"\s(?:[|–—-]|//)\s(?P<outlet>[^|]{2,50})$")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Top:
    """Indexes of regions: ``headline`` (None where there is none), ``standfirsts``, the first region of the ``story``.

    ``signed`` are lines that are only the name of an author or publisher, which nothing but their place tells.
    ``dateline`` is the index of the region that holds the dateline ``head``; ``alone`` says that it
    holds nothing else.
    """

    headline: int | None
    signed: dict[int, Line]
    standfirsts: frozenset[int]
    story: int
    dateline: int | None = None
    head: Head | None = None
    alone: bool = False


def find_top(text: str, regions: list[Span], lines: list[Line | None], *, titled: bool = False) -> Top:
    """Tell the parts of the top; ``lines`` is what each region was recognised as.

    ``titled``: the first region is known to be the headline.
    """
    reader = _Top(text, regions[:REGIONS_READ], lines[:REGIONS_READ])
    headline, story = reader.headline(titled=titled)
    start = 0 if headline is None else headline + 1
    signed = reader.publishers(start, story) | reader.authors(start, story)
    dateline, head, alone = reader.dateline(start, story)
    opening = reader.opening(start, dateline)
    standfirsts = reader.standfirsts(start, story, dateline, opening)
    return Top(headline, signed, standfirsts, story, dateline, head, alone)


def clean_headline(printed: str) -> tuple[str, str | None]:
    """A headline without a label before it or an outlet after it, and that outlet: ``Aid sent | Reuters``."""
    headline = _LABEL.sub("", _SPACE.sub(" ", printed), count=1).strip()
    suffix = _SUFFIX.search(headline)
    if suffix and (outlet := find_outlet(suffix["outlet"])) and suffix.start() > 10:
        return headline[: suffix.start()].rstrip(), outlet
    return headline, None


def first_sentence(prose: str) -> str:
    """A headline for a story without one: its first sentence, cut at a word where it is too long."""
    line = _SPACE.sub(" ", prose[: 2 * LONGEST_CUT]).strip()
    if match := _FIRST_SENTENCE.match(line):
        return match[0]
    if len(line) <= LONGEST_CUT:
        return line
    return line[: LONGEST_CUT - 1].rpartition(" ")[0].rstrip(" ,;:") + "…"


def is_list_item(line: str) -> bool:
    """Whether a line under "Related stories" may be one of them: short, and no sentence of prose."""
    return len(line) <= LONGEST_HEADLINE and (not _SENTENCE_END.search(line) or line[0] in '-–•*"“')


class _Top:
    """The first regions of one page, with the questions that are asked of them."""

    def __init__(self, text: str, regions: list[Span], lines: list[Line | None]) -> None:
        self.text, self.regions, self.lines = text, regions, lines
        self.looks = [line is None and self._is_title(i) for i, line in enumerate(lines)]

    def headline(self, *, titled: bool) -> tuple[int | None, int]:
        """Index of the headline and of the first region of prose."""
        if titled:
            self.looks[0] = True
        prose = (i for i, line in enumerate(self.lines) if line is None and not self.looks[i] and not self._own(i))
        story = next(prose, len(self.lines))
        if any(self.looks[:story]):
            return self.looks.index(True), story
        kickers = (i for i in range(story) if (line := self.lines[i]) and line.headline)
        return next(kickers, None), story

    def authors(self, start: int, story: int) -> dict[int, Line]:
        """Lines below the headline that are a name, where a date or outlet stands beside it or the foot tells of it."""
        names: dict[int, Line] = {}
        for i in range(start, story):
            line = recognise_author(self.regions[i].of(self.text)) if self.looks[i] else None
            if line and (self._beside_a_date(i) or f"\n{line.authors[0]} is " in self.text):
                names[i] = line
        for i, line in names.items():
            self.lines[i], self.looks[i] = line, False
        return names

    def publishers(self, start: int, story: int) -> dict[int, Line]:
        """The line below the headline that is a publisher's name, with a date, place or period in the next one."""
        if not 0 < start < story or not self.looks[start] or not self._beside_a_date(start):
            return {}
        publisher = find_publisher(self.regions[start].of(self.text))
        if not publisher:
            return {}
        self.lines[start], self.looks[start] = Line("byline", "masthead", outlet=publisher), False
        return {start: Line("byline", "masthead", outlet=publisher)}

    def _beside_a_date(self, i: int) -> bool:
        beside = [self.lines[n] for n in (i - 1, i + 1) if 0 <= n < len(self.lines)]
        return any(line and (line.date or line.outlet) and not line.authors for line in beside)

    def dateline(self, start: int, story: int) -> tuple[int | None, Head | None, bool]:
        """Index of the dateline, the dateline itself, and whether it stands alone."""
        unread = [i for i in range(start, len(self.regions)) if self.lines[i] is None][:6]
        for i in unread:
            if head := self._own(i) or (self._place_line(i) if i < story else None):
                return i, head, True
            head = find_head(self.text, self.regions[i])
            if head and (head.date or head.agency or i == story):
                return i, head, False
        return None, None, False

    def opening(self, start: int, dateline: int | None) -> int | None:
        """Index of the byline or dateline that shows where the story opens, with prose to come after it."""
        bylines = (i for i in range(start, len(self.lines)) if (line := self.lines[i]) and (line.authors or line.date))
        places = [i for i in (next(bylines, None), dateline) if i is not None]
        first = min(places, default=None)
        if first is None or all(line is not None for line in self.lines[first + (first != dateline) :]):
            return None
        return first if sum(line is None for line in self.lines[start:first]) <= 2 else None

    def standfirsts(self, start: int, story: int, dateline: int | None, opening: int | None) -> frozenset[int]:
        """Short regions between the headline and the story; full sentences only where a byline or dateline follows."""
        if start == 0:
            return frozenset()
        unread = (i for i in range(start, len(self.lines)) if self.lines[i] is None and i != dateline)
        short = [i for i in unread if self._is_short(i)]
        above = [i for i in short if opening is not None and i < opening]
        decks = [i for i in short if i < story and self.looks[i]][:3]
        return frozenset(above or decks) if story < len(self.lines) or above else frozenset()

    def _is_short(self, i: int) -> bool:
        return self.regions[i].end - self.regions[i].start <= LONGEST_STANDFIRST and not self._is_bullet(i)

    def _is_bullet(self, i: int) -> bool:
        return _BULLET.match(self.text, self.regions[i].start) is not None

    def _own(self, i: int) -> Head | None:
        return find_own_line(self.text, self.regions[i]) if self.lines[i] is None else None

    def _place_line(self, i: int) -> Head | None:
        """A place in a line of its own under a byline, as ``By Jane Doe / Geneva / 12 May 2010``."""
        above = self.lines[i - 1] if i else None
        line = self.regions[i].of(self.text)
        if not above or not above.authors or len(line) > 40:
            return None
        place, _, region = line.partition(",")
        fits = is_place(place) and (not region or is_place(region.strip())) and len(place.split()) <= 3
        return Head(self.regions[i], place, None, None) if fits else None

    def _is_title(self, i: int) -> bool:
        """Whether a region looks like a headline: short, and no full sentence unless a much longer one follows."""
        span = self.regions[i]
        line = span.of(self.text)
        if len(line) > LONGEST_HEADLINE or _BULLET.match(line) or find_own_line(self.text, span):
            return False
        head = find_head(self.text, span)
        if head and (head.date or head.agency):
            return False
        if not _SENTENCE_END.search(line) or line.endswith(("?", "!", "…")):
            return len(line.split()) <= MOST_WORDS or not _INNER_STOP.search(line) or line.isupper()
        following = self.regions[i + 1].of(self.text) if i + 1 < len(self.regions) else ""
        short = len(line.split()) <= FEW_WORDS and 2 * len(line) <= len(following)
        return line.isupper() or (head is None and short and not _INNER_STOP.search(line))
