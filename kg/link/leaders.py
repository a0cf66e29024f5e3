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

from kg.link.names import folded, is_proper
from kg.link.tables import read_text
from kg.slugs import slug

# How far a year may lie outside the term for a surname to mean the leader: news names those elected and
# those just gone, and years of the table may be out by one.
SLACK = 1

_INITIALS = re.compile(r"\b(\w) (?=\w\b)")
_ARTICLE = re.compile(r"\b[ae]l ")
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
    found = [*full.get(form, ()), *full.get(bare, ())]
    if year is not None:
        brief = [leader for leader in short.get(bare, ()) if title is None or _office(leader.title) == title]
        found += [leader for leader in brief if in_office(leader, year, slack=SLACK)]
    return tuple(sorted(dict.fromkeys(found), key=lambda leader: (_distance(leader, year), leader.start)))


def leaders() -> tuple[Leader, ...]:
    """All terms of the table, in its order."""
    return tuple(row.leader for row in _rows())


def _distance(leader: Leader, year: int | None) -> int:
    """Years between ``year`` and the nearest year of the term; zero within it and without a year."""
    if year is None:
        return 0
    return max(leader.start - year, 0 if leader.end is None else year - leader.end, 0)


# ---------------------------------------------------------------- forms of names


def _form(name: str) -> str:
    """The folded name with initials joined and the Arabic article left out: ``"Bashar al-Assad"``, ``"bashar assad"``."""
    return _ARTICLE.sub("", _INITIALS.sub(r"\1", folded(name)))


def _office(title: str) -> str:
    form = folded(title)
    return _OFFICES.get(form, form)


def _parted(form: str) -> tuple[str | None, str]:
    """The office and the name of ``"prime minister blair"``; the office is None where there is no title."""
    for words in (1, 2, 3):
        *before, rest = form.split(" ", words)
        if len(before) == words and (title := " ".join(before)) in _titles():
            return _OFFICES.get(title, title), rest
    return None, form


def _full_forms(row: _Row) -> Iterator[str]:
    """Forms that name the person in any year: never a single word, which too many others bear."""
    name, title = row.leader.name, row.leader.title
    bare = name.removeprefix(f"{title} ")
    first, *middle, last = (*bare.split(),) if " " in bare else (bare, "")
    plain = [word for word in middle if len(word.rstrip(".")) > 1 or len(first.rstrip(".")) == 1]
    names = (f"{title} {bare}", bare, " ".join((first, *plain, last)), *row.also)
    return (form for form in dict.fromkeys(_form(each) for each in names) if " " in form)


def _short_forms(name: str, title: str) -> Iterator[str]:
    """The surname, without and with its particles ("von der Leyen"), or the regnal name without its number."""
    bare = name.removeprefix(f"{title} ")
    if regnal := _REGNAL.fullmatch(bare):
        yield regnal["name"]
        return
    *before, surname = bare.split()
    yield surname
    while before and before[-1].islower():
        surname = f"{before.pop()} {surname}"
        yield surname


# ---------------------------------------------------------------- the table


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the table."""

    leader: Leader
    short: tuple[str, ...]
    also: tuple[str, ...]


@cache
def _rows() -> tuple[_Row, ...]:
    lines = [line for line in read_text("leaders.tsv").splitlines() if not line.startswith("#")]
    return tuple(_row(*line.split("\t")) for line in lines[1:])


def _row(of: str, name: str, short: str, also: str, title: str, start: str, end: str) -> _Row:
    leader = Leader(f"person/{slug(name)}", name, of, title, int(start), int(end) if end else None)
    return _Row(leader, *(tuple(names.split("|")) if names else () for names in (short, also)))


Index = Mapping[str, tuple[Leader, ...]]


@cache
def _indexes() -> tuple[Index, Index]:
    """The terms by full and by short form; the forms that one line gives a person hold for all terms."""
    terms: dict[str, list[_Row]] = defaultdict(list)
    for row in _rows():
        terms[row.leader.key].append(row)
    full: dict[str, list[Leader]] = defaultdict(list)
    short: dict[str, list[Leader]] = defaultdict(list)
    for rows in terms.values():
        own = [row.leader for row in rows]
        _add(full, (form for row in rows for form in _full_forms(row)), own)
        given = [form for row in rows for form in row.short]
        _add(short, (_form(form) for form in given or _short_forms(own[0].name, own[0].title)), own)
    return _frozen(full), _frozen(short)


def _add(index: dict[str, list[Leader]], forms: Iterable[str], own: list[Leader]) -> None:
    for form in dict.fromkeys(forms):
        index[form] += own


def _frozen(index: Mapping[str, list[Leader]]) -> Index:
    return {form: tuple(found) for form, found in index.items()}


@cache
def _titles() -> frozenset[str]:
    return frozenset({*(folded(row.leader.title) for row in _rows()), *_OFFICES})
