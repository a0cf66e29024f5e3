"""Countries, organisations, people, places and crises by name, with what they gave and received.

All of them are kept in memory once a version, a few numbers each: counting who has most events takes SQLite as long
as a page may take, and a name is looked for within names, which no index helps with.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from urllib.parse import quote, urlencode

from kg.index.naming import sort_key
from server.addresses import ENTITY_KINDS
from server.explore.asking import one_of, page_number, single, split_parameters

PATH: Final = "/entities"
OTHERS: Final = "0"
"""The letter under which stands what begins with none."""

SORTS: Final = {"name": "Name", "events": "Events", "given": "Gave", "received": "Received", "articles": "Articles"}
BY_NAME: Final = "name"
_LONGEST: Final = 100
"""Characters of a name that is looked for."""

_EVENT_ROLES: Final = "'donor', 'recipient', 'implementer', 'crisis', 'place'"


class Entity(NamedTuple):
    """One entity with its counts of events (in any role, as donor, as recipient, as scene) and of articles."""

    id: int
    kind: str
    sort: str
    events: int
    given: int
    received: int
    scene: int
    articles: int


@dataclass(frozen=True, slots=True)
class AskedEntities:
    """What the address asks for. ``name``: words within names, as typed; ``letter``: that names begin with."""

    kind: str = ""
    letter: str = ""
    name: str = ""
    sort: str = BY_NAME
    page: int = 1

    @property
    def is_plain(self) -> bool:
        """Whether search engines should know this list: all of a kind, by name."""
        return not (self.letter or self.name or self.sort != BY_NAME)

    def query_string(self) -> str:
        """The canonical address behind the ``?``, which may be nothing."""
        given = [("kind", self.kind), ("letter", self.letter), ("name", self.name)]
        given.append(("sort", self.sort if self.sort != BY_NAME else ""))
        given.append(("page", str(self.page) if self.page > 1 else ""))
        return urlencode([(name, value) for name, value in given if value], quote_via=quote)

    def href(self, ending: str = "") -> str:
        """The canonical address; ``ending`` is that of an export."""
        query = self.query_string()
        return f"{PATH}{'.' if ending else ''}{ending}{'?' if query else ''}{query}"


def parse_entities(parameters: Iterable[tuple[str, str]]) -> AskedEntities:
    """What decoded parameters ask for.

    Raises:
        BadRequest: a parameter is unknown, or its value is none that it can have.
    """
    given = split_parameters(parameters, ("kind", "letter", "name", "sort", "page"), PATH)
    kind, letter = single(given, "kind") or "", (single(given, "letter") or "").casefold()
    sorts = [f"{sign}{name}" for name in SORTS for sign in ("", "-")]
    return AskedEntities(
        kind=one_of(kind, ENTITY_KINDS, "kind") if kind else "",
        letter=letter[:1],
        name=(single(given, "name") or "").strip()[:_LONGEST],
        sort=one_of(single(given, "sort") or BY_NAME, sorts, "sort"),
        page=page_number(single(given, "page") or "1"),
    )


def load_entities(index: sqlite3.Connection) -> tuple[Entity, ...]:
    """All entities by name, with their counts."""
    counted = {
        "events": f"SELECT target, count(DISTINCT source) FROM link WHERE role IN ({_EVENT_ROLES}) GROUP BY target",
        "given": "SELECT target, count(*) FROM link WHERE role = 'donor' GROUP BY target",
        "received": "SELECT target, count(*) FROM link WHERE role = 'recipient' GROUP BY target",
        "scene": "SELECT target, count(*) FROM link JOIN thing ON thing.id = target WHERE role = kind GROUP BY target",
        "articles": "SELECT target, count(*) FROM link WHERE role = 'mentions' GROUP BY target",
    }
    counts = {name: dict(map(tuple, index.execute(text))) for name, text in counted.items()}
    kinds = ", ".join("?" * len(ENTITY_KINDS))
    rows = index.execute(f"SELECT id, kind, sort FROM thing WHERE kind IN ({kinds}) ORDER BY sort, iri", ENTITY_KINDS)
    return tuple(Entity(*row, **{name: found.get(row[0], 0) for name, found in counts.items()}) for row in rows)


def letter_of(sort: str) -> str:
    """The letter that a name stands under."""
    return sort[:1] if sort[:1].isalpha() else OTHERS


def choose_entities(entities: Sequence[Entity], asked: AskedEntities) -> list[Entity]:
    """Those asked for, in the order asked for."""
    wanted = sort_key(asked.name) if asked.name else ""
    chosen = [
        entity for entity in entities
        if (not asked.kind or entity.kind == asked.kind)
        and (not asked.letter or letter_of(entity.sort) == asked.letter)
        and (not wanted or wanted in entity.sort)
    ]  # fmt: skip
    column, is_falling = asked.sort.removeprefix("-"), asked.sort.startswith("-")
    if column == BY_NAME:
        return chosen[::-1] if is_falling else chosen
    return sorted(chosen, key=lambda entity: int(getattr(entity, column)), reverse=is_falling)
