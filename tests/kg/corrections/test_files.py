"""Files of corrections: where they are found, and what is said of one that cannot be used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pyoxigraph as ox
import pytest

from kg.corrections.check import _tags
from kg.corrections.files import LARGEST, NONE, Corrections, check_folder, corrections_of, unused_files
from kg.corrections.values import DisasterType
from kg.errors import ArticleError, SettingsError
from kg.formats import VOCABULARY
from kg.rdf.quads import ontology_quads
from kg.records import CorrectionKind

Load = Callable[[str], Corrections]

CHANGE = """\
corrections:
  - do: change report
    words: two helicopters
    set:
      phase: delivered
    why: It says so.
"""
FAULTS = [
    ("phase: delivered", "phaze: delivered", 7, "has the unknown field 'phaze', expected one of crisis, date, donors"),
    ("phase: delivered", "phaze: delivered", 7, "; the nearest is 'phase'"),
    ("phase: delivered", "phase: delivred", 7, "set.phase: got 'delivred', expected one of delivered, dispatched"),
    (
        "change report",
        "chang report",
        4,
        "got 'chang report', expected one of add figure, .*nearest is 'change rep",
    ),
    ("    why: It says so.\n", "", 4, r"corrections\[1\] has no 'why', which it needs"),
    ("It says so.", "' '", 8, "why: got ' ', expected words"),
    ("phase: delivered", "donors: [portugal]", 7, "got 'portugal', expected a key such as country/italy"),
    ("phase: delivered", "donors: country/portugal", 7, "got 'country/portugal', expected a list"),
    ("phase: delivered", "date: 2000-02-30", 6, "got the date '2000-02-30', expected one such as 2020-03-22"),
    ("phase: delivered", "phase: [delivered", 8, "is not YAML"),
    ("phase: delivered", "phase: &a delivered\n      date: *a", 8, r"references \(\*name\) are not taken"),
    ("phase: delivered", "phase: delivered\n      phase: pledged", 8, "has the key 'phase' twice"),
    ("phase: delivered", "? [a]\n      : b", 7, "has a key that is no word"),
    ("do: change report", "do: link\n    to: country/portugal\n    occurrence: 0", 6, "expected a whole number from 1"),
    ("corrections:", "article: other\ncorrections:", 3, "got the article 'other', expected 'flood'"),
    ("corrections:", "entities:\n  - {key: place/a, type: country, name: A}\ncorrections:", 4, "begin with 'country/'"),
    (
        "corrections:",
        "entities:\n  - {key: crisis/a, type: crisis, name: A}\ncorrections:",
        4,
        "a crisis has a disaster",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), FAULTS)
def test_faulty_file_is_refused_with_its_line(load: Load, old: str, new: str, line: int, message: str) -> None:
    with pytest.raises(ArticleError, match=message) as caught:
        load(CHANGE.replace(old, new))
    assert f"flood.corrections.yaml:{line}: " in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "[" * 1000, "- a", "just words", "\0", "{}"])
def test_anything_else_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.corrections.yaml").write_text(text, encoding="utf-8")
    if not text:
        assert corrections_of("a", tmp_path / "a.txt", tmp_path) == NONE
        return
    with pytest.raises(ArticleError) as caught:
        corrections_of("a", tmp_path / "a.txt", tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("content", "message"), [(b"\xff\xfe", "not UTF-8"), (b" " * (LARGEST + 1), "at most")])
def test_file_that_is_no_text_or_too_large_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "a.corrections.yaml").write_bytes(content)
    with pytest.raises(ArticleError, match=message):
        corrections_of("a", tmp_path / "a.txt", tmp_path)


def test_words_that_yaml_takes_for_values_stay_words(load: Load) -> None:
    loaded = load(CHANGE.replace("two helicopters", "no").replace("It says so.", "2000-01-01"))
    assert [(entry.words, entry.why) for entry in loaded.entries] == [("no", "2000-01-01")]


def test_corrections_know_their_lines(load: Load) -> None:
    loaded = load(f"{CHANGE}  - do: unlink\n    words: Georgia\n    why: none\n")
    assert [loaded.place(number) for number in range(2)] == ["flood.corrections.yaml:4", "flood.corrections.yaml:9"]


def test_no_file_is_no_correction(tmp_path: Path) -> None:
    assert corrections_of("flood", tmp_path / "flood.txt", tmp_path / "nowhere") is NONE


def test_file_in_the_folder_of_the_setting_is_found(tmp_path: Path) -> None:
    (tmp_path / "edits").mkdir()
    (tmp_path / "edits" / "flood.corrections.yaml").write_text("by: A\ndate: 2024-05-02\n", encoding="utf-8")
    assert corrections_of("flood", tmp_path / "flood.html", tmp_path / "edits").by == "A"


def test_article_of_a_file_of_articles_is_found_by_its_document_or_its_name(tmp_path: Path) -> None:
    head = "by: A\ndate: 2024-05-02\narticle: "
    (tmp_path / "news.corrections.yaml").write_text(f"{head}one\n---\n{head}two\n", encoding="utf-8")
    (tmp_path / "three.corrections.yaml").write_text("by: B\ndate: 2024-05-02\n", encoding="utf-8")
    found = {name: corrections_of(name, tmp_path / "news.jsonl", tmp_path).by for name in ("one", "two", "three", "x")}
    assert found == {"one": "A", "two": "A", "three": "B", "x": ""}


def test_document_beside_a_file_of_articles_must_say_which_it_means(tmp_path: Path) -> None:
    (tmp_path / "news.corrections.yaml").write_text("by: A\ndate: 2024-05-02\n", encoding="utf-8")
    with pytest.raises(ArticleError, match="has no 'article', which it needs beside a file of several articles"):
        corrections_of("one", tmp_path / "news.jsonl", tmp_path)


def test_two_files_for_one_article_are_refused(tmp_path: Path) -> None:
    (tmp_path / "edits").mkdir()
    for folder in (tmp_path, tmp_path / "edits"):
        (folder / "flood.corrections.yaml").write_text("by: A\ndate: 2024-05-02\n", encoding="utf-8")
    with pytest.raises(ArticleError, match="both correct the article 'flood'"):
        corrections_of("flood", tmp_path / "flood.txt", tmp_path / "edits")


def test_digest_changes_with_content_and_not_with_the_folder(load: Load, tmp_path: Path) -> None:
    first = load(CHANGE)
    assert load(CHANGE.replace("It says so.", "It does.")).digest != first.digest
    (tmp_path / "b").mkdir()
    (tmp_path / "flood.corrections.yaml").rename(tmp_path / "b" / "flood.corrections.yaml")
    moved = (tmp_path / "b" / "flood.corrections.yaml").read_text(encoding="utf-8").replace("It does.", "It says so.")
    (tmp_path / "b" / "flood.corrections.yaml").write_text(moved, encoding="utf-8")
    assert corrections_of("flood", tmp_path / "b" / "flood.txt", tmp_path).digest == first.digest


def test_files_that_belong_to_nothing_are_found(tmp_path: Path) -> None:
    for name in ("flood", "flod"):
        (tmp_path / f"{name}.corrections.yaml").touch()
    assert unused_files([tmp_path], {"flood"}) == (tmp_path / "flod.corrections.yaml",)


def test_missing_folder_is_refused_only_where_it_was_asked_for(tmp_path: Path) -> None:
    check_folder(tmp_path / "corrections", expected=False)
    with pytest.raises(SettingsError, match="no such folder"):
        check_folder(tmp_path / "corrections", expected=True)


def test_kinds_of_corrections_are_those_of_the_records() -> None:
    assert sorted(_tags()) == sorted(get_args(CorrectionKind))


def test_kinds_of_disaster_are_those_of_the_scheme() -> None:
    scheme = ox.NamedNode(f"{VOCABULARY}scheme/disaster")
    concepts = {quad.subject.value for quad in ontology_quads() if quad.object == scheme} - {scheme.value}
    assert concepts == {f"{scheme.value}/{name}" for name in get_args(DisasterType)}
