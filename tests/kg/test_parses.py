"""Parses that are kept: other rules read again without the model, another model parses anew."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg.extract.nlp as nlp
from kg import understand
from kg.errors import ModelError, StoreError
from kg.intake import Intake, take_in
from kg.parses import FILE, forget_parses, open_parses
from kg.readings import open_readings
from kg.records import Reading
from kg.settings import Settings

TEXT = """Norway sends tents to Peru after earthquake

Oslo, 3 March 2011 - Norway has sent 400 tents to Peru for victims of the earthquake, Ana Berg said on Monday.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "articles"
    path.mkdir()
    (path / "a.txt").write_text(TEXT)
    return path


def _read(folder: Path) -> tuple[Intake, Reading | None]:
    data = folder.parent
    settings = Settings(data=data, corrections=data / "corrections")
    (data / "corrections").mkdir(exist_ok=True)
    with open_readings(data) as readings:
        taken = take_in([str(folder)], readings, understand, settings, lambda *_: None)
        return taken, readings.get("a")


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise ModelError("no model here")

    monkeypatch.setattr(nlp, "_model", refuse)


@pytest.fixture
def first(folder: Path) -> Reading | None:
    """The reading of an earlier build, by this model and these rules."""
    return _read(folder)[1]


@pytest.fixture
def other_rules(monkeypatch: pytest.MonkeyPatch, first: Reading | None) -> None:
    monkeypatch.setattr(understand, "fingerprint", lambda: "other rules")


@pytest.mark.usefixtures("other_rules", "no_model")
def test_other_rules_read_again_without_the_model(folder: Path, first: Reading | None) -> None:
    taken, again = _read(folder)
    assert (taken.read, taken.failures) == (1, ())
    assert first is not None
    assert first.reports
    assert again == first


@pytest.mark.usefixtures("other_rules", "no_model")
def test_other_model_parses_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nlp, "parse_fingerprint", lambda: "another model")
    with pytest.raises(ModelError, match="no model here"):
        _read(folder)


@pytest.mark.usefixtures("other_rules", "no_model")
def test_other_words_are_parsed_anew(folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT.replace("tents", "pumps"))
    with pytest.raises(ModelError, match="no model here"):
        _read(folder)


@pytest.mark.usefixtures("other_rules")
def test_damaged_parse_is_made_again(folder: Path, first: Reading | None) -> None:
    with open_parses(folder.parent) as parses:
        parses.put("a", b"no parse")
    assert _read(folder)[1] == first
    with open_parses(folder.parent) as parses:
        assert parses.get("a") != b"no parse"


@pytest.mark.usefixtures("first")
def test_unchanged_file_is_neither_parsed_nor_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.chunks.read_article", lambda source: pytest.fail(f"{source.name} was read"))
    taken, again = _read(folder)
    assert (taken.read, taken.unchanged) == (0, 1)
    assert again is not None


@pytest.mark.usefixtures("first")
def test_parse_goes_with_its_article(folder: Path) -> None:
    with open_parses(folder.parent) as parses:
        assert parses.get("a")
    (folder / "a.txt").unlink()
    assert _read(folder)[0].removed == ("a",)
    with open_parses(folder.parent) as parses:
        assert parses.get("a") is None


def test_nothing_to_forget_makes_no_file(tmp_path: Path) -> None:
    forget_parses(tmp_path, ())
    assert not (tmp_path / FILE).exists()


def test_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database, but long enough to be one" * 50)
    with pytest.raises(StoreError, match="made again"), open_parses(tmp_path):
        pass
