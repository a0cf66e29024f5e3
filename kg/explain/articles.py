"""Which article is asked for: a file as for a build, an article of the graph, or what comes in on standard input."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from kg.errors import SettingsError
from kg.read import find_sources, parse_text, read_article
from kg.readings import open_readings
from kg.records import Article, Reading
from kg.settings import Settings

STANDARD_INPUT: Final = "-"


@dataclass(frozen=True, slots=True)
class Asked:
    """An article to explain. ``kept`` is its reading in the graph, if it was asked for by its identifier."""

    article: Article
    source: str
    kept: Reading | None = None


def asked_for(argument: str, settings: Settings, standard_input: BinaryIO) -> Iterator[Asked]:
    """The articles that an argument of the command line means; a folder or pattern may mean many.

    Raises:
        SettingsError: there is no such file, and no article of that name in the graph.
        ArticleError: a file cannot be read.
    """
    if argument == STANDARD_INPUT:
        article = parse_text(standard_input.read(), id="standard-input", source="standard input")
        yield Asked(article, "standard input")
    elif Path(argument).exists() or glob.has_magic(argument):
        for source in find_sources([argument]):
            yield Asked(read_article(source), str(source.path))
    else:
        yield _built(argument, settings)


def _built(identifier: str, settings: Settings) -> Asked:
    """An article of the graph, as it was when it was built."""
    if (settings.data / "readings.sqlite").exists():
        with open_readings(settings.data) as readings:
            kept = readings.get(identifier)
            if kept is not None:
                return Asked(kept.article, f"the graph in {settings.data}", kept)
    raise SettingsError(
        f"{identifier}: no such file, and no article of that name in {settings.data}; "
        "give a file, the identifier of an article that was built, or - for standard input"
    )
