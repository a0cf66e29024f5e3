"""The whole way of one article, from its bytes to an immutable reading."""

from __future__ import annotations

import pytest

from kg.read.text import parse_text
from kg.records import Reading
from kg.understand import fingerprint, read_facts

STORY = """Portugal sends helicopters to flooded Mozambique

BEIRA, March 1, 2000 (Reuters) - Floods in Mozambique have killed 350 people and driven 900,000 from their homes.

Portugal’s navy sent two helicopters and 40 tonnes of rice to Mozambique on Tuesday. “The pilots fly by day and by \
night,” said Portuguese Prime Minister Rui Matos.

South Africa may send £2m — or tents. Zimbabwe denied having sent 30 doctors to Mozambique.
"""


def reading_of(text: str) -> Reading:
    return read_facts(parse_text(text.encode(), id="made-up", source="made-up.txt"))


@pytest.fixture(scope="module")
def story() -> Reading:
    return reading_of(STORY)


def test_story_is_read_whole(story: Reading) -> None:
    told = {(report.donors, report.modality) for report in story.reports}
    assert told == {
        (("country/portugal",), "asserted"), (("country/south-africa",), "hypothetical"),
        (("country/zimbabwe",), "denied"),
    }  # fmt: skip
    assert {figure.measure for figure in story.figures} == {"deaths", "displaced"}
    assert [quotation.speaker for quotation in story.quotations] == ["person/rui-matos"]
    assert [(role.person, role.of) for role in story.roles] == [("person/rui-matos", "country/portugal")]


def test_same_article_gives_the_same_reading(story: Reading) -> None:
    again = reading_of(STORY)
    assert again == story
    assert again.notes == story.notes


def test_every_span_lies_in_the_text(story: Reading) -> None:
    text = story.article.text
    items = [item for report in story.reports for item in report.items]
    assert [item.span.of(text) for item in items] == [item.name for item in items]
    sentences = {span.of(text) for report in story.reports for span in report.evidence}
    assert sentences == {
        "Portugal sends helicopters to flooded Mozambique",
        "Portugal’s navy sent two helicopters and 40 tonnes of rice to Mozambique on Tuesday.",
        "South Africa may send £2m — or tents.",
        "Zimbabwe denied having sent 30 doctors to Mozambique.",
    }
    spans = [*(figure.evidence for figure in story.figures), *(quotation.words for quotation in story.quotations)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_evidence_names_the_giver_or_goods(story: Reading) -> None:
    (report,) = (report for report in story.reports if report.modality == "asserted")
    assert any("two helicopters and 40 tonnes of rice" in span.of(story.article.text) for span in report.evidence)


def test_every_entity_that_is_named_by_key_is_there(story: Reading) -> None:
    keys = {entity.key for entity in story.entities}
    named = {mention.entity for mention in story.mentions} | set(story.about)
    for report in story.reports:
        named |= {*report.donors, *report.recipients, *report.implementers, *report.locations, report.crisis or "-"}
    assert named - keys <= {"-"}
    assert [entity.key for entity in story.entities] == sorted(keys)


def test_mentions_name_what_stands_there(story: Reading) -> None:
    words = {
        mention.span.of(story.article.text) for mention in story.mentions if mention.entity == "country/mozambique"
    }
    assert words == {"Mozambique"}


def test_about_holds_crisis_and_parties_of_what_is_asserted(story: Reading) -> None:
    assert story.about == ("country/mozambique", "country/portugal", "crisis/2000-mozambique-flood")


def test_publisher_of_the_dateline_is_known(story: Reading) -> None:
    assert story.publisher == "organization/reuters"


@pytest.mark.parametrize(
    "text",
    [
        "Hello",
        "Nothing",
        "… — …\n\na",
        "Ministers meet in Lima\n\nThe ministers of Chile and Peru spoke of trade and of a bridge.",
        "La crue a tout emporté\n\nLe gouvernement a remercié les pompiers venus de la vallée voisine.",
        "Пожар потушен\n\nПожарные работали всю ночь и потушили пожар в лесу.",
        "Crowds cheer in Oslo\n\nThe team won the cup after penalties.",
    ],
    ids=["one word", "another word", "marks only", "trade", "French", "Russian", "sport"],
)
def test_article_without_aid_has_no_reports(text: str) -> None:
    reading = reading_of(text)
    assert (reading.reports, reading.article.text) == ((), text)


def test_headline_alone_is_read() -> None:
    reading = reading_of("Portugal sends two helicopters to flood victims in Mozambique")
    assert [(report.donors, report.recipients) for report in reading.reports] == [
        (("country/portugal",), ("country/mozambique",))
    ]


def test_offsets_count_code_points_behind_a_mark_and_line_ends_of_two_bytes() -> None:
    body = "The flood – é dia – goes down. Portugal sent 20 tents to Mozambique."
    data = f"\ufeff🚁 Help for Mozambique\r\n\r\n{body}\r\n".encode()
    reading = read_facts(parse_text(data, id="made-up", source="made-up.txt"))
    (report,) = reading.reports
    assert [span.of(reading.article.text) for span in report.evidence] == ["Portugal sent 20 tents to Mozambique."]
    assert report.items[0].span.of(reading.article.text) == "tents"


def test_page_chrome_tells_no_facts() -> None:
    body = "Portugal sent two rescue helicopters to Mozambique.\n\nThey came at night and left in the morning."
    reading = reading_of(f"Help for Mozambique\n\n{body}\n\nRead more: Peru sent 20 tents to Chile")
    assert {report.donors for report in reading.reports} == {("country/portugal",)}


def test_fingerprint_is_stable_and_hexadecimal() -> None:
    assert fingerprint() == fingerprint()
    assert len(bytes.fromhex(fingerprint())) == 32
