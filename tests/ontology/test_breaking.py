"""A new version of the ontology owns up to what it breaks; the versions before it are kept."""

import re
from importlib.resources import files
from itertools import pairwise

import pyoxigraph as ox
import pytest
from breaking import Change, changes, note, raised, unannounced, version
from ontology_store import ontology_store

VERSIONS = sorted(
    (path.name.removesuffix(".ttl") for path in files("ontology").joinpath("versions").iterdir()),
    key=lambda number: [int(part) for part in number.split(".")],
)


def kept(number: str) -> ox.Store:
    store = ox.Store()
    store.load(files("ontology").joinpath("versions", f"{number}.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    return store


def released(number: str, text: str) -> str:
    """The update that raises the version and writes a note."""
    return f"""
    DELETE {{ ?ontology owl:versionInfo ?old }}
    INSERT {{ ?ontology owl:versionInfo "{number}" ; skos:historyNote "{number} (2027-01-01): {text}"@en }}
    WHERE {{ ?ontology a owl:Ontology ; owl:versionInfo ?old }}"""


@pytest.mark.parametrize(("old", "new"), [*pairwise(VERSIONS), (VERSIONS[-1], None)])
def test_version_announces_all_changes_since_the_one_before(old: str, new: str | None) -> None:
    assert unannounced(kept(old), kept(new) if new else ontology_store()) == []


@pytest.mark.parametrize("number", VERSIONS)
def test_version_is_kept_under_its_number(number: str) -> None:
    assert version(kept(number)) == number


def test_version_is_above_all_that_are_kept_and_names_itself_throughout() -> None:
    store = ontology_store()
    number = version(store)
    assert [int(part) for part in number.split(".")] > [int(part) for part in VERSIONS[-1].split(".")]
    rows = store.query(
        """SELECT ?iri ?prior ?citation ?modified WHERE { ?this a owl:Ontology ; owl:versionIRI ?iri ;
             owl:priorVersion ?prior ; dcterms:bibliographicCitation ?citation ; dcterms:modified ?modified }""",
        prefixes={"owl": "http://www.w3.org/2002/07/owl#", "dcterms": "http://purl.org/dc/terms/"},
    )
    assert isinstance(rows, ox.QuerySolutions)
    ((iri, prior, citation, modified),) = ([term.value for term in row] for row in rows)
    assert iri.endswith(f"/ontology/{number}")
    assert iri in citation
    assert prior.endswith(f"/ontology/{VERSIONS[-1]}")
    assert any(f"{number} ({modified})" in text for text in history(store))


def history(store: ox.Store) -> list[str]:
    quads = store.quads_for_pattern(None, ox.NamedNode("http://www.w3.org/2004/02/skos/core#historyNote"), None)
    return [quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)]


def test_every_version_has_a_note_that_opens_with_its_number_and_day() -> None:
    told = [re.match(r"(\d+\.\d+\.\d+) \(\d{4}-\d\d-\d\d\): .", text) for text in history(ontology_store())]
    assert sorted(found[1] for found in told if found) == sorted([*VERSIONS, version(ontology_store())])
    assert None not in told


BREAKING = {
    "property removed": ("DELETE WHERE { aid:fulfils ?p ?o }", "aid:fulfils", "removed"),
    "concept removed": ("DELETE WHERE { phase:requested ?p ?o }", "phase:requested", "removed"),
    "range narrowed": (
        "DELETE DATA { aid:donor rdfs:range aid:Party } ; INSERT DATA { aid:donor rdfs:range aid:UnnamedParty }",
        "aid:donor", "rdfs:range changed"),
    "domain dropped": ("DELETE WHERE { aid:item rdfs:domain ?d }", "aid:item", "rdfs:domain changed"),
    "domain added": ("INSERT DATA { aid:item rdfs:domain aid:AidReport }", "aid:item", "rdfs:domain changed"),
    "property made functional": (
        "INSERT DATA { aid:donor a owl:FunctionalProperty }", "aid:donor", "rdf:type changed"),
    "class made a property": (
        "DELETE DATA { aid:Crisis a owl:Class } ; INSERT DATA { aid:Crisis a owl:ObjectProperty }",
        "aid:Crisis", "rdf:type changed"),
    "superclass dropped": (
        "DELETE DATA { aid:AidEvent rdfs:subClassOf schema:Event }", "aid:AidEvent", "rdfs:subClassOf changed"),
    "concept moved": (
        "DELETE WHERE { category:masks skos:broader ?b } ; INSERT DATA { category:masks skos:broader category:food }",
        "category:masks", "skos:broader changed"),
    "concept of another scheme": (
        "INSERT DATA { phase:pledged skos:inScheme scheme:modality }", "phase:pledged", "skos:inScheme changed"),
    "exact match withdrawn": (
        "DELETE WHERE { disaster:drought skos:exactMatch ?m }", "disaster:drought", "skos:exactMatch changed"),
}  # fmt: skip


@pytest.mark.parametrize("case", BREAKING)
def test_made_up_breakage_is_found(case: str) -> None:
    update, term, what = BREAKING[case]
    assert Change(term, what, breaks=True) in changes(ontology_store(), ontology_store(update))


@pytest.mark.parametrize("case", BREAKING)
def test_breakage_passes_only_with_a_raised_version_and_a_note(case: str) -> None:
    update, term, _ = BREAKING[case]

    def left(number: str, text: str) -> list[Change]:
        new = ontology_store(f"{update} ; {released(number, text)}")
        return [change for change in unannounced(ontology_store(), new) if change.term == term]

    assert left("0.2.1", f"{term} is another thing.") != []
    assert left("0.3.0", "Small things.") != []
    assert left("0.3.0", f"{term} is another thing.") == []


def test_new_words_need_a_note_and_no_raised_version() -> None:
    reword = """DELETE { aid:donor rdfs:comment ?old } INSERT { aid:donor rdfs:comment "Who gives."@en }
                WHERE { aid:donor rdfs:comment ?old }"""
    assert changes(ontology_store(), ontology_store(reword)) == [
        Change("aid:donor", "rdfs:comment changed", breaks=False)
    ]
    assert unannounced(ontology_store(), ontology_store(f"{reword} ; {released('0.2.1', 'Words.')}")) != []
    assert unannounced(ontology_store(), ontology_store(f"{reword} ; {released('0.2.1', 'Words of aid:donor.')}")) == []


ADDED = {
    "term": "INSERT DATA { aid:route a owl:ObjectProperty ; rdfs:domain aid:AidEvent ; rdfs:range schema:Thing }",
    "superclass": "INSERT DATA { aid:AidItem rdfs:subClassOf prov:Entity }",
    "match": "INSERT DATA { disaster:flood skos:exactMatch x:flood }",
    "disjointness": "INSERT DATA { aid:UnnamedParty owl:disjointWith aid:Correction }",
}


@pytest.mark.parametrize("update", ADDED.values(), ids=ADDED)
def test_addition_breaks_nothing(update: str) -> None:
    assert changes(ontology_store(), ontology_store(update)) == []


@pytest.mark.parametrize(
    ("old", "new", "may_break"),
    [
        ("0.1.0", "0.2.0", True),
        ("0.1.0", "0.1.1", False),
        ("0.9.3", "1.0.0", True),
        ("1.2.0", "1.3.0", False),
        ("1.2.0", "2.0.0", True),
        ("0.2.0", "0.1.0", False),
    ],
)
def test_version_that_may_break_is_told_by_its_number(old: str, new: str, may_break: bool) -> None:
    assert raised(old, new) is may_break


def test_note_is_the_one_of_the_version() -> None:
    assert "aid:Crisis" in note(ontology_store())
    assert note(ontology_store('DELETE { ?o owl:versionInfo ?v } INSERT { ?o owl:versionInfo "9.0.0" } '
                               'WHERE { ?o owl:versionInfo ?v }')) == frozenset()  # fmt: skip
