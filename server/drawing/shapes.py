"""What all drawings are made of: marks with an address and words, texts, and numbers written short.

Widths of texts are estimated, since a server has no fonts: good enough to keep labels apart, and the
browser's own font is never far off.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]
XY = tuple[float, float]

MAX_LINKS = 60
"""Links in a drawing that the tabulator key goes through; with more, the table beneath is the way."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something drawn: ``d`` is a path, ``css`` its classes, ``title`` its words.

    ``key`` joins it to the row of the table that says the same (``data-key`` of both). ``line`` is a second path along
    its middle, ``width`` wide, for a pattern.
    """

    d: str
    css: str
    title: str = ""
    href: str | None = None
    key: str = ""
    line: str = ""
    width: float = 0


@dataclass(frozen=True, slots=True)
class Text:
    """Words in the drawing; ``x`` and ``y`` are where their baseline begins, is in the middle or ends."""

    x: float
    y: float
    words: str
    css: str = ""
    anchor: Anchor = "start"
    lang: str | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend: what a class of marks means. ``d`` is one of them, in a box of 34 by 12."""

    css: str
    words: str
    count: int = 0
    d: str = "M1 5.4Q12 4.6 23 4.2V1.4L33 6 23 10.6V7.8Q12 7.4 1 6.6z"
    line: str = "M1 6H23"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that something takes up."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def num(value: float) -> str:
    """A length as SVG writes it, to a tenth of a unit: ``12.5``, ``7``, ``-0.3``."""
    text = f"{value:.1f}"
    return {"-0.0": "0"}.get(text, text.removesuffix(".0"))


def at(point: XY) -> str:
    """A point of a path."""
    return f"{num(point[0])} {num(point[1])}"


def text_width(words: str, size: float) -> float:
    """The width of ``words`` at a font size, estimated: a Latin letter is a bit more than half as wide as high."""
    return size * sum(map(_advance, words))


def _advance(char: str) -> float:
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return 1
    return 0.34 if char in " .,:;'’ijlIt|!()[]" else 0.9 if char in "mwMW@%—" else 0.7 if char.isupper() else 0.61


def shorten(words: str, size: float, width: float) -> str:
    """``words`` cut with an ellipsis to what fits into ``width``."""
    if text_width(words, size) <= width:
        return words
    kept = words
    while kept and text_width(f"{kept}…", size) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…" if kept.strip() else ""


def isolate(words: str) -> str:
    """A name from the data within a sentence of ours that no element can hold (Unicode 6.3, FSI and PDI).

    In ``<title>`` there is no ``<bdi>``, and a name from right to left would turn the sentence round.
    """
    return words if words.isascii() else f"\u2068{words}\u2069"


def circle(centre: XY, radius: float) -> str:
    """The path of a full circle."""
    (x, y), r = centre, num(radius)
    return f"M{num(x - radius)} {num(y)}a{r} {r} 0 1 0 {num(2 * radius)} 0a{r} {r} 0 1 0 {num(-2 * radius)} 0z"


def polyline(points: Sequence[XY]) -> str:
    """The path through points."""
    return "M" + "L".join(map(at, points))


def plural(count: int, one: str) -> str:
    """``1 event``, ``1,234 events``."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"
