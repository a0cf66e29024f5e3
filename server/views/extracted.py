"""What was read from an article, as the rows of one table: aid, figures, quotations, offices, each with a number.

The numbers run through the whole table, so that a mark in the text can say what it proves by number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from server.offices import holders_of, offices_told
from server.views.backlinks import pointing
from server.views.parts import (
    ASSERTED,
    Figure,
    Item,
    Quotation,
    Quote,
    Report,
    anchor_of,
    in_text_order,
    read_figure,
    read_quotation,
    read_quotes,
    read_report,
)
from server.views.reader import Link, Reader, term
from server.views.sentences import Piece

_ARROW: Final = Piece(" → ")


@dataclass(frozen=True, slots=True)
class Row:
    """One fact. ``what`` says it in a line, ``details`` are what else is known of it, ``told`` the speech it holds."""

    anchor: str
    what: tuple[Piece, ...]
    number: int = 0
    phase: Link | None = None
    doubt: str = ""
    details: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    items: tuple[Item, ...] = ()
    quantity: str = ""
    date: str = ""
    told: str = ""
    lang: str | None = None
    evidence: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one kind. ``is_doubted``: none of them counts as fact."""

    name: str
    title: str
    rows: tuple[Row, ...]
    is_doubted: bool = False


def read_extracted(reader: Reader, article: ox.NamedNode) -> tuple[Group, ...]:
    """Every fact of the article, by kind and in the order of the text."""
    reports = in_text_order(read_report(reader, report) for report in pointing(reader, article, "schema:appearance"))
    asserted = [_report_row(report) for report in reports if report.modality == ASSERTED]
    doubted = [_report_row(report) for report in reports if report.modality != ASSERTED]
    groups = (
        Group("reports", "Aid that it reports", tuple(asserted)),
        Group("doubted", "Said, but not as fact: none of it counts as given", tuple(doubted), is_doubted=True),
        Group("figures", "Figures", tuple(_figure_rows(reader, article))),
        Group("quotations", "Quotations", tuple(_quotation_rows(reader, article))),
        Group("roles", "Offices", tuple(_role_rows(reader, article))),
    )
    return _numbered(group for group in groups if group.rows)


def _numbered(groups: Iterable[Group]) -> tuple[Group, ...]:
    number, numbered = 0, list[Group]()
    for group in groups:
        rows = tuple(replace(row, number=number + place) for place, row in enumerate(group.rows, 1))
        numbered.append(replace(group, rows=rows))
        number += len(rows)
    return tuple(numbered)


def _report_row(report: Report) -> Row:
    return Row(
        anchor=report.anchor,
        what=(*_joined(report.donors, "someone not named"), _ARROW, *_joined(report.recipients, "someone not named")),
        phase=report.phase,
        doubt="" if report.modality == ASSERTED else report.modality or "not asserted",
        details=_said(
            ("Carried out by", report.implementers),
            ("Place", report.places),
            ("Crisis", (report.crisis,)),
            ("Event", (report.event,)),
        ),
        items=report.items,
        date=report.date,
        evidence=report.evidence,
    )


def _figure_rows(reader: Reader, article: ox.NamedNode) -> Iterator[Row]:
    parts = pointing(reader, article, "schema:subjectOf")
    figures = [part for part in parts if term("schema:Observation") in reader.nodes(part, "rdf:type")]
    return map(_figure_row, in_text_order(read_figure(reader, figure) for figure in figures))


def _figure_row(figure: Figure) -> Row:
    return Row(
        anchor=figure.anchor,
        what=_joined([figure.measure] if figure.measure else [], "a figure"),
        details=_said(("Where", (figure.place,)), ("Crisis", (figure.crisis,))),
        quantity=figure.quantity,
        date=figure.date,
        evidence=figure.evidence,
    )


def _quotation_rows(reader: Reader, article: ox.NamedNode) -> Iterator[Row]:
    parts = pointing(reader, article, "schema:isPartOf")
    return map(_quotation_row, in_text_order(read_quotation(reader, part) for part in parts))


def _quotation_row(quotation: Quotation) -> Row:
    speakers = [quotation.speaker] if quotation.speaker else []
    what = _joined(speakers, "someone not named")
    return Row(quotation.anchor, what, told=quotation.text, lang=quotation.lang, evidence=quotation.evidence)


def _role_rows(reader: Reader, article: ox.NamedNode) -> Iterator[Row]:
    told = [(role, holder) for role in offices_told(reader.store, article) for holder in holders_of(reader.store, role)]
    for role, holder in told:
        title = reader.text(role, "schema:roleName") or "an office without a title"
        person = reader.link(holder)
        of = reader.link_to(role, "schema:affiliation")
        what = (Piece(person.label, person), Piece(f": {title}"))
        yield Row(anchor_of(role), what, details=_said(("Of", (of,))), evidence=read_quotes(reader, role))


def _joined(links: Iterable[Link], missing: str) -> tuple[Piece, ...]:
    pieces = [piece for link in links for piece in (Piece(", "), Piece(link.label, link))]
    return tuple(pieces[1:]) or (Piece(missing),)


def _said(*details: tuple[str, tuple[Link | None, ...]]) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    known = [(label, tuple(link for link in links if link)) for label, links in details]
    return tuple((label, links) for label, links in known if links)
