"""Stores of other people's making load the dumps by their recipes, and answer as our own does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from importlib.resources import files
from typing import Final

import pytest
from served import Dumps
from solutions import Answer, own_answers, without_paths
from stores import Loaded

from server.views.recipes import Recipe, recipes

pytestmark = [pytest.mark.loads, pytest.mark.slow]

Load = Callable[[Recipe, str, Dumps], AbstractContextManager[Loaded]]

QUESTIONS = files("ontology").joinpath("questions")
TWELVE = {f"{n:02}": QUESTIONS.joinpath(f"{n:02}.rq").read_text(encoding="utf-8") for n in range(1, 13)}
TRIPLES = {"triples": "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"}
GRAPHS = "FILTER(STRSTARTS(STR(?g), 'https://w3id.org/aidgraph/id/'))"
QUADS = {"quads": f"SELECT ?g ?s ?p ?o WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {GRAPHS} }}"}
"""Graphs of articles only: some stores have graphs of their own from the start."""

LOADS: Final = [(recipe, ending) for recipe in recipes() if recipe.is_run and recipe.ask for ending in recipe.files]
IDS: Final = [f"{recipe.name}-{ending}" for recipe, ending in LOADS]
LONG: Final = {"attean": ("ttl",), "comunica": (), "jena": ("nq",)}
"""Stores that take half a minute for the hostile articles, with the dumps of them that they are asked to load all the
same. Comunica reads with N3.js, which ``test_parsers.py`` asks."""
HOSTILE: Final = [(recipe, ending) for recipe, ending in LOADS if ending in LONG.get(recipe.name, recipe.files)]
REWRITTEN: Final = {"rasqal": without_paths}
"""What a store must be asked in other words: Rasqal 0.9.33 has no property paths."""
CANNOT: Final = {"rasqal": frozenset({"03"})}
"""Questions that a store cannot be asked at all: 03 follows a path of any length."""


@pytest.fixture(scope="module", params=LOADS, ids=IDS)
def store(request: pytest.FixtureRequest, load: Load, seeds: Dumps) -> Iterator[Loaded]:
    """Each store with each dump of the seed articles that it loads."""
    with load(*request.param, seeds) as one:
        yield one


@pytest.mark.parametrize(("recipe", "ending"), HOSTILE, ids=[f"{recipe.name}-{ending}" for recipe, ending in HOSTILE])
def test_store_holds_hostile_articles_to_the_letter(recipe: Recipe, ending: str, load: Load, hostile: Dumps) -> None:
    questions = TRIPLES | (QUADS if ending == "nq" else {})
    with load(recipe, ending, hostile) as store:
        assert_same(store.ask(questions), own_answers(hostile.store, questions))


@pytest.fixture(scope="module")
def answers(store: Loaded) -> dict[str, Answer]:
    """What the store answers to everything, asked at once: some programs load the file for each time of asking."""
    return store.ask(QUADS | TRIPLES | {key: in_its_words(store, text) for key, text in twelve_for(store).items()})


def twelve_for(store: Loaded) -> dict[str, str]:
    """The questions that a store can be asked, as they are."""
    return {key: text for key, text in TWELVE.items() if key not in CANNOT.get(store.recipe.name, ())}


def in_its_words(store: Loaded, question: str) -> str:
    """A question as a store understands it."""
    return REWRITTEN.get(store.recipe.name, str)(question)


def test_store_holds_every_triple(answers: Mapping[str, Answer], seeds: Dumps) -> None:
    assert_same(answers, own_answers(seeds.store, TRIPLES))


def test_store_holds_the_graph_of_each_article(store: Loaded, answers: Mapping[str, Answer], seeds: Dumps) -> None:
    graphs = own_answers(seeds.store, QUADS) if store.ending == "nq" else {"quads": Answer()}
    assert_same(answers, graphs)


def test_store_answers_the_twelve_questions(store: Loaded, answers: Mapping[str, Answer], seeds: Dumps) -> None:
    assert_same(answers, own_answers(seeds.store, twelve_for(store)))


def assert_same(answers: Mapping[str, Answer], expected: Mapping[str, Answer]) -> None:
    """Says which rows are missing and which too many, a few of each, and not the whole graph."""
    for name, due in expected.items():
        missing, extra = list((due - answers[name]).elements()), list((answers[name] - due).elements())
        told = f"{name}: {len(missing)} rows missing as {missing[:5]}\n{len(extra)} too many as {extra[:5]}"
        assert not missing and not extra, told
