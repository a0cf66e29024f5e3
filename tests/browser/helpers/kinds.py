"""The pages that the tests in a browser go through: a row for each kind, with what must stand on it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True)
class Kind:
    """A page to look at.

    ``says`` is a piece of its content that must be seen, without JavaScript too. ``status`` is what it is served with.
    """

    name: str
    path: str
    says: str
    status: int = 200

    def __str__(self) -> str:
        return self.name


def _asking(query: str) -> str:
    return f"/sparql?format=html&query={quote(query)}"


_GIVINGS = """PREFIX aid: <https://w3id.org/aidgraph/ontology#>
PREFIX schema: <http://schema.org/>
SELECT ?event ?donor ?name WHERE { ?event aid:donor ?donor ; aid:recipient/schema:name ?name }
ORDER BY ?name LIMIT 40"""

KINDS = (
    Kind("home", "/", "Norway"),
    Kind("events", "/events", "Norway delivers aid to Peru"),
    Kind("articles", "/articles", "Norway promises tents to Peru after the Lowton flood"),
    Kind("entities", "/entities", "Upper Lowton"),
    Kind("events, filtered", "/events?donor=country/norway&recipient=country/peru", "3 events fit what is chosen."),
    Kind("events, none left", "/events?donor=country/peru", "Nothing fits all of this."),
    Kind("articles, filtered", "/articles?publisher=organization/evil", "<script>alert(\"1\")</script> 'quoted'"),
    Kind("entities of a kind", "/entities?kind=place", "Upper Lowton"),
    Kind(
        "event told twice",
        "/page/event/norway-to-peru-delivered-2021-03-09",
        "The 200 tents from Norway reached Peru on March 9.",
    ),
    Kind(
        "event of a pledge",
        "/page/event/norway-to-peru-pledged-2021-03-02",
        "Norway promised on Tuesday to send 200 tents",
    ),
    Kind(
        "event with hostile names",
        "/page/event/crescent-of-examples-and-several-nations-to-sudan-delivered-2021",
        "<img src=x onerror=alert(3)>",
    ),
    Kind("article", "/page/article/flood-pledge", "Iceland had denied that it sent boats to Peru."),
    Kind(
        "article to republish",
        "/page/article/flood-told-otherwise",
        "By then at least 46 people had died in Upper Lowton",
    ),
    Kind("article with hostile names", "/page/article/hostile", "<script>alert(\"1\")</script> 'quoted'"),
    Kind("country", "/page/country/norway", "Norway delivers aid to Peru"),
    Kind("place", "/page/place/upper-lowton", "At least 40 people died"),
    Kind("person", "/page/person/ada-quill", "We shall not let our friends sleep in the rain"),
    Kind("organisation", "/page/organization/crescent-of-examples", "هلال الأمثلة"),
    Kind(
        "organisation with a long name",
        "/page/organization/long",
        "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk",
    ),
    Kind("crisis", "/page/crisis/lowton-flood-2021", "Lowton flood of 2021"),
    Kind("map", "/map", "between"),
    Kind("map, filtered", "/map?donor=country/norway", "Kenya"),
    Kind("timeline", "/timeline", "Lowton flood of 2021"),
    Kind("timeline, filtered", "/timeline?from=2021", "Lowton flood of 2021"),
    Kind("search", "/search", "How to search"),
    Kind("search with results", "/search?q=tents", "Tents reach Upper Lowton"),
    Kind("search for a hostile name", "/search?q=llanfair", "<script>alert(\"1\")</script> 'quoted'"),
    Kind("search without results", "/search?q=xqzwvk", "Nothing was found for xqzwvk"),
    Kind("query", "/sparql", "SPARQL"),
    Kind("query with its result", _asking(_GIVINGS), "Canada"),
    Kind("query with an error", _asking("SELECT ?s WHERE { ?s ?p }"), "line 1", 400),
    Kind("ontology", "/page/ontology", "Donor according to this report alone."),
    Kind("ontology, an older version", "/page/ontology/0.1.0", "This is an older version, kept as it was."),
    Kind("term", "/page/ontology/statedDonor", "Donor according to this report alone."),
    Kind("scheme", "/page/scheme/phase", "delivered"),
    Kind("concept", "/page/scheme/phase/pledged", "pledged"),
    Kind("downloads", "/dumps/", "aidgraph.ttl.gz"),
    Kind("fragment", "/fragments?predicate=http%3A%2F%2Fschema.org%2Fname", "Upper Lowton"),
    Kind("fragment without triples", "/fragments?object=%22%3Cb%3Enothing%22", "No triple fits this."),
    Kind("error", "/page/country/nowhere", "nowhere", 404),
)
