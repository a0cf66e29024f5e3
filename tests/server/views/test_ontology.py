"""The documentation of the ontology says all that pyLODE's says, read from the graph."""

import re

import pytest
from flask.testing import FlaskClient


@pytest.fixture
def text(client: FlaskClient) -> str:
    return client.get("/page/ontology").text


def words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def entry(text: str, anchor: str) -> str:
    return words(text.partition(f'<div id="{anchor}">')[2].partition("</dd>")[0])


def section(text: str, anchor: str) -> str:
    return text.partition(f'<h2 id="{anchor}">')[2].partition("</section>")[0]


def test_contents_lead_to_what_the_page_has(text: str) -> None:
    contents = text.partition('id="contents"')[2].partition("</nav>")[0]
    anchors = re.findall(r'href="#([^"]+)"', contents)
    assert {"facts", "classes", "properties", "schemes", "reused", "alignments", "namespaces", "changes"} < set(anchors)
    assert {"donor", "AidEvent", "scheme-phase"} < set(anchors)
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in text] == []


@pytest.mark.parametrize(
    "told",
    [
        "subclass of prov:Activity , schema:Event , sem:Event",
        "close match eso:Giving",
        "in the domain of donor , fulfils , implementer , item , phase , recipient",
        "in the range of disputes , fulfils , reports",
        "disjoint with aid item , aid report , correction , crisis , evidence span , overruled statement , party",
        "used 1 time",
    ],
)
def test_class_says_what_is_above_it_and_what_goes_with_it(text: str, told: str) -> None:
    assert told.replace(" ,", ",") in entry(text, "AidEvent").replace(" ,", ",")


def test_class_knows_its_subclasses_and_whom_it_is_disjoint_with_from_either_side(text: str) -> None:
    assert "superclass of unnamed party" in entry(text, "Party")
    assert "disjoint with aid event" in entry(text, "Party")


@pytest.mark.parametrize(
    ("anchor", "told"),
    [
        ("phase", "functional: one value at most"),
        ("phase", "domain aid event"),
        ("phase", "range skos:Concept"),
        ("fulfils", "subproperty of prov:wasInformedBy"),
        ("EvidenceSpan", "Example: oa:exact, oa:start"),
    ],
)
def test_term_says_its_characteristics_its_place_and_an_example(text: str, anchor: str, told: str) -> None:
    assert told in entry(text, anchor)


def test_metadata_names_version_licence_and_maker(text: str) -> None:
    facts = words(section(text, "facts"))
    for told in ("preferred namespace prefix aid", "licence https://creativecommons.org/licenses/by/4.0/",
                 "creator aidgraph", "prior version", "0.1.0", "issued 22 November 2026"):  # fmt: skip
        assert told in facts


def test_schemes_have_their_concepts_and_sources(text: str) -> None:
    assert "dispatched" in entry(text, "scheme-phase")
    assert "Source: https://glidenumber.net/" in entry(text, "scheme-glide")


def test_alignments_are_listed_by_vocabulary(text: str) -> None:
    alignments = words(section(text, "alignments"))
    assert re.search(r"cameo \(\d+\) .* phase:requested close match cameo:0233", alignments)
    assert "aid:donor subPropertyOf schema:agent".replace("subPropertyOf", "sub property of") in alignments


def test_reused_terms_say_what_they_are_used_for(text: str) -> None:
    assert "schema:Claim claim A claim that a work makes" in words(section(text, "reused"))


def test_namespaces_are_those_of_the_file(text: str) -> None:
    assert "sem : http" not in words(section(text, "namespaces"))
    assert "sem: http://semanticweb.cs.vu.nl/2009/11/sem/" in words(section(text, "namespaces"))


def test_changes_stand_newest_first(text: str) -> None:
    changes = words(section(text, "changes"))
    assert changes.index("0.2.0 22 November 2026") < changes.index("0.1.0 1 January 2026")
