"""An explanation as text for people: lines of at most 80 columns, with colours where the reader has them.

Not a table: columns of a table are as wide as their widest cell, and findings are sentences. Every line is cut to
the width here, so that what is piped into a file reads like what is on the screen.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from rich.console import Console
from rich.text import Text

from kg.explain.findings import Edited, Explanation, Finding, FindingKind, Passage, place
from kg.records import Span

WIDTH: Final = 80
_STYLES: Final[dict[FindingKind, str]] = {
    "name": "cyan", "reference": "cyan", "event": "bold green", "figure": "bold green", "quotation": "bold green",
    "role": "green", "goes on": "green", "not taken": "yellow",
}  # fmt: skip
_LABEL: Final = 12
"""Columns of the longest label and a space."""
_OF_WORDS: Final[tuple[FindingKind, ...]] = ("name", "reference", "role")
"""Findings that mean little without their words; a fact's words are most of the sentence above it."""
_MOST_WORDS: Final = 60
"""Characters of the words of a finding that are repeated."""


def print_explanation(explanation: Explanation, file: TextIO) -> None:
    """Print it; in colour if ``file`` is a terminal."""
    console = Console(file=file, highlight=False, markup=False, emoji=False)
    width = min(WIDTH, console.width)
    for line in _lines(explanation):
        for part in _folded(console, *line, width=width):
            console.print(part, soft_wrap=True)


Line = tuple[int, Text, Text]
"""How far it is moved in, what stands at its head, and what is folded beside that."""


def _lines(explanation: Explanation) -> Iterator[Line]:
    yield _line(0, _clean(explanation.id), f"from {explanation.source}", "bold")
    for datum in explanation.metadata:
        yield _line(2, datum.name, f"{datum.value} ({datum.where})")
    for remark in explanation.remarks:
        yield _line(2, "remark", remark, "yellow")
    topic = explanation.topic
    struck = f", which struck {', '.join(topic.struck)}" if topic.struck else ""
    yield _line(2, "topic", f"{', '.join(topic.crisis) or 'no crisis'}{struck}: {topic.why}", "bold")
    for one in explanation.corrections:
        yield from _of_correction(one)
    for passage in explanation.passages:
        yield _line(0, "", "")
        yield from _of_passage(passage)


def _of_correction(one: Edited) -> Iterator[Line]:
    yield _line(2, "corrected", f"{one.kind}, by {one.by} on {one.date}: {one.why} ({one.place})", "magenta")
    for label, values in (("was", one.replaced), ("is", one.yielded), ("not applied", (one.problem,))):
        if any(values):
            yield _line(4, label, "; ".join(values))


def _of_passage(passage: Passage) -> Iterator[Line]:
    where = place(Span(passage.start, passage.end))
    if passage.read and passage.findings:
        yield _line(0, f"{where} {passage.kind}", "", "dim")
        yield 0, Text(), Text(_clean(passage.words))
    else:
        nothing = "nothing found" if passage.read else "not read"
        yield _line(0, f"{where} {passage.kind}: {nothing}", "", "dim")
        yield 0, Text(), Text(_clean(passage.words), "dim")
    for found in passage.findings:
        yield from _of_finding(found)


def _of_finding(found: Finding) -> Iterator[Line]:
    words, where = _clean(found.words), place(Span(found.start, found.end))
    if found.kind in _OF_WORDS and len(words) <= _MOST_WORDS:
        where = f"“{words}” {where} →"
    why = f": {found.why}" if found.why else ""
    yield _line(2, found.kind, f"{where} {found.says}{why}", _STYLES[found.kind])
    for label, values in found.details.items():
        yield _line(4, label, "; ".join(values))


def _line(indent: int, label: str, words: str, style: str = "") -> Line:
    return indent, Text(label, style), Text(_clean(words))


def _folded(console: Console, indent: int, label: Text, words: Text, *, width: int) -> Iterable[Text]:
    """The line in parts that fit: later parts begin under the words, not under the label."""
    head = Text(" " * indent) + label
    if label and words:
        head.pad_right(max(1, indent + _LABEL - head.cell_len))
    room = max(20, width - head.cell_len)
    parts = list(words.wrap(console, room)) or [Text()]
    for number, part in enumerate(parts):
        part.rstrip()
        yield (head if number == 0 else Text(" " * head.cell_len)) + part


def _clean(words: str) -> str:
    """On one line, and without what would move the cursor, turn the direction of writing or hide words."""
    single = " ".join(words.split())
    return "".join("�" if unicodedata.category(char) in ("Cc", "Cf") else char for char in single)
