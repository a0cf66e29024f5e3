"""Dates in sentences, against the article's day, through the pinned model."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from kg.extract.nlp import parse
from kg.extract.times import Anchor, Time, date_at, find_times
from kg.records import Article, Block, PartialDate, Span

# article's date | paragraph | dates found, "~" for relative ones
CASES: tuple[tuple[str | None, str, tuple[str, ...]], ...] = (
    ("2020-03-21", "The call was made, the Kremlin said on Saturday.", ("2020-03-21~",)),
    ("2020-03-21", "Rome asked for help on Friday.", ("2020-03-20~",)),
    ("2020-03-21", "A second plane will arrive on Sunday.", ("2020-03-22~",)),
    ("2020-03-21", "The team is due to leave next Monday.", ("2020-03-23~",)),
    ("2020-03-21", "Doctors left Havana last Saturday.", ("2020-03-14~",)),
    ("2015-04-28", "The quake struck on Saturday, killing thousands.", ("2015-04-25~",)),
    ("2015-04-28", "Rescuers came yesterday and more come tomorrow.", ("2015-04-27~", "2015-04-29~")),
    ("2015-04-28", "Two planes landed today in Kathmandu.", ("2015-04-28~",)),
    ("2010-01-20", "On January 12 the capital was flattened.", ("2010-01-12",)),
    ("2010-01-20", "The ship left on 28 December and is still at sea.", ("2009-12-28",)),
    ("2010-01-20", "The conference will open on 31 March.", ("2010-03-31",)),
    ("2004-12-30", "The donors will meet on January 6 in Jakarta.", ("2005-01-06",)),
    (None, "The donors will meet on January 6 in Jakarta.", ()),
    (None, "It was said on Saturday, and yesterday too.", ()),
    ("2020", "It was said on Saturday, two days ago.", ()),
    ("2020-04", "On the 28 December 1908, an earthquake struck.", ("1908-12-28",)),
    ("2020-04", "The call (22 March 2020) lasted an hour.", ("2020-03-22",)),
    ("2020-04", "In late December 2019, an outbreak began.", ("2019-12",)),
    ("2020-04", "Since the influenza of 1918, nothing was like it.", ("1918",)),
    ("2020-04", "In 2012 the city erected a monument.", ("2012",)),
    ("2020-04", "Since 2014 they have been at odds.", ("2014",)),
    ("2020-04", "The Messina 1908 tragedy is not forgotten.", ("1908",)),
    ("2020-04", "In the 1980s and the mid-1990s aid fell.", ()),
    ("2021-06-10", "The doses were announced on Sunday, May 30.", ("2021-05-30",)),
    ("2021-06-10", "They may send 12 more, the march went on.", ()),
    ("2021-06-10", "In March 12 planes landed.", ("2021-03",)),
    ("2021-06-10", "Talks began in mid-April.", ("2021-04",)),
    ("2021-06-10", "The harvest failed in November.", ("2020-11",)),
    ("2021-06-10", "Last month the agency sent rice.", ("2021-05~",)),
    ("2021-06-10", "The factory closed last year.", ("2020~",)),
    ("2021-06-10", "Early this year the camp was opened.", ("2021~",)),
    ("2021-06-10", "The ship sailed two days ago.", ("2021-06-08~",)),
    ("2021-06-10", "The war broke out five years ago.", ("2016~",)),
    ("2021-06-17", "Supplies ran out last week.", ("2021-06~",)),
    ("2021-07-08", "Supplies ran out last week.", ()),
    ("2021-06-10", "On 2 May 2008 a cyclone struck; the next day the port was shut.", ("2008-05-02", "2008-05-03~")),
    ("2021-06-10", "The dam broke on 5 June 1976. Three days later help came.", ("1976-06-05", "1976-06-08~")),
    ("2021-06-10", "The notice of 21/03/2020 was replaced on 3/4/2020.", ("2020-03-21",)),
    ("2021-06-10", "The list of 2020-03-21 was kept.", ("2020-03-21",)),
    ("2021-06-10", "Aid for 2000 people and 1800 tents left.", ()),
    ("1921-08-20", "An appeal was published on July 13, 1921, by Gorky.", ("1921-07-13",)),
    ("1921-08-20", "The accord was signed at Riga today, 20th August.", ("1921-08-20~", "1921-08-20")),
    ("2008-05-20", "The team arrived on the evening of May 15th.", ("2008-05-15",)),
    ("2011-07-22", "Rains failed in October 2010 and in March-May 2011.", ("2010-10", "2011")),
    ("2011-07-22", "The teams worked from 20 to 22 July in Dadaab.", ("2011-07",)),
    ("2014-11-06", "The Dutch ship leaves today, Nov. 6, for Freetown.", ("2014-11-06~", "2014-11-06")),
    ("2014-11-06", "It sailed on 1 October; by then, on Sept. 30, cases had doubled.", ("2014-10-01", "2014-09-30")),
    ("2014-11-06", "In September last year the first case was seen.", ("2013-09~",)),
    ("1999-01-03", "On Thursday, December 31, the flights ended.", ("1998-12-31",)),
    ("2022-09-02", "Floods hit Sindh in the summer of 2022 and in August.", ("2022", "2022-08")),
)


@pytest.fixture(scope="module")
def docs() -> dict[str, Doc]:
    """The parsed paragraphs by their text."""
    paragraphs = list(dict.fromkeys(paragraph for _, paragraph, _ in CASES))
    text, blocks, start = "\n".join(paragraphs), [], 0
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", Span(start, start + len(paragraph))))
        start += len(paragraph) + 1
    article = Article(id="times", sha256="0" * 64, text=text, headline="", blocks=tuple(blocks))
    return {paragraph.doc.text: paragraph.doc for paragraph in parse(article).paragraphs}


def show(time: Time) -> str:
    """A date in the notation of the table."""
    return time.date.iso + ("~" if time.relative else "")


@pytest.mark.parametrize(("day", "paragraph", "expected"), CASES, ids=[f"{day}: {text[:40]}" for day, text, _ in CASES])
def test_find_times_resolves(docs: dict[str, Doc], day: str | None, paragraph: str, expected: tuple[str, ...]) -> None:
    anchor = Anchor(published=PartialDate(day) if day else None, dateline=None)
    assert tuple(show(time) for time in find_times(docs[paragraph], anchor)) == expected


@pytest.mark.parametrize(("paragraph", "word", "expected"), [
    ("In 2010 a quake struck Haiti, and in 2015 another hit Nepal.", "quake", "2010"),
    ("In 2010 a quake struck Haiti, and in 2015 another hit Nepal.", "Nepal", "2015"),
    ("Cases are up by 30 since Friday, the ministry said.", "Cases", None),
    ("The outbreak of 1918, which killed millions, was the worst.", "millions", "1918"),
    ("Planes landed on 22 March 2020. They carried masks.", "masks", None),
])
def test_date_at_looks_in_the_clause_first(paragraph: str, word: str, expected: str | None) -> None:
    block = Block("paragraph", Span(0, len(paragraph)))
    doc = parse(Article(id="clause", sha256="0" * 64, text=paragraph, headline="", blocks=(block,))).paragraphs[0].doc
    times = find_times(doc, Anchor(published=PartialDate("2020-04-20"), dateline=None))
    token = next(token.i for token in doc if token.text == word)
    date = date_at(times, doc, token)
    assert (date.iso if date else None) == expected
