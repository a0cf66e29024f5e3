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
from kg.extract.times import Time, read_times


class Chronicle:
    """Reads the dates of an article's paragraphs, which must be asked for in text order."""

    def __init__(self, scene: Scene, anchor: Anchor) -> None:
        self._scene = scene
        self._anchor = anchor
        self._reader = Reader(anchor)

    def times(self, paragraph: Paragraph) -> tuple[Time, ...]:
        """The dates of a paragraph. A caption or headline stands outside the story: it tells of its own day."""
        outside = paragraph.kind in ("caption", "headline")
        reader = Reader(self._anchor, Story()) if outside else self._reader
        reader.story.onset = onset_of(self._scene, paragraph, self._anchor)
        return read_times(paragraph.doc, reader)
