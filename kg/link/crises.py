"""Entries of past crises, the shorter names that writers give them, and which one "the earthquake" is.

"1908 Messina earthquake" is also "the Messina earthquake", "the Messina earthquake of 1908" and "the
Messina quake"; the forms are made by rule, so that the table need not list them. News often names no
crisis at all; then kind, place and day may still tell which one is meant.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from kg.link.entry import Entry
from kg.link.tables import distinct, read_toml
from kg.records import PartialDate
from kg.slugs import slug

_DATED = re.compile(r"(?:[A-Z][a-z]+ )?(?P<year>\d{4})(?:[-–]\d{2,4})? (?P<rest>.+)")
# Kinds that a looser word may mean: a "storm" may be a cyclone, a "famine" be listed as a drought.
_KIN = {
    "epidemic": {"viral-epidemic"},
    "storm": {"tropical-cyclone"},
    "earthquake": {"tsunami"},
    "tsunami": {"earthquake"},
    "famine": {"drought"},
    "drought": {"famine"},
}
# How long after its end a crisis is still "the" crisis in the news, and how fresh one has to be to push
# others aside (days). Chosen for relief news: appeals and first anniversaries, and the first weeks.
AFTERMATH = 365
FRESH = 30

_IN_BRACKETS = re.compile(r" \([^)]*\)$")


def crises() -> Iterator[Entry]:
    """Well-known crises since 1700."""
    for row in read_toml("crises.toml")["crises"]:
        name = _IN_BRACKETS.sub("", row["name"])
        aliases = row.get("aliases", [])
        yield Entry(
            key=f"crisis/{slug(row['name'])}",
            type="crisis",
            name=name,
            aliases=distinct(aliases, name),
            forms=distinct(
                [form for own in (name, *aliases) for form in (*forms(own), *_dated(own, row))], name, *aliases
            ),
            disaster=row["disaster"],
            cues=tuple(row.get("cues", [])),
            start=row["start"],
            end=row.get("end"),
            struck=tuple(row.get("struck", [])),
        )


def _dated(name: str, row: dict[str, str]) -> Iterator[str]:
    """A war with its first year, as in "the 2023 Sudan conflict"."""
    if row["disaster"] == "conflict" and not re.search(r"\d", name):
        yield f"{row['start'][:4]} {name}"


def forms(name: str) -> Iterator[str]:
    """The forms of a name that leave its year out, put it last, or say "quake" for "earthquake"."""
    if dated := _DATED.fullmatch(name):
        yield dated["rest"]
        yield f"{dated['rest']} of {dated['year']}"
    if "earthquake" in name:
        yield name.replace("earthquake", "quake")
        yield from forms(name.replace("earthquake", "quake"))


def matching(
    known: Iterable[Entry], disaster: str | None, where: Collection[str], day: datetime.date | None, cue: str | None
) -> Entry | None:
    """The only crisis of that kind (or with that cue), struck place and time; None if none or several are.

    Args:
        where: keys of the place and of what it lies in; without any, only crises of the whole world
            are thought of, unless there is a cue.
        day: the day spoken of. A crisis counts from its first day until a year after its last; of
            several, one that began in the last thirty days is meant. Without a day all times count.
    """
    kinds = {disaster, *_KIN.get(disaster, ())} if disaster else None
    fits = [
        crisis
        for crisis in known
        if (kinds is None or crisis.disaster in kinds)
        and _there(crisis, where, cue)
        and (day is None or _then(crisis, day))
    ]
    if cue:
        fits = [crisis for crisis in fits if cue.casefold() in {word.casefold() for word in crisis.cues}]
    if disaster:
        exact = [crisis for crisis in fits if crisis.disaster == disaster]
        fits = exact or [crisis for crisis in fits if crisis.disaster in _KIN.get(disaster, ())]
    if len(fits) > 1 and day:
        fits = [crisis for crisis in fits if (day - _first(crisis)).days <= FRESH]
    return fits[0] if len(fits) == 1 and (disaster or cue) else None


def _there(crisis: Entry, where: Collection[str], cue: str | None) -> bool:
    """A crisis of the whole world without an end (HIV/AIDS) is meant only where a cue says so."""
    if not crisis.struck:
        return bool(crisis.end or cue)
    return not set(where).isdisjoint(crisis.struck) if where else bool(cue)


def _first(crisis: Entry) -> datetime.date:
    return _first_day(crisis.start) if crisis.start else datetime.date.min


def _then(crisis: Entry, day: datetime.date) -> bool:
    last = _last_day(crisis.end) if crisis.end else datetime.date.max
    return _first(crisis) <= day and (day <= last or (day - last).days <= AFTERMATH)


@cache  # only dates of the table are asked for
def _first_day(iso: str) -> datetime.date:
    return PartialDate(iso).first


@cache
def _last_day(iso: str) -> datetime.date:
    return PartialDate(iso).last
