"""The dateline at the head of a story: ``KATHMANDU, Nepal, 3 May 2011 (AFP) —``.

Why not one pattern: datelines have a few parts (place, region, day, agency, mark) in every order and
with every mark, and a pattern for all of them also takes "Oxfam – a charity – said". So the head is
cut at its first mark, each part is told apart, and the fewer parts there are the stricter the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.read.dates import FoundDate, find_dates, is_weekday, parse_stamp
from kg.read.names import find_outlet, find_publisher, is_name, title_case, words
from kg.records import Span

LONGEST_HEAD = 120
"""Code points of a paragraph in which a dateline may end."""

_AGENCY = re.compile(r"\s*[-–—,]{0,2}\s*(?:\((?P<round>[^()]{2,45})\)|/(?P<slashes>[^/\s][^/]{0,43})/)\s*")
_DAY_AFTER = re.compile(r",?\s*(?P<day>[^()/]{3,30}?)\s*(?:\s---?|\s-(?=\s)|[—–:.])\s+")
_MARK = re.compile(r"\s*(?:[.:,]?\s*(?:—|–|---?|(?<=\s)-(?=\s)|_\s)|:(?=\s))\s*")
_STOP = re.compile(r"\.\s+(?=[\"“‘'(]?[A-Z0-9])")
_PARTS = re.compile(r",\s*|(?<=[^\W\d]{4})\.\s+|\s[-–—|]\s")
_WIRE = re.compile(r"[A-Z]{2,8}|.*\b(?:News|Agency|Press|Service|Times|Post|Radio|Wire|newswire)\b.*", re.IGNORECASE)
_DASH_AHEAD = re.compile(r"[^.!?]{0,200}\s[-–—]{1,2}\s")
_CAPITAL_FIRST = re.compile(r"[\"“‘'(]{0,2}[A-Z0-9À-Þ]")


@dataclass(frozen=True, slots=True)
class Head:
    """A dateline as it is printed: its span in the text, and its parts; the year may be missing."""

    span: Span
    place: str | None
    date: FoundDate | None
    agency: str | None


@dataclass(frozen=True, slots=True)
class _Parts:
    places: tuple[str, ...] = ()
    date: FoundDate | None = None
    agency: str | None = None


def find_head(text: str, region: Span) -> Head | None:
    """The dateline at the start of a region; None where there is none.

    With an agency any place and day will do. Without one a place and a day need a mark or a full
    stop, a place in capitals needs a dash or colon, and any other place a dash before a capital
    letter with no second dash in the sentence.
    """
    line = region.of(text)[: LONGEST_HEAD + 200]
    found = _with_agency(line) or _with_mark(line) or _with_stop(line)
    if not found:
        return None
    parts, end = found
    place = title_case(parts.places[0].partition("/")[0].strip(" .")) if parts.places else None
    printed = line[:end].rstrip()
    return Head(Span(region.start, region.start + len(printed)), place, parts.date, parts.agency)


def find_own_line(text: str, region: Span) -> Head | None:
    """A line that is nothing but a dateline: ``Brussels, 31 October 2014``. A place alone is not enough."""
    line = region.of(text)
    if len(line) > LONGEST_HEAD:
        return None
    parts = _tell_parts(line.strip(" .:–—-()"))
    if not parts or not parts.places or not (parts.date or parts.agency):
        return None
    parts = _part_publisher(parts)
    return Head(region, title_case(parts.places[0].partition("/")[0].strip()), parts.date, parts.agency)


def is_place(text: str) -> bool:
    """Whether the text may be a place in a dateline: up to five capitalised words, none of them a label."""
    lowered = text.lower().strip(" .")
    if lowered in words().the_places:
        return True
    first = lowered.split()[0] if lowered else ""
    if not is_name(text) or len(text.split()) > 5 or any(letter.isdigit() or letter in "()&" for letter in text):
        return False
    return first != "the" and not {lowered, first} & words().not_places and not any(map(is_weekday, text.split()))


def _with_agency(line: str) -> tuple[_Parts, int] | None:
    match = _AGENCY.search(line[:LONGEST_HEAD])
    if not match:
        return None
    before, inside = line[: match.start()].strip(" ,.–—-"), (match["round"] or match["slashes"]).strip()
    mark = re.compile(r"\.?\s*(?:--?-?|[—–_:.])?\s*").match(line, match.end())
    end = mark.end() if mark else match.end()
    parts = _tell_parts(before) if before else _Parts()
    late = _day_after(line, match.end())
    if parts is None or not _CAPITAL_FIRST.match(line, late[1] if late else end):
        return None
    marked = line[match.end() : end].strip() not in {"", "."} or bool(match["slashes"])
    if date := parse_stamp(inside):
        return (_Parts(parts.places, date, parts.agency), end) if marked and parts.places else None
    agency = find_outlet(inside) or (inside if match["slashes"] or _WIRE.fullmatch(inside) else None)
    if parts.places and parts.date and marked and is_place(inside):
        agency = agency or inside  # a region would stand before the day
    if agency and late and parts.places and not parts.date:
        return _Parts(parts.places, late[0], agency), late[1]
    if agency and (marked or parts.places):
        return _Parts(parts.places, parts.date, agency), end
    return (parts, end) if marked and parts.places and is_place(inside) else None


def _day_after(line: str, at: int) -> tuple[FoundDate, int] | None:
    """The day between the agency and the mark, and where the story begins: ``HAVANA (ACN), 27 April 2020 -``."""
    match = _DAY_AFTER.match(line, at)
    date = parse_stamp(match["day"]) if match else None
    return (date, match.end()) if match and date else None


def _with_mark(line: str) -> tuple[_Parts, int] | None:
    for match in _MARK.finditer(line[:LONGEST_HEAD]):
        before = line[: match.start()]
        parts = _tell_parts(before)
        if not parts or not _CAPITAL_FIRST.match(line, match.end()):
            continue
        if _is_enough(parts, before, match[0], line[match.end() :]):
            return parts, match.end()
    return None


def _is_enough(parts: _Parts, before: str, mark: str, rest: str) -> bool:
    if parts.date or parts.agency:
        return bool(parts.places) or ":" not in mark
    if parts.places[0].isupper():
        return len(parts.places[0]) > 2
    spaced_dash = ":" not in mark and mark != mark.strip()
    return spaced_dash and len(before.split()) <= 6 and not _DASH_AHEAD.match(rest)


def _with_stop(line: str) -> tuple[_Parts, int] | None:
    """``LIMA, May 3. The minister …``: only a place with a day may end in a full stop."""
    for match in _STOP.finditer(line[:LONGEST_HEAD]):
        parts = _tell_parts(line[: match.start()])
        if parts and parts.places and parts.date:
            return parts, match.end()
    return None


def _tell_parts(head: str) -> _Parts | None:
    """Places, day and agency of a head; None where any part is something else."""
    head, date = _cut_date(head.strip(" ,."))
    places: list[str] = []
    agency: str | None = None
    for part in (piece.strip(" ()") for piece in _PARTS.split(head)):
        if not part or is_weekday(part):
            continue
        if find_outlet(part) and part.lower() in words().outlets and (places or date):
            agency = find_outlet(part)
        elif is_place(part) and len(places) < 3:
            places.append(part)
        else:
            return None
    return _Parts(tuple(places), date, agency) if places or date or agency else None


def _part_publisher(parts: _Parts) -> _Parts:
    """The parts with who publishes taken from among the places: ``Delta Relief Desk, Goma, 3 May 2011``."""
    publisher = next(filter(None, map(find_publisher, parts.places)), None)
    others = tuple(place for place in parts.places if not find_publisher(place))
    return _Parts(others, parts.date, parts.agency or publisher) if others and publisher else parts


def _cut_date(head: str) -> tuple[str, FoundDate | None]:
    """The head without its date; the date must stand at one end of it, or between commas."""
    dates = find_dates(head)
    if len(dates) != 1:
        return head, None
    span = dates[0].span
    return f"{head[: span.start].rstrip(' ,.(')}, {head[span.end :].lstrip(' ,.)')}".strip(" ,"), dates[0]
