"""The queries of the benchmark, as users write them, each with constants drawn from the graph that is served.

A benchmark that repeats a text measures caches. So each query is a template with pools of constants, and the text of a
number is unlike that of any other number of its query: numbers are spread over all combinations by a multiplication
that reaches each of them once. Windows of dates are made so wide that about the wanted number of rows falls into them;
nothing is cut by LIMIT where another order of evaluation would answer other rows.
"""

from __future__ import annotations

import bisect
import datetime
import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice
from typing import Final, Literal

import pyoxigraph as ox

from kg.formats import PREFIXES, VOCABULARY

Class = Literal["small", "filter", "heavy", "large"]
JSON: Final = "application/sparql-results+json"
CSV: Final = "text/csv"
TURTLE: Final = "text/turtle"
NTRIPLES: Final = "application/n-triples"
WIDENINGS: Final = 40  # lengths of windows that begin on one day
DISTINCT: Final = 1_000  # texts in the stream with repeats

_USED: Final = re.compile(r"\b([a-z]+):")


@dataclass(frozen=True)
class Query:
    """One of the queries: its text with a gap for each pool. ``share`` is how often a user asks it, of about 100.

    ``may_add``: a server may answer more than the graph's own engine, such as labels of what it describes.
    """

    name: str
    kind: Class
    share: float
    accept: str
    template: str
    pools: tuple[Sequence[str], ...]
    may_add: bool = False

    @cached_property
    def texts(self) -> int:
        """How many different texts there are."""
        return math.prod(len(pool) for pool in self.pools)

    @cached_property
    def _stride(self) -> int:
        """Near the golden section of all, and without a common divisor, so that each is met once."""
        stride = max(1, int(self.texts * 0.618))
        while math.gcd(stride, self.texts) > 1:
            stride += 1
        return stride

    def text(self, number: int) -> str:
        """The text of this number, with the prefixes that it uses.

        Raises:
            ValueError: there are not so many.
        """
        if not 0 <= number < self.texts:
            raise ValueError(
                f"{self.name} has {self.texts} different texts, number {number} is none; ask fewer seconds"
            )
        place, chosen = number * self._stride % self.texts, []
        for pool in self.pools:
            place, index = divmod(place, len(pool))
            chosen.append(pool[index])
        body = self.template.format(*chosen)
        used = dict.fromkeys(prefix for prefix in _USED.findall(body) if prefix in PREFIXES)
        return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in used) + body


_POOLS: Final = {
    "subjects": f"SELECT DISTINCT ?x {{ ?x a ?class FILTER(STRSTARTS(STR(?x), '{VOCABULARY}id/')) }}",
    "events": "SELECT ?x { ?x a aid:AidEvent }",
    "tellers": "SELECT DISTINCT ?x { ?r aid:reports ?e ; schema:appearance ?x }",
    "pairs": """SELECT ?donor ?recipient { ?e aid:donor ?donor ; aid:recipient ?recipient }
        GROUP BY ?donor ?recipient ORDER BY DESC(COUNT(?e)) ?donor ?recipient LIMIT 500""",
    "published": "SELECT ?day { ?a a schema:NewsArticle ; schema:datePublished ?day }",
    "mentioned": "SELECT ?day { ?a schema:mentions ?x ; schema:datePublished ?day }",
    "begun": "SELECT ?day { ?e a aid:AidEvent ; schema:startDate ?day FILTER(DATATYPE(?day) = xsd:date) }",
    "headlines": "SELECT DISTINCT ?x { ?a schema:headline ?x }",
}


def _read(store: ox.Store, name: str) -> list[tuple[str, ...]]:
    """The rows in the order of their text: sorting here takes a tenth of the time that ORDER BY takes."""
    solutions = store.query(_POOLS[name], prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    return sorted(tuple(term.value for term in row) for row in solutions)


def _windows(days: Sequence[str], rows: int) -> list[str]:
    """Conditions on ``?day`` that about ``rows`` of the sorted days meet, or half of them where there are fewer."""
    rows, found = min(rows, len(days) // 2), []
    latest = days[len(days) - rows - 1]
    for first in sorted(set(days[: bisect.bisect_right(days, latest)])):
        start = bisect.bisect_left(days, first)
        end = datetime.date.fromisoformat(days[min(start + rows, len(days) - 1)])
        for later in range(WIDENINGS):
            after = end + datetime.timedelta(days=1 + later)
            found.append(f'?day >= "{first}"^^xsd:date && ?day < "{after}"^^xsd:date')
    return found


def _pieces(headlines: Sequence[str]) -> list[str]:
    """Parts of words as people type them into a search box, in small letters; none of what all headlines have."""
    words = Counter(word for headline in headlines for word in re.findall(r"[a-z]{5,}", headline.lower()))
    rare, common = set[str](), set[str]()
    for word, uses in words.items():
        (common if uses > len(headlines) / 20 else rare).update(word[at : at + 5] for at in range(len(word) - 4))
    return sorted(rare - common)


def _iris(rows: Sequence[tuple[str, ...]]) -> list[str]:
    return [f"<{iri}>" for (iri,) in rows]


def make_queries(store: ox.Store) -> tuple[Query, ...]:
    """All queries, with constants from this store."""
    events, limits = _iris(_read(store, "events")), [str(limit) for limit in range(100, 400)]
    pairs = [f"aid:donor <{donor}> ; aid:recipient <{recipient}>" for donor, recipient in _read(store, "pairs")]
    published, mentioned, begun = (
        [day for (day,) in _read(store, name)] for name in ("published", "mentioned", "begun")
    )
    pieces = _pieces([headline for (headline,) in _read(store, "headlines")])
    years = [f'"{day}"^^xsd:date' for day in sorted(set(published))[:400]]
    return (
        Query(
            "point", "small", 22, JSON,
            "SELECT ?property ?value WHERE {{ {0} ?property ?value }} LIMIT {1}",
            (_iris(_read(store, "subjects")), limits),
        ),
        Query("describe", "small", 20, TURTLE, "DESCRIBE {0}", (_iris(_read(store, "subjects")),), may_add=True),
        Query(
            "path", "small", 8, JSON,
            """SELECT DISTINCT ?donor ?item WHERE {{
  {0} ^schema:appearance/aid:reports ?event . ?event aid:fulfils* ?first .
  ?first aid:donor/schema:name ?donor ; aid:item/schema:name ?item }} LIMIT {1}""",
            (_iris(_read(store, "tellers")), limits),
        ),
        Query(
            "provenance", "small", 12, JSON,
            """SELECT ?publisher ?quote ?start ?end WHERE {{
  ?report aid:reports {0} ; aid:evidence ?span ; schema:appearance/schema:publisher/schema:name ?publisher .
  ?span oa:exact ?quote ; oa:start ?start ; oa:end ?end }} LIMIT {1}""",
            (events, limits),
        ),
        Query(
            "givings", "filter", 12, JSON,
            """SELECT ?event ?name ?phase ?day WHERE {{
  ?event a aid:AidEvent ; {0} ; aid:phase ?phase ; schema:name ?name ; schema:startDate ?day .
  FILTER({1}) }} ORDER BY ?day""",
            (pairs, _windows(begun, len(begun) // 3)),
        ),
        Query(
            "optional", "filter", 8, JSON,
            """SELECT ?event ?day ?name ?item ?number ?unit ?place ?crisis WHERE {{
  ?event a aid:AidEvent ; schema:startDate ?day ; schema:name ?name . FILTER({0})
  OPTIONAL {{ ?event aid:item ?thing . ?thing schema:name ?item
    OPTIONAL {{ ?thing aid:quantity ?quantity . ?quantity schema:value ?number ; schema:unitText ?unit }} }}
  OPTIONAL {{ ?event schema:location/schema:name ?place }}
  OPTIONAL {{ ?event aid:crisis/schema:name ?crisis }} }}""",
            (_windows(begun, 500),),
        ),
        Query(
            "aggregate", "heavy", 4, JSON,
            """SELECT ?donor ?month (COUNT(?event) AS ?givings) WHERE {{
  ?event a aid:AidEvent ; aid:donor/schema:name ?donor ; schema:startDate ?day . FILTER({0})
  BIND(SUBSTR(STR(?day), 1, 7) AS ?month) }} GROUP BY ?donor ?month ORDER BY ?donor ?month""",
            (_windows(begun, 2_500),),
        ),
        Query(
            "top-k", "heavy", 4, JSON,
            """SELECT ?name (COUNT(DISTINCT ?article) AS ?articles) WHERE {{
  ?article schema:datePublished ?day ; schema:mentions ?entity . ?entity schema:name ?name .
  FILTER({0}) }} GROUP BY ?name ORDER BY DESC(?articles) ?name LIMIT {1}""",
            (_windows(published, 7_000), ["10", "20", "25", "50"]),
        ),
        Query(
            "text", "heavy", 5, JSON,
            """SELECT ?article ?headline ?day WHERE {{
  ?article schema:headline ?headline ; schema:datePublished ?day .
  FILTER(CONTAINS(LCASE(STR(?headline)), "{0}") && ?day >= {1}) }}""",
            (pieces, years),
        ),
        Query(
            "count", "heavy", 3, JSON,
            """SELECT (COUNT(*) AS ?quotes) (COUNT(DISTINCT ?publisher) AS ?papers) WHERE {{
  ?span a aid:EvidenceSpan ; prov:wasQuotedFrom ?article .
  ?article schema:publisher ?publisher ; schema:datePublished ?day . FILTER({0}) }}""",
            (_windows(published, 7_500),),
        ),
        Query(
            "rows-json", "large", 0.7, JSON, f"SELECT ?article ?day ?entity ?name {_ROWS}",
            (_windows(mentioned, 10_000),),
        ),
        Query("rows-csv", "large", 0.7, CSV, f"SELECT ?day ?article ?name {_ROWS}", (_windows(mentioned, 10_000),)),
        Query(
            "construct", "large", 0.6, NTRIPLES,
            """CONSTRUCT {{ ?article ?property ?value }} WHERE {{
  ?article a schema:NewsArticle ; schema:datePublished ?day ; ?property ?value . FILTER({0}) }}""",
            (_windows(published, 50_000 * len(published) // _facts(store)),),
        ),
    )  # fmt: skip


_ROWS: Final = """WHERE {{
  ?article schema:datePublished ?day ; schema:mentions ?entity . ?entity schema:name ?name . FILTER({0}) }}"""


def _facts(store: ox.Store) -> int:
    """How many triples have an article as their subject."""
    counted = store.query("SELECT (COUNT(*) AS ?n) { ?a a schema:NewsArticle ; ?p ?o }", prefixes=PREFIXES)
    assert isinstance(counted, ox.QuerySolutions)
    return int(next(counted)["n"].value)


def mixed(queries: Sequence[Query], seed: str, *, even: bool = False) -> Iterator[Query]:
    """Queries without end, each as often as its share, or all as often."""
    chance, shares = random.Random(seed), [1.0 if even else query.share for query in queries]
    while True:
        yield from chance.choices(queries, shares, k=1_000)


def repertoire(queries: Sequence[Query], *, even: bool = False) -> list[tuple[Query, str]]:
    """The texts that repeat: so many of the mix, each once; the last of each query, hardly asked elsewhere."""
    texts, uses = [], Counter[str]()
    for query in islice(mixed(queries, "repertoire", even=even), DISTINCT):
        uses[query.name] += 1
        texts.append((query, query.text(query.texts - uses[query.name])))
    return texts


def repeated(texts: Sequence[tuple[Query, str]], seed: str) -> Iterator[tuple[Query, str]]:
    """Some of the texts without end, by Zipf's law as in logs of servers: the n-th 1/n as often as the first."""
    weights, chance = list(accumulate(1 / rank for rank in range(1, len(texts) + 1))), random.Random(seed)
    while True:
        yield from chance.choices(texts, cum_weights=weights, k=1_000)
