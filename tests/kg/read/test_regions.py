"""Where one region ends and the next begins, in files of every habit."""

from __future__ import annotations

import pytest

from kg.read.regions import LONGEST_PARAGRAPH, cut_long, split_regions
from kg.records import Span

WRAPPED = (
    "Two ships with grain left the harbour on Monday with wheat for\n"
    "the needy of the north, and a third is to follow them when the\n"
    "harvest is in."
)
LISTED = (
    "Needs are large in the whole of the north and in the far\n"
    "west as well, where wells are dry:\n- food for the weak\n- tents"
)


@pytest.mark.parametrize(
    "text, regions",
    [
        ("one\n\ntwo", ["one", "two"]),
        ("one\ntwo", ["one", "two"]),
        ("  one \n \t\xa0\n\n two\n", ["one", "two"]),
        ("one\x0ctwo", ["one", "two"]),
        ("Short line\nAnother line\nA third", ["Short line", "Another line", "A third"]),
        (WRAPPED, [WRAPPED]),
        (f"Headline\n\n{WRAPPED}\n\n{WRAPPED}", ["Headline", WRAPPED, WRAPPED]),
        (LISTED, [LISTED.split("\n-")[0], "- food for the weak", "- tents"]),
        ("a" * 200 + "\nb " * 2, ["a" * 200, "b", "b"]),
        (" \n ", []),
    ],
)
def test_split_regions(text: str, regions: list[str]) -> None:
    assert [span.of(text) for span in split_regions(text)] == regions


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Norway sent tents. " * 3000, "."),
        ("tents " * 9000, "tents"),
        ("x" * 50_000, "x"),
        ("Short.", "."),
    ],
)
def test_cut_long_loses_nothing(text: str, ends: str) -> None:
    spans = list(cut_long(text, Span(0, len(text.rstrip()))))
    assert "".join("".join(span.of(text) for span in spans).split()) == "".join(text.split())
    assert all(span.of(text).endswith(ends) for span in spans)
    assert max(span.end - span.start for span in spans) <= LONGEST_PARAGRAPH
