"""The competency questions, answered from the seed articles: as their gold reads them, and as a build does."""

from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store import open_snapshot

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
    "13": [],
}

# What a build answers in other words than the gold, or less fully: it keeps whole sentences as evidence, leaves
# numbers out of an item's name, and misses who flew the planes of 2020 and who landed in 1908.
BUILT: dict[str, list[tuple[str | None, ...]]] = ANSWERS | {
    "01c": [("China", "masks")],
    "04": [("Russia", "military virologists and epidemiologists", "100", "about")],
    "05": [
        (PMP, "More than a century later (22 March 2020), following a phone conversation with Italian Prime minister "
         f"Conte, {ORDER} (Novel Coronavirus).", "685", "908"),
        (PMP, PLANES, "909", "1106"),
        (PMP, "The Russian specialists quickly headed to Bergamo; an epicenter of the Covid-19 outbreak.",
         "1107", "1196"),
    ],
    "06": [("other nations", "Russia", "hypothetical")],
    "08": [("Russian Ministry of Defence", TASS), ("Russian army", PMP), ("NBC protection troops", PMP)],
    "11": [("Kremlin", "3"), ("Giuseppe Conte", "1"), ("Henry Kissinger", "1"), ("Nikolai II", "1")],
}  # fmt: skip


def test_corrections_of_the_example_are_listed() -> None:
    store = ox.Store()
    store.load(files("ontology").joinpath("example.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    assert _answer(store, "13") == [
        (
            "000_0888dd242fe82e2b", "change report", "date: 2020-03-22",
            "https://w3id.org/aidgraph/id/article/000-0888dd242fe82e2b#report-russia-italy-pledged",
            "Foreign desk", "2024-05-02", "The plan was told on that day, not a day later.",
        )
    ]  # fmt: skip


def test_every_question_has_its_answers() -> None:
    assert {path.name for path in QUESTIONS.iterdir()} == {f"{name}.rq" for name in ANSWERS}


@pytest.mark.parametrize("name", ANSWERS)
def test_question_has_its_answer(name: str, gold_store: ox.Store) -> None:
    assert _answer(gold_store, name) == sorted(ANSWERS[name], key=str)


@pytest.mark.slow
@pytest.mark.parametrize("name", BUILT)
def test_question_is_answered_by_a_build(name: str, seeds_data: Path) -> None:
    assert _answer(open_snapshot(seeds_data).store, name) == sorted(BUILT[name], key=str)


def _answer(store: ox.Store, name: str) -> list[tuple[str | None, ...]]:
    answer = store.query(QUESTIONS.joinpath(f"{name}.rq").read_text(encoding="utf-8"))
    assert isinstance(answer, ox.QuerySolutions)
    rows = [tuple(term and getattr(term, "value", None) for term in row) for row in answer]
    return sorted(rows, key=str)
