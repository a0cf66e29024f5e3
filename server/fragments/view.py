"""A fragment's page as people see it: a form for the pattern, and the triples with the names of what they link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from server.fragments.controls import Asked
from server.fragments.pattern import PARTS, Pattern
from server.fragments.shelf import SIZE, Total
from server.media import FORM_TYPES
from server.views.page import Alternate, Head
from server.views.reader import Link, Reader

_FORMS = {"trig": "TriG", "nq": "N-Quads", "ttl": "Turtle", "nt": "N-Triples", "jsonld": "JSON-LD"}


@dataclass(frozen=True, slots=True)
class Box:
    """A field of the form."""

    name: str
    label: str
    value: str
    example: str


@dataclass(frozen=True, slots=True)
class FragmentPage:
    """The variables of the template. ``back`` and ``on`` are the pages before and behind, ``template`` for programs."""

    head: Head
    boxes: tuple[Box, ...]
    rows: tuple[tuple[Link, Link, Link], ...]
    total: Total
    first: int
    back: str | None
    on: str | None
    template: str

    @property
    def last(self) -> int:
        """The number of the last triple on the page."""
        return self.first + len(self.rows) - 1


def fragment_page(
    reader: Reader, asked: Asked, triples: Sequence[ox.Triple], total: Total, *, has_next: bool
) -> FragmentPage:
    """The page that shows these triples."""
    number = asked.number
    return FragmentPage(
        head=_head(asked),
        boxes=_boxes(asked.pattern),
        rows=tuple(
            (reader.value(one.subject), reader.property(one.predicate), reader.value(one.object)) for one in triples
        ),
        total=total,
        first=(number - 1) * SIZE + 1,
        back=_address(asked, page=str(number - 1)) if number > 1 else None,
        on=_address(asked, page=str(number + 1)) if has_next else None,
        template=f"{asked.root}fragments{{?{','.join(PARTS)}}}",
    )


def _head(asked: Asked) -> Head:
    page = {"page": str(asked.number)} if asked.number > 1 else {}
    forms = tuple(
        Alternate(_address(asked, **page, format=name), FORM_TYPES[name], label) for name, label in _FORMS.items()
    )
    return Head("Triples of a pattern", "The graph by triple patterns.", alternates=forms, noindex=True)


def _address(asked: Asked, **more: str) -> str:
    return asked.pattern.address("/", **more)


def _boxes(pattern: Pattern) -> tuple[Box, ...]:
    examples = ("https://w3id.org/aidgraph/id/country/italy", "http://schema.org/name", '"Italy"')
    given = pattern.parameters
    return tuple(
        Box(name, name.capitalize(), given.get(name, ""), example)
        for name, example in zip(PARTS, examples, strict=True)
    )
