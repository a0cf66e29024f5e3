"""Dates counted from the story told so far and from the day of disaster, in small texts, through the pinned model."""

from __future__ import annotations

import pytest

from kg.extract.nlp import parse
from kg.extract.story import Story
from kg.extract.time_reader import Reader
from kg.extract.times import Anchor, read_times
from kg.extract.tokens import Doc, Token
from kg.records import Article, Block, PartialDate, Span

# article's date | day of the disaster | text, a paragraph a line | the last date found, "" for none
CASES: tuple[tuple[str | None, str | None, str, str], ...] = (
    ("1999-08-25", "1999-08-17", "Two days after the quake, Athens sent tents.", "1999-08-19"),
    ("1999-08-25", "1999-08-17", "The day after the disaster the first planes came.", "1999-08-18"),
    ("1999-08-25", "1999-08-17", "On the night of the earthquake nobody slept.", "1999-08-17"),
    ("1999-08-25", "1999-08-17", "Within hours of the earthquake the navy sailed.", "1999-08-17"),
    ("1999-08-25", "1999-08-17", "Hours after the quake struck, dogs were flown in.", "1999-08-17"),
    ("1999-08-25", "1999-08-17", "In the first days Bonn promised blankets.", "1999-08"),
    ("1999-08-31", "1999-08-29", "In the first days Bonn promised blankets.", ""),
    ("1999-08-25", "1999-08-17", "On the fourth day a hospital was put up.", "1999-08"),
    ("1999-08-25", "1999-08-17", "Within days of the disaster, kitchens were open.", "1999-08"),
    ("1999-08-25", "1999-08-17", "Three weeks after the quake the tents were full.", "1999-09-07"),
    ("1999-08-25", "1999-08-17", "In the two weeks after the quake 40 planes came.", ""),
    ("1999-08-25", "1999-08-17", "Two days after the ministers had met, tents came.", ""),
    ("1999-08-25", "1999-08-17", "Two days after the flood victims were moved, tents came.", ""),
    ("1999-08-25", "1999-08-17", "On the fourth day of the strike talks began.", ""),
    ("1999-08-25", None, "Two days after the quake, Athens sent tents.", ""),
    ("2010-03-20", "2010-02-27", "About three days after the quake, ships set out.", ""),
    ("2010-03-20", "2010-03-11", "About three days after the quake, ships set out.", "2010-03"),
    ("2003-12-30", "2003-12-26", "The morning after the quake a plane left Kiev.", "2003-12-27"),
    ("2003-12-30", None, "A ship sailed on 3 December.\nFour days later it was in port.", "2003-12-07"),
    ("2003-12-30", None, "A ship sailed on 3 December.\nThree weeks later it was in port.", "2003-12-24"),
    ("2003-12-30", None, "A ship sailed on 3 December. A day earlier the crew had been hired.", "2003-12-02"),
    ("2003-12-30", None, "A ship sailed on 3 December. The same evening a train left.", "2003-12-03"),
    ("2003-12-30", None, "A ship sailed on 3 December. The following morning a train left.", "2003-12-04"),
    ("2003-12-30", None, "A ship sailed on 3 December. The day before, the crew had been hired.", "2003-12-02"),
    ("2003-12-30", None, "A ship sailed on 3 December. The week after, it was in port.", "2003-12"),
    ("2003-12-30", None, "A ship sailed on 3 December. Before the month was out it was back.", "2003-12"),
    ("2003-12-30", None, "A ship sailed on 3 December and within weeks kitchens were open.", "2003-12"),
    ("2003-12-30", None, "A ship sailed on 28 November and within weeks kitchens were open.", "2003-11-28"),
    ("2003-12-30", None, "A ship sailed on 3 December. On the twelfth it was sighted.", "2003-12-12"),
    ("2003-12-30", None, "A ship sailed on 3 December. On the 12th it was sighted.", "2003-12-12"),
    ("2003-12-30", None, "A ship sailed on 3 December. On the twelfth floor lived a clerk.", "2003-12-03"),
    ("2003-12-30", None, "A ship sailed on 3 December. About two days later it was sighted.", "2003-12"),
    ("2003-12-30", None, "A ship sailed on 3 December. A few days later it was sighted.", "2003-12-03"),
    ("2003-12-30", None, "A ship sailed on 3 December. The following Monday it was back.", "2003-12-08"),
    ("1950-01-10", None, "In May 1949 hunger set in. The previous September rain had failed.", "1948-09"),
    ("1950-01-10", None, "In May 1949 hunger set in. That same month grain was shipped.", "1949-05"),
    ("1950-01-10", None, "In 1949 hunger set in. Two years before that, rain had failed.", "1947"),
    ("1950-01-10", None, "In 1949 hunger set in. The following year grain came.", "1950"),
    (None, None, "In July 1946 hunger set in. In October grain came.", "1946-10"),
    (None, None, "In July 1946 hunger set in.\nIn March grain came.", "1947-03"),
    ("2001-06-01", None, "In July 1946 hunger set in. In October grain came.", "1946-10"),
    ("2001-06-01", None, "In July 1946 hunger set in.\nIn March grain came.", "2001-03"),
    ("2001-06-01", None, "The worst flood since the one of 1953 came in March.", "2001-03"),
    ("2001-06-01", None, "On 9 May a boat came, faster than in 1987. Two days later a second came.", "2001-05-11"),
    ("2001-06-01", None, "The tents came at the weekend.", "2001-05"),
    ("2001-07-02", None, "The tents came over the weekend.", ""),
    ("2001-06-01", None, "The tents came on Tuesday of last week.", "2001-05-22"),
    ("2001-06-01", None, "Tents came last week on Wednesday.", "2001-05-23"),
    ("2001-06-01", None, "The tents came on Friday last.", "2001-05-25"),
    ("2001-06-01", None, "The tents came a fortnight ago.", "2001-05-18"),
    ("2001-06-01", None, "The tents came about ten years ago.", ""),
    ("2001-06-01", None, "The tents came a decade ago.", "1991"),
    ("2001-01-03", None, "On Christmas Eve a ship came.", "2000-12-24"),
    ("1908-02-11", None, "Your cable of the 4th inst. was read.", "1908-02-04"),
    ("1908-02-11", None, "Flour was shipped on the 28th ult. from Odessa.", "1908-01-28"),
    ("2001-06-20", None, "On the twelfth a boat came.", "2001-06-12"),
    ("2001-06-05", None, "On the twelfth a boat came.", "2001-05-12"),
    ("2001-06-05", None, "Sixty rescuers set out on Friday.", "2001-06-01"),
    ("2001-06-05", None, "Three days earlier a boat had come.", ""),
)  # fmt: skip


def read(published: str | None, onset: str | None, text: str) -> list[str]:
    """The dates of a text, a paragraph a line."""
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block("paragraph", Span(start, start + len(line))))
        start += len(line) + 1

    def struck(token: Token) -> PartialDate | None:
        return PartialDate(onset) if onset else None

    reader = Reader(Anchor(PartialDate(published) if published else None, None), Story(struck))
    article = Article(id="story", sha256="0" * 64, text=text, headline="", blocks=tuple(blocks))
    docs: list[Doc] = [paragraph.doc for paragraph in parse(article).paragraphs]
    return [time.date.iso for doc in docs for time in read_times(doc, reader)]


@pytest.mark.parametrize(("published", "onset", "text", "last"), CASES)
def test_dates_are_counted_from_story_or_disaster(
    published: str | None, onset: str | None, text: str, last: str
) -> None:
    assert (read(published, onset, text) or [""])[-1] == last
