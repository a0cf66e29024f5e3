"""The properties of the service: what a row can be matched by, and what columns it can be given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.formats import PREFIXES
from kg.index.schema import ENTITY_KINDS
from server.problems import BadRequest
from server.reconcile.kinds import PARTY, PLACE, TYPE_OF
from server.reconcile.ways import In, Iri, Name, OtherNames, Out, Same, Walk, Way

_ALL: Final = tuple(TYPE_OF)
_PARTIES: Final = ("country", "organization", "person")
_SPOTS: Final = ("country", "place")


@dataclass(frozen=True, slots=True)
class Property:
    """A property of things of these kinds. ``type`` is that of its values, where they are things."""

    id: str
    name: str
    description: str
    kinds: tuple[str, ...]
    way: Way
    type: str | None = None

    @property
    def is_identifier(self) -> bool:
        """Whether a value belongs to one thing only, so that it decides alone."""
        return isinstance(self.way, Same | Iri)


def _kind(kind: str) -> str:
    return TYPE_OF[kind].id


PROPERTIES: Final[Mapping[str, Property]] = {
    one.id: one
    for one in (
        Property("name", "Name", "What it is called in English, or as the articles have it", _ALL, Name()),
        Property("alternateName", "Other name", "Aliases, abbreviations and names in other languages",
                 (*ENTITY_KINDS, "concept"), OtherNames()),
        Property("iri", "IRI", "The whole address that names it in the graph", _ALL, Iri()),
        Property("wikidata", "Wikidata", "Item of Wikidata, such as Q38", ENTITY_KINDS,
                 Same(PREFIXES["wd"], r"Q[1-9][0-9]*")),
        Property("geonames", "GeoNames", "Number in GeoNames", _SPOTS,
                 Same("https://sws.geonames.org/", r"[1-9][0-9]*", "/")),
        Property("countryCode", "Country code", "Code of the EU's country table: ISO 3166-1 alpha-3 where there is one",
                 ("country",), Same("http://publications.europa.eu/resource/authority/country/", r"[0-9A-Z]{3}")),
        Property("sameAs", "Same as", "Addresses of the same thing elsewhere", _ALL, Same("")),
        Property("country", "Country", "Country of a place; countries that a crisis struck", ("place", "crisis"),
                 Out("country"), _kind("country")),
        Property("latitude", "Latitude", "Degrees north", _SPOTS, Walk("schema:latitude")),
        Property("longitude", "Longitude", "Degrees east", _SPOTS, Walk("schema:longitude")),
        Property("office", "Office", "Office that articles give a person", ("person",),
                 Walk("schema:affiliation/schema:roleName")),
        Property("affiliation", "Affiliation", "Country or organisation of a person's office", ("person",),
                 Walk("schema:affiliation/schema:affiliation"), PARTY),
        Property("donor", "Donor", "Who gives", ("event",), Out("donor"), PARTY),
        Property("recipient", "Recipient", "Whom the help is for", ("event",), Out("recipient"), PARTY),
        Property("implementer", "Implementer", "Who carries it out", ("event",), Out("implementer"), PARTY),
        Property("phase", "Phase", "Requested, pledged, dispatched or delivered", ("event",), Out("phase"),
                 _kind("concept")),
        Property("date", "Date", "Day, month or year of the event, or of publication", ("event", "article"),
                 Walk("schema:startDate|schema:datePublished")),
        Property("item", "Item", "What is given, in the words of the articles", ("event",),
                 Walk("aid:item/schema:name")),
        Property("category", "Category", "Kind of what is given", ("event",), Out("category"), _kind("concept")),
        Property("crisis", "Crisis", "In which crisis", ("event",), Out("crisis"), _kind("crisis")),
        Property("place", "Place", "Where it happens", ("event",), Out("place"), PLACE),
        Property("article", "Article", "Articles that tell it", ("event",), Out("article"), _kind("article")),
        Property("evidence", "Evidence", "Sentences that prove it", ("event",),
                 Walk("^aid:reports/aid:evidence/oa:exact")),
        Property("publisher", "Publisher", "Who published it", ("event", "article"), Out("publisher"),
                 _kind("organization")),
        Property("author", "Author", "Who wrote it", ("article",), Out("author"), _kind("person")),
        Property("mentions", "Mentions", "Whom and what an article names", ("article",), Out("mentions"), PARTY),
        Property("identifier", "Identifier", "Name of the file, or as its source has it", ("article",),
                 Walk("schema:identifier")),
        Property("language", "Language", "Tag of its language", ("article",), Walk("schema:inLanguage")),
        Property("url", "Address", "Where it was published", ("article",), Walk("schema:url")),
        Property("disaster", "Disaster", "Kind of disaster", ("crisis",), Out("disaster"), _kind("concept")),
        Property("gave", "Gave", "Events with it as the donor, the latest first", _PARTIES, In(("donor",), "event"),
                 _kind("event")),
        Property("received", "Received", "Events with it as the recipient", _PARTIES, In(("recipient",), "event"),
                 _kind("event")),
        Property("events", "Events", "Events of a crisis; events that an article tells", ("crisis", "article"),
                 In(("crisis", "article"), "event"), _kind("event")),
        Property("mentionedIn", "Mentioned in", "Articles that name it, the latest first", ENTITY_KINDS,
                 In(("mentions",), "article"), _kind("article")),
        Property("definition", "Definition", "What a term means", ("concept",), Walk("skos:definition")),
        Property("scheme", "Scheme", "Scheme of a term", ("concept",), Walk("skos:inScheme")),
    )
}  # fmt: skip
"""By identifier, in the order in which they are proposed."""


def properties_of(kinds: Sequence[str]) -> list[Property]:
    """The properties that things of these kinds may have."""
    return [one for one in PROPERTIES.values() if set(one.kinds) & set(kinds)]


def property_of(identifier: str) -> Property:
    """The property with this identifier; its name will do.

    Raises:
        BadRequest: there is none.
    """
    for one in PROPERTIES.values():
        if identifier in (one.id, one.name):
            return one
    raise BadRequest(f"There is no property {identifier[:200]!r}; the properties are {', '.join(PROPERTIES)}.")


def property_data(one: Property) -> dict[str, str]:
    """A property as JSON."""
    return {"id": one.id, "name": one.name, "description": one.description}
