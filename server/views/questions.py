"""The questions that the query page starts people with: the competency questions of the ontology, by topic."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

_TOPICS: Final = {
    "Who helped whom": ("01", "01b", "01c", "02", "10"),
    "What became of promises": ("03", "09"),
    "Numbers": ("04", "07", "12"),
    "Words and sources": ("05", "06", "08", "11", "13"),
}
"""The questions of each topic, by the names of their files, in the order they are shown in."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that the graph answers, and the query that asks it."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Topic:
    """Questions that belong together."""

    title: str
    questions: tuple[Question, ...]


@cache
def topics() -> tuple[Topic, ...]:
    """All questions by topic; those that no topic names come last."""
    known = {question.name: question for question in questions()}
    named = {name for names in _TOPICS.values() for name in names}
    rest = tuple(name for name in known if name not in named)
    return tuple(
        Topic(title, tuple(known[name] for name in names))
        for title, names in (*_TOPICS.items(), ("More", rest))
        if names
    )


@cache
def questions() -> tuple[Question, ...]:
    """The competency questions of the ontology, by number."""
    files = sorted(resources.files("ontology").joinpath("questions").iterdir(), key=lambda file: file.name)
    texts = {file.name.removesuffix(".rq"): file.read_text(encoding="utf-8") for file in files if ".rq" in file.name}
    return tuple(Question(name, _title(text), _without_unused_prefixes(text)) for name, text in texts.items())


def _title(text: str) -> str:
    """The question in the first comment, without its number and its expected answer."""
    first = text.partition("\n")[0]
    return re.sub(r"^#\s*\w+\s+|\s*\([^()]*\)\s*$", "", first).strip()


def _without_unused_prefixes(text: str) -> str:
    """The files declare all prefixes that any question needs; on a page they would push the query out of sight."""
    lines = text.rstrip().split("\n")
    body = "\n".join(line for line in lines[1:] if not line.startswith("PREFIX "))
    kept = [line for line in lines[1:] if line.startswith("PREFIX ") and f"{line.split()[1]}" in body]
    return "\n".join([f"# {_title(lines[0])}", *kept, "", body, ""])
