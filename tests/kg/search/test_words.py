"""What people type, as terms and as expressions that SQLite takes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kg.search.words import (
    MOST_TERMS,
    Asked,
    Term,
    fold_words,
    match_all,
    match_any,
    match_most,
    other_numbers,
    parse_search,
)

TEXTS = (
    "Russia sent masks to Italy",
    "Italy thanked Russia for 100 ventilators",
    "COVID-19 in the Côte d'Ivoire",
    "China's aid: a mask for Serbia",
    "Помощь из России, Кирилл й",
)


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("""CREATE VIRTUAL TABLE search USING fts5(body, tokenize="unicode61 remove_diacritics 2")""")
    connection.executemany("INSERT INTO search VALUES (?)", [(text,) for text in TEXTS])
    yield connection
    connection.close()


def find(index: sqlite3.Connection, expression: str) -> list[int]:
    """The numbers of the texts that an expression finds."""
    return [row - 1 for (row,) in index.execute("SELECT rowid FROM search WHERE search MATCH ?", [expression])]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Russia masks", (Term(("russia",)), Term(("masks",)))),
        ('"sent masks"', (Term(("sent", "masks"), is_exact=True),)),
        ("“sent masks”", (Term(("sent", "masks"), is_exact=True),)),
        ('"sent mas', (Term(("sent", "mas"), is_exact=True),)),
        ("COVID-19", (Term(("covid", "19")),)),
        ("Côte d’Ivoire", (Term(("cote",)), Term(("d", "ivoire")))),
        ("vent*", (Term(("vent",), is_open=True),)),
        ("Russia Russia", (Term(("russia",)),)),
        ("(masks OR", (Term(("masks",)), Term(("or",)))),
        ("й", (Term(("й",)),)),
    ],
)
def test_typed_text_is_read_as_terms(typed: str, wanted: tuple[Term, ...]) -> None:
    assert parse_search(typed) == Asked(wanted)


@pytest.mark.parametrize("typed", ["", " ", "!?", "😷", '"', '""', "-", "* *", "\0", "\u202e", "_", "\u0301"])
def test_text_without_a_letter_asks_for_nothing(typed: str) -> None:
    assert parse_search(typed) == Asked(())


@pytest.mark.parametrize("typed", ["masks -italy", "-italy masks", "masks --ITALY"])
def test_word_behind_a_minus_is_excluded(typed: str) -> None:
    assert parse_search(typed) == Asked((Term(("masks",)),), (Term(("italy",), is_excluded=True),))


def test_search_of_many_words_is_cut_and_says_so() -> None:
    asked = parse_search(" ".join(f"word{number}" for number in range(100)))
    assert len(asked.wanted) == MOST_TERMS
    assert asked.is_cut


@pytest.mark.parametrize(
    ("typed", "is_open"),
    [("ital", True), ("ital ", False), ("i", False), ('"ital"', False), ("-ital", False), ("masks ital", True)],
)
def test_last_word_is_open_while_it_is_typed(typed: str, is_open: bool) -> None:
    asked = parse_search(typed, is_open=True)
    assert [term.is_open for term in (*asked.wanted, *asked.excluded)][-1] is is_open


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("masks italy", [0]),
        ("mask", [0, 3]),
        ('"mask"', [3]),
        ("ventilator", [1]),
        ("vent*", [1]),
        ("russia -masks", [1]),
        ('"to Italy"', [0]),
        ("covid-19", [2]),
        ("Cote d'Ivoire", [2]),
        ("CHINA'S", [3]),
        ("россии", [4]),
        ("й", [4]),
        ("italy serbia", []),
    ],
)
def test_expression_finds_texts_with_all_terms(index: sqlite3.Connection, typed: str, found: list[int]) -> None:
    assert find(index, match_all(parse_search(typed))) == found


def test_other_expression_finds_texts_with_any_term(index: sqlite3.Connection) -> None:
    assert find(index, match_any(parse_search("masks serbia -china"))) == [0]


def test_third_expression_finds_texts_with_all_terms_but_one(index: sqlite3.Connection) -> None:
    assert find(index, match_most(parse_search("sent masks china"))) == [0, 3]
    assert find(index, match_most(parse_search("masks italy russia serbia -thanked"))) == [0]


def test_nothing_wanted_makes_no_expression() -> None:
    with pytest.raises(ValueError, match="a word that is wanted"):
        match_all(parse_search("-masks"))


def test_words_without_meaning_are_left_out_where_others_are_left() -> None:
    assert parse_search("who sent masks to italy").content().name == "sent masks italy"
    assert parse_search("who").content().name == "who"
    assert parse_search('"the who" to').content().name == "the who"


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("mask", ("masks",)), ("masks", ("mask",)), ("supplies", ("supply",)), ("supply", ("supplies",)),
        ("boxes", ("box", "boxe")), ("box", ("boxes",)), ("virus", ()), ("days", ("day",)), ("19", ()), ("is", ()),
    ],
)  # fmt: skip
def test_noun_has_its_other_number(word: str, others: tuple[str, ...]) -> None:
    assert other_numbers(word) == others


def test_folded_words_are_those_of_the_index(index: sqlite3.Connection) -> None:
    index.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'search', 'row')")
    known = {word for (word,) in index.execute("SELECT term FROM temp.words")}
    assert known == {word for text in TEXTS for word in fold_words(text)}


@settings(max_examples=300, deadline=None)
@given(typed=some.text(max_size=200), is_open=some.booleans())
def test_no_text_breaks_the_search(index: sqlite3.Connection, typed: str, is_open: bool) -> None:
    whole = parse_search(typed, is_open=is_open)
    for asked in (whole, whole.content()):
        if asked.wanted:
            assert set(find(index, match_all(asked))) <= set(find(index, match_any(asked)))
            if len(asked.wanted) > 1:
                assert set(find(index, match_most(asked))) <= set(find(index, match_any(asked)))


@settings(max_examples=200, deadline=None)
@given(typed=some.text(alphabet="ab\"'-*()^:{}+ANDORTE ", max_size=60))
def test_no_operator_breaks_the_search(index: sqlite3.Connection, typed: str) -> None:
    asked = parse_search(typed, is_open=True)
    if asked.wanted:
        find(index, match_all(asked))
        find(index, match_any(asked))
