"""Reports of what is only imagined, denied or declined, from sentence to report."""

from __future__ import annotations

from typing import Any

import pytest

FACTS: tuple[tuple[str, list[str]], ...] = (
    ("Chile might part with some of its tents for the sake of Peru.", ["chile > peru pledged hypothetical"]),
    ("It may be that Chile will release its share to Peru.", ["chile > peru pledged hypothetical"]),
    ("Should the rains fail, Chile would be prepared to send wheat to Peru.", ["chile > peru pledged hypothetical"]),
    ("Chile will send wheat to Peru if the road reopens.", ["chile > peru pledged hypothetical"]),
    ("Reports that Chile had sent tents to Peru were denied.", ["chile > peru dispatched denied"]),
    ("Lima denied reports that Chile had sent tents to Peru.", ["chile > peru dispatched denied"]),
    ("Not a single tent has come to Peru from Chile.", ["chile > peru delivered denied"]),
    ("Chile has yet to send tents to Peru.", ["chile > peru dispatched denied"]),
    ("Rumours that Chile had sent tents to Peru spread.", ["chile > peru pledged hypothetical"]),
    ("Chile is considering sending tents to Peru.", ["chile > peru pledged hypothetical"]),
    ("Chile stands ready to send tents to Peru.", ["chile > peru pledged"]),
    ("Peru says that it needs no tents.", []),
    ("UNICEF has reached 40,000 children in Yemen.", ["unicef > yemen delivered"]),
    ("The toll in Yemen had reached 40,000.", []),
)  # fmt: skip


@pytest.mark.parametrize(("text", "facts"), FACTS)
def test_sentence_tells_what_is_not_a_fact(read: Any, text: str, facts: list[str]) -> None:
    assert read(f"The survivors wait. {text}").facts == facts
