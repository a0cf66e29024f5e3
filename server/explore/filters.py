"""What events and articles can be filtered by, as tables: a filter is added by adding a line.

Each filter says once what it is in an address, in the index and in SPARQL. Their order is that of addresses and pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter.

    ``name``: its parameter; ``role``: of ``link`` in the index; ``kinds``: what its values may be (nothing: anything);
    ``scheme``: where its values are concepts, so that ``phase=delivered`` is enough; ``path``: the SPARQL property path
    from the listed thing to a value; ``fixed``: values that are no things, with their labels; ``steps``: values in an
    order of their own, where the number of uses is not the one that people expect.
    """

    name: str
    label: str
    role: str = ""
    path: str = ""
    kinds: tuple[str, ...] = ()
    scheme: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """One list. ``name`` is its path and its table's plural; ``sorts`` what it can be sorted by, with labels."""

    name: str
    table: str
    class_name: str
    filters: tuple[Filter, ...]
    sorts: Mapping[str, str]
    columns: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where the list is on the server."""
        return f"/{self.name}"

    @property
    def by_name(self) -> dict[str, Filter]:
        """The filters by their parameters."""
        return {entry.name: entry for entry in self.filters}


PHASES: Final = ("requested", "pledged", "dispatched", "delivered")
"""How far help has come, from the first step to the last."""

_MENTIONS: Final = "schema:mentions|schema:about"

EVENTS: Final = Listing(
    "events",
    "event",
    "aid:AidEvent",
    (
        Filter("donor", "Donor", "donor", "aid:donor"),
        Filter("recipient", "Recipient", "recipient", "aid:recipient"),
        Filter("implementer", "Carried out by", "implementer", "aid:implementer"),
        Filter("phase", "How far", "phase", "aid:phase", scheme="phase", steps=PHASES),
        Filter("crisis", "Crisis", "crisis", "aid:crisis"),
        Filter("category", "What", "category", "aid:item/aid:category", scheme="category"),
        Filter("place", "Where", "place", "schema:location"),
        Filter("publisher", "Told by", "publisher", "schema:subjectOf/schema:publisher"),
    ),
    {"date": "Date", "donor": "From", "recipient": "To", "articles": "Articles"},
    ("event", "date", "name", "donors", "recipients", "items", "phase", "crisis", "articles"),
)
ARTICLES: Final = Listing(
    "articles",
    "article",
    "schema:NewsArticle",
    (
        Filter("publisher", "Publisher", "publisher", "schema:publisher"),
        Filter("aid", "Tells of aid", fixed={"yes": "with aid events", "no": "without"}),
        Filter("crisis", "Crisis", "mentions", _MENTIONS, ("crisis",)),
        Filter("country", "Names the country", "mentions", _MENTIONS, ("country",)),
        Filter("organization", "Names the organisation", "mentions", _MENTIONS, ("organization",)),
        Filter("person", "Names the person", "mentions", _MENTIONS, ("person",)),
        Filter("place", "Names the place", "mentions", _MENTIONS, ("place",)),
    ),
    {"date": "Published", "headline": "Headline", "publisher": "Publisher", "events": "Events"},
    ("article", "date", "headline", "publisher", "crisis", "events"),
)
LISTINGS: Final = (EVENTS, ARTICLES)
