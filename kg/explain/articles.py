"""Which article is asked for: a file as for a build, an article of the graph, or what comes in on standard input."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from kg.corrections.files import Corrections, corrections_of
from kg.errors import SettingsError
from kg.read import Piped, copy_input, find_sources, read_article
from kg.readings import open_readings
from kg.records import Article, Reading
from kg.settings import Settings

STANDARD_INPUT: Final = "-"
UNNAMED: Final = "standard-input"
"""The identifier of an article on standard input that has no other."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An article to explain, with what editors say of it. ``kept`` is its reading in the graph, if it was asked for by
    its identifier."""

    article: Article
    source: str
    corrections: Corrections
    kept: Reading | None = None


def asked_for(
    argument: str, settings: Settings, standard_input: BinaryIO, *, form: str = "txt", identifier: str | None = None
) -> Iterator[Asked]:
    """The articles that an argument of the command line means; a folder, a pattern or a file of lines may mean many.

    Args:
        argument: a file, folder or pattern, the identifier of an article in the graph, or ``-``.
        settings: where the graph is, and corrections.
        standard_input: read for ``-``.
        form: what standard input is.
        identifier: of the article on standard input.

    Raises:
        SettingsError: there is no such file, and no article of that name in the graph.
        ArticleError: a file, or its corrections, cannot be read.
    """
    if argument == STANDARD_INPUT:
        name = identifier or (None if form == "jsonl" else UNNAMED)
        with copy_input(standard_input, form=form, id=name) as piped:
            yield from _of_sources(piped, settings)
    elif Path(argument).exists() or glob.has_magic(argument):
        yield from _of_sources(argument, settings)
    else:
        yield _built(argument, settings)


def _of_sources(argument: str | Piped, settings: Settings) -> Iterator[Asked]:
    for source in find_sources([argument]):
        corrections = corrections_of(source.id, source.path, settings.corrections)
        yield Asked(read_article(source), source.name, corrections)


def _built(identifier: str, settings: Settings) -> Asked:
    """An article of the graph as it was when it was built, with what is said of it today where it lay."""
    if (settings.data / "readings.sqlite").exists():
        with open_readings(settings.data) as readings:
            kept = readings.get(identifier)
            if kept is not None:
                path = next(Path(origin.path) for origin in readings.origins() if origin.id == identifier)
                corrections = corrections_of(identifier, path, settings.corrections)
                return Asked(kept.article, f"the graph in {settings.data}", corrections, kept)
    raise SettingsError(
        f"{identifier}: no such file, and no article of that name in {settings.data}; "
        "give a file, the identifier of an article that was built, or - for standard input"
    )
