"""What all articles together say, seen from one article: all that its triples hang on beside its own reading.

An article has to be written again if, and only if, its reading, this record of it, or the agreed description of an
entity that it speaks of has changed. So the record is small, can be kept as JSON and compared, and says no more of an
event than the article's graph shows: of a date only whether it is the article's, of a phase only one that it tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.merge.event import Event, Telling
from kg.merge.judged import Judged
from kg.merge.units import tellings_of
from kg.records import Reading


@dataclass(frozen=True, slots=True)
class Told:
    """The event that one telling of the article tells.

    ``dated``: whether the event's date is that of the telling; a vaguer one would be a second date. ``alone``: whether
    no other article tells the event, so that its name is this article's fact. ``fulfils``: the slug of the earlier
    event that it carries further, if the article tells that as well.
    """

    slug: str
    dated: bool
    alone: bool
    fulfils: str | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """A judgement of an editor that the merge followed: the place of the correction in the reading, and the slugs of
    the events that the two tellings now tell."""

    position: int
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Share:
    """An article's share in what all say: for each of its tellings (:func:`kg.merge.units.tellings_of`, in that order)
    the event, and the judgements in its corrections that were followed, by position."""

    told: tuple[Told, ...] = ()
    followed: tuple[Followed, ...] = ()


def tell(telling: Telling, event: Event, earlier: Event | None) -> Told:
    """What a telling tells.

    Args:
        earlier: the event that ``event`` fulfils, if there is one.
    """
    return Told(
        event.slug,
        telling.report.date is not None and telling.report.date == event.date,
        len(event.articles) == 1,
        earlier.slug if earlier and telling.article in earlier.articles else None,
    )


def share_of(
    reading: Reading,
    event_of: Callable[[Telling], Event],
    by_slug: Callable[[str], Event],
    judged: Iterable[Judged] = (),
) -> Share:
    """The share of one article.

    Args:
        event_of: the event of each telling of the article, and of the tellings of ``judged``.
        by_slug: the events that those fulfil.
        judged: the judgements of this article (of others they do not count) that were not refused.
    """
    told = []
    for telling in tellings_of(reading):
        event = event_of(telling)
        told.append(tell(telling, event, by_slug(event.fulfils) if event.fulfils else None))
    own = sorted((one for one in judged if one.one.article == reading.article.id), key=lambda one: one.position)
    followed = {one.position: Followed(one.position, event_of(one.one).slug, event_of(one.other).slug) for one in own}
    return Share(tuple(told), tuple(followed.values()))
