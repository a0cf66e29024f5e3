"""Heads of state and government, and of the largest international bodies: for whom a person acts.

"Obama announced $100 million" tells of the United States, but nothing in the words says so. A table
of who held which office when is kept in the repository, because the language model knows names but
no terms of office. A surname means a leader only in the years of that leader's office: "Bush" is two
presidents and many others. The table says who *may* be meant; the context decides, and that is the
chooser's work.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.link.names import folded, is_proper
from kg.link.tables import read_text
from kg.slugs import slug

# How far a year may lie outside the term for a surname to mean the leader: news names those elected and
# those just gone, and years of the table may be out by one.
SLACK = 1

_BETWEEN = " __ "  # survives the folding of a text of several names
_INITIALS = re.compile(r"\b(\w) (?=\w\b)")
_ARTICLE = re.compile(r"\b[ae]l ")
# Initials in the middle, as in "John F. Kennedy", that many writers leave out; not those of "H. H. Asquith".
_MIDDLE = re.compile(r"(?<=\w\w)(?: \w\.)+ ")
_REGNAL = re.compile(r"(?P<name>.+) [IVX]+")
# Offices that newspapers name by more than one word.
_OFFICES = {"premier": "prime minister", "taoiseach": "prime minister", "czar": "emperor", "tsar": "emperor"}


@dataclass(frozen=True, slots=True)
class Leader:
    """One term of one person in one office.

    ``key`` is the person's (``person/barack-obama``) and the same for all terms; ``of`` is the key of
    the country or organisation; ``start`` and ``end`` are years, both within the term, and ``end`` is
    ``None`` for who is still there.
    """

    key: str
    name: str
    of: str
    title: str
    start: int
    end: int | None


def in_office(leader: Leader, year: int, *, slack: int = 0) -> bool:
    """Whether the term covers ``year``, or comes within ``slack`` years of it."""
    return _distance(leader, year) <= slack


def leaders_named(name: str, year: int | None) -> tuple[Leader, ...]:
    """The terms of all leaders whom ``name`` may mean, those in office in ``year`` first, then by nearness.

    A full name finds every term of that person, in whatever year. A surname, a short form ("Xi") or a
    name of one word finds only terms within ``SLACK`` of the year, and nothing without a year. A title
    before a short form ("President Bush") must be the leader's. Names are folded as in
    :mod:`kg.link.names`; one without a capital letter is nobody's.
    """
    if not is_proper(name):
        return ()
    full, short = _indexes()
    form = _form(name)
    title, bare = _parted(form)
    found = [_leader(row) for row in (*full.get(form, ()), *full.get(bare, ()))]
    if year is not None:
        brief = [_leader(row) for row in short.get(bare, ()) if title is None or _office(row.title) == title]
        found += [leader for leader in brief if in_office(leader, year, slack=SLACK)]
    return tuple(sorted(dict.fromkeys(found), key=lambda leader: (_distance(leader, year), leader.start)))


def leaders() -> tuple[Leader, ...]:
    """All terms of the table, in its order."""
    return tuple(_leader(row) for row in _rows())


def _distance(leader: Leader, year: int | None) -> int:
    """Years between ``year`` and the nearest year of the term; zero within it and without a year."""
    if year is None:
        return 0
    return max(leader.start - year, 0 if leader.end is None else year - leader.end, 0)


# ---------------------------------------------------------------- the table


class _Row(NamedTuple):
    """A line of the table, as it is written."""

    of: str
    name: str
    short: str
    also: str
    title: str
    start: str
    end: str

    @property
    def bare(self) -> str:
        """The name without a title before it: ``Francis`` of ``Pope Francis``."""
        return self.name.removeprefix(f"{self.title} ")


@cache
def _rows() -> tuple[_Row, ...]:
    lines = [line for line in read_text("leaders.tsv").splitlines() if not line.startswith("#")]
    return tuple(_Row(*line.split("\t")) for line in lines[1:])


@cache
def _leader(row: _Row) -> Leader:
    """The term of a line; made only when it is asked for, as most never are."""
    end = int(row.end) if row.end else None
    return Leader(f"person/{slug(row.name)}", row.name, row.of, row.title, int(row.start), end)


Index = Mapping[str, list[_Row]]


@cache
def _indexes() -> tuple[Index, Index]:
    """The lines by full and by short form; the forms that one line gives a person hold for all terms."""
    terms: dict[str, list[_Row]] = defaultdict(list)
    for row in _rows():
        terms[row.name].append(row)
    persons = terms.values()
    full = _index((name, rows) for rows in persons for row in rows for name in _full_names(row))
    short = _index((name, rows) for rows in persons for name in _short_names(rows))
    return full, short


def _index(named: Iterable[tuple[str, list[_Row]]]) -> Index:
    """The lines by folded form.

    Names are folded as one text, and those with accents, which take longest, as another: that takes a
    third of the time of folding them one by one.
    """
    index: dict[str, list[_Row]] = defaultdict(list)
    batches: dict[bool, list[tuple[str, list[_Row]]]] = defaultdict(list)
    for pair in named:
        batches[pair[0].isascii()].append(pair)
    for pairs in batches.values():
        forms = _form(_BETWEEN.join(name for name, _ in pairs)).split(_BETWEEN)
        for form, (_, rows) in zip(forms, pairs, strict=True):
            index[form] += rows
    return dict(index)


@cache
def _titles() -> frozenset[str]:
    return frozenset({*(folded(title) for title in {row.title for row in _rows()}), *_OFFICES})


# ---------------------------------------------------------------- forms of names


def _form(name: str) -> str:
    """The folded name with initials joined and without Arabic articles: ``"Hafez al-Assad"``, ``"hafez assad"``."""
    return _ARTICLE.sub("", _INITIALS.sub(r"\1", folded(name)))


def _office(title: str) -> str:
    form = folded(title)
    return _OFFICES.get(form, form)


def _parted(form: str) -> tuple[str | None, str]:
    """The office and the name of ``"prime minister blair"``; the office is None where there is no title."""
    words = form.split()
    for count in range(1, len(words)):
        title = " ".join(words[:count])
        if title in _titles():
            return _OFFICES.get(title, title), " ".join(words[count:])
    return None, form


def _full_names(row: _Row) -> Iterator[str]:
    """Names that are the person's in any year: never a single word, which too many others bear."""
    if " " not in row.bare:
        yield f"{row.title} {row.bare}"
    else:
        yield row.bare
    if _MIDDLE.search(row.bare):
        yield _MIDDLE.sub(" ", row.bare)
    if row.also:
        yield from row.also.split("|")


def _short_names(rows: list[_Row]) -> Iterator[str]:
    """The short forms that the table gives, or else the surname, without and with its particles ("von der Leyen").

    Of a regnal name it is the name without its number.
    """
    given = [name for row in rows if row.short for name in row.short.split("|")]
    yield from given or _surnames(rows[0].bare)


def _surnames(bare: str) -> Iterator[str]:
    if regnal := _REGNAL.fullmatch(bare):
        yield regnal["name"]
        return
    *before, surname = bare.split()
    yield surname
    while before and before[-1].islower():
        surname = f"{before.pop()} {surname}"
        yield surname
