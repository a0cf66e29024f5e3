"""A small hand-made document on its way through the stages, for the tests of each of them.

The stages are called as ``kg.understand`` calls them; the tests of one stage look at what comes out of it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from kg.extract.events import find_reports
from kg.extract.items import FoundItem, find_items
from kg.extract.mentions import find_names
from kg.extract.nlp import Parsed, parse
from kg.extract.numbers import find_numbers
from kg.extract.resolve import build_scene
from kg.extract.scene import Ref, Scene
from kg.extract.times import Anchor
from kg.link.choose import kind_of, link
from kg.link.choose_crisis import known
from kg.link.gazetteer import Gazetteer
from kg.records import Article, Block, BlockKind, Entity, Item, Link, Name, Note, PartialDate, Report, Span

sys.path.insert(0, str(Path(__file__).parent / "helpers"))  # for random_readings; folders of tests are no packages


@dataclass(frozen=True)
class Document:
    """An article and what each stage makes of it, each stage run when it is first asked for."""

    article: Article

    @cached_property
    def parsed(self) -> Parsed:
        return parse(self.article)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        gazetteer = Gazetteer.load()
        return find_names(self.parsed, lambda words: kind_of(gazetteer, words))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        return link(self.names, self.article, Gazetteer.load())

    @cached_property
    def scene(self) -> Scene:
        return build_scene(self.parsed, self.links, _neighbours, _listed)

    @cached_property
    def found(self) -> tuple[tuple[Report, ...], tuple[Note, ...]]:
        day = self.article.dateline.date if self.article.dateline else None
        return find_reports(self.scene, Anchor(self.article.published, day))

    @property
    def reports(self) -> tuple[Report, ...]:
        return self.found[0]

    @property
    def facts(self) -> list[str]:
        """Each report in one line: ``chad+mali > niger pledged hypothetical``; what is asserted says so by silence."""
        return sorted(fact(report) for report in self.reports)

    @property
    def facts_of_crises(self) -> list[str]:
        """Each report with its crisis: ``chad > niger pledged @ 2005-niger-famine``."""
        return [f"{fact(report)} @ {slug_of(report.crisis)}" for report in self.reports if report.crisis]

    @property
    def items(self) -> list[Item]:
        """What every report gives."""
        return [item for report in self.reports for item in report.items]

    def words(self, ref: Ref) -> str:
        """The words of a reference."""
        return self.parsed.paragraphs[ref.paragraph].doc[ref.start : ref.end].text

    def means(self, words: str) -> str | None:
        """The slug of the entity that these words stand for where they stand last, None if for nobody."""
        found = [ref.entity for ref in self.scene.refs if self.words(ref) == words]
        return slug_of(found[-1]) if found else None

    def entity(self, words: str) -> Entity | None:
        """The entity that the linker chose for the name with these words."""
        return next((found.entity for found in self.links if found.name.text == words), None)

    def goods(self) -> list[FoundItem]:
        """The items among all nouns of the first paragraph, with no clause to choose them."""
        paragraph = self.parsed.paragraphs[0]
        nouns = [token for token in paragraph.doc if token.pos_ in ("NOUN", "PROPN", "NUM", "SYM")]
        return list(find_items(paragraph, nouns, find_numbers(paragraph.doc)))


def slug_of(key: str) -> str:
    """``chad`` of ``country/chad``."""
    return key.partition("/")[2]


def fact(report: Report) -> str:
    """One report in one line."""
    donors, recipients = ("+".join(map(slug_of, keys)) or "-" for keys in (report.donors, report.recipients))
    sure = "" if report.modality == "asserted" else f" {report.modality}"
    return f"{donors} > {recipients} {report.phase}{sure}"


def make_article(text: str, *, headline: str = "", published: str | None = "2018-06-20") -> Article:
    """An article of plain paragraphs, each after a blank line, headline first if there is one."""
    whole = f"{headline}\n\n{text}" if headline else text
    blocks, start = [], 0
    for paragraph in whole.split("\n\n"):
        kind: BlockKind = "headline" if headline and not blocks else "paragraph"
        blocks.append(Block(kind, Span(start, start + len(paragraph))))
        start += len(paragraph) + 2
    day = PartialDate(published) if published else None
    return Article("made-up", "0" * 64, whole, headline, tuple(blocks), published=day)


Read = Callable[..., Document]


@pytest.fixture(scope="session")
def read() -> Read:
    """Reads ``text`` (paragraphs), with ``headline`` and ``published`` by name."""

    def read_document(text: str, *, headline: str = "", published: str | None = "2018-06-20") -> Document:
        return Document(make_article(text, headline=headline, published=published))

    return read_document


@pytest.fixture(scope="session")
def read_article() -> Callable[[Article], Document]:
    """Reads an article as the reader made it, of whatever blocks."""
    return Document


def _neighbours(key: str, side: str | None) -> tuple[str, ...]:
    return tuple(entry.key for entry in Gazetteer.load().neighbours(key, side))


def _listed(key: str) -> Entity | None:
    entry = Gazetteer.load().entry(key)
    return None if entry is None else known(entry, "asked for by a test")
