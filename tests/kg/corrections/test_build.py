"""Corrections in a build: what is read again, what they leave in the graph, and that they can be undone."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import understand
from kg.corrections.files import corrections_of
from kg.errors import ArticleError
from kg.formats import prefixes_for
from kg.merge.events import merge_readings
from kg.pipeline import BuildReport, build
from kg.rdf.iris import Iris
from kg.rdf.quads import common_quads, reading_quads
from kg.read import parse_text
from kg.records import Article
from kg.settings import Settings
from kg.store import open_snapshot
from kg.validate import validate_quads

FLOOD = """\
Portugal sends helicopters to flooded Mozambique

MAPUTO, March 20, 2000 (Reuters) -- Floods in Mozambique have killed 350 people.

Portugal sent two helicopters to Mozambique on Tuesday. Georgia gave 20 boats to Mozambique. Ghana sent \
30 tents to Mozambique.
"""
RAIN = """\
More rain in Mozambique

MAPUTO, March 25, 2000 (Reuters) -- Floods in Mozambique go on.

Portugal sent a plane to Mozambique in February. Ghana sent 30 tents to Mozambique on Friday.
"""
HEAD = """\
by: Foreign desk
date: 2024-05-02
entities:
  - {key: organization/x, type: organization, name: X, sameAs: ['http://example.org/x']}
corrections:
"""
REJECT = f"{HEAD}  - do: reject report\n    words: 20 boats\n    why: It was a loan.\n"
SAME = """\
  - do: same event
    words: two helicopters
    article: rain
    there: {words: Portugal sent a plane}
    why: Both desks have it so.
"""
DIFFERENT = """\
  - do: different events
    words: 30 tents
    article: rain
    there: {words: 30 tents, donors: [country/ghana]}
    why: The second load came later.
"""
OTHERS = """\
  - {do: link, words: helicopters, to: organization/unicef, why: Chance., occurrence: 2}
  - {do: change figure, words: killed 350, set: {measure: injured, place: null}, why: Chance.}
  - {do: add report, words: Floods in Mozambique, set: {phase: pledged, donors: [organization/x]}, why: Chance.}
  - {do: add quotation, words: Ghana sent, set: {speaker: country/ghana}, why: Chance.}
"""
QUESTION = """\
SELECT ?what ?why ?by ?day ?made ?was { GRAPH ?graph {
  ?correction a aid:Correction ; schema:name ?what ; schema:description ?why ; dcterms:date ?day ;
    prov:wasAssociatedWith/schema:name ?by
  OPTIONAL { ?correction prov:generated ?made }
  OPTIONAL { ?gone prov:wasInvalidatedBy ?correction ; schema:text ?was } } }
"""

Run = Callable[[], BuildReport]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles of one flood, and room for corrections."""
    path = tmp_path / "articles"
    path.mkdir()
    for name, text in (("flood", FLOOD), ("rain", RAIN)):
        (path / f"{name}.txt").write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two articles as nobody corrected them."""
    path = tmp_path_factory.mktemp("plain")
    for name, text in (("flood", FLOOD), ("rain", RAIN)):
        (path / f"{name}.txt").write_text(text, encoding="utf-8")
    build([str(path)], Settings(data=path / "data"), understand, progress=lambda *_: None)
    return path / "data"


@pytest.fixture
def data(tmp_path: Path, built: Path, folder: Path) -> Path:
    """A data folder of its own, built without corrections."""
    shutil.copytree(built, tmp_path / "data", symlinks=True)
    return tmp_path / "data"


@pytest.fixture
def run(data: Path, folder: Path) -> Run:
    """Build the folder."""
    return lambda: build([str(folder)], Settings(data=data), understand, progress=lambda *_: None)


def edit(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.corrections.yaml").write_text(text, encoding="utf-8")


def dumps(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (data / "dumps").iterdir() if path.suffix == ".gz"}


def answer(data: Path, query: str) -> list[tuple[str | None, ...]]:
    found = open_snapshot(data).store.query(query, prefixes=prefixes_for(Settings().base))
    assert isinstance(found, ox.QuerySolutions)
    return sorted((tuple(term and getattr(term, "value", None) for term in row) for row in found), key=str)


def event_names(data: Path) -> list[str | None]:
    return [name for (name,) in answer(data, "SELECT ?name { ?event a aid:AidEvent ; schema:name ?name }")]


def test_only_the_corrected_article_is_read_again_and_its_removal_undoes_all(
    run: Run, folder: Path, data: Path, built: Path
) -> None:
    edit(folder, "flood", REJECT + SAME + DIFFERENT + OTHERS)
    first = run()
    assert (first.intake.failures, first.warnings, first.findings) == ((), (), ())
    assert (first.intake.read, first.intake.unchanged) == (1, 1)
    assert not any("Georgia" in str(name) for name in event_names(data))
    (folder / "flood.corrections.yaml").unlink()
    again = run()
    assert (again.intake.read, again.intake.unchanged) == (1, 1)
    assert dumps(data) == dumps(built)


def test_corrections_stand_in_a_graph_of_their_own(run: Run, folder: Path, data: Path) -> None:
    edit(folder, "flood", REJECT)
    report = run()
    assert report.findings == ()
    store = open_snapshot(data).store
    name = ox.NamedNode(f"{Settings().base}id/article/flood#corrections")
    quads = list(store.quads_for_pattern(None, None, None, name))
    assert quads
    assert [quad for quad in quads if ox.Quad(*quad.triple, ox.DefaultGraph()) not in store] == []
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in quad.triple)


def test_question_for_corrections_is_answered(run: Run, folder: Path, data: Path) -> None:
    change = "  - do: change report\n    words: two helicopters\n    set: {phase: delivered}\n    why: They came.\n"
    edit(folder, "flood", REJECT + change)
    run()
    told = [(*row[:4], row[4] and row[4].rpartition("#")[2], row[5]) for row in answer(data, QUESTION)]
    assert told == [
        ("change report", "They came.", "Foreign desk", "2024-05-02",
         "report-portugal-mozambique-delivered", "dispatched"),
        ("reject report", "It was a loan.", "Foreign desk", "2024-05-02",
         None, "Georgia to Mozambique, delivered, asserted"),
    ]  # fmt: skip


def test_facts_of_editors_can_be_left_out(run: Run, folder: Path, data: Path) -> None:
    change = "  - do: change report\n    words: two helicopters\n    set: {phase: delivered}\n    why: They came.\n"
    edit(folder, "flood", HEAD + change)
    run()
    query = """SELECT ?report { ?report a aid:AidReport ; schema:appearance article:flood
               FILTER NOT EXISTS { ?report prov:wasGeneratedBy ?correction } }"""
    left = [str(report).rpartition("#report-")[2] for (report,) in answer(data, query)]
    assert left == ["georgia-mozambique-delivered", "ghana-mozambique-dispatched"]


def test_invalid_file_fails_its_article_alone_and_the_old_reading_stays(run: Run, folder: Path, data: Path) -> None:
    before = event_names(data)
    edit(folder, "flood", REJECT.replace("words", "wrods"))
    (failure,) = run().intake.failures
    assert "flood.corrections.yaml:7: corrections[1] has the unknown field 'wrods'" in failure
    assert failure.endswith("; its earlier reading was kept")
    assert event_names(data) == before


def test_correction_that_fits_nothing_is_told_at_every_build(run: Run, folder: Path) -> None:
    edit(folder, "flood", REJECT.replace("20 boats", "30 boats"))
    wanted = ("flood.corrections.yaml:6: reject report is not applied: no report of that kind has the words “30 boats” "
              "in its evidence",)  # fmt: skip
    assert run().warnings == wanted
    assert run().warnings == wanted


def test_file_of_no_article_is_told(run: Run, folder: Path) -> None:
    edit(folder, "flod", REJECT)
    assert run().intake.notes == (f"{folder / 'flod.corrections.yaml'}: no article has that name, so that nothing is "
                                  "corrected",)  # fmt: skip


def tellings(data: Path, donor: str) -> list[int]:
    """How many articles tell each event of a donor."""
    query = f"""SELECT ?event (COUNT(?article) AS ?tellings) {{
                ?event aid:donor country:{donor} ; schema:subjectOf ?article }} GROUP BY ?event"""
    return sorted(int(str(number)) for _, number in answer(data, query))


def test_same_event_joins_what_the_rules_keep_apart(run: Run, folder: Path, data: Path) -> None:
    assert tellings(data, "portugal") == [1, 1]
    edit(folder, "flood", HEAD + SAME)
    report = run()
    assert (report.intake.failures, report.warnings, report.findings) == ((), (), ())
    assert tellings(data, "portugal") == [2]
    assert len(answer(data, "SELECT ?event { ?correction a aid:Correction ; schema:about ?event }")) == 1


def test_different_events_keeps_apart_what_the_rules_join(run: Run, folder: Path, data: Path) -> None:
    assert tellings(data, "ghana") == [2]
    edit(folder, "flood", HEAD + DIFFERENT)
    report = run()
    assert (report.intake.failures, report.warnings, report.findings) == ((), (), ())
    assert tellings(data, "ghana") == [1, 1]
    assert len(answer(data, "SELECT ?event { ?correction a aid:Correction ; schema:about ?event }")) == 2


def test_judgements_that_contradict_each_other_are_told(run: Run, folder: Path, data: Path) -> None:
    edit(folder, "flood", HEAD + SAME + SAME.replace("same event", "different events"))
    (warning,) = run().warnings
    assert "another correction says that they, or others joined with them, are different events" in warning
    assert tellings(data, "portugal") == [1, 1]


def test_judgement_of_different_phases_is_refused(run: Run, folder: Path, data: Path) -> None:
    change = "  - do: change report\n    words: two helicopters\n    set: {phase: pledged}\n    why: No.\n"
    edit(folder, "flood", HEAD + change + SAME)
    (warning,) = run().warnings
    assert "same event is not applied: one is pledged, the other dispatched; an event has one phase" in warning


def test_judgement_of_an_article_that_is_gone_is_told(run: Run, folder: Path) -> None:
    edit(folder, "flood", HEAD + SAME)
    assert run().warnings == ()
    (folder / "rain.txt").unlink()
    (warning,) = run().warnings
    assert "same event is not applied: there is no other article 'rain' in the graph" in warning


WORDS = st.sampled_from(["Portugal", "two helicopters", "Georgia", "20 boats", "Mozambique", "350 people", "x"])
KEYS = st.sampled_from(["country/peru", "country/portugal", "organization/unicef", "place/maputo", "person/rui-matos"])
PHASES = st.sampled_from(["requested", "pledged", "dispatched", "delivered"])


@st.composite
def entries(draw: st.DrawFn) -> str:
    """A correction as an entry of the list: well formed, and mostly of no sense."""
    words = draw(WORDS)
    phase, key, other = draw(PHASES), draw(KEYS), draw(KEYS)
    modality = draw(st.sampled_from(["asserted", "denied", "hypothetical"]))
    item = f"{{words: {words}, category: food, quantity: {{value: {draw(st.integers(0, 9))}}}}}"
    do = draw(
        st.sampled_from([
            f"link, to: {key}",
            "unlink",
            f"add report, set: {{phase: {phase}, modality: {modality}, donors: [{key}], items: [{item}]}}",
            f"change report, set: {{phase: {phase}, recipients: [{key}, {other}], date: 2000-03}}",
            f"change report, donors: [{key}], set: {{modality: {modality}, crisis: null}}",
            "reject report",
            "add figure, set: {measure: deaths, quantity: {min: 1, max: 2, qualifier: range}, date: 2000}",
            "change figure, set: {measure: injured, place: country/peru, change: true}",
            "reject figure",
            f"add quotation, set: {{speaker: {key}}}",
            f"same event, article: rain, there: {{words: {words}}}",
        ])
    )  # fmt: skip
    return f"  - {{words: {words}, why: chance, do: {do}}}\n"


@pytest.fixture(scope="module")
def texts() -> tuple[Article, ...]:
    """The two articles."""
    return tuple(parse_text(text.encode(), id=name, source=name) for name, text in (("flood", FLOOD), ("rain", RAIN)))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(entries(), max_size=6))
def test_random_corrections_break_no_build(tmp_path: Path, texts: tuple[Article, ...], chosen: list[str]) -> None:
    text = HEAD + "".join(chosen) if chosen else HEAD.replace("corrections:", "corrections: []")
    edit(tmp_path, "flood", text)
    loaded = corrections_of("flood", tmp_path / "flood.txt", tmp_path)
    try:
        reading = understand.read_facts(texts[0], loaded)
    except ArticleError as error:  # a key that only a link made known, and that another correction took away
        assert "flood.corrections.yaml:" in str(error)
        return
    assert len(reading.corrections) == len(chosen)
    other = understand.read_facts(texts[1])
    merged = merge_readings([reading, other])
    iris = Iris(Settings().base)
    quads = {quad for one in (reading, other) for quad in reading_quads(one, merged, iris)} | {
        *common_quads(merged, iris)
    }
    assert validate_quads(quads) == ()
