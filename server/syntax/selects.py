"""The parts of each SELECT of a query, outer and inner, as ranges of its tokens.

No tree is built: a rewriter that moves whole parts needs to know where they begin and end, and nothing of what is
in them. CONSTRUCT, DESCRIBE and ASK have the same parts and count as selects here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from server.syntax.prologue import read_prologue
from server.syntax.tokens import Doubt, Token, read_tokens

_OPENING = {"(": ")", "[": "]", "{": "}"}
_MODIFIERS = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")
_FORMS = frozenset({"SELECT", "CONSTRUCT", "DESCRIBE", "ASK"})
AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})


@dataclass(frozen=True, slots=True)
class Range:
    """Tokens from ``start`` up to and without ``end``, by their numbers."""

    start: int
    end: int

    def __bool__(self) -> bool:
        return self.end > self.start


@dataclass(frozen=True, slots=True)
class Select:
    """One SELECT (or other form): what it selects, its group pattern with the braces, and its modifiers by keyword.

    A modifier's range begins with the keyword; LIMIT and OFFSET may stand in either order.
    """

    form: str
    items: Range
    group: Range
    modifiers: Mapping[str, Range]


@dataclass(frozen=True)
class Query:
    """A query's text with its certain reading."""

    text: str
    tokens: Sequence[Token]

    @cached_property
    def closing(self) -> Mapping[int, int]:
        """For each opening bracket's number that of its closing one."""
        opened: list[int] = []
        pairs: dict[int, int] = {}
        for number, token in enumerate(self.tokens):
            if token.kind == "mark" and token.text in _OPENING:
                opened.append(number)
            elif token.kind == "mark" and token.text in _OPENING.values():
                pairs[opened.pop()] = number
        return pairs

    @cached_property
    def selects(self) -> Mapping[int, Select]:
        """Each select by the number of its first token: the query itself, then its inner ones.

        Raises:
            Doubt: a part is not where it should be.
        """
        start = read_prologue(self.tokens).length
        if start >= len(self.tokens) or self.tokens[start].word not in _FORMS:
            raise Doubt("There is no query.")
        inner = {
            number: _select(self, Range(number, self.closing[number - 1]))
            for number in range(start + 1, len(self.tokens))
            if self.tokens[number].word == "SELECT" and self.tokens[number - 1].text == "{"
        }
        return {start: _select(self, Range(start, len(self.tokens)))} | inner

    def after(self, number: int) -> int:
        """The number behind a token, or behind the bracket that it opens."""
        return self.closing.get(number, number) + 1

    def source(self, part: Range) -> str:
        """The text of ``part``, comments within it included."""
        return self.text[self.tokens[part.start].start : self.tokens[part.end - 1].end] if part else ""

    def level(self, part: Range) -> Iterator[int]:
        """The numbers of ``part`` that are in none of its brackets, opening brackets included."""
        number = part.start
        while number < part.end:
            yield number
            number = self.after(number)


def read_query(text: str) -> Query:
    """The certain reading of a query.

    Raises:
        Doubt: there is none.
    """
    return Query(text, read_tokens(text))


def _select(query: Query, whole: Range) -> Select:
    tokens = query.tokens
    form, start = tokens[whole.start].word, whole.start + 1
    if form == "CONSTRUCT" and tokens[start : start + 1] and tokens[start].text == "{":
        start = query.after(start)
    head = next((number for number in query.level(Range(start, whole.end)) if tokens[number].text == "{"), None)
    if head is None:
        raise Doubt(f"{form} has no group.")
    items_end = next((n for n in query.level(Range(start, head)) if tokens[n].word in ("FROM", "WHERE")), head)
    group = Range(head, query.after(head))
    return Select(form, Range(start, items_end), group, _modifiers(query, Range(group.end, whole.end)))


def _modifiers(query: Query, part: Range) -> Mapping[str, Range]:
    """Each keyword behind the group with the tokens up to the next."""
    starts = [number for number in query.level(part) if query.tokens[number].word in _MODIFIERS]
    words = [query.tokens[number].word for number in starts]
    if len(set(words)) < len(words) or [*starts, part.end][0] != part.start:
        raise Doubt("What stands behind the group is unclear.")
    return {word: Range(start, end) for word, start, end in zip(words, starts, [*starts, part.end][1:], strict=True)}
