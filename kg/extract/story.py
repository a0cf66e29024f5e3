"""What an article has told of time so far: the base that "three days later" and "that month" are counted from.

A text has two such bases besides its own date: the last date that it told, and the day on which its disaster struck
("two days after the quake"). Both run through the whole article, so they cannot be read off one paragraph.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.extract.tokens import Token
from kg.records import PartialDate

Onset = Callable[[Token], PartialDate | None]
"""The day on which the crisis struck that is spoken of at a token."""


def no_onset(token: Token) -> None:
    """No crisis is known."""


@dataclass(slots=True)
class Story:
    """Dates in the order they were told. ``here`` counts those of this paragraph, the last stood in ``sentence``."""

    onset: Onset = no_onset
    told: list[PartialDate] = field(default_factory=list)
    here: int = 0
    sentence: int = -1

    def open_paragraph(self) -> None:
        """Forget which dates stand in the paragraph."""
        self.here, self.sentence = 0, -1

    def tell(self, date: PartialDate, sentence: int) -> None:
        """Go on to a date told in the sentence that starts with this token."""
        self.told.append(date)
        self.here += 1
        self.sentence = sentence

    def last(self, grain: int = 1) -> PartialDate | None:
        """The last date told, if it is told to the year (1), month (2) or day (3); else the last such date in it.

        "On 3 May a ship came. This month is dry. Two days later" counts from 3 May, but a year told in passing in
        between leaves nothing to count from.
        """
        if not self.told:
            return None
        latest = self.told[-1]
        for date in reversed(self.told):
            if not (latest.first <= date.first and date.last <= latest.last):
                return None
            if len(date.parts) >= grain:
                return date
        return None
