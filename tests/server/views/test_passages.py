"""Words of an item inside the sentence that tells of it."""

from __future__ import annotations

import pytest

from server.views.parts import Item, Quote
from server.views.passages import Passage, around, item_span, passage_of

QUOTE = Quote(100, 131, "They sent about 40 tents\nto it.", None)


def item(anchor: str, name: str = "tents") -> Item:
    return Item(f"http://x/a#{anchor}", anchor, name, None, "")


@pytest.mark.parametrize(
    ("anchor", "name", "expected"),
    [
        ("item-119-124", "tents", (19, 24)),
        ("item-119-124-0a1b2c3d", "tents", (19, 24)),
        ("item-119-127", "tents to", (19, 27)),
        ("item-118-123", "tents", None),
        ("item-19-24", "tents", None),
        ("item-400-405", "tents", None),
        ("tents", "tents", None),
    ],
)
def test_item_span_is_believed_only_where_the_words_stand(
    anchor: str, name: str, expected: tuple[int, int] | None
) -> None:
    assert item_span(item(anchor, name), QUOTE) == expected


def test_passage_of_joins_spans_that_overlap() -> None:
    assert passage_of("abcdef", [(3, 5), (1, 4), (1, 2)]) == (
        Passage("a", False), Passage("bcde", True), Passage("f", False),
    )  # fmt: skip


def test_around_shows_the_hedge_before_the_item() -> None:
    assert around(item("item-119-124"), [QUOTE]) == (
        Passage("They sent about 40 ", False), Passage("tents", True), Passage("\nto it.", False),
    )  # fmt: skip


def test_around_cuts_a_long_sentence_between_words() -> None:
    words = "word " * 40
    quote = Quote(0, 500, f"{words}tents {words}", None)
    shown = "".join(passage.text for passage in around(item("item-200-205"), [quote]))
    assert shown.startswith("…word ")
    assert shown.endswith("word…")
    assert len(shown) < 130


def test_around_is_empty_for_an_item_that_no_quote_holds() -> None:
    assert around(item("item-1-2"), [QUOTE]) == ()
