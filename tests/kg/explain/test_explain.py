"""Explanations: what is told of a made-up article, where, and how it is printed."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from kg.errors import SettingsError
from kg.explain.articles import asked_for
from kg.explain.collect import explain
from kg.explain.findings import Explanation, Finding
from kg.explain.run import explain_article
from kg.explain.text import WIDTH, print_explanation
from kg.read import parse_text
from kg.records import Reading
from kg.settings import Settings
from kg.understand import understand

STORY = """\
Portugal sends helicopters to flooded Mozambique

MAPUTO, March 20, 2000 (Reuters) -- Floods in Mozambique have killed 350 people.

Portugal’s navy sent two helicopters and 40 tonnes of rice to Mozambique on Tuesday. Rain fell. “The pilots fly by \
day and by night,” said Portuguese Prime Minister Rui Matos. Portugal may send 30 tents. Would Peru send planes?

Read more: Peru sent 20 tents to Chile
"""


def explained(text: str) -> Explanation:
    return explain(understand(parse_text(text.encode(), id="made-up", source="made-up.txt")), "made-up.txt")


@pytest.fixture(scope="module")
def story() -> Explanation:
    return explained(STORY)


def findings(explanation: Explanation, kind: str) -> list[Finding]:
    return [found for passage in explanation.passages for found in passage.findings if found.kind == kind]


def printed(explanation: Explanation) -> str:
    file = io.StringIO()
    print_explanation(explanation, file)
    return file.getvalue()


def test_every_sentence_is_told_once_and_in_order(story: Explanation) -> None:
    assert [passage.words for passage in story.passages if passage.kind == "paragraph"] == [
        "Floods in Mozambique have killed 350 people.",
        "Portugal’s navy sent two helicopters and 40 tonnes of rice to Mozambique on Tuesday.",
        "Rain fell.",
        "“The pilots fly by day and by night,” said Portuguese Prime Minister Rui Matos.",
        "Portugal may send 30 tents.",
        "Would Peru send planes?",
    ]


def test_words_of_passages_and_findings_stand_at_their_offsets(story: Explanation) -> None:
    for passage in story.passages:
        assert passage.words == STORY[passage.start : passage.end]
        assert [found.words for found in passage.findings] == [
            STORY[found.start : found.end] for found in passage.findings
        ]


def test_every_finding_lies_in_its_passage(story: Explanation) -> None:
    for passage in story.passages:
        assert [found for found in passage.findings if not passage.start <= found.start < passage.end] == []


def test_regions_that_are_not_read_are_told(story: Explanation) -> None:
    assert [(passage.kind, passage.read) for passage in story.passages if not passage.read] == [
        ("dateline", False), ("chrome", False),
    ]  # fmt: skip


def test_event_is_told_with_its_rule_parties_and_items(story: Explanation) -> None:
    event = next(found for found in findings(story, "event") if "asserted" in found.says)
    assert event.says.startswith("Portugal to Mozambique, ")
    assert event.details["donors"] == ("Portugal (country/portugal)",)
    assert event.why.startswith("rule")
    assert any("rice" in item for item in event.details["items"])
    (other,) = findings(story, "goes on")
    assert other.words == "Portugal’s navy sent two helicopters and 40 tonnes of rice to Mozambique on Tuesday."


def test_figure_quotation_and_role_are_told(story: Explanation) -> None:
    assert [found.says for found in findings(story, "figure")] == ["deaths: 350 people, Mozambique"]
    assert [found.details["speaker"] for found in findings(story, "quotation")] == [("Rui Matos (person/rui-matos)",)]
    assert [found.says for found in findings(story, "role")] == ["Rui Matos is Prime Minister"]


def test_names_are_told_with_the_reason_of_their_link(story: Explanation) -> None:
    names = {found.words: (found.says, found.why) for found in findings(story, "name")}
    assert names["Mozambique"] == ("Mozambique (country/mozambique)", "name in the gazetteer")
    assert names["Rui Matos"][1] == "not in the gazetteer: an entity of its own"


def test_what_was_seen_and_not_taken_is_told_with_its_reason(story: Explanation) -> None:
    told = {found.words: found.says for found in findings(story, "not taken")}
    assert told["Would Peru send planes?"].endswith("a question")


def test_name_without_an_entity_is_told() -> None:
    (found,) = findings(explained("Aid is late\n\nEuropean charities sent nothing."), "not taken")
    assert (found.words, found.says) == ("European", "“European” has no entity")
    assert found.why


def test_pronoun_is_told_with_whom_it_takes_up() -> None:
    (found,) = findings(explained("Aid goes out\n\nNorway is rich. It sent 20 tents to Chile."), "reference")
    assert (found.words, found.says) == ("It", "Norway (country/norway)")


def test_metadata_tell_where_they_stand(story: Explanation) -> None:
    told = {datum.name: (datum.value, datum.where) for datum in story.metadata}
    assert told["headline"][1] == "headline [0:48]"
    assert told["published"] == ("2000-03-20", "dateline [50:85]")
    assert told["publisher"][0] == "Reuters"


def test_topic_is_told_with_its_reason(story: Explanation) -> None:
    assert story.topic.crisis == ("2000 Mozambique flood (crisis/2000-mozambique-flood)",)
    assert "named most often" in story.topic.why


@pytest.mark.parametrize("text", ["Hello", "… — …\n\na", "Один дом\n\nОдин дом.", "a\n\n" + "x" * 500], ids=repr)
def test_article_without_facts_is_explained(text: str) -> None:
    explanation = explained(text)
    assert "".join(passage.words for passage in explanation.passages)
    assert explanation.passages[0].words[:20] in printed(explanation).replace("\n", "") or len(text) > WIDTH


def test_text_fits_in_80_columns_without_colours_or_trailing_space(story: Explanation) -> None:
    lines = printed(story).splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert [line for line in lines if line != line.rstrip()] == []
    assert "\x1b" not in printed(story)


def test_text_tells_sentences_in_which_nothing_was_found(story: Explanation) -> None:
    text = printed(story)
    assert "paragraph: nothing found\nRain fell." in text
    assert "chrome: not read\nRead more: Peru sent 20 tents to Chile" in text


def test_text_hides_no_control_characters() -> None:
    text = printed(explained("Aid\u202e sent\n\nNorway \u200bgave."))
    assert not {"\u202e", "\u200b"} & set(text)


def test_standard_input_is_read() -> None:
    (asked,) = asked_for("-", Settings(), io.BytesIO(b"Aid sent\n\nIt rained."))
    assert asked.article.headline == "Aid sent"


def test_file_and_folder_are_read_as_for_a_build(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text("Aid sent\n\nIt rained.", encoding="utf-8")
    assert [asked.article.id for asked in asked_for(str(tmp_path), Settings(), io.BytesIO())] == ["one", "two"]
    assert [asked.article.id for asked in asked_for(str(tmp_path / "two.txt"), Settings(), io.BytesIO())] == ["two"]


@pytest.mark.parametrize("known", [True, False], ids=["a graph", "no graph"])
def test_unknown_article_is_refused(tmp_path: Path, known: bool, keep_reading: None) -> None:
    data = tmp_path / ("data" if known else "nothing")
    with pytest.raises(SettingsError, match=r"no such file, and no article of that name in .*; give a file"):
        list(asked_for("tents", Settings(data=data), io.BytesIO()))
    assert (tmp_path / "nothing").exists() is False


def test_article_of_the_graph_is_found_by_its_identifier(tmp_path: Path, keep_reading: Reading) -> None:
    (asked,) = asked_for("kept", Settings(data=tmp_path / "data"), io.BytesIO())
    assert asked.article == keep_reading.article
    assert asked.kept == keep_reading


def test_graph_with_another_reading_is_told(tmp_path: Path, keep_reading: Reading) -> None:
    file = io.StringIO()
    explain_article(asked_for("kept", Settings(data=tmp_path / "data"), io.BytesIO()), "json", file)
    told = json.loads(file.getvalue())
    assert told["id"] == "kept"
    assert told["remarks"] == [
        "the graph holds another reading of this article, made by other rules or corrections; build it again"
    ]


def test_json_holds_the_same_findings(story: Explanation) -> None:
    file = io.StringIO()
    explain_article(asked_for("-", Settings(), io.BytesIO(STORY.encode())), "json", file)
    told = json.loads(file.getvalue())
    assert [passage["words"] for passage in told["passages"]] == [passage.words for passage in story.passages]
    kinds = [found["kind"] for passage in told["passages"] for found in passage["findings"]]
    assert kinds == [found.kind for passage in story.passages for found in passage.findings]
