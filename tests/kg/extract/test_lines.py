"""Lines of lists that tell of giving without a verb."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.lines import find_lines
from kg.extract.numbers import find_numbers


def _lines(read: Any, heading: str, line: str) -> list[tuple[str, str, str | None]]:
    scene = read(f"{heading}\n\n{line}").scene
    paragraph = scene.parsed.paragraphs[1]
    found = find_lines(scene, paragraph, find_numbers(paragraph.doc))
    return [
        (" ".join(t.text for t in one.agents), " ".join(t.text for t in one.patients), one.frame.phase) for one in found
    ]


@pytest.mark.parametrize(
    ("heading", "line", "told"),
    [
        ("Donations:", "Peru: 40 tents, 900 blankets", [("Peru", "tents blankets", "delivered")]),
        ("Pledges:", "50 tents from Chad; 90 blankets from Oman",
         [("Chad", "tents", "pledged"), ("Oman", "blankets", "pledged")]),
        ("Aid sent:", "• Peru – 40 tents\n• Chile – 900 blankets",
         [("Peru", "tents", "delivered"), ("Chile", "blankets", "delivered")]),
    ],
)  # fmt: skip
def test_line_has_its_giver_and_goods(read: Any, heading: str, line: str, told: list[tuple[str, str, str]]) -> None:
    assert _lines(read, heading, line) == told


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("Losses:", "Peru: 40 tents, 900 blankets"),
        ("Donations:", "Peru sent 40 tents"),
        ("Donations:", "Peru: tents"),
        ("Donations:", "40 tents, 900 blankets"),
    ],
)
def test_line_without_giver_number_or_heading_is_none(read: Any, heading: str, line: str) -> None:
    assert _lines(read, heading, line) == []
