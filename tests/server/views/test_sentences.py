"""First sentences of pages."""

from __future__ import annotations

import pytest

from server.views.parts import Item
from server.views.reader import Link
from server.views.sentences import entity_sentence, event_sentence, plain

TENTS = Item("i", "a", "tents", None, "about 40 tents")
CHILE, NORWAY = [Link("Chile")], [Link("Norway")]


@pytest.mark.parametrize(
    ("phase", "expected"),
    [
        ("requested", "Chile asked Norway for “tents” (about 40 tents) on 3 May 2010."),
        ("pledged", "Norway promised “tents” (about 40 tents) to Chile on 3 May 2010."),
        ("dispatched", "Norway sent “tents” (about 40 tents) to Chile on 3 May 2010."),
        ("delivered", "Norway gave “tents” (about 40 tents) to Chile on 3 May 2010."),
        ("", "Norway gives or promises “tents” (about 40 tents) to Chile on 3 May 2010."),
    ],
)
def test_event_sentence_says_how_far_it_came(phase: str, expected: str) -> None:
    assert plain(event_sentence(phase, NORWAY, CHILE, [TENTS], "2010-05-03", None)) == expected


@pytest.mark.parametrize(
    ("phase", "expected"),
    [
        ("requested", "Someone whom no article names asked for help that is not described, on a day that no article "
                      "tells."),
        ("pledged", "Someone whom no article names promised help that is not described to someone whom no article "
                    "names, on a day that no article tells."),
    ],
)  # fmt: skip
def test_event_sentence_says_what_is_not_known(phase: str, expected: str) -> None:
    assert plain(event_sentence(phase, [], [], [], "", None)) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [(1, "A"), (2, "A and B"), (4, "A, B, C and D"), (5, "A, B, C and 2 more")],
)
def test_event_sentence_lists_a_few_names(count: int, expected: str) -> None:
    donors = [Link(name) for name in "ABCDE"[:count]]
    assert plain(event_sentence("pledged", donors, CHILE, [], "2010-05", None)).startswith(f"{expected} promised")


def test_event_sentence_keeps_the_precision_of_a_date_and_names_the_crisis() -> None:
    sentence = event_sentence("delivered", NORWAY, CHILE, [], "2010-05", Link("2010 Chile earthquake"))
    assert plain(sentence).endswith(" to Chile in May 2010 (2010 Chile earthquake).")


def test_entity_sentence_tells_kind_place_and_numbers() -> None:
    sentence = entity_sentence(Link("Oslo"), "city", NORWAY, {"as donor": 1200, "there": 1}, 1, ("", ""))
    told = "Oslo is a city in Norway. Events of aid told: 1,200 as donor, 1 there. 1 article names it."
    assert plain(sentence) == told


def test_entity_sentence_tells_the_days_of_a_crisis() -> None:
    sentence = entity_sentence(Link("It"), "epidemic", [], {}, 0, ("2019-12", "2020-01-02"))
    assert plain(sentence) == "It is an epidemic, from December 2019 to 2 January 2020."
