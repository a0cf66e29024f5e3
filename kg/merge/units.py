"""Units of merging: the parts of all tellings that can be merged without looking at the others.

A build that takes in ten articles shall not merge a hundred thousand. Two tellings of different articles meet only
where they have the same donors and the same recipients, all told and all named: neither do those of one giving
(:func:`kg.merge.same.blocking_key`) nor an earlier and a later phase (:mod:`kg.merge.fulfil`) meet otherwise. So there
is a unit for all tellings of the same named parties, whatever their phase, and one for the rest of each article, since
inside an article phases are linked whether or not its parties have names.

Only an editor's word that two tellings are one giving goes across: it makes one unit of theirs, and of those of their
two articles, because the giving may be told by one's words and then be followed by a later phase of the other's.

What an event is called needs one number from outside: how many events, of all units, share its base slug.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.merge.event import Event, Telling
from kg.merge.fulfil import link_phases
from kg.merge.grouping import grouped, sort_key
from kg.merge.judged import Judged, Refused, join_judged, kept_apart
from kg.merge.naming import content_hash, event_slug
from kg.merge.same import blocking_key
from kg.records import Reading


@dataclass(frozen=True, slots=True)
class Provisional:
    """An event as its unit knows it.

    ``event.slug`` is the base slug, which other events may have as well, ``mark`` what then tells it apart.
    ``fulfils`` is the place, in the unit's events, of the earlier one that it carries further; ``event.fulfils`` is
    not set yet.
    """

    event: Event
    mark: str
    fulfils: int | None = None


@dataclass(frozen=True, slots=True)
class MergedUnit:
    """What a unit's tellings come to: its events, by base slug and mark, and judgements that could not be followed."""

    events: tuple[Provisional, ...]
    refused: tuple[Refused, ...] = ()


def tellings_of(reading: Reading) -> tuple[Telling, ...]:
    """What an article asserts, in the order of its reports, each once though two rules may have found it."""
    asserted = (report for report in reading.reports if report.modality == "asserted")
    return tuple(dict.fromkeys(Telling.of(reading.article.id, report) for report in asserted))


def unit_of(telling: Telling) -> str:
    """The key of the unit that a telling belongs to where no editor joined it with others: the parties or the article.

    It hangs on the telling alone. ``parties`` and keys have no space; what follows ``article`` is an identifier.
    """
    key = blocking_key(telling.report)
    return " ".join(("parties", *key[1:])) if key else _unit_of_article(telling.article)


def joined_units(judged: Iterable[Judged]) -> dict[str, str]:
    """For each unit that editors joined with others, the one of them whose key comes first; no other unit is in it."""
    first: dict[str, str] = {}

    def find(unit: str) -> str:
        while first.setdefault(unit, unit) != unit:
            unit = first[unit]
        return unit

    for one in judged:
        if one.same:
            units = (find(unit) for side in (one.one, one.other) for unit in _units_near(side))
            low, *others = sorted(set(units))
            first |= dict.fromkeys(others, low)
    return {unit: find(unit) for unit in sorted(first)}


def merge_unit(tellings: Collection[Telling], judged: Sequence[Judged] = ()) -> MergedUnit:
    """Merge the tellings of one unit, or of all units that :func:`joined_units` makes one. Any order will do.

    Args:
        tellings: all of the unit, each once.
        judged: what editors say; of the judgements only those matter whose two tellings are both here.
    """
    here = frozenset(tellings)
    own = [one for one in judged if one.one in here and one.other in here]
    events, refused = join_judged(grouped(here, kept_apart(own)), own)
    named = sorted(map(_provisional, events), key=lambda one: (one.event.slug, one.mark))
    links = link_phases([one.event for one in named])
    return MergedUnit(
        tuple(
            replace(one, event=replace(one.event, fulfils_reason=link.reason), fulfils=link.earlier) if link else one
            for one, link in zip(named, links, strict=True)
        ),
        refused,
    )


def final_slug(event: Provisional, uses: int) -> str:
    """The slug of an event whose base slug so many events of the whole graph have, itself included: all that share
    one get a suffix made from what they tell."""
    return event.event.slug if uses == 1 else f"{event.event.slug}-{event.mark}"


def final_events(events: Sequence[Provisional], uses: Mapping[str, int]) -> tuple[Event, ...]:
    """All events of a unit with their slugs, in the same order.

    Args:
        uses: for the base slug of each of them, how many events of the whole graph have it.
    """
    slugs = [final_slug(one, uses[one.event.slug]) for one in events]
    return tuple(
        Event(
            slug,
            one.event.tellings,
            one.event.reason,
            None if one.fulfils is None else slugs[one.fulfils],
            one.event.fulfils_reason,
        )
        for one, slug in zip(events, slugs, strict=True)
    )


def _units_near(telling: Telling) -> tuple[str, str]:
    return unit_of(telling), _unit_of_article(telling.article)


def _unit_of_article(identifier: str) -> str:
    return f"article {identifier}"


def _provisional(event: Event) -> Provisional:
    first = event.tellings[0]
    named = Event(event_slug(first.report, event.date), event.tellings, event.reason)
    return Provisional(named, content_hash(sort_key(first)))
