"""Names beside places, as many as find room: the most important first, none over another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from server.drawing.shapes import XY, Anchor, Box, Text, text_width


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that wants its name written beside it."""

    at: XY
    words: str
    lang: str | None = None


_SIDES: Final[tuple[tuple[Anchor, float, float], ...]] = (
    ("start", 1, 0.35), ("end", -1, 0.35), ("middle", 0, -0.75), ("middle", 0, 1.45),
    ("start", 0.8, -0.45), ("end", -0.8, -0.45), ("start", 0.8, 1.15), ("end", -0.8, 1.15),
)  # fmt: skip
"""Where a name may stand, best first: how it is anchored, and how far its baseline lies from the dot (in em)."""


def place_labels(
    spots: Iterable[Spot],
    *,
    size: float,
    frame: Box,
    css: str = "",
    most: int = 24,
    taken: Sequence[Box] = (),
    gap: float = 5,
) -> tuple[Text, ...]:
    """The names that find room, in the order of ``spots``.

    Args:
        size: the font size.
        frame: no name leaves it.
        most: how many names at most.
        taken: where no name may stand.
        gap: how far a name stands from the middle of its dot.
    """
    texts, boxes = list[Text](), list(taken)
    for spot in spots:
        if len(texts) == most:
            break
        for anchor, right, down in _SIDES:
            text = Text(spot.at[0] + gap * right, spot.at[1] + size * down, spot.words, css, anchor, spot.lang)
            box = box_of(text, size)
            if _inside(box, frame) and not any(map(box.meets, boxes)):
                texts.append(text)
                boxes.append(box)
                break
    return tuple(texts)


def box_of(text: Text, size: float) -> Box:
    """The room that a text takes."""
    width = text_width(text.words, size)
    left = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
    return Box(left - 1, text.y - 0.85 * size, left + width + 1, text.y + 0.3 * size)


def _inside(box: Box, frame: Box) -> bool:
    return box.left >= frame.left and box.right <= frame.right and box.top >= frame.top and box.bottom <= frame.bottom
