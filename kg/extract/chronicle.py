"""The dates of an article, paragraph by paragraph, with the story that runs through them.

Figures need only the dates of their own paragraph (:func:`kg.extract.times.find_times`); acts of giving are told as a
story, in which "four days later" may open a new paragraph.
"""

from __future__ import annotations

from kg.extract.calendars import Anchor
from kg.extract.nlp import Paragraph
from kg.extract.onset import onset_of
from kg.extract.scene import Scene
from kg.extract.story import Story
from kg.extract.time_reader import Reader
from kg.extract.times import Time, find_times, read_times

_TOP = 5  # paragraphs
_SHORT = 25  # tokens: a line that dates the text, not one that tells of it


def _written(scene: Scene) -> Anchor:
    """The day of writing of an article that no page dates, from a line at its top: "as of 3 May 2011"."""
    for paragraph in scene.parsed.paragraphs[:_TOP]:
        if len(paragraph.doc) > _SHORT:
            continue
        for time in find_times(paragraph.doc, Anchor(None, None)):
            if len(time.date.parts) == len(("year", "month", "day")):
                return Anchor(None, time.date)
    return Anchor(None, None)


class Chronicle:
    """Reads the dates of an article's paragraphs, which must be asked for in text order."""

    def __init__(self, scene: Scene, anchor: Anchor) -> None:
        self._scene = scene
        self._anchor = anchor if anchor.date else _written(scene)
        self._reader = Reader(self._anchor)

    def times(self, paragraph: Paragraph) -> tuple[Time, ...]:
        """The dates of a paragraph. A caption or headline stands outside the story: it tells of its own day."""
        outside = paragraph.kind in ("caption", "headline")
        reader = Reader(self._anchor, Story()) if outside else self._reader
        reader.story.onset = onset_of(self._scene, paragraph, self._anchor)
        return read_times(paragraph.doc, reader)
