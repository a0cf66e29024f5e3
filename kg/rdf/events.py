"""The givings themselves. Each article's graph holds what that article contributes to them.

The name of an event, and that it fulfils another, may rest on several articles: then they are facts of no
single article, and stand in the default graph only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyoxigraph as ox

from kg.merge.event import UNNAMED, Event, Telling
from kg.merge.naming import event_name, giving_name
from kg.merge.told import Share, Told
from kg.merge.units import tellings_of
from kg.rdf.iris import Iris
from kg.rdf.scope import Scope, Triples, describe
from kg.rdf.terms import A, Term, aid, concept, date_literal, schema, sem, text_literal, xsd
from kg.records import PartialDate, Report

NameOf = Callable[[str], str]
"""What all articles agreed to call an entity, by its key. Never asked for an unnamed party."""


def event_triples(scope: Scope, share: Share, name_of: NameOf) -> Triples:
    """What this article contributes to the events that it asserts, and which of its reports tell which."""
    article = scope.reading.article.id
    told = dict(zip(tellings_of(scope.reading), share.told, strict=True))
    own = {entity.key: entity.name for entity in scope.reading.entities if entity.key.startswith(UNNAMED)}

    def name_here(key: str) -> str:
        return own[key] if key in own else name_of(key)

    for report in scope.reading.reports:
        if report.modality != "asserted":
            continue
        event = told[Telling.of(article, report)]
        node = scope.iris.event(event.slug)
        yield ox.Triple(scope.part(report), aid("reports"), node)
        yield from describe(node, *_contributed(scope, report, event))
        if event.alone:
            yield _name_triple(node, _own_name(report, name_here))
        if event.fulfils:
            yield ox.Triple(node, aid("fulfils"), scope.iris.event(event.fulfils))


def shared_triples(event: Event, earlier: Event | None, name_of: NameOf, iris: Iris) -> Triples:
    """Facts about an event that no single article tells: for the default graph.

    Args:
        earlier: the event that it fulfils, if there is one.
    """
    node = iris.event(event.slug)
    if len(event.articles) > 1:
        yield _name_triple(node, event_name(event, name_of))
    if earlier and not event.articles & earlier.articles:
        yield ox.Triple(node, aid("fulfils"), iris.event(earlier.slug))


def _contributed(scope: Scope, report: Report, event: Told) -> Iterator[tuple[ox.NamedNode, Term]]:
    yield A, aid("AidEvent")
    yield A, schema("Event")
    yield schema("subjectOf"), scope.article
    yield aid("phase"), concept("phase", report.phase)
    for role, keys in (
        ("donor", report.donors),
        ("recipient", report.recipients),
        ("implementer", report.implementers),
    ):
        for key in keys:
            yield aid(role), scope.entity(key)
    for item in report.items:
        yield aid("item"), scope.part(item)
    for key in report.locations:
        yield schema("location"), scope.entity(key)
    if report.crisis:
        yield aid("crisis"), scope.entity(report.crisis)
    if report.date and event.dated:  # a vaguer date of another article would be a second one
        yield from _dates(report.date)


def _dates(date: PartialDate) -> Iterator[tuple[ox.NamedNode, Term]]:
    """The date as known, and the full days it may mean, which queries can compare."""
    yield schema("startDate"), date_literal(date)
    yield sem("hasEarliestBeginTimeStamp"), ox.Literal(date.first.isoformat(), datatype=xsd("date"))
    yield sem("hasLatestEndTimeStamp"), ox.Literal(date.last.isoformat(), datatype=xsd("date"))


def _own_name(report: Report, name_of: NameOf) -> str:
    return giving_name(report.phase, report.donors, report.recipients, report.date, name_of)


def _name_triple(node: ox.NamedNode, name: str) -> ox.Triple:
    return ox.Triple(node, schema("name"), text_literal(name, language="en"))
