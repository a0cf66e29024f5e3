"""What one article says of one giving, and the things given. Which event that is, :mod:`kg.rdf.events` writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from kg.rdf.quantities import quantity_class, quantity_facts
from kg.rdf.scope import Scope, Triples, describe
from kg.rdf.terms import A, Term, aid, concept, schema, text_literal
from kg.records import Item, Report

_PARTIES: Final = (("statedDonor", "donors"), ("statedRecipient", "recipients"), ("statedImplementer", "implementers"))


def report_triples(scope: Scope) -> Triples:
    """Every report of the article, with its items and its evidence."""
    for report in scope.reading.reports:
        node = scope.part(report)
        yield from describe(node, *_facts(scope, report))
        yield from scope.evidence(node, report.evidence)
        for item in report.items:
            yield from _item_triples(scope, item)


def _facts(scope: Scope, report: Report) -> Iterator[tuple[ox.NamedNode, Term]]:
    yield A, aid("AidReport")
    yield A, schema("Claim")
    yield schema("appearance"), scope.article
    yield aid("modality"), concept("modality", report.modality)
    yield aid("statedPhase"), concept("phase", report.phase)
    for predicate, parties in _PARTIES:
        for key in getattr(report, parties):
            yield aid(predicate), scope.entity(key)
    for item in report.items:
        yield aid("statedItem"), scope.part(item)
    for key in report.locations:
        yield schema("contentLocation"), scope.entity(key)
    if report.crisis:
        yield aid("crisis"), scope.entity(report.crisis)
    if report.date:
        yield schema("temporalCoverage"), ox.Literal(report.date.iso)


def _item_triples(scope: Scope, item: Item) -> Triples:
    node = scope.part(item)
    yield from describe(
        node,
        (A, aid("AidItem")),
        (schema("name"), text_literal(item.name)),
        (aid("category"), concept("category", item.category)),
    )
    if item.quantity:
        amount = scope.near(item, "quantity")
        yield ox.Triple(node, aid("quantity"), amount)
        yield from describe(amount, quantity_class(item.quantity), *quantity_facts(item.quantity))
