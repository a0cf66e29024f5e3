"""Bodies that many states have under one name: which of them an article means, if any that is listed.

"National Disaster Management Authority" is in the table for one state and exists in a dozen. Where the article names
nothing of the listed one's state, another is meant, which has no entry.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from kg.link.entry import Entry
from kg.link.names import folded
from kg.link.tables import read_toml


def body_meant(entries: Iterable[Entry], states: Collection[str]) -> Entry | None:
    """The organisation meant by a name, the states that the article names given by key."""
    bodies = [entry for entry in entries if entry.type == "organization"]
    at_home = [entry for entry in bodies if entry.part_of in states]
    others = [entry for entry in bodies if entry.part_of is None or not _is_common(entry) or not states]
    return next(iter([*at_home, *others]), None)


def _is_common(entry: Entry) -> bool:
    return set(folded(entry.name).split()) <= _common_words()


@cache
def _common_words() -> frozenset[str]:
    return frozenset(read_toml("common.toml")["national"]["words"])
