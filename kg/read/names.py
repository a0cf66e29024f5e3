"""Names as pages print them: who wrote, who published. Told by their shape and a few listed words.

Why not the language model's named entities: a byline is no sentence, models fail on it, and reading
must not depend on one. Whether two names mean one person is the linker's business.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from kg.read.dates import MONTHS, WEEKDAYS

LONGEST_NAME = 10
"""Words in the longest name of an organisation that is still taken for one."""

_JOIN = re.compile(r"(?<!\s)\s*(?:,|;|\band\b|&|\bwith\b)\s*")
_AT = re.compile(r"\s(?:in|at|from)\s(?=[A-Z]).*")
_FOR = re.compile(r"\sfor\s(?:the\s)?(?=[A-Z])")
_LETTERS = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:[.'’-][^\W\d_]*){0,3}")
_CALENDAR = frozenset(word.lower() for name in (*MONTHS, *WEEKDAYS) for word in (name, name[:3]) if name != "May")
_LOWER_PARTS = frozenset({"au", "aux", "de", "du", "des", "la", "le", "sur", "es", "el", "al"})


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of ``words.toml``, in lower case; ``outlets`` maps lower case to the printed form."""

    particles: frozenset[str]
    outlets: dict[str, str]
    outlet_words: frozenset[str]
    roles: frozenset[str]
    not_places: frozenset[str]
    the_places: frozenset[str]
    offices: frozenset[str]
    masthead_ends: frozenset[str]
    publisher_ends: frozenset[str]


@dataclass(frozen=True, slots=True)
class Names:
    """What a byline names."""

    authors: tuple[str, ...] = ()
    outlet: str | None = None


@cache
def words() -> Words:
    """The lists, read once."""
    lists = tomllib.loads(files("kg.read").joinpath("words.toml").read_text(encoding="utf-8"))
    outlets = {name.lower(): name for name in lists.pop("outlets")}
    return Words(outlets=outlets, **{name: frozenset(entries) for name, entries in lists.items()})


def is_name(text: str) -> bool:
    """Whether every word is capitalised, a number or a small word that names may hold."""
    parts = text.split()
    if not 1 <= len(parts) <= LONGEST_NAME or not text[0].isalnum() or text[0].islower():
        return False
    particles = words().particles
    return all(part.lstrip("(\"'“‘")[:1].isupper() or part[0].isdigit() or part.lower() in particles for part in parts)


def find_outlet(text: str) -> str | None:
    """The name of an outlet, agency or office where the whole text is one, without a leading "the" for known ones."""
    name = text.strip(" .,")
    bare = name.lower().removeprefix("the ").removesuffix(" staff")
    if known := words().outlets.get(name.lower(), words().outlets.get(bare)):
        return known
    marked = is_name(name) and words().outlet_words & set(re.findall(r"[a-z]+", name.lower()))
    return name if marked else None


def find_masthead(text: str) -> str | None:
    """The name of a paper by its make: a listed one, one that ends as papers do, "The" and a name or two.

    Only for a name that stands alone or beside a day; within a line "The Middle East" looks the same.
    """
    name = text.strip(" .,")
    parts = name.lower().split()
    if not 2 <= len(parts) <= 5 or not is_name(name) or name.isupper() or name.lower() in words().the_places:
        return None
    article = parts[0] == "the" and not set(parts) & (words().not_places - {"world", "news", "watch", "live"})
    joined = any(part == "&" and parts[i - 1] in words().masthead_ends for i, part in enumerate(parts) if i)
    return name if parts[-1] in words().masthead_ends or article or joined else None


def find_publisher(text: str) -> str | None:
    """The name of an office or service by its make: its noun ends it or stands before "of", "for" or "in".

    Only where something else says that a publisher may stand there: "Nordland Thanks Relief Team" looks the same.
    """
    name = text.strip(" .,")
    parts = name.lower().split()
    if len(parts) < 2 or not is_name(name):
        return None
    nouns = {parts[-1], *(one for one, other in pairwise(parts) if other in {"of", "for", "in"})}
    return title_case(name) if nouns & (words().publisher_ends | words().masthead_ends) else None


def is_person(text: str) -> bool:
    """Whether the text looks like a person's name: two to four capitalised words, none of them an outlet's."""
    parts = text.split()
    if not 2 <= len(parts) <= 4 or not is_name(text) or find_outlet(text):
        return False
    if parts[0].lower() in words().particles | words().not_places:
        return False
    return all(_LETTERS.fullmatch(part) and part.lower().strip(".") not in _CALENDAR for part in parts)


def parse_names(text: str) -> Names | None:
    """Authors and outlet of what follows "By": ``Jane Doe and John Roe, Associated Press``.

    A second name after a comma is an author only in a list with "and"; else it is a place or a role.
    None where the first is neither a person nor an outlet, or something is no name at all.
    """
    together = re.search(r"\band\b|&", text) is not None
    pieces = _JOIN.split(_FOR.sub(", ", text.strip(" .,:")))
    authors: list[str] = []
    published: str | None = None
    for number, piece in enumerate(_AT.sub("", piece) for piece in pieces if piece):
        if found := find_outlet(piece):
            published = published or found
        elif is_person(piece) and not _is_role(piece) and (number == 0 or together):
            authors.append(title_case(piece))
        elif number == 0 or not (is_name(piece) or _is_role(piece)):
            return None
    return Names(tuple(authors), published if authors else find_outlet(text) or published)


def title_case(name: str) -> str:
    """A name in capitals as it is usually written: ``PORT-AU-PRINCE`` to ``Port-au-Prince``; others unchanged."""
    if not name.isupper():
        return name
    return " ".join(_title_word(word) for word in name.split())


def _title_word(word: str) -> str:
    pieces = word.lower().split("-")
    first, *rest = (_title_piece(piece) for piece in pieces)
    return "-".join([first, *(piece.lower() if piece.lower() in _LOWER_PARTS else piece for piece in rest)])


def _title_piece(piece: str) -> str:
    """``n'djamena`` to ``N'Djamena``, ``sana'a`` to ``Sana'a``, ``d.c.`` to ``D.C.``"""
    if re.fullmatch(r"(?:\w\.)+", piece):
        return piece.upper()
    head, mark, tail = piece.partition("'") if "'" in piece else piece.partition("’")
    return head.capitalize() + mark + (tail.capitalize() if len(head) == 1 else tail)


def _is_role(text: str) -> bool:
    lowered = text.lower()
    return any(re.search(rf"\b{role}s?\b", lowered) for role in words().roles)
