"""The SPARQL query that gives a selection: "view and edit the query".

It is written for the person who is going to edit it: prefixes that are used and no others, one line a condition, and
a word on what is not plain. It gives the same things as the page, with the same columns. Nothing of the address gets
into it as it was sent: IRIs are those of the index, dates those of :class:`kg.records.PartialDate`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kg.formats import prefixes_for
from server.explore.asking import Asked
from server.explore.choosing import Choice
from server.explore.filters import ARTICLES, EVENTS, Filter
from server.prefixes import declare, prefixed

_EVENT_COLUMNS: Final = """\
SELECT ?event
       (SAMPLE(?told) AS ?date)
       (SAMPLE(?title) AS ?name)
       (GROUP_CONCAT(DISTINCT ?donorName; SEPARATOR="; ") AS ?donors)
       (GROUP_CONCAT(DISTINCT ?recipientName; SEPARATOR="; ") AS ?recipients)
       (GROUP_CONCAT(DISTINCT ?itemName; SEPARATOR="; ") AS ?items)
       (SAMPLE(?phaseName) AS ?phase)
       (GROUP_CONCAT(DISTINCT ?crisisName; SEPARATOR="; ") AS ?crisis)
       (COUNT(DISTINCT ?article) AS ?articles)
"""
_EVENT_OPTIONS: Final = """\
  # what the columns show, where it is told
  OPTIONAL { ?event schema:startDate ?told }
  OPTIONAL { ?event sem:hasLatestEndTimeStamp ?until }
  OPTIONAL { ?event schema:name ?title }
  OPTIONAL { ?event aid:donor/schema:name ?donorName }
  OPTIONAL { ?event aid:recipient/schema:name ?recipientName }
  OPTIONAL { ?event aid:item/schema:name ?itemName }
  OPTIONAL { ?event aid:phase/skos:prefLabel ?phaseName }
  OPTIONAL { ?event aid:crisis/schema:name ?crisisName }
  OPTIONAL { ?event schema:subjectOf ?article }
"""
_ARTICLE_COLUMNS: Final = """\
SELECT ?article
       (SAMPLE(?told) AS ?date)
       (SAMPLE(?title) AS ?headline)
       (GROUP_CONCAT(DISTINCT ?publisherName; SEPARATOR="; ") AS ?publisher)
       (GROUP_CONCAT(DISTINCT ?crisisName; SEPARATOR="; ") AS ?crisis)
       (COUNT(DISTINCT ?event) AS ?events)
"""
_ARTICLE_OPTIONS: Final = """\
  # what the columns show, where it is told
  OPTIONAL { ?article schema:datePublished ?told }
  OPTIONAL { ?article schema:headline ?title }
  OPTIONAL { ?article schema:publisher/schema:name ?publisherName }
  OPTIONAL { ?article schema:mentions|schema:about ?emergency . ?emergency a aid:Crisis ; schema:name ?crisisName }
  OPTIONAL { ?event schema:subjectOf ?article ; a aid:AidEvent }
"""
_ORDERS: Final[Mapping[str, tuple[str, str]]] = {
    "date": ("MAX(STR(?until))", "~"),
    "donor": ("MIN(LCASE(?donorName))", "~"),
    "recipient": ("MIN(LCASE(?recipientName))", "~"),
    "articles": ("COUNT(DISTINCT ?article)", ""),
    "headline": ("MIN(LCASE(STR(?title)))", "~"),
    "publisher": ("MIN(LCASE(?publisherName))", "~"),
    "events": ("COUNT(DISTINCT ?event)", ""),
}
"""What each sort is by, and what stands behind all others in rising order for what has nothing to be sorted by."""


def write_query(asked: Asked, choices: Mapping[str, tuple[Choice, ...]], base: str) -> str:
    """The query for a selection.

    Args:
        choices: the values asked for, as they are in the index.
        base: of the IRIs of what the articles told.
    """
    is_events = asked.listing is EVENTS
    columns, options = (_EVENT_COLUMNS, _EVENT_OPTIONS) if is_events else (_ARTICLE_COLUMNS, _ARTICLE_OPTIONS)
    prefixes = prefixes_for(base)
    conditions = _conditions(asked, choices, prefixes)
    thing = f"?{asked.listing.table}"
    body = f"{columns}WHERE {{\n{conditions}\n{options}}}\nGROUP BY {thing}\nORDER BY {_order(asked)} {thing}\n"
    return f"# The {asked.listing.name} at {asked.selection().href()}, one a row\n" + declare(f"\n{body}", prefixes)


def _conditions(asked: Asked, choices: Mapping[str, tuple[Choice, ...]], prefixes: Mapping[str, str]) -> str:
    """What a thing has to be, as one block about it and what cannot be said in it."""
    entries = [(entry, choices[entry.name]) for entry in asked.listing.filters if entry.name in choices]
    linked = [(entry, chosen) for entry, chosen in entries if not entry.fixed]
    facts = [f"a {asked.listing.class_name}", *(_fact(entry, chosen, prefixes) for entry, chosen in linked)]
    facts += _date_facts(asked)
    thing = f"?{asked.listing.table}"
    values = [_values(entry, chosen, prefixes) for entry, chosen in linked if len(chosen) > 1]
    next_line = " ;\n" + " " * (len(thing) + 3)
    block = f"  {thing} {next_line.join(facts)} ."
    fixed = [line for entry, chosen in entries if entry.fixed for line in _fixed(chosen)]
    return "\n".join([*values, block, *_date_lines(asked), *fixed]) + "\n"


def _fact(entry: Filter, chosen: tuple[Choice, ...], prefixes: Mapping[str, str]) -> str:
    return f"{entry.path} {prefixed(chosen[0].iri, prefixes) if len(chosen) == 1 else f'?{entry.name}'}"


def _values(entry: Filter, chosen: Iterable[Choice], prefixes: Mapping[str, str]) -> str:
    iris = " ".join(prefixed(choice.iri, prefixes) for choice in chosen)
    return f"  VALUES ?{entry.name} {{ {iris} }}  # any of these"


def _date_facts(asked: Asked) -> list[str]:
    if not asked.dates:
        return []
    if asked.listing is ARTICLES:
        return ["schema:datePublished ?day"]
    last = ["sem:hasLatestEndTimeStamp ?latest"] if asked.dates.first else []
    return last + (["sem:hasEarliestBeginTimeStamp ?earliest"] if asked.dates.last else [])


def _date_lines(asked: Asked) -> list[str]:
    """An event told of ``2020`` may have been in March: it has a first and a last day. An article has a date as told,
    which is compared as far as it goes."""
    first, last = asked.dates.first, asked.dates.last
    if not asked.dates:
        return []
    if asked.listing is ARTICLES:
        bounds = [f'STR(?day) >= SUBSTR("{first}", 1, STRLEN(STR(?day)))'] if first else []
        bounds += [f'STR(?day) <= SUBSTR("{last}", 1, STRLEN(STR(?day)))'] if last else []
        return ["  # dates are days, months or years: compared as far as they go", f"  FILTER({' && '.join(bounds)})"]
    bounds = [f'?latest >= "{first}"^^xsd:date'] if first else []
    bounds += [f'?earliest <= "{last}"^^xsd:date'] if last else []
    return ["  # on some day in this time, as far as the articles tell", f"  FILTER({' && '.join(bounds)})"]


def _fixed(chosen: tuple[Choice, ...]) -> list[str]:
    """Whether articles tell of aid; who asks for both asks for all. ``NOT EXISTS`` takes the engine a hundred times
    as long as ``MINUS``."""
    if len(chosen) != 1:
        return []
    told = "?telling a aid:AidEvent ; schema:subjectOf ?article"
    return [f"  {told} ." if chosen[0].value == "yes" else f"  MINUS {{ {told} }}"]


def _order(asked: Asked) -> str:
    name, is_falling = asked.sort.removeprefix("-"), asked.sort.startswith("-")
    key, behind = _ORDERS[name]
    if asked.listing is ARTICLES:
        key = key.replace("?until", "?told")
    if not behind:
        return f"{'DESC' if is_falling else 'ASC'}({key})"
    return f'DESC(COALESCE({key}, ""))' if is_falling else f'COALESCE({key}, "{behind}")'
