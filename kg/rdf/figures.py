"""Figures about a crisis, and quotations."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.rdf.iris import measure_name
from kg.rdf.quantities import quantity_class, quantity_facts
from kg.rdf.scope import Scope, Triples, describe
from kg.rdf.terms import A, Term, aid, concept, date_literal, schema, text_literal
from kg.records import Figure


def figure_triples(scope: Scope) -> Triples:
    """Every figure as an observation that is also its own quantity."""
    for figure in scope.reading.figures:
        node = scope.part(figure)
        yield from describe(node, *_facts(scope, figure), *quantity_facts(figure.quantity))
        yield from scope.evidence(node, [figure.evidence])


def quotation_triples(scope: Scope) -> Triples:
    """Every direct quotation with its speaker."""
    for quotation in scope.reading.quotations:
        node = scope.part(quotation)
        yield from describe(
            node,
            (A, schema("Quotation")),
            (schema("isPartOf"), scope.article),
            (schema("spokenByCharacter"), scope.entity(quotation.speaker)),
            (schema("text"), text_literal(quotation.words.of(scope.reading.article.text))),
        )
        yield from scope.evidence(node, [quotation.evidence])


def _facts(scope: Scope, figure: Figure) -> Iterator[tuple[ox.NamedNode, Term]]:
    yield A, schema("Observation")
    if figure.quantity.currency:  # schema:currency belongs to amounts of money; an observation is a quantity already
        yield quantity_class(figure.quantity)
    yield schema("subjectOf"), scope.article
    yield schema("variableMeasured"), concept("measure", measure_name(figure))
    if figure.place:
        yield schema("observationAbout"), scope.entity(figure.place)
    if figure.crisis:
        yield aid("crisis"), scope.entity(figure.crisis)
    if figure.date:
        yield schema("observationDate"), date_literal(figure.date)
