"""The table of candidates, from readings made by hand."""

from __future__ import annotations

from kg.confirm.candidates import candidate_rows
from kg.confirm.files import Row
from kg.link.alike import Label, Labels
from kg.records import Article, Entity, Mention, Reading, Span

TEXT = "First words.\nRelief left Geneva for Katmandu. “Geneva is ready,” said the mayor.\nThe end."
WIKIDATA, GEONAMES = "http://www.wikidata.org/entity/", "https://sws.geonames.org/"
GENEVA = Entity("place/geneva", "place", "Geneva", same_as=(f"{GEONAMES}7/",))
KATMANDU = Entity("place/katmandu", "place", "Katmandu", listed=False)
ITALY = Entity("country/italy", "country", "Italy", same_as=(f"{WIKIDATA}Q38",))
NOBODY = Entity("person/x", "person", "X")


def reading() -> Reading:
    article = Article("a", "0" * 64, TEXT, "First words.", ())
    at = [TEXT.index("Geneva"), TEXT.index("Katmandu"), TEXT.rindex("Geneva")]
    spans = [Span(at[0], at[0] + 6), Span(at[1], at[1] + 8), Span(at[2], at[2] + 6)]
    keys = ("place/geneva", "place/katmandu", "place/geneva")
    mentions = tuple(Mention(span, key) for span, key in zip(spans, keys, strict=True))
    return Reading(article, (ITALY, NOBODY, GENEVA, KATMANDU), mentions)


def labels() -> Labels:
    found = Labels()
    for number, name in enumerate(("Genève", "Geneva", "Kathmandu", "Italy"), start=1):
        found.add([Label(f"{WIKIDATA}Q{number}", "place", name, "index", f"town {number}")])
    found.add([Label(f"{GEONAMES}9/", "place", "Kathmandu", "names", "listed")])
    return found


def test_candidates_are_those_of_entities_without_wikidata_the_most_mentioned_first() -> None:
    rows = candidate_rows([reading()], labels(), ())
    assert [(row.entity, row.same_as.rpartition("entity/")[2]) for row in rows] == [
        ("place/geneva", "Q2"),
        ("place/geneva", "Q1"),
        ("place/katmandu", "Q3"),
        ("place/katmandu", f"{GEONAMES}9/"),
        ("person/x", ""),
    ]


def test_candidate_has_what_an_editor_decides_by() -> None:
    first = candidate_rows([reading()], labels(), ())[0]
    assert (first.name, first.label, first.about, first.score, first.source) == (
        "Geneva", "Geneva", "town 2", "100", "index",
    )  # fmt: skip
    assert (first.mentions, first.sentence) == ("2", "“Relief left Geneva for Katmandu.”")
    assert (first.verdict, first.by, first.date) == ("", "", "")


def test_verdicts_stay_and_are_not_asked_for_again() -> None:
    yes = Row("place/geneva", f"{WIKIDATA}Q2", "yes", "desk", "2024-05-02", sentence="as it was")
    no = Row("place/katmandu", f"{WIKIDATA}Q3", "no", "desk", "2024-05-02")
    open_row = Row("place/katmandu", f"{WIKIDATA}Q99")
    rows = candidate_rows([reading()], labels(), (yes, open_row, no))
    assert rows[:2] == [yes, no]
    assert [row.same_as for row in rows[2:]] == [f"{GEONAMES}9/", ""]
