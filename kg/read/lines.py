"""What a single line of a page is: chrome, a byline, a caption, a licence, or (None) something to read.

Why data and not code: pages differ without end, and a new form should be one entry with an example.
The forms are in ``lines.toml``; here is what an entry means. A pattern alone proves little ("By …"),
so its groups are checked: a date must be a date and no more, names must look like names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from kg.read.dates import FoundDate, parse_stamp
from kg.read.names import (
    LONGEST_NAME,
    Names,
    find_masthead,
    find_outlet,
    is_name,
    is_person,
    parse_names,
    title_case,
    words,
)
from kg.records import BlockKind, Genre

LONGEST_LINE = 700
"""Code points. A longer line is prose, whatever it holds."""

LONGEST_PARTED = 200
"""Code points. A longer line is not cut into parts: bylines are short."""

_SEPARATORS = re.compile(r"\s?\|\s?|\s[•·]\s|\s[-–—]\s|\t")
_LEFT_EDGE, _RIGHT_EDGE = " >»›*•·|#=_~▪►-", " »›*|#=_~►"
_OFFICE_OF = frozenset({"of", "for", "in", "to"})
_ISSUE = re.compile(r"(?P<outlet>[^,|]{3,60}),\s+(?P<date>.{6,40})")
_PAIRS = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Line:
    """What a recognised line is, and what it tells of the article."""

    kind: BlockKind
    what: str
    weak: bool = False
    opens: bool = False
    updated: bool = False
    badge: bool = False
    headline: bool = False
    genre: Genre | None = None
    date: FoundDate | None = None
    copyright: int | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One entry of ``lines.toml``: a compiled pattern and the line that it stands for, without the groups."""

    pattern: re.Pattern[str]
    line: Line
    needs: tuple[str, ...]
    examples: tuple[str, ...]
    counter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forms:
    """All entries. For speed, ``any_line`` matches whatever one of the ``lines`` without needs does, and
    ``needs`` are the needs of all others: most lines are prose and pass neither."""

    lines: tuple[Form, ...]
    headlines: tuple[Form, ...]
    notes: tuple[Form, ...]
    any_line: re.Pattern[str]
    needs: tuple[str, ...]


@cache
def forms() -> Forms:
    """The entries of ``lines.toml``, compiled once."""
    data = tomllib.loads(files("kg.read").joinpath("lines.toml").read_text(encoding="utf-8"))
    lines = tuple(_form(entry, data) for entry in data["line"])
    plain = (re.sub(r"\(\?P<\w+>", "(?:", form.pattern.pattern) for form in lines if not form.needs)
    return Forms(
        lines=lines,
        headlines=tuple(_form(entry, data) for entry in data["headline"]),
        notes=tuple(_form(entry, data) for entry in data["note"]),
        any_line=re.compile("|".join(f"(?:{pattern})" for pattern in plain), re.IGNORECASE),
        needs=tuple(dict.fromkeys(need for form in lines for need in form.needs)),
    )


def recognise(text: str) -> Line | None:
    """What the line is; None for prose, headlines and all that is to be read."""
    return _recognise(text) if len(text) <= LONGEST_LINE else None


@lru_cache(maxsize=4096)  # pages repeat their chrome, and a file of a million equal lines must not take minutes
def _recognise(text: str) -> Line | None:
    plain = tidy(text)
    if not plain:
        return Line("chrome", "rule")
    return _recognise_part(plain) or _recognise_parts(plain) or _recognise_masthead(plain) or _recognise_issue(plain)


def tidy(text: str) -> str:
    """The line as patterns see it: one space for any white space, no bullets, arrows or brackets around it."""
    plain = " ".join(text.split()).lstrip(_LEFT_EDGE).rstrip(_RIGHT_EDGE)
    if plain and _PAIRS.get(plain[0]) == plain[-1]:
        plain = plain[1:-1].strip()
    return plain if any(map(str.isalnum, plain)) else ""


def recognise_author(text: str) -> Line | None:
    """A line that is a person's name, alone or before an office or place: ``Jane Doe | Geneva``.

    Any title of two words looks like one, so this is asked only where the page gives another reason.
    """
    name, *others = (part.strip() for part in _SEPARATORS.split(" ".join(text.split())))
    if len(text) > LONGEST_PARTED or not is_person(name) or not all(map(is_name, others)):
        return None
    return Line("byline", "name", authors=(title_case(name),))


def find_genre(headline: str) -> Genre | None:
    """The kind of article that a headline says it is."""
    return next((form.line.genre for form in forms().headlines if form.pattern.search(headline)), None)


def find_notes(paragraph: str) -> Iterator[Line]:
    """What notes within a paragraph at the head or foot of the page tell of the article."""
    for form in forms().notes:
        if match := form.pattern.search(paragraph):
            groups = match.groupdict()
            outlet = (groups.get("outlet") or "").strip()
            if form.line.genre or is_name(outlet):
                yield replace(form.line, outlet=outlet or None, place=groups.get("place"))


def _form(entry: dict[str, Any], data: dict[str, str]) -> Form:
    flags = {name: entry[name] for name in ("weak", "opens", "updated", "badge", "headline", "genre") if name in entry}
    pattern = re.sub(r"<<(\w+)>>", lambda part: data[part[1]], entry["pattern"]).replace("\n", "")
    return Form(
        pattern=re.compile(pattern, re.IGNORECASE),
        line=Line(entry.get("kind", "byline"), entry.get("what", "note"), **flags),
        needs=tuple(entry.get("needs", ())),
        examples=tuple(entry["examples"]),
        counter=tuple(entry["counter"]),
    )


def _recognise_part(plain: str) -> Line | None:
    lowered = plain.lower()
    needs = [need for need in forms().needs if need in lowered]
    if not needs and not forms().any_line.fullmatch(plain):
        return None
    for form in forms().lines:
        if form.needs and not any(need in needs for need in form.needs):
            continue
        match = form.pattern.fullmatch(plain)
        if match and (line := _read(form.line, match)):
            return line
    return None


def _read(line: Line, match: re.Match[str]) -> Line | None:
    """The line with what its groups hold; None where a group does not hold what it should."""
    groups = {name: value for name, value in match.groupdict().items() if value}
    date = parse_stamp(groups["date"]) if "date" in groups else None
    names = parse_names(groups["names"]) if "names" in groups else Names()
    outlet = groups.get("outlet", "").strip(" .,\"'")
    if ("date" in groups and not date) or names is None or (outlet and not is_name(outlet)):
        return None
    if line.kind == "caption" and outlet:
        outlet = ""  # whose video or picture is shown; the article is another's
    year = groups.get("copyright") or groups.get("late_copyright")
    return replace(
        line,
        date=date,
        copyright=int(year) if year else None,
        outlet=_usual_outlet(outlet) if outlet else names.outlet,
        authors=names.authors,
        url=groups.get("url"),
    )


def _usual_outlet(name: str) -> str:
    """An outlet as it is known; several words in capitals as they are usually written."""
    return _find_listed(name) or (title_case(name) if " " in name else name)


def _find_listed(name: str) -> str | None:
    """The printed form of a listed outlet."""
    found = find_outlet(name)
    return found if found and found != name else None


def _recognise_parts(plain: str) -> Line | None:
    """A line cut at " | " or " - ", as ``Jane Doe | Reuters | 3 May 2011``: each part must be known.

    A part that is only a name counts where another part is a date or a byline.
    """
    if len(plain) > LONGEST_PARTED:
        return None
    parts = [part.strip() for part in _SEPARATORS.split(plain)]
    if not 2 <= len(parts) <= 6:
        return None
    lines = [_recognise_part(part) or _name_part(part) for part in parts]
    known = [line for line in lines if line]
    if _is_report_title(parts, lines):
        return None
    if len(known) < len(parts) or all(line.what == "name" for line in known):
        return None
    return _merge(known)


def _is_report_title(parts: list[str], lines: list[Line | None]) -> bool:
    """Whether a report's number stands after what it is about, a headline: ``Estria Floods – Flash Update 3``."""
    subject, *others = zip(parts, lines, strict=True)
    number = any(line and line.headline for _, line in others)
    named = subject[1] is not None and subject[1].what == "name" and not subject[1].outlet
    return number and named and subject[0].lower() not in words().not_places


def _recognise_masthead(plain: str) -> Line | None:
    """A line that only names an outlet or an office: ``VOA News``, ``Office of the Spokesperson``.

    A headline in capitals may look like one, so an outlet that is not listed must be short and counts
    only where another line is left to be the headline.
    """
    if len(plain) > LONGEST_PARTED or plain.count(" ") >= LONGEST_NAME:
        return None
    listed = _find_listed(plain) or (plain if plain.lower() in words().outlets else None)
    if listed:
        return Line("byline", "masthead", outlet=listed)
    parts = plain.lower().split()
    if len(parts) > 6 or not is_name(plain) or any(map(str.isdigit, plain)):
        return None
    office = any(one in words().offices and other in _OFFICE_OF for one, other in pairwise(parts[:4]))
    if office or (len(parts) <= 4 and parts[-1] in words().masthead_ends):
        return Line("byline", "masthead", weak=True, outlet=title_case(plain))
    return None


def _recognise_issue(plain: str) -> Line | None:
    """A paper and its day, as under an essay's byline: ``The Tidewater Review, 26 February 2021``."""
    match = _ISSUE.fullmatch(plain)
    date = parse_stamp(match["date"]) if match else None
    outlet = find_masthead(match["outlet"]) if match else None
    return Line("byline", "masthead", date=date, outlet=outlet) if date and outlet else None


def _name_part(part: str) -> Line | None:
    if outlet := find_outlet(part) or find_masthead(part):
        return Line("byline", "name", outlet=outlet)
    if is_person(part):
        return Line("byline", "name", authors=(title_case(part),))
    return Line("byline", "name") if is_name(part) and len(part.split()) <= 3 else None


def _merge(lines: list[Line]) -> Line:
    kinds = {line.kind for line in lines}
    first = next(line for line in lines if line.what != "name")
    return Line(
        kind="byline" if "byline" in kinds else first.kind,
        what=first.what,
        weak=all(line.weak for line in lines),
        opens=any(line.opens for line in lines),
        updated=all(line.updated for line in lines if line.date),
        badge=any(line.badge for line in lines),
        genre=next((line.genre for line in lines if line.genre), None),
        date=next((line.date for line in sorted(lines, key=lambda line: line.updated) if line.date), None),
        copyright=next((line.copyright for line in lines if line.copyright), None),
        outlet=next((line.outlet for line in lines if line.outlet), None),
        authors=tuple(author for line in lines for author in line.authors),
        url=next((line.url for line in lines if line.url), None),
    )
