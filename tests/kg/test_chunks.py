"""What one process makes of a few articles, with a stand-in for extraction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import msgspec
import pytest

from kg.chunks import ChunkReader, Failed, Outcome, StartedReading, Taken, Task
from kg.corrections.files import Corrections
from kg.read import find_sources
from kg.records import Article, Reading
from kg.settings import Settings

SETTINGS = Settings(corrections=Path("nowhere"))


class Together:
    """Parses articles together; the word "unparsable" breaks the parse of all, "unreadable" the reading of its own."""

    __name__ = "stand-in"

    def __init__(self) -> None:
        self.parsed: list[list[str]] = []

    def fingerprint(self) -> str:
        return "1"

    def start_readings(self, tasks: Sequence[tuple[Article, Corrections]]) -> Iterator[StartedReading]:
        self.parsed.append([article.id for article, _ in tasks])
        for article, _ in tasks:
            if "unparsable" in article.text:
                raise ValueError("too long to parse")
            yield partial(self._read, article)

    def _read(self, article: Article) -> Reading:
        if "unreadable" in article.text:
            raise LookupError("a word that nobody foresaw")
        return Reading(article)


Read = Callable[..., list[Outcome]]


@pytest.fixture
def extractor() -> Together:
    return Together()


@pytest.fixture
def read(tmp_path: Path, extractor: Together) -> Read:
    """Read articles of these bodies as one chunk; ``known`` is what was read before."""

    def read_chunk(known: Sequence[Outcome] = (), **bodies: str) -> list[Outcome]:
        for name, body in bodies.items():
            (tmp_path / f"{name}.txt").write_text(f"A headline of {name}\n\n{body} is all there is to tell.\n")
        before = {one.origin.id: one.origin for one in known if isinstance(one, Taken)}
        tasks = [Task(source, before.get(source.id)) for source in find_sources([tmp_path])]
        return ChunkReader(extractor, SETTINGS, extractor.fingerprint())(tasks)

    return read_chunk


def identifiers(outcomes: Sequence[Outcome]) -> list[str]:
    """The article of each reading; a dash for a kept one, the message of a failure."""
    return [
        one.message.partition(": ")[2]
        if isinstance(one, Failed)
        else msgspec.json.decode(one.content, type=Reading).article.id
        if one.content
        else "-"
        for one in outcomes
    ]


def test_articles_are_parsed_together_and_come_back_in_order(read: Read, extractor: Together) -> None:
    assert identifiers(read(b="Two", a="One", c="Three")) == ["a", "b", "c"]
    assert extractor.parsed == [["a", "b", "c"]]


def test_fault_of_one_article_leaves_the_others(read: Read) -> None:
    told = identifiers(read(a="One", b="An unreadable word", c="Three"))
    assert (told[0], told[2]) == ("a", "c")
    assert "LookupError at test_chunks.py" in told[1]


def test_articles_that_cannot_be_parsed_together_are_parsed_alone(read: Read, extractor: Together) -> None:
    told = identifiers(read(a="One", b="An unparsable word", c="Three"))
    assert (told[0], told[2]) == ("a", "c")
    assert "too long to parse" in told[1]
    assert extractor.parsed == [["a", "b", "c"], ["b"], ["c"]]


def test_what_did_not_change_is_not_read_again(read: Read, extractor: Together) -> None:
    first = read(a="One", b="Two")
    assert identifiers(read(first, b="Three")) == ["-", "b"]
    assert extractor.parsed[1:] == [["b"]]


def test_moved_article_keeps_its_reading_and_tells_its_place(read: Read) -> None:
    (first,) = read(a="One")
    assert isinstance(first, Taken)
    moved = replace(first, origin=replace(first.origin, path="/elsewhere/a.txt"))
    (again,) = read([moved], a="One")
    assert again == Taken(first.origin, None, digest=first.digest)
