"""The page of a country, place, person, organisation or crisis: its part in aid, its figures, and what points to it.

Numbers and lists come from the index, names and facts from the store. Nothing here grows with the thing's fame:
of whatever may be long the first are read, and how many there are is counted by the index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from server.drawing import GraphDrawing, Spoke, draw_neighbours
from server.queries import Term, facts_of
from server.views.aid import Ledger, Partners, list_value, read_ledger, read_partners
from server.views.backlinks import some_pointing
from server.views.crisis import Crisis, read_crisis
from server.views.incoming import Incoming, IncomingFact, read_incoming, read_incoming_facts
from server.views.latest import Articles, Part, read_articles, read_parts
from server.views.numbers import Numbers, read_numbers
from server.views.offices import Offices, offices_in, offices_of
from server.views.page import Head, Pager
from server.views.parts import Quotation, read_quotation
from server.views.reader import Link, Reader, term
from server.views.sentences import Piece, entity_sentence
from server.views.sites import named_site

MOST_QUOTATIONS: Final = 8
MOST_SPOKES: Final = 12
MOST_VALUES: Final = 20
"""Values of one property that are shown."""

_WIDE: Final = frozenset(
    map(term, ("aid:Party", "schema:Thing", "schema:Event", "schema:Organization", "schema:Place"))
)
"""Classes that say little of a thing that has a narrower one."""

_AS: Final = {
    "donor": "as donor",
    "recipient": "as recipient",
    "implementer": "as the one who carries help out",
    "crisis": "in it",
    "place": "there",
}
_PARTNERS: Final = (
    ("donor", "recipient", "To whom", "gave to", True),
    ("recipient", "donor", "From whom", "got from", False),
    ("donor", "crisis", "In which crises it gave", "gave in", True),
    ("recipient", "crisis", "In which crises it received", "received in", False),
    ("implementer", "donor", "For whom it carried help out", "carried out for", False),
    ("crisis", "donor", "Who helped", "helped by", False),
    ("crisis", "recipient", "Who was helped", "help to", True),
    ("place", "donor", "Who helped here", "helped by", False),
)
"""A thing's own role, that of its partners, the heading of their table; in the picture the words at their line, and
whether it leads away from the thing: help goes from left to right."""


@dataclass(frozen=True, slots=True)
class Circle:
    """The partners in one role; ``words`` and ``is_outgoing`` are for their lines in the picture."""

    heading: str
    partners: Partners
    words: str
    is_outgoing: bool


@dataclass(frozen=True, slots=True)
class Values:
    """A property with some of its values; ``more`` are left out."""

    property: Link
    values: tuple[Link, ...]
    more: int


@dataclass(frozen=True, slots=True)
class EntityPage:
    """The variables of ``entity.html``. What is not known is empty or None."""

    head: Head
    name: str
    lang: str | None
    kind: str
    sentence: tuple[Piece, ...]
    aliases: tuple[str, ...]
    same_as: tuple[Link, ...]
    ledger: Ledger | None
    parts: tuple[Part, ...]
    circles: tuple[Circle, ...]
    neighbours: GraphDrawing | None
    crisis: Crisis | None
    offices: Offices
    staff: Offices
    numbers: Numbers
    quotations: tuple[Quotation, ...]
    quotation_total: int
    articles: tuple[Articles, ...]
    facts: tuple[Values, ...]
    incoming: tuple[Incoming, ...]
    incoming_facts: tuple[IncomingFact, ...]
    pager: Pager


def read_entity(reader: Reader, node: ox.NamedNode, incoming_page: int | None, head: Head) -> EntityPage:
    """Fill the page of one entity; without ``incoming_page`` what points to it is counted and not listed."""
    link, value = reader.link(node), list_value(reader.addresses, node.value)
    incoming = read_incoming(reader, node)
    pager = Pager(incoming_page or 1, sum(entry.count for entry in incoming), parameter="incoming")
    row = reader.index.execute("SELECT id, kind FROM thing WHERE iri = ?", (node.value,)).fetchone()
    thing, indexed = (row["id"], row["kind"]) if row else (-1, "")
    parts = read_parts(reader, thing, value)
    circles = _circles(reader, thing, value, [part.role for part in parts])
    articles = read_articles(reader, thing, indexed, value)
    crisis = read_crisis(reader, node, thing, value) if indexed == "crisis" else None
    kind, numbers = _kind(reader, node), read_numbers(reader, node)
    ledger = read_ledger(reader.index, thing, [part.role for part in parts], value, link.label)
    neighbours = _neighbours(link, circles)
    return EntityPage(
        head=replace(head, scripts=("ui/drawing.js",)) if ledger or neighbours or numbers.charts else head,
        name=link.label,
        lang=link.lang,
        kind=kind,
        sentence=entity_sentence(
            Link(link.label, lang=link.lang),
            kind,
            reader.links(node, "schema:containedInPlace") or reader.links(node, "schema:areaServed"),
            {_AS[part.role]: part.total for part in parts},
            sum(entry.total for entry in articles if entry.name == "mentions"),
            (crisis.first, crisis.last) if crisis else ("", ""),
        ),
        aliases=tuple(literal.value for literal in reader.literals(node, "schema:alternateName")[:MOST_VALUES]),
        same_as=tuple(named_site(same) for same in reader.links(node, "schema:sameAs")),
        ledger=ledger,
        parts=parts,
        circles=tuple(circles),
        neighbours=neighbours,
        crisis=crisis,
        offices=offices_of(reader, node),
        staff=offices_in(reader, node),
        numbers=numbers,
        quotations=_quotations(reader, node),
        quotation_total=_count(incoming, "schema:spokenByCharacter"),
        articles=articles,
        facts=_facts(reader, node),
        incoming=incoming,
        incoming_facts=read_incoming_facts(reader, node, incoming, pager) if incoming_page else (),
        pager=pager,
    )


def _kind(reader: Reader, node: ox.NamedNode) -> str:
    """What it is, in a few words: the narrowest of its classes."""
    classes = reader.nodes(node, "rdf:type")
    narrow = [one for one in classes if one not in _WIDE] or [one for one in classes if one != term("aid:Party")]
    return ", ".join(reader.property(one).label.casefold() for one in narrow)


def _circles(reader: Reader, thing: int, value: str, roles: Sequence[str]) -> list[Circle]:
    """The partners of the thing in each of its roles."""
    found = (
        Circle(
            heading,
            read_partners(reader.index, reader.addresses, thing, value, role=role, of=of),
            words,
            is_outgoing,
        )
        for role, of, heading, words, is_outgoing in _PARTNERS
        if role in roles
    )
    return [circle for circle in found if circle.partners.total]


def _neighbours(centre: Link, circles: Sequence[Circle]) -> GraphDrawing | None:
    """The strongest neighbours of all circles; None if there is but one."""
    spokes = [
        (partner.counts.total, Spoke(partner.link, f"{circle.words} · {partner.counts.total}", circle.is_outgoing))
        for circle in circles
        for partner in circle.partners.rows
    ]
    strongest = sorted(spokes, key=lambda entry: (-entry[0], entry[1].link.order))[:MOST_SPOKES]
    title = f"Closest to {centre.label}"
    return draw_neighbours(centre, [spoke for _, spoke in strongest], title=title) if len(strongest) > 1 else None


def _count(incoming: Sequence[Incoming], name: str) -> int:
    return sum(entry.count for entry in incoming if entry.property.iri == term(name).value)


def _quotations(reader: Reader, node: ox.NamedNode) -> tuple[Quotation, ...]:
    spoken = some_pointing(reader, node, "schema:spokenByCharacter", MOST_QUOTATIONS)
    return tuple(read_quotation(reader, quotation) for quotation in spoken)


def _facts(reader: Reader, node: ox.NamedNode) -> tuple[Values, ...]:
    """All that is said of the thing itself, by property."""
    by_property: dict[ox.NamedNode, list[Term]] = {}
    for predicate, value in facts_of(reader.store, node):
        by_property.setdefault(predicate, []).append(value)
    return tuple(
        Values(
            reader.property(predicate),
            tuple(sorted((named_site(reader.value(one)) for one in values[:MOST_VALUES]), key=lambda link: link.order)),
            max(0, len(values) - MOST_VALUES),
        )
        for predicate, values in by_property.items()
    )
