"""The pitfalls of OOPS! (https://oops.linkeddata.es/catalogue.jsp) that a query can find: none here, and each found.

P40, which needs lists of what other vocabularies define, has a module of its own: ``test_known_terms.py``.
"""

from importlib.resources import files

import pyoxigraph as ox
import pytest
from ontology_store import faulty, ontology_store, queries, whole

TERM = "rdfs:label 'convoy'@en ; rdfs:comment 'Lorries.'@en ; rdfs:isDefinedBy ours:ontology"
BROKEN = {
    "P08": ("DELETE WHERE { aid:donor rdfs:comment ?text }", "aid:donor"),
    "P10": (f"INSERT DATA {{ aid:Convoy a owl:Class ; {TERM} }}", "aid:AidEvent"),
    "P11": ("DELETE WHERE { aid:item rdfs:range ?range }", "aid:item"),
    "P19": ("INSERT DATA { aid:item rdfs:domain aid:AidReport }", "aid:item"),
    "P32": ("INSERT DATA { aid:Crisis rdfs:label 'Aid event'@en }", "aid:AidEvent"),
    "P34": ("DELETE DATA { schema:Claim a owl:Class }", "schema:Claim"),
    "P35": ("DELETE DATA { schema:about a owl:ObjectProperty }", "schema:about"),
    "P36": (f"INSERT DATA {{ <http://example.org/aid.owl#Convoy> a owl:Class ; {TERM} }}", "x:aid.owl#Convoy"),
    "P38": ("DELETE DATA { ours:ontology a owl:Ontology }", "aid:donor"),
    "P39": (f"INSERT DATA {{ x:Convoy a owl:Class ; {TERM} }}", "x:Convoy"),
    "P41": ("DELETE WHERE { ours:ontology dcterms:license ?licence }", "ours:ontology"),
}


def test_every_query_is_tried_on_a_graph_that_it_must_fail() -> None:
    assert queries("pitfalls") == BROKEN.keys()


@pytest.mark.parametrize("pitfall", BROKEN)
def test_ontology_avoids_the_pitfall(pitfall: str) -> None:
    assert faulty("pitfalls", pitfall, ontology_store()) == set()


@pytest.mark.parametrize("pitfall", BROKEN)
def test_pitfall_is_found(pitfall: str) -> None:
    update, term = BROKEN[pitfall]
    assert whole(term) in faulty("pitfalls", pitfall, ontology_store(update))


def test_first_version_fell_into_pitfalls_that_the_queries_find() -> None:
    store = ox.Store()
    store.load(files("ontology").joinpath("versions/0.1.0.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    assert {name for name in BROKEN if faulty("pitfalls", name, store)} == {"P08", "P10", "P34", "P35"}
