"""The shapes: the example fits them, and each rule finds the graph that breaks it."""

from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.formats import PREFIXES, prefixes_for
from kg.settings import Settings
from kg.validate import validate_quads

EXAMPLE = files("ontology").joinpath("example.ttl").read_bytes()
SEED = Path(__file__).parents[2] / "seeds" / "000_0888dd242fe82e2b.txt"
ARTICLE = "https://w3id.org/aidgraph/id/article/000-0888dd242fe82e2b"
EVENT = "event:russia-to-italy-pledged-2020-03-21"
REPORT, ITEM, SPAN, FIGURE = (
    f"<{ARTICLE}#{name}>"
    for name in ("report-russia-italy-pledged", "item-1051-1070", "char-424-529", "stat-cases-change-italy")
)
CORRECTION, OVERRULED = f"<{ARTICLE}#correction-0a1b2c3d>", f"<{ARTICLE}#overruled-4e5f6a7b>"
ROLE, QUOTE = f"<{ARTICLE}#role-vladimir-putin-russia>", f"<{ARTICLE}#quote-1362-1481>"


def example(update: str = "") -> ox.Store:
    store = ox.Store()
    store.load(EXAMPLE, ox.RdfFormat.TURTLE)
    before = set(store)
    if update:
        store.update(update, prefixes=prefixes_for(Settings().base))
        assert set(store) != before, "the update changed nothing, so that it could break nothing"
    return store


def set_value(node: str, path: str, value: str) -> str:
    return f"DELETE WHERE {{ {node} {path} ?old }} ; INSERT DATA {{ {node} {path} {value} }}"


def test_example_fits() -> None:
    assert validate_quads(example()) == ()


def test_example_quotes_the_seed_article() -> None:
    text = SEED.read_text(encoding="utf-8")
    spans = example().query("SELECT * { ?x oa:exact ?w ; oa:start ?s ; oa:end ?e }", prefixes=PREFIXES)
    assert isinstance(spans, ox.QuerySolutions)
    assert {row["w"].value == text[int(row["s"].value) : int(row["e"].value)] for row in spans} == {True}


BROKEN = {
    "latitude without longitude": ("INSERT DATA { country:italy schema:latitude 42.8 }", "country:italy"),
    "place beyond the pole": (
        "INSERT DATA { country:italy schema:latitude 98.0 ; schema:longitude 12.8 }", "country:italy"),
    "event without parties": (f"DELETE WHERE {{ {EVENT} aid:donor ?d ; aid:recipient ?r }}", EVENT),
    "event without a phase": (f"DELETE WHERE {{ {EVENT} aid:phase ?p }}", EVENT),
    "event with two phases": (f"INSERT DATA {{ {EVENT} aid:phase phase:delivered }}", EVENT),
    "phase of another scheme": (set_value(EVENT, "aid:phase", "category:food"), EVENT),
    "event without a name": (f"DELETE WHERE {{ {EVENT} schema:name ?n }}", EVENT),
    "event not typed for schema.org": (f"DELETE DATA {{ {EVENT} a schema:Event }}", EVENT),
    "date without a day bound": (f"DELETE WHERE {{ {EVENT} sem:hasEarliestBeginTimeStamp ?t }}", EVENT),
    "bounds in the wrong order": (
        set_value(EVENT, "sem:hasLatestEndTimeStamp", '"2020-03-20"^^xsd:date'), EVENT),
    "date that is a text": (set_value(EVENT, "schema:startDate", '"2020-03-21"'), EVENT),
    "donor that is no party": (f"INSERT DATA {{ {EVENT} aid:donor {ITEM} }}", EVENT),
    "recipient that no report states": (f"INSERT DATA {{ {EVENT} aid:recipient country:russia }}", EVENT),
    "event that nobody reports": (f"DELETE WHERE {{ ?r aid:reports {EVENT} }}", EVENT),
    "event with evidence of its own": (f"INSERT DATA {{ {EVENT} aid:evidence {SPAN} }}", EVENT),
    "event that fulfils itself": (f"INSERT DATA {{ {EVENT} aid:fulfils {EVENT} }}", EVENT),
    "report without evidence": (f"DELETE WHERE {{ {REPORT} aid:evidence ?s }}", REPORT),
    "denied report of an event": (set_value(REPORT, "aid:modality", "modality:denied"), REPORT),
    "asserted report of nothing": (f"DELETE WHERE {{ {REPORT} aid:reports ?e }}", REPORT),
    "report that states as an event": (f"INSERT DATA {{ {REPORT} aid:donor country:russia }}", REPORT),
    "report with a typed date": (set_value(REPORT, "schema:temporalCoverage", '"2020-03-21"^^xsd:date'), REPORT),
    "report of no article": (f"DELETE WHERE {{ {REPORT} schema:appearance ?a }}", REPORT),
    "item without a category": (f"DELETE WHERE {{ {ITEM} aid:category ?c }}", ITEM),
    "item with a bare number": (f"INSERT DATA {{ {ITEM} aid:quantity country:italy }}", ITEM),
    "figure without a value": (f"DELETE WHERE {{ {FIGURE} schema:value ?v }}", FIGURE),
    "figure with a text for a value": (set_value(FIGURE, "schema:value", '"many"'), FIGURE),
    "figure without a hedge": (f"DELETE WHERE {{ {FIGURE} aid:qualifier ?q }}", FIGURE),
    "bounds of a figure in the wrong order": (
        f"INSERT DATA {{ {FIGURE} schema:minValue 5 ; schema:maxValue 4 }}", FIGURE),
    "money without a currency": (f"INSERT DATA {{ {FIGURE} a schema:MonetaryAmount }}", FIGURE),
    "period that is none": (set_value(FIGURE, "schema:observationPeriod", '"a day"'), FIGURE),
    "figure of an unknown measure": (set_value(FIGURE, "schema:variableMeasured", "phase:pledged"), FIGURE),
    "quotation of nobody": (f"DELETE WHERE {{ {QUOTE} schema:spokenByCharacter ?s }}", QUOTE),
    "span with a wrong end": (set_value(SPAN, "oa:end", "530"), SPAN),
    "span before the text": (set_value(SPAN, "oa:start", "-1"), SPAN),
    "article without a hash": (f"DELETE WHERE {{ <{ARTICLE}> schema:sha256 ?h }}", f"<{ARTICLE}>"),
    "text without a licence": (f"INSERT DATA {{ <{ARTICLE}> schema:articleBody 'words'@en }}", f"<{ARTICLE}>"),
    "words that are not in the text": (
        f"INSERT DATA {{ <{ARTICLE}> schema:articleBody 'words'@en ; schema:license <http://example.org/l> }}", SPAN),
    "mention of an unnamed party": (
        f"INSERT DATA {{ <{ARTICLE}#party-others> a aid:UnnamedParty ; schema:name 'others' . "
        f"<{ARTICLE}> schema:mentions <{ARTICLE}#party-others> }}", f"<{ARTICLE}>"),
    "unnamed party outside its article": (
        "INSERT DATA { organization:others a aid:UnnamedParty ; schema:name 'others' }", "organization:others"),
    "unnamed party that is known elsewhere": (
        f"INSERT DATA {{ <{ARTICLE}#party-others> a aid:UnnamedParty ; schema:name 'others' ; schema:sameAs wd:Q1 }}",
        f"<{ARTICLE}#party-others>"),
    "entity with two names": ("INSERT DATA { country:italy schema:name 'Italia' }", "country:italy"),
    "name with a language": ("DELETE WHERE { country:italy schema:name ?n } ; "
                             "INSERT DATA { country:italy schema:name 'Italy'@en }", "country:italy"),
    "crisis without a kind": ("DELETE WHERE { ?c aid:disasterType ?d }", "crisis:covid-19-pandemic"),
    "role without a title": (f"DELETE WHERE {{ {ROLE} schema:roleName ?n }}", ROLE),
    "correction without a reason": (f"DELETE WHERE {{ {CORRECTION} schema:description ?w }}", CORRECTION),
    "correction by nobody": (f"DELETE WHERE {{ {CORRECTION} prov:wasAssociatedWith ?e }}", CORRECTION),
    "correction of no day": (set_value(CORRECTION, "dcterms:date", "'in May'"), CORRECTION),
    "correction of a kind that is none": (set_value(CORRECTION, "schema:name", "'undo'"), CORRECTION),
    "correction of no article": (f"DELETE WHERE {{ {CORRECTION} prov:used ?a }}", CORRECTION),
    "correction that makes an item": (f"INSERT DATA {{ {CORRECTION} prov:generated {ITEM} }}", CORRECTION),
    "what was overruled by nothing": (f"DELETE WHERE {{ {OVERRULED} prov:wasInvalidatedBy ?c }}", OVERRULED),
    "what was overruled without its words": (f"DELETE WHERE {{ {OVERRULED} aid:evidence ?s }}", OVERRULED),
    "fact that an item made": (set_value(REPORT, "prov:wasGeneratedBy", ITEM), REPORT),
    "role of nobody": (f"DELETE DATA {{ person:vladimir-putin schema:affiliation {ROLE} }}", ROLE),
}  # fmt: skip


def whole(node: str) -> str:
    prefix, _, rest = node.partition(":")
    return node[1:-1] if node.startswith("<") else prefixes_for(Settings().base)[prefix] + rest


@pytest.mark.parametrize(("update", "node"), BROKEN.values(), ids=BROKEN)
def test_broken_graph_is_found(update: str, node: str) -> None:
    findings = validate_quads(example(update))
    assert whole(node) in {finding.node for finding in findings}
    assert len(findings) <= 5, "one fault should not be told many times"
