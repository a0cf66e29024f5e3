"""The page of an aid event: who gave what to whom, how far it came, and which sentences say so."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from server.queries import about, select
from server.views.page import Head
from server.views.parts import ASSERTED, Item, Report, read_item, read_report
from server.views.reader import Link, Reader, term


@dataclass(frozen=True, slots=True)
class EventPage:
    """The variables of ``event.html``. ``doubted`` are reports that do not assert it: they are shown apart."""

    head: Head
    name: str
    date: str
    phase: Link | None
    crisis: Link | None
    donors: tuple[Link, ...]
    recipients: tuple[Link, ...]
    implementers: tuple[Link, ...]
    places: tuple[Link, ...]
    items: tuple[Item, ...]
    fulfils: tuple[Link, ...]
    fulfilled_by: tuple[Link, ...]
    reports: tuple[Report, ...]
    doubted: tuple[Report, ...]


def read_event(reader: Reader, node: ox.NamedNode, head: Head) -> EventPage:
    """Fill the page of one event."""
    reports = [read_report(reader, subject) for subject in pointing(reader, node, "aid:reports")]
    return EventPage(
        head=head,
        name=reader.link(node).label,
        date=reader.text(node, "schema:startDate") or "",
        phase=reader.link_to(node, "aid:phase"),
        crisis=reader.link_to(node, "aid:crisis"),
        donors=reader.links(node, "aid:donor"),
        recipients=reader.links(node, "aid:recipient"),
        implementers=reader.links(node, "aid:implementer"),
        places=reader.links(node, "schema:location"),
        items=tuple(read_item(reader, item) for item in reader.nodes(node, "aid:item")),
        fulfils=reader.links(node, "aid:fulfils"),
        fulfilled_by=tuple(reader.link(other) for other in pointing(reader, node, "aid:fulfils")),
        reports=tuple(report for report in reports if report.modality == ASSERTED),
        doubted=_doubted(reader, node),
    )


def pointing(reader: Reader, node: ox.NamedNode, name: str) -> list[ox.NamedNode]:
    """What points to ``node`` with the property ``name``, sorted by IRI."""
    rows = select(reader.store, "subjects", {"this": node, "property": term(name)})
    return [row["subject"] for row in rows]


def _doubted(reader: Reader, node: ox.NamedNode) -> tuple[Report, ...]:
    """Reports that dispute the event, and those that only imagine or deny help between the same parties."""
    disputing = pointing(reader, node, "aid:disputes")
    similar = [row["report"] for row in about(reader.store, "same_parties", node)]
    return tuple(read_report(reader, report) for report in dict.fromkeys(disputing + similar))
