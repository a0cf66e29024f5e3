"""Dates in sentences, against the article's day, through the pinned model."""

from __future__ import annotations

import pytest

from kg.extract.nlp import parse
from kg.extract.times import Anchor, Time, find_times, time_at
from kg.extract.tokens import Doc
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


# A second and third batch in other wording, written before the rules were changed for them.
MORE: tuple[tuple[str | None, str, tuple[str, ...]], ...] = (
    (
        "2020-03-21",
        "The ministry had promised on Thursday that trucks would leave on Monday.",
        ("2020-03-19~", "2020-03-23~"),
    ),
    ("2020-03-21", "He spoke to Rome the day before yesterday.", ("2020-03-19~",)),
    ("2020-03-21", "It was the worst day since the war ended in May 1945.", ("1945-05",)),
    ("2020-03-21", "The convoy is expected on Wednesday.", ("2020-03-25~",)),
    ("2020-03-21", "Flights were stopped in January and resumed this month.", ("2020-01", "2020-03~")),
    ("2011-07-22", "By the end of July the camps will be full.", ("2011-07",)),
    ("2011-07-22", "The famine of 1984-85 killed a million.", ()),
    ("2011-07-22", "On July 20th, the UN declared a famine.", ("2011-07-20",)),
    ("2011-07-22", "Next month's rains will be too late.", ("2011-08~",)),
    ("2011-07-22", "Half the herd died between January and June.", ("2011-01", "2011-06")),
    ("2005-10-09", "Saturday's earthquake levelled whole towns.", ("2005-10-08~",)),
    ("2005-10-09", "At 8:50 am on 8 October the ground shook.", ("2005-10-08",)),
    ("2005-10-09", "A week ago nobody had heard of Balakot.", ("2005-10-02~",)),
    ("2005-10-09", "The tents arrived a day later.", ()),
    ("1988-12-12", "Wednesday, 7th December, 1988, will be remembered.", ("1988-12-07",)),
    ("1988-12-12", "The town had 30,000 people in 1979.", ("1979",)),
    ("1988-12-12", "A 1977 accord allows it.", ("1977",)),
    ("1988-12-12", "Flight 1988 was late, and Resolution 1540 was read.", ()),
    ("2022-03-02", "Over the weekend and on Monday, 28 Feb, planes landed.", ("2022-02~", "2022-02-28")),
    ("2022-03-02", "The EU will decide tomorrow, not next week.", ("2022-03-03~", "2022-03~")),
    ("2022-03-02", "Two years ago this month the borders closed.", ("2020~", "2022-03~")),
    ("2022-03-02", "The June 2021 pledge was never met.", ("2021-06",)),
    (
        None,
        "On 26 December 2004 the sea rose. The following morning help set out; three days later it came.",
        ("2004-12-26", "2004-12-27~", "2004-12-30~"),
    ),
    ("2004-12-31", "The waves came on Boxing Day, December 26.", ("2004-12-26",)),
    ("2004-12-31", "Donors meet in Geneva on 11 January 2005.", ("2005-01-11",)),
    ("2017-09-08", "The hurricane made landfall early Thursday.", ("2017-09-07~",)),
    ("2017-09-08", "It is likely to reach Florida on Sunday.", ("2017-09-10~",)),
    ("2017-09-08", "In Sept 1999 and again in 2003 the island flooded.", ("1999-09", "2003")),
    ("2017-09-08", "Three weeks ago the wells were full.", ("2017-08-18~",)),
    ("2017-09-08", "Aid worth 2017 dollars came on the 5th of September.", ("2017-09-05",)),
    ("2017-09-08", "As of 6 September, 14 were dead.", ("2017-09-06",)),
    ("2017-09-08", "The storm of the century came in the 1930s, not in 1928.", ("1928",)),
    ("2017-09-08", "This year's season is worse than last year's.", ("2017~", "2016~")),
    ("1946-02-10", "The loan agreed on December 6 has yet to be ratified.", ("1945-12-06",)),
    ("1946-02-10", "Talks are to begin on March 8.", ("1946-03-08",)),
)


@pytest.fixture(scope="module")
def docs() -> dict[str, Doc]:
    """The parsed paragraphs by their text."""
    paragraphs = list(dict.fromkeys(paragraph for _, paragraph, _ in (*CASES, *MORE)))
    text, blocks, start = "\n".join(paragraphs), [], 0
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", Span(start, start + len(paragraph))))
        start += len(paragraph) + 1
    article = Article(id="times", sha256="0" * 64, text=text, headline="", blocks=tuple(blocks))
    return {paragraph.doc.text: paragraph.doc for paragraph in parse(article).paragraphs}


def show(time: Time) -> str:
    """A date in the notation of the table."""
    return time.date.iso + ("~" if time.relative else "")


@pytest.mark.parametrize(("day", "paragraph", "expected"), [*CASES, *MORE])
def test_find_times_resolves(docs: dict[str, Doc], day: str | None, paragraph: str, expected: tuple[str, ...]) -> None:
    anchor = Anchor(published=PartialDate(day) if day else None, dateline=None)
    assert tuple(show(time) for time in find_times(docs[paragraph], anchor)) == expected


@pytest.mark.parametrize(
    ("paragraph", "word", "expected"),
    [
        ("In 2010 a quake struck Haiti, and in 2015 another hit Nepal.", "quake", "2010"),
        ("In 2010 a quake struck Haiti, and in 2015 another hit Nepal.", "Nepal", "2015"),
        ("Cases are up by 30 since Friday, the ministry said.", "Cases", None),
        ("The outbreak of 1918, which killed millions, was the worst.", "millions", "1918"),
        ("Planes landed on 22 March 2020. They carried masks.", "masks", None),
    ],
)
def test_time_at_looks_in_the_clause_first(paragraph: str, word: str, expected: str | None) -> None:
    block = Block("paragraph", Span(0, len(paragraph)))
    doc = parse(Article(id="clause", sha256="0" * 64, text=paragraph, headline="", blocks=(block,))).paragraphs[0].doc
    times = find_times(doc, Anchor(published=PartialDate("2020-04-20"), dateline=None))
    token = next(token.i for token in doc if token.text == word)
    found = time_at(times, doc, token)
    assert (found.date.iso if found else None) == expected
