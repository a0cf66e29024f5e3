"""The competency questions, answered from the seed articles as their gold annotations read them."""

from importlib.resources import files

import pyoxigraph as ox
import pytest

QUESTIONS = files("ontology").joinpath("questions")
TASS, PMP = "TASS", "PMP Magazine"
MESSINA = "1908 Messina earthquake"
PLANES = (
    "IL-76 military transport planes landed in Italy carrying around one hundred military virologists and "
    "epidemiologists, special disinfection vehicles, and other medical equipment and pharmaceuticals."
)
ORDER = "President Putin ordered the Russian army to assist Italy in its battle against Covid-19 virus"
PLEDGED = "https://w3id.org/aidgraph/scheme/phase/pledged"

ANSWERS: dict[str, list[tuple[str | None, ...]]] = {
    "01": [],
    "01b": [("Russia", "means of protection", "2020-03-21", PLEDGED)],
    "01c": [("China", "millions of masks")],
    "02": [("Russia", "pledged", "2020-03-21"), ("Russia", "delivered", "2020-03-22")],
    "03": [("Russia", "2020-03-21", "2020-03-22")],
    "04": [("Russia", "around one hundred military virologists and epidemiologists", "100", "about")],
    "05": [
        (PMP, ORDER, "794", "887"),
        (PMP, PLANES, "909", "1106"),
        (PMP, "The Russian specialists quickly headed to Bergamo", "1107", "1156"),
    ],
    "06": [(None, "Russia", "hypothetical")],
    "07": [
        ("Italy", "793", "exact", "2020-03-21", TASS),
        (None, "10000", "over", "2020-03-21", TASS),
        (None, "116000", "over", "2020-04", PMP),
    ],
    "08": [
        ("Ministry of Defence of the Russian Federation", TASS),
        ("Russian Aerospace Forces", TASS),
        ("Russian army", PMP),
        ("Russian Navy", PMP),
        ("NBC protection troops", PMP),
    ],
    "09": [(country, MESSINA, "1908-12") for country in ("France", "Germany", "Russia", "Russia", "United Kingdom")],
    "10": [("China", "Russia")],
    "11": [("Kremlin", "3"), ("Giuseppe Conte", "1"), ("Henry Kissinger", "1"), ("Nicholas II of Russia", "1")],
    "12": [("4871", "42681", "2020-03-21")],
}


def test_every_question_has_its_answers() -> None:
    assert {path.name for path in QUESTIONS.iterdir()} == {f"{name}.rq" for name in ANSWERS}


@pytest.mark.parametrize("name", ANSWERS)
def test_question_has_its_answer(name: str, gold_store: ox.Store) -> None:
    answer = gold_store.query(QUESTIONS.joinpath(f"{name}.rq").read_text(encoding="utf-8"))
    assert isinstance(answer, ox.QuerySolutions)
    rows = [tuple(term and getattr(term, "value", None) for term in row) for row in answer]
    assert sorted(rows, key=str) == sorted(ANSWERS[name], key=str)
