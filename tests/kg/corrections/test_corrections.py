"""What corrections make of a reading."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from kg.corrections.files import Corrections
from kg.corrections.matching import occurrences
from kg.errors import ArticleError
from kg.records import Article, PartialDate, Quantity, Reading, Report, Span
from kg.understand import read_facts

Correct = Callable[[str], Reading]
Load = Callable[[str], Corrections]


def report_of(reading: Reading, words: str) -> Report:
    """The report whose evidence has these words."""
    text = reading.article.text
    (found,) = (report for report in reading.reports if any(words in span.of(text) for span in report.evidence))
    return found


def entry(text: str) -> str:
    """One correction with its reason, as an entry of the list."""
    lines = f"{text.strip()}\nwhy: The editor knows.".splitlines()
    return "".join(f"  {'-' if number == 0 else ' '} {line}\n" for number, line in enumerate(lines))


def test_change_replaces_the_fields_it_names_and_no_others(correct: Correct, plain: Reading) -> None:
    fields = "phase: delivered, date: 2000-03-15, donors: [country/portugal, country/spain]"
    reading = correct(entry(f"do: change report\nwords: two helicopters\nset: {{{fields}}}"))
    before, after = report_of(plain, "two helicopters"), report_of(reading, "two helicopters")
    assert (after.phase, after.date) == ("delivered", PartialDate("2000-03-15"))
    assert after.donors == ("country/portugal", "country/spain")
    assert (after.recipients, after.items, after.crisis, after.evidence) == (
        before.recipients, before.items, before.crisis, before.evidence,
    )  # fmt: skip


def test_change_tells_what_the_fields_were(correct: Correct) -> None:
    reading = correct(entry("do: change report\nwords: two helicopters\nset: {phase: delivered, crisis: null}"))
    (correction,) = reading.corrections
    assert {one.what: one.value for one in correction.replaced} == {
        "phase": "dispatched", "crisis": "2000 Mozambique flood",
    }  # fmt: skip
    assert [reading.reports[number].phase for number in correction.reports] == ["delivered"]
    assert (correction.by, correction.date, correction.why) == (
        "Foreign desk", PartialDate("2024-05-02"), "The editor knows.",
    )  # fmt: skip


def test_empty_field_is_made_empty(correct: Correct) -> None:
    reading = correct(entry("do: change report\nwords: two helicopters\nset: {items: [], crisis: ~, implementers: []}"))
    report = report_of(reading, "two helicopters")
    assert (report.items, report.crisis, report.implementers) == ((), None, ())


def test_entity_from_the_gazetteer_comes_with_a_fact(correct: Correct, plain: Reading) -> None:
    reading = correct(entry("do: change report\nwords: two helicopters\nset: {donors: [country/peru]}"))
    assert "Peru" in {entity.name for entity in reading.entities} - {entity.name for entity in plain.entities}
    assert "country/peru" in reading.about


def test_reject_takes_a_report_and_keeps_what_it_said(correct: Correct, plain: Reading) -> None:
    reading = correct(entry("do: reject report\nwords: two helicopters"))
    assert len(reading.reports) == len(plain.reports) - 1
    ((overruled,),) = (correction.replaced for correction in reading.corrections)
    assert (overruled.what, overruled.value) == ("report", "Portugal to Mozambique, dispatched, asserted")
    assert overruled.evidence == report_of(plain, "two helicopters").evidence


def test_add_makes_a_report_of_words_of_the_article(correct: Correct, article: Article) -> None:
    items = "[{words: boats, category: vehicles, quantity: {value: 20, qualifier: about, unit: boats}}]"
    reading = correct(
        entry(
            "do: add report\nwords: Georgia is small\nset: {phase: pledged, modality: denied, "
            f"donors: [country/georgia], recipients: [country/mozambique], items: {items}}}"
        )
    )
    report = report_of(reading, "Georgia is small")
    assert (report.phase, report.modality, report.rule) == ("pledged", "denied", "an editor")
    assert [item.span.of(article.text) for item in report.items] == ["boats"]
    assert report.items[0].quantity == Quantity(Decimal(20), qualifier="about", unit="boats")


def test_figure_is_changed_rejected_and_added(correct: Correct, plain: Reading) -> None:
    assert [figure.measure for figure in plain.figures] == ["deaths"]
    changed = correct(entry("do: change figure\nwords: killed 350\nset: {quantity: {min: 300, max: 400}, place: null}"))
    assert (changed.figures[0].quantity, changed.figures[0].place) == (
        Quantity(minimum=Decimal(300), maximum=Decimal(400)), None,
    )  # fmt: skip
    assert correct(entry("do: reject figure\nwords: killed 350")).figures == ()
    added = correct(
        entry(
            "do: add figure\nwords: 20 boats\nset: {measure: damage, quantity: {value: 20, unit: boats}, change: true}"
        )
    )
    assert [(figure.measure, figure.change) for figure in added.figures] == [("deaths", False), ("damage", True)]


def test_quotation_is_changed_rejected_and_added(correct: Correct) -> None:
    changed = correct(entry("do: change quotation\nwords: The pilots fly\nset: {speaker: country/portugal}"))
    assert [quotation.speaker for quotation in changed.quotations] == ["country/portugal"]
    assert correct(entry("do: reject quotation\nwords: The pilots fly")).quotations == ()
    added = correct(entry("do: add quotation\nwords: Georgia is small\nset: {speaker: person/rui-matos}"))
    assert len(added.quotations) == 2


def test_link_is_set_before_facts_are_read(correct: Correct, plain: Reading) -> None:
    assert report_of(plain, "20 boats").donors == ("country/georgia",)
    reading = correct(entry("do: link\nwords: Georgia\nto: country/united-states"))
    assert report_of(reading, "20 boats").donors == ("country/united-states",)
    assert "country/georgia" not in {mention.entity for mention in reading.mentions}


def test_link_of_one_occurrence_leaves_the_others(correct: Correct) -> None:
    reading = correct(entry("do: link\nwords: Georgia\noccurrence: 2\nto: country/united-states"))
    found = [m.entity for m in reading.mentions if m.span.of(reading.article.text) == "Georgia"]
    assert found == ["country/georgia", "country/united-states"]


def test_link_that_is_forbidden_leaves_nobody(correct: Correct) -> None:
    reading = correct(entry("do: unlink\nwords: Georgia"))
    assert "Georgia" not in {mention.span.of(reading.article.text) for mention in reading.mentions}
    assert not any("country/georgia" in report.donors for report in reading.reports)
    assert reading.corrections[0].replaced[0].value == "Georgia (country/georgia)"


def test_link_of_words_that_were_no_name_is_made(correct: Correct) -> None:
    reading = correct(entry("do: link\nwords: pilots\nto: organization/unicef"))
    assert "pilots" in {mention.span.of(reading.article.text) for mention in reading.mentions}
    assert reading.corrections[0].replaced[0].value == "nobody"


def test_part_of_a_longer_name_is_left_unless_asked_for(correct: Correct) -> None:
    reading = correct(entry("do: link\nwords: Matos\nto: country/portugal"))
    assert reading.corrections[0].problem
    asked = correct(entry("do: link\nwords: Matos\noccurrence: 1\nto: country/portugal"))
    assert not asked.corrections[0].problem


def test_declared_entity_may_give_and_be_linked(load: Load, article: Article) -> None:
    declared = (
        "entities:\n  - key: place/georgia-us\n    type: place\n    name: Georgia (US)\n"
        "    partOf: country/united-states\n    sameAs: ['http://www.wikidata.org/entity/Q1428']\n"
    )
    link = entry("do: link\nwords: Georgia\nto: place/georgia-us")
    reading = read_facts(article, load(f"{declared}corrections:\n{link}"))
    entity = next(entity for entity in reading.entities if entity.key == "place/georgia-us")
    assert (entity.name, entity.same_as) == ("Georgia (US)", ("http://www.wikidata.org/entity/Q1428",))
    assert report_of(reading, "20 boats").donors == ("country/united-states",)


UNKNOWN = [
    ("do: link\nwords: Georgia\nto: country/gorgia", "nobody knows 'country/gorgia'; the nearest is 'country/georgia'"),
    ("do: change report\nwords: two helicopters\nset: {donors: [country/portugall]}", "nearest is 'country/portugal'"),
    ("do: change report\nwords: two helicopters\nset: {crisis: country/peru}", "expected the key of one of crisis"),
    ("do: change report\nwords: two helicopters\nset: {donors: [], recipients: []}", "without donors and recipients"),
    (
        "do: change figure\nwords: killed 350\nset: {place: person/rui-matos}",
        "the key of one of country, place",
    ),
]


@pytest.mark.parametrize(("text", "message"), UNKNOWN)
def test_correction_that_cannot_be_meant_fails_the_article(correct: Correct, text: str, message: str) -> None:
    with pytest.raises(ArticleError, match=message) as caught:
        correct(entry(text))
    assert "flood.corrections.yaml:4: " in str(caught.value)


def test_entity_that_is_listed_is_not_declared_again(load: Load, article: Article) -> None:
    with pytest.raises(ArticleError, match="'country/peru' is listed already"):
        read_facts(article, load("entities:\n  - {key: country/peru, type: country, name: Peru}\n"))


UNMATCHED = [
    ("do: change report\nwords: six lorries\nset: {phase: pledged}", "no report of that kind has the words"),
    ("do: change report\nwords: two helicopters\ndonors: [country/peru]\nset: {phase: pledged}", "no report of that"),
    ("do: reject report\nwords: Mozambique", "reports have the words “Mozambique”"),
    ("do: reject figure\nwords: rice", "no figure of that kind"),
    (
        "do: add report\nwords: six lorries\nset: {phase: pledged, donors: [country/peru]}",
        "do not stand in the article",
    ),
    ("do: add report\nwords: Mozambique\nset: {phase: pledged, donors: [country/peru]}", "times in the article; give"),
    ("do: link\nwords: Chile\nto: country/peru", "do not stand in what is read"),
    ("do: link\nwords: Georgia\noccurrence: 3\nto: country/peru", "do not stand 3 times"),
    (
        "do: change report\nwords: two helicopters\nset: {items: [{words: lorries, category: vehicles}]}",
        "“lorries” do not",
    ),
]


@pytest.mark.parametrize(("text", "problem"), UNMATCHED)
def test_correction_that_fits_nothing_is_told_and_the_rest_applied(
    correct: Correct, plain: Reading, text: str, problem: str
) -> None:
    reading = correct(entry(text) + entry("do: reject quotation\nwords: The pilots fly"))
    assert problem in reading.corrections[0].problem
    assert (reading.reports, reading.figures) == (plain.reports, plain.figures)
    assert reading.quotations == ()
    assert not reading.corrections[1].problem


def test_corrections_are_made_in_the_order_of_the_file(correct: Correct) -> None:
    reading = correct(
        entry("do: change report\nwords: two helicopters\nset: {donors: [country/peru]}")
        + entry("do: change report\nwords: two helicopters\ndonors: [country/peru]\nset: {phase: delivered}")
    )
    assert [correction.problem for correction in reading.corrections] == ["", ""]
    assert report_of(reading, "two helicopters").phase == "delivered"


def test_fact_that_a_later_correction_takes_away_is_not_told_as_made(correct: Correct) -> None:
    reading = correct(
        entry("do: add report\nwords: Georgia is small\nset: {phase: pledged, donors: [country/peru]}")
        + entry("do: reject report\nwords: Georgia is small")
    )
    assert [correction.reports for correction in reading.corrections] == [(), ()]


def test_words_are_found_across_lines() -> None:
    assert occurrences("two tents", "two\n  tents and two tentsful", [Span(0, 24)]) == (Span(0, 11),)
