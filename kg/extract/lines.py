"""Givings told without a verb: the lines of a list ("• Italy: 12 trucks for Albania", "$6 million from Oman").

Lists of donors, captions and tables leave the verb to their heading. A line is taken only where its words, its
paragraph or the heading before speak of giving, since lists of losses look the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.context import speaks_of
from kg.extract.frames import Clause, Frame
from kg.extract.items import FoundItem, find_items
from kg.extract.nlp import Paragraph
from kg.extract.numbers import Number
from kg.extract.scene import Ref, Scene
from kg.extract.tokens import Token
from kg.records import Phase

_CUT = re.compile(r"[\n;•●▪]|(?<=[.!?])\s")
_LABEL = re.compile(r"\s*(\([^)\n]{1,20}\))?\s*(, [^:\n]{3,20})?\s*[:–—]|\s+-\s")
_BULLET = re.compile(r"\s*(?:[-–—*•·●▪]|\(?\d{1,2}[.)])\s")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SOURCE, _TARGET = ("from", "by"), ("for", "to", "in")


def find_lines(scene: Scene, paragraph: Paragraph, numbers: tuple[Number, ...]) -> Iterator[Clause]:
    """The verbless lines of a paragraph that tell of giving, as clauses of sense ``line``."""
    if paragraph.kind == "headline" or not numbers:
        return
    phase = _phase(scene, paragraph)
    if phase is None:
        return
    for tokens in _stretches(paragraph):
        clause = _line(scene, paragraph, numbers, tokens, phase)
        if clause is not None:
            yield clause


def _phase(scene: Scene, paragraph: Paragraph) -> Phase | None:
    """How far the help of a list has come, by its heading: promised, or given; None if it is no list of help."""
    first = paragraph.index
    while first > 0 and _BULLET.match(scene.parsed.paragraphs[first].doc.text):
        first -= 1  # every line of a list is its own paragraph; the heading stands before the first
    heading = first if first < paragraph.index else max(0, paragraph.index - 1)
    texts = [scene.parsed.paragraphs[heading].doc.text, paragraph.doc.text]
    texts += [one.doc.text for one in scene.parsed.paragraphs if one.kind == "headline"]
    if any(speaks_of("promise", text) for text in texts):
        return "pledged"
    return "delivered" if any(speaks_of("giving", text) for text in texts) else None


def _stretches(paragraph: Paragraph) -> Iterator[list[Token]]:
    """Runs of words between line ends, bullets, semicolons and full stops."""
    text, start = paragraph.doc.text, 0
    for cut in (*(found.start() for found in _CUT.finditer(text)), len(text)):
        yield [token for token in paragraph.doc if start <= token.idx < cut and _is_word(token)]
        start = cut


def _is_word(token: Token) -> bool:
    return any(char.isalnum() or char == "$" for char in token.text)


def _line(
    scene: Scene, paragraph: Paragraph, numbers: tuple[Number, ...], tokens: list[Token], phase: Phase
) -> Clause | None:
    if not tokens or any(token.tag_ in _FINITE and token.pos_ in ("VERB", "AUX") for token in tokens):
        return None
    refs = [ref for ref in scene.refs_in(paragraph) if tokens[0].i <= ref.start <= tokens[-1].i]
    givers = _givers(paragraph, tokens, refs)
    goods = _goods(paragraph, numbers, tokens, refs)
    if not givers or not any(found.item.quantity is not None for found in goods):
        return None
    ends = [(word, head) for ref in refs for word, head in [_role(paragraph, ref)] if word in _TARGET]
    heads = tuple(found.head for found in goods)
    frame = Frame("line", phase, "line of a list")
    return Clause(paragraph, heads[0], frame, givers, heads, (), tuple(ends), tuple(tokens), heads[0])


def _givers(paragraph: Paragraph, tokens: list[Token], refs: list[Ref]) -> tuple[Token, ...]:
    """Who stands behind "from" or "by"; else who heads the line, before a colon or dash."""
    named = [head for ref in refs for word, head in [_role(paragraph, ref)] if word in _SOURCE]
    if named or not refs or refs[0].start > tokens[0].i + 1:
        return tuple(named)
    last = paragraph.doc[refs[0].end - 1]
    behind = paragraph.doc.text[last.idx + len(last) :]
    return (paragraph.doc[refs[0].start : refs[0].end].root,) if _LABEL.match(behind) else ()


def _role(paragraph: Paragraph, ref: Ref) -> tuple[str, Token]:
    """The word before a name, an article left out, and the head of the name."""
    before = ref.start - 1
    while before > 0 and paragraph.doc[before].lower_ == "the":
        before -= 1
    return paragraph.doc[max(before, 0)].lower_, paragraph.doc[ref.start : ref.end].root


def _goods(
    paragraph: Paragraph, numbers: tuple[Number, ...], tokens: list[Token], refs: list[Ref]
) -> list[FoundItem]:
    named = {i for ref in refs for i in range(ref.start, ref.end)}
    nouns = [token for token in tokens if token.i not in named and token.pos_ in ("NOUN", "PROPN", "NUM")]
    return list(find_items(paragraph, nouns, numbers))
