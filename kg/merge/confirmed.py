"""Links that editors confirmed, beside those of the tables: which of them can be written, and why others cannot.

An entity has one identifier in a dataset. So a confirmed link is refused where the entity has another of the same
dataset already, from the tables, from a correction or from a line before; nothing is replaced in silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.records import Entity, PartialDate


@dataclass(frozen=True, slots=True)
class ConfirmedLink:
    """``entity`` (a key) is what ``same_as`` describes, says ``by``, on the day ``date``. ``place`` is for messages."""

    entity: str
    same_as: str
    by: str
    date: PartialDate
    place: str = ""


def accept_links(
    links: Iterable[ConfirmedLink],
    entities: Mapping[str, Entity],
    target_name: Callable[[str], str],
    suggest: Callable[[str], str],
) -> tuple[tuple[ConfirmedLink, ...], tuple[str, ...]]:
    """The links that can be written, and a line for each other, with the place that it is at.

    Args:
        entities: what the articles speak of, by key.
        target_name: what the dataset of an address is called.
        suggest: words about the nearest key to one that nobody knows; empty where none is near.
    """
    accepted: list[ConfirmedLink] = []
    refused: list[str] = []
    taken: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for entity in entities.values():
        for iri in entity.same_as:
            taken[entity.key, target_name(iri)].add(iri)
    for link in links:
        own = taken[link.entity, target_name(link.same_as)]
        if link.entity not in entities:
            refused.append(f"{link.place}: no article speaks of {link.entity!r}{suggest(link.entity)}")
        elif link.same_as in own:
            refused.append(f"{link.place}: {link.entity} is linked to {link.same_as} without this line already")
        elif own:
            refused.append(f"{link.place}: {link.entity} is {min(own)} already, and cannot be {link.same_as} as well")
        else:
            own.add(link.same_as)
            accepted.append(link)
    return tuple(accepted), tuple(refused)
