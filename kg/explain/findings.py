"""Explanations as records: passages of the text with what was found in each, and what is known of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kg.records import BlockKind, CorrectionKind, Span

FindingKind = Literal["name", "reference", "event", "figure", "quotation", "role", "goes on", "not taken"]
"""``goes on``: words that prove a fact told in full elsewhere."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was seen: in which words (``start`` to ``end``), what it was taken for, and why."""

    kind: FindingKind
    start: int
    end: int
    words: str
    says: str
    details: Mapping[str, tuple[str, ...]]
    why: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that was read, or a region of the page that was not: a byline, a table, page chrome."""

    kind: BlockKind
    start: int
    end: int
    words: str
    read: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Metadatum:
    """Something that the article says of itself, and where it stands."""

    name: str
    value: str
    where: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What the article as a whole is about: its crisis (none or one), where that struck, and why it was taken so."""

    crisis: tuple[str, ...]
    struck: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Named:
    """An entity of the article."""

    key: str
    name: str
    same_as: tuple[str, ...]
    listed: bool
    why: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A correction by an editor. ``problem`` says why it was not applied; empty where it was."""

    kind: CorrectionKind
    place: str
    by: str
    date: str
    why: str
    replaced: tuple[str, ...]
    yielded: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that there is to tell of one article. ``source`` is where it was read from."""

    id: str
    source: str
    metadata: tuple[Metadatum, ...]
    remarks: tuple[str, ...]
    topic: Subject
    corrections: tuple[Edited, ...]
    entities: tuple[Named, ...]
    passages: tuple[Passage, ...]


def place(span: Span) -> str:
    """``[10:25]``: code points of the article's text, the end exclusive."""
    return f"[{span.start}:{span.end}]"


def finding(
    kind: FindingKind, span: Span, text: str, says: str, *, why: str = "", **details: tuple[str, ...]
) -> Finding:
    """A finding of an article with this text; details that say nothing are left out."""
    told = {label.replace("_", " "): values for label, values in details.items() if values}
    return Finding(kind, span.start, span.end, span.of(text), says, told, why)
