"""Two readings of a query's text: every place where a token may begin, and the tokens where they are certain.

pyoxigraph 0.5.13 parses without a tokenizer, so that ``1SERVICE<http://x/>{}``, ``a1SERVICE<http://x/>{}`` and
``SERVICEex:a{}`` are taken; what it reads at a place depends on what it has read before. A guard must see whatever
the engine may see: :func:`token_starts` follows all readings at once. A rewriter must be right about the one that
holds: :func:`read_tokens` gives it, or raises :class:`Doubt`. Both are linear in the length of the text.

Where the readings part:

- ``<`` opens an IRI or compares: in ``FILTER(?a<?b)SERVICE#>`` the engine sees a less-than sign;
- a keyword ends with its last letter, whatever follows;
- three quotation marks open a long string, or are an empty one and the start of another;
- a prefixed name that makes no IRI is read again as the prefix alone and whatever its letters then are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from server.syntax.lexis import (
    KEYWORDS,
    LONGEST_KEYWORD,
    ODD_LOCAL,
    ODD_PREFIX,
    OPERANDS,
    SOUND_STRING,
    TOKEN,
)

_MARKED = re.compile(rb"[^\0]")
_AFTER_OTHER, _AFTER_OPERAND = 1, 2
_CLOSING = frozenset(")]}>")  # the last for the >> of a triple term
_CONSTANTS = frozenset({"true", "false", "undef"})
_DEEPEST = 200  # brackets open at once; the engine's own parser runs out of stack not much later
_WORK, _WORK_SPARE = 40, 100_000  # characters read for one of the text, at most; an ordinary text needs one or two


class Doubt(ValueError):
    """The text cannot be read, or not with certainty."""


class Token(NamedTuple):
    """One token: its kind is a group of :data:`server.syntax.lexis.TOKEN`; ``start`` and ``end`` are offsets."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """The keyword in capitals; empty for anything else."""
        return self.text.upper() if self.kind == "word" else ""


def token_starts(text: str) -> dict[int, int]:
    """Every offset of ``text`` at which the engine may begin to read a token, in order.

    Each with the offset of what follows when spaces and comments are left out.

    Raises:
        Doubt: so many readings that to follow them all would take more than linear time.
    """
    marks = bytearray(len(text) + 1)
    marks[0] = _AFTER_OTHER
    is_odd = ODD_PREFIX.search(text) is not None
    work = _WORK * len(text) + _WORK_SPARE
    starts: dict[int, int] = {}
    position = 0
    while (found := _MARKED.search(marks, position)) is not None and found.start() < len(text):
        start = found.start()
        match = TOKEN.match(text, start)
        work -= match.end() - start if match else len(text) - start
        if work < 0:
            raise Doubt("The text can be read in too many ways.")
        starts[start] = match.end() if match and match.lastgroup == "space" else start
        if match is not None:  # else a quotation mark that opens no string: the engine cannot read on here either
            for end, after in _next(match, marks[start], is_odd):
                marks[end] |= after
        position = start + 1
    for start in reversed(starts):
        if (end := starts[start]) != start:
            starts[start] = starts.get(end, end)
    return starts


def _next(match: re.Match[str], before: int, is_odd: bool) -> Iterator[tuple[int, int]]:
    """Where the token may end, each with whether what ends there is an operand."""
    start, end, kind = match.start(), match.end(), match.lastgroup or ""
    if kind == "space":
        yield end, before
        return
    is_operand = kind in OPERANDS or match[0] in _CLOSING
    yield end, _AFTER_OPERAND if is_operand else _AFTER_OTHER
    if kind == "iri" and before & _AFTER_OPERAND:
        yield start + 1, _AFTER_OTHER
    elif kind == "string" and match[0][:3] in ("'''", '"""'):
        yield start + 2, _AFTER_OPERAND
    elif kind in ("word", "name"):
        for length in _keyword_lengths(match[0]):
            is_constant = match[0][:length].lower() in _CONSTANTS
            yield start + length, _AFTER_OPERAND if is_constant else _AFTER_OTHER
        if kind == "name" and (is_odd or ODD_LOCAL.search(match[0])):
            yield start + match[0].index(":") + 1, _AFTER_OPERAND


def _keyword_lengths(text: str) -> Iterator[int]:
    """The lengths of all keywords that ``text`` begins with."""
    head = text[:LONGEST_KEYWORD].lower()
    return (length for length in range(1, len(head) + 1) if head[:length] in KEYWORDS)


def read_tokens(text: str) -> tuple[Token, ...]:
    """The tokens of ``text`` as the engine reads them, without spaces and comments.

    Raises:
        Doubt: it cannot be read, or the engine may read it in another way.
    """
    reader = _Reader(text)
    while reader.position < len(text):
        reader.step()
    if reader.open:
        raise Doubt("A bracket is not closed.")
    return tuple(reader.tokens)


_PAIRS = {")": "(", "]": "[", "}": "{"}
_NOT_BEFORE_EXPRESSION = frozenset({"A", "TRUE", "FALSE", "VALUES", "UNDEF", ""})
_HEAD = frozenset({"SELECT", "GROUP", "HAVING", "ORDER"})


class _Reader:
    """The certain reading, with the one thing it must know besides the last token: whether an expression is open.

    An expression stands in round brackets after SELECT, GROUP BY, HAVING and ORDER BY, and elsewhere after a word or
    after ``FILTER <function>``; other round brackets hold lists, paths and rows. There alone ``<`` compares.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.tokens: list[Token] = []
        self.open: list[str] = []  # brackets: "(" of an expression, "[", "{" and "l" for the "(" of anything else
        self.is_head = [False]  # for each level of braces: after SELECT, GROUP, HAVING or ORDER
        self.prefixes: set[str] = set()
        self.is_bare = False  # whether a prefix is an authority alone, http://example.org

    def step(self) -> None:
        """Read one token."""
        match = TOKEN.match(self.text, self.position)
        if match is None:
            raise Doubt(f"Offset {self.position} opens no string.")
        kind, end = match.lastgroup or "", match.end()
        if kind == "iri" and self._compares():
            kind, end = "mark", self.position + 1
        token = Token(kind, self.text[self.position : end], self.position, end)
        self.position = end
        if kind != "space":
            _check(token)
            if kind == "name":
                self._check_prefix(token)
            if kind == "iri":
                self._check_declared(token)
            self._follow(token)
            self.tokens.append(token)

    def _check_prefix(self, token: Token) -> None:
        """Without its prefix declared, ``aex:b`` may be the verb ``a`` and the name ``ex:b``."""
        prefix, _, local = token.text.partition(":")
        if self.tokens and self.tokens[-1].word == "PREFIX":
            self.prefixes.add(prefix)
        elif prefix not in self.prefixes or (self.is_bare and ":" in local):
            raise Doubt(f"What {token.text!r} stands for is not certain.")

    def _check_declared(self, token: Token) -> None:
        """A prefix that ends in its authority makes no IRI with some names; the engine then reads them again."""
        is_declared = any(before.word in ("BASE", "PREFIX") for before in self.tokens[-2:])
        if is_declared and ODD_PREFIX.fullmatch(token.text):
            self.is_bare = True
            if "\\" in token.text or ":" in token.text.rpartition("//")[2]:
                raise Doubt(f"{token.text} makes no IRI with some names.")

    def _compares(self) -> bool:
        """Whether ``<`` after the last token is the less-than sign."""
        if not self.open or self.open[-1] != "(" or not self.tokens:
            return False
        last = self.tokens[-1]
        return last.kind in OPERANDS or last.text in _CLOSING or last.text.lower() in _CONSTANTS

    def _follow(self, token: Token) -> None:
        """Keep the brackets and clauses that are open."""
        if token.kind == "word":
            if token.word in _HEAD and (not self.open or self.open[-1] == "{"):
                self.is_head[-1] = True
            elif token.word in ("VALUES", "WHERE", "CONSTRUCT", "DESCRIBE", "ASK"):
                self.is_head[-1] = False
        elif token.kind != "mark":
            return
        elif token.text == "(":
            self.open.append("(" if self._opens_expression() else "l")
        elif token.text == "[":
            self.open.append("[")
        elif token.text == "{":
            self.open.append("{")
            self.is_head[-1] = False
            self.is_head.append(False)
        elif token.text in _PAIRS:
            self._close(token)

        if len(self.open) > _DEEPEST:
            raise Doubt(f"More than {_DEEPEST} brackets are open.")

    def _opens_expression(self) -> bool:
        if self.open and self.open[-1] in ("(", "l", "["):
            return self.open[-1] == "("
        if self.is_head[-1]:
            return True
        last = self.tokens[-1] if self.tokens else None
        if last is not None and last.kind in ("iri", "name"):
            return len(self.tokens) > 1 and self.tokens[-2].word == "FILTER"
        return last is not None and last.word not in _NOT_BEFORE_EXPRESSION

    def _close(self, token: Token) -> None:
        opened = self.open.pop() if self.open else ""
        if opened.replace("l", "(") != _PAIRS[token.text]:
            raise Doubt(f"Offset {token.start} closes what is not open.")
        if opened == "{":
            self.is_head.pop()


def _check(token: Token) -> None:
    """Raise :class:`Doubt` for a token that the engine may read in another way."""
    if token.kind == "word" and token.text.lower() not in KEYWORDS:
        raise Doubt(f"{token.text!r} is no keyword.")
    if token.kind == "string" and SOUND_STRING.fullmatch(token.text) is None:
        raise Doubt(f"Offset {token.start} opens a string with an unknown escape.")
    if token.kind == "name" and ODD_LOCAL.search(token.text):
        raise Doubt(f"{token.text!r} may make no IRI.")
