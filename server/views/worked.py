"""Questions that this graph answers, with their answers and the queries that gave them, for the home page.

The questions are templates; what fills them is what the graph knows most about, so that the answers are never empty
and nothing here depends on what was read. They are asked once a version.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.formats import prefixes_for
from server.prefixes import declare, prefixed
from server.queries import Term

SHOWN: Final = 3
"""Rows of an answer that the home page shows."""

_LIMIT: Final = 100


@dataclass(frozen=True, slots=True)
class Template:
    """A question with holes. ``find`` is SQL on the index whose first row has the IRIs and names that fill them."""

    find: str
    question: str
    columns: tuple[str, ...]
    query: str


@dataclass(frozen=True, slots=True)
class Worked:
    """A question, the query that asks it, and the first rows of the answer as terms; ``total`` counts them all.

    ``is_cut``: there may be more than ``total``.
    """

    question: str
    query: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    total: int
    is_cut: bool


_SENT: Final = Template(
    find="""
        SELECT what.iri, what.name, receiver.iri, receiver.name
        FROM event
        JOIN thing AS phase
          ON phase.id = event.phase AND (phase.iri LIKE '%/dispatched' OR phase.iri LIKE '%/delivered')
        JOIN link AS category ON category.source = event.id AND category.role = 'category'
        JOIN link AS recipient ON recipient.source = event.id AND recipient.role = 'recipient'
        JOIN link AS donor ON donor.source = event.id AND donor.role = 'donor'
        JOIN thing AS what ON what.id = category.target AND what.kind = 'concept'
        JOIN thing AS receiver ON receiver.id = recipient.target AND receiver.kind = 'country'
        GROUP BY category.target, recipient.target
        ORDER BY what.iri LIKE '%/services' OR what.iri LIKE '%/other',
                 COUNT(DISTINCT donor.target) DESC, COUNT(*) DESC, MIN(event.id)
        LIMIT 1""",
    question="Who sent {} to {}, and which sentence says so?",
    columns=("donor", "day", "words"),
    query="""SELECT DISTINCT ?donor ?day ?words ?article WHERE {{
  ?event a aid:AidEvent ; aid:donor ?donor ; aid:recipient {1} ;
         aid:phase ?phase ; aid:item/aid:category {0} .
  FILTER(?phase IN (phase:dispatched, phase:delivered))
  OPTIONAL {{ ?event schema:startDate ?day }}
  ?report aid:reports ?event ; aid:statedDonor ?donor ; schema:appearance ?article ;
          aid:evidence/oa:exact ?words .
}} ORDER BY DESC(STR(?day)) STR(?donor)""",
)
_FAR: Final = Template(
    find="""
        SELECT giver.iri, giver.name, receiver.iri, receiver.name
        FROM link AS donor
        JOIN link AS recipient ON recipient.source = donor.source AND recipient.role = 'recipient'
        JOIN thing AS giver ON giver.id = donor.target AND giver.kind IN ('country', 'organization')
        JOIN thing AS receiver ON receiver.id = recipient.target AND receiver.kind = 'country'
        WHERE donor.role = 'donor' AND donor.target <> recipient.target
        GROUP BY donor.target, recipient.target
        ORDER BY MAX(EXISTS (
            SELECT 1 FROM link AS next WHERE next.source = donor.source AND next.role = 'fulfils'
        )) DESC, COUNT(*) DESC, MIN(donor.source)
        LIMIT 1""",
    question="What did {} give to {}, and how far did it come?",
    columns=("event", "phase", "day"),
    query="""SELECT ?event ?phase ?day WHERE {{
  ?event a aid:AidEvent ; aid:phase ?phase ;
         aid:donor {0} ; aid:recipient {1} .
  OPTIONAL {{ ?event schema:startDate ?day }}
}} ORDER BY DESC(STR(?day)) STR(?event)""",
)
_TOLL: Final = Template(
    find="""
        SELECT iri, name FROM thing JOIN crisis USING (id)
        WHERE kind = 'crisis' ORDER BY uses DESC, id LIMIT 1""",
    question="What numbers do articles give for the {}, and in which words?",
    columns=("place", "measure", "words"),
    query="""SELECT ?measure ?place ?words ?article WHERE {{
  ?figure a schema:Observation ; aid:crisis {0} ;
          schema:variableMeasured ?measure ; schema:subjectOf ?article ; aid:evidence/oa:exact ?words .
  OPTIONAL {{ ?figure schema:observationAbout ?place }}
}} ORDER BY STR(?article) STR(?figure)""",
)
TEMPLATES: Final = (_SENT, _FAR, _TOLL)


def work_out(index: sqlite3.Connection, store: ox.Store, base: str) -> tuple[Worked, ...]:
    """The questions that this graph has an answer to. ``base``: of the data's own IRIs."""
    prefixes = prefixes_for(base)
    return tuple(worked for template in TEMPLATES for worked in _work_out(template, index, store, prefixes))


def _work_out(
    template: Template, index: sqlite3.Connection, store: ox.Store, prefixes: Mapping[str, str]
) -> Iterator[Worked]:
    found = index.execute(template.find).fetchone()
    if found is None:
        return
    iris, names = found[::2], found[1::2]
    question = template.question.format(*map(_in_sentence, names))
    query = declare(f"\n{template.query.format(*(prefixed(iri, prefixes) for iri in iris))}\n", prefixes)
    query = f"# {' '.join(question.split())}\n{query}"
    results = store.query(f"{query}LIMIT {_LIMIT:d}")
    if not isinstance(results, ox.QuerySolutions):
        raise TypeError("a worked question is no SELECT query")
    columns = [ox.Variable(column) for column in template.columns]
    rows = [tuple(row[column] for column in columns) for row in results]
    if rows:
        yield Worked(question, query, template.columns, tuple(rows[:SHOWN]), len(rows), len(rows) == _LIMIT)


def _in_sentence(name: str) -> str:
    """A concept's label within a sentence: ``masks``; names of countries and of their like keep their capitals."""
    return name if name[:1].isupper() else name.lower()
