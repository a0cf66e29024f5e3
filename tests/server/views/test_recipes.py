"""The loading recipes of the page of the data and of the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from server.views.recipes import QUESTION, Recipe, recipes

DOCS = Path(__file__).parents[3] / "docs" / "loading.md"
NAMES = [recipe.name for recipe in recipes()]
HERE = "http://localhost:8000/"


@pytest.fixture(params=recipes(), ids=NAMES)
def recipe(request: pytest.FixtureRequest) -> Recipe:
    assert isinstance(request.param, Recipe)
    return request.param


def test_recipes_that_were_run_come_first_and_parsers_after_stores() -> None:
    runs = [(recipe.is_run, bool(recipe.ask)) for recipe in recipes()]
    assert runs == sorted(runs, reverse=True)
    assert {"virtuoso", "oxigraph", "rdflib", "jena"} <= {recipe.name for recipe in recipes() if recipe.is_run}


def test_recipe_takes_the_dump_from_this_server(recipe: Recipe) -> None:
    commands = recipe.commands("http://here.example/")
    assert f"curl -O http://here.example/dumps/aidgraph.{recipe.files[0]}.gz\n" in commands
    assert "{root}" not in commands


def test_recipe_asks_a_question_of_a_file(recipe: Recipe) -> None:
    assert recipe.ask.count(QUESTION) == (1 if recipe.ask else 0)
    assert recipe.ask or recipe.is_run


def test_recipe_that_was_run_says_with_what(recipe: Recipe) -> None:
    assert bool(recipe.tested) == recipe.is_run
    assert recipe.manual.startswith("https://")


def test_ports_stand_in_the_commands(recipe: Recipe) -> None:
    assert all(str(port) in recipe.commands(HERE) for port in recipe.ports)
    assert bool(recipe.ports) == bool(recipe.is_run and (recipe.start or recipe.serve))


def test_page_of_the_data_shows_the_commands(recipe: Recipe, client: FlaskClient) -> None:
    text = client.get("/dumps/").text
    assert f"<h3>{recipe.store}</h3>" in text
    assert str(escape(recipe.commands("http://localhost/"))) in text
    assert ("Not run by us." in text.partition(f"<h3>{recipe.store}</h3>")[2].partition("<h3>")[0]) != recipe.is_run


def test_documentation_shows_the_same_commands(recipe: Recipe) -> None:
    section = DOCS.read_text(encoding="utf-8").partition(f"\n### {recipe.store}\n")[2].partition("\n### ")[0]
    assert f"```sh\n{recipe.commands(HERE)}\n```\n" in section
    assert recipe.manual in section
    assert recipe.note in section
    assert (f"Run by the tests: {recipe.tested}." if recipe.is_run else "Not run.") in section
