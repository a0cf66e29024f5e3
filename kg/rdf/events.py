"""The givings themselves. Each article's graph holds what that article contributes to them.

The name of an event, and that it fulfils another, may rest on several articles: then they are facts of no
single article, and stand in the default graph only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from kg.merge.event import Event
from kg.merge.events import Merged
from kg.merge.naming import event_name
from kg.rdf.iris import Iris
from kg.rdf.scope import Scope, Triples, describe
from kg.rdf.terms import A, Term, aid, concept, date_literal, schema, sem, text_literal, xsd
from kg.records import Entity, PartialDate, Report


def event_triples(scope: Scope) -> Triples:
    """What this article contributes to the events that it asserts."""
    for report in scope.reading.reports:
        if report.modality != "asserted":
            continue
        event = scope.event_of(report)
        node = scope.iris.event(event.slug)
        yield from describe(node, *_contributed(scope, report, event))
        if len(event.articles) == 1:
            yield _name_triple(node, event, scope.entities)
        if event.fulfils and scope.reading.article.id in scope.merged.by_slug[event.fulfils].articles:
            yield ox.Triple(node, aid("fulfils"), scope.iris.event(event.fulfils))


def shared_triples(merged: Merged, iris: Iris) -> Triples:
    """Facts about events that no single article tells: for the default graph."""
    for event in merged.events:
        node = iris.event(event.slug)
        if len(event.articles) > 1:
            yield _name_triple(node, event, merged.entities)
        if event.fulfils and not event.articles & merged.by_slug[event.fulfils].articles:
            yield ox.Triple(node, aid("fulfils"), iris.event(event.fulfils))


def _contributed(scope: Scope, report: Report, event: Event) -> Iterator[tuple[ox.NamedNode, Term]]:
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
    if report.date and report.date == event.date:  # a vaguer date of another article would be a second one
        yield from _dates(report.date)


def _dates(date: PartialDate) -> Iterator[tuple[ox.NamedNode, Term]]:
    """The date as known, and the full days it may mean, which queries can compare."""
    yield schema("startDate"), date_literal(date)
    yield sem("hasEarliestBeginTimeStamp"), ox.Literal(date.first.isoformat(), datatype=xsd("date"))
    yield sem("hasLatestEndTimeStamp"), ox.Literal(date.last.isoformat(), datatype=xsd("date"))


def _name_triple(node: ox.NamedNode, event: Event, entities: Mapping[str, Entity]) -> ox.Triple:
    name = event_name(event, lambda key: entities[key].name)
    return ox.Triple(node, schema("name"), text_literal(name, language="en"))
