"""The page of an aid event: who gave what to whom, how far it came, and which sentences say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from server.queries import about
from server.views.backlinks import pointing
from server.views.chain import Chain, read_chain
from server.views.claims import Telling, read_tellings
from server.views.comparison import Comparison, compare
from server.views.page import Head
from server.views.parts import ASSERTED, Item, Quote, Report, item_order, local_name, read_item, read_report
from server.views.passages import Passage, around
from server.views.reader import Link, Reader
from server.views.sentences import Piece, event_sentence

MOST_REPORTS: Final = 24
"""Reports whose sentences are shown, and as many that only deny or imagine; the others are counted."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """Something given, with some of the sentence around its words."""

    item: Item
    words: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class EventPage:
    """The variables of ``event.html``.

    ``tellings`` are what articles assert, ``doubted`` what they deny or only imagine, shown apart; ``more`` and
    ``more_doubted`` count the reports that found no room.
    """

    head: Head
    name: str
    sentence: tuple[Piece, ...]
    implementers: tuple[Link, ...]
    places: tuple[Link, ...]
    chain: Chain
    items: tuple[ItemRow, ...]
    tellings: tuple[Telling, ...]
    comparison: Comparison | None
    more: int
    doubted: tuple[Telling, ...]
    more_doubted: int


def read_event(reader: Reader, node: ox.NamedNode, head: Head) -> EventPage:
    """Fill the page of one event."""
    asserting, disputing = _reports(reader, pointing(reader, node, "aid:reports"))
    reports = [read_report(reader, subject) for subject in asserting[:MOST_REPORTS]]
    doubting = [*disputing, *_doubting(reader, node)]
    tellings = read_tellings(reader, reports)
    return EventPage(
        head=head,
        name=reader.link(node).label,
        sentence=read_sentence(reader, node),
        implementers=reader.links(node, "aid:implementer"),
        places=reader.links(node, "schema:location"),
        chain=read_chain(reader, node),
        items=_item_rows(read_items(reader, node), reports),
        tellings=tellings,
        comparison=compare(tellings),
        more=len(asserting) - len(reports),
        doubted=read_tellings(reader, [read_report(reader, report) for report in doubting[:MOST_REPORTS]]),
        more_doubted=max(0, len(doubting) - MOST_REPORTS),
    )


def read_sentence(reader: Reader, node: ox.NamedNode) -> tuple[Piece, ...]:
    """The event in one sentence."""
    return event_sentence(
        local_name(reader.node(node, "aid:phase")),
        reader.links(node, "aid:donor"),
        reader.links(node, "aid:recipient"),
        read_items(reader, node),
        reader.text(node, "schema:startDate") or "",
        reader.link_to(node, "aid:crisis"),
    )


def read_items(reader: Reader, node: ox.NamedNode) -> tuple[Item, ...]:
    """What was given, in the order in which articles tell of it."""
    return tuple(sorted((read_item(reader, item) for item in reader.nodes(node, "aid:item")), key=item_order))


def _item_rows(items: Iterable[Item], reports: Iterable[Report]) -> tuple[ItemRow, ...]:
    """Each item with words of the report that states it: offsets of two articles have nothing to do with each other."""
    quotes: dict[str, tuple[Quote, ...]] = {item.iri: report.evidence for report in reports for item in report.items}
    return tuple(ItemRow(item, around(item, quotes.get(item.iri, ()))) for item in items)


def _reports(reader: Reader, nodes: Iterable[ox.NamedNode]) -> tuple[list[ox.NamedNode], list[ox.NamedNode]]:
    """Those that assert, and those that do not: data of others may let a denial report an event."""
    parted: tuple[list[ox.NamedNode], list[ox.NamedNode]] = ([], [])
    for node in nodes:
        parted[local_name(reader.node(node, "aid:modality")) != ASSERTED].append(node)
    return parted


def _doubting(reader: Reader, node: ox.NamedNode) -> Iterable[ox.NamedNode]:
    """Reports that dispute the event, and those that only imagine or deny help between the same parties."""
    similar = [row["report"] for row in about(reader.store, "same_parties", node)]
    return dict.fromkeys([*pointing(reader, node, "aid:disputes"), *similar])
