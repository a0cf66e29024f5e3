"""A made-up article under correction: the text of a file of corrections in, the reading out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.corrections.files import ENDING, Corrections, corrections_of
from kg.read import parse_text
from kg.records import Article, Reading
from kg.understand import read_facts

STORY = """\
Portugal sends helicopters to flooded Mozambique

MAPUTO, March 20, 2000 (Reuters) -- Floods in Mozambique have killed 350 people.

Portugal’s navy sent two helicopters and 40 tonnes of rice to Mozambique on Tuesday. Georgia gave 20 boats to \
Mozambique. Georgia is small.

“The pilots fly by day and by night,” said Portuguese Prime Minister Rui Matos.
"""
HEAD = "by: Foreign desk\ndate: 2024-05-02\n"


@pytest.fixture(scope="session")
def article() -> Article:
    """The article ``flood``."""
    return parse_text(STORY.encode(), id="flood", source="flood.txt")


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str], Corrections]:
    """The corrections of ``flood`` from the text of their file; ``by`` and ``date`` are put in front."""

    def load_text(text: str) -> Corrections:
        (tmp_path / f"flood{ENDING}").write_text(HEAD + text, encoding="utf-8")
        return corrections_of("flood", tmp_path / "flood.txt", tmp_path / "nowhere")

    return load_text


@pytest.fixture
def correct(load: Callable[[str], Corrections], article: Article) -> Callable[[str], Reading]:
    """The reading of ``flood`` under one correction or more, each a list entry in YAML."""
    return lambda text: read_facts(article, load(f"corrections:\n{text}"))


@pytest.fixture(scope="session")
def plain(article: Article) -> Reading:
    """The reading that nobody corrected."""
    return read_facts(article)
