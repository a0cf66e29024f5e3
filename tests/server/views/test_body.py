"""The text of an article with marks in it: nothing lost, nothing marked that does not stand there."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from server.views.body import DEEPEST, Body, Evidence, Run, mark_text

TEXT = "First.\n\nOver 350 died, he said.\nSo it was.\n \nLast 🔷 word."


def evidence(words: str, anchor: str, *proves: int, text: str = TEXT) -> Evidence:
    start = text.index(words)
    return Evidence(start, start + len(words), words, anchor, proves)


def shown(runs: Iterable[Run]) -> str:
    """Marks as brackets: ``[anchor|words|proofs]``."""
    return "".join(
        f"[{run.anchor}|{shown(run.runs)}|{','.join(map(str, run.proves))}]" if run.is_mark else run.text
        for run in runs
    )


def paragraphs(body: Body) -> list[str]:
    return [shown(runs) for runs in body.paragraphs]


def test_text_without_evidence_is_its_paragraphs() -> None:
    assert paragraphs(mark_text(TEXT, [])) == ["First.", "Over 350 died, he said.\nSo it was.", "Last 🔷 word."]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([("Over 350 died", "a"), ("350", "b")], "[a|Over [b|350|] died|], he said.\nSo it was."),
        ([("350", "b"), ("Over 350 died", "a")], "[a|Over [b|350|] died|], he said.\nSo it was."),
        ([("Over 350 died", "a"), ("died, he", "b")], "[a|Over 350 [b|died|]|][|, he|] said.\nSo it was."),
        ([("Over", "a"), ("Over 350", "b")], "[b|[a|Over|] 350|] died, he said.\nSo it was."),
        ([("Over", "a"), (" 350", "b")], "[a|Over|][b| 350|] died, he said.\nSo it was."),
    ],
    ids=["nested", "nested, the inner first", "crossing", "same start", "side by side"],
)
def test_spans_are_nested_and_cut_where_they_cross(spans: list[tuple[str, str]], expected: str) -> None:
    assert paragraphs(mark_text(TEXT, [evidence(*span) for span in spans]))[1] == expected


def test_span_over_a_paragraph_is_named_at_its_first_part_and_proves_at_its_last() -> None:
    body = mark_text(TEXT, [evidence("First.\n\nOver 350", "a", 7)])
    assert paragraphs(body)[:2] == ["[a|First.|]", "[|Over 350|7] died, he said.\nSo it was."]


def test_offsets_count_code_points() -> None:
    assert paragraphs(mark_text(TEXT, [evidence("word", "a")]))[2] == "Last 🔷 [a|word|]."


@pytest.mark.parametrize("exact", ["Over 35O", ""])
def test_span_whose_words_stand_elsewhere_is_not_marked(exact: str) -> None:
    body = mark_text(TEXT, [Evidence(8, 16, exact, "a")])
    assert body.unmarked == {"a"}
    assert "[" not in "".join(paragraphs(body))


def test_deep_nests_are_marked_as_far_as_they_can_be_shown() -> None:
    text = "x" * 500
    body = mark_text(text, [Evidence(0, end, text[:end], f"a{end}") for end in range(1, 400)])
    assert paragraphs(body)[0].count("[") == DEEPEST
    assert len(body.unmarked) == 399 - DEEPEST
