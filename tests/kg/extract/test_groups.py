"""Parties told by their number, on made-up documents: which list they stand for."""

from __future__ import annotations

from typing import Any

import pytest

FLOODS = "Floods struck Chad and Niger."

# the document, the last word for several, the slugs that it stands for
GROUPS = [
    (f"{FLOODS} Mali sent rice to both countries.", "countries", ["chad", "niger"]),
    (f"{FLOODS} Mali helped both.", "both", ["chad", "niger"]),
    (f"{FLOODS} Mali sent rice to the two.", "two", ["chad", "niger"]),
    (f"{FLOODS} Mali sent rice to the three countries.", "countries", []),
    (
        "Peru sent tents to three countries.\n\nThey are for Chad, Mali and Niger.",
        "countries",
        ["chad", "mali", "niger"],
    ),
    ("Oxfam and UNICEF came first. They sent water.", "They", ["oxfam", "unicef"]),
    ("Oxfam and UNICEF came first. Peru thanked them. Chile waited. They sent water.", "They", []),
    (
        "Chad, Mali and Niger, the ICRC says, are hungry. Peru helps the three countries.",
        "countries",
        ["chad", "mali", "niger"],
    ),
    (f"{FLOODS} Mali sent rice to other countries.", "countries", []),
    (f"{FLOODS} Mali sent both tents and rice.", "both", []),
]


@pytest.mark.parametrize(("text", "word", "slugs"), GROUPS)
def test_words_for_several_stand_for(read: Any, text: str, word: str, slugs: list[str]) -> None:
    scene = read(text).scene
    tokens = [(p.index, t.i) for p in scene.parsed.paragraphs for t in p.doc if t.text == word]
    assert [key.partition("/")[2] for key in scene.groups.get(tokens[-1], ())] == slugs
