"""The loading recipes of the page of the data."""

from __future__ import annotations

from server.views.recipes import recipes


def test_recipes_that_are_run_name_commands_of_the_tests() -> None:
    run = {recipe.store for recipe in recipes("http://here/") if recipe.is_run}
    assert run == {"Oxigraph", "rdflib"}
