"""The parse of a paragraph as plain Python objects, with the names that spaCy has for them.

Rules look at every word dozens of times. Each look at spaCy's own tokens makes a new object and asks the vocabulary for
the string again, which took more time than the parse itself; and what spaCy allocates in a memory zone
(``Language.memory_zone``) may not be looked at after it. So the parse is copied once, about 3 µs a
word, and only :mod:`kg.extract.nlp` knows spaCy. Names and behaviour are spaCy's, as far as they are here
(https://spacy.io/api/token, …/span, …/doc).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any, Literal, overload


class Token:
    """A word or mark. There is one object for each, so that ``==`` is identity."""

    __slots__ = (
        "_sentence", "children", "dep_", "doc", "ent_type_", "head", "i", "idx", "is_alpha", "is_punct", "is_quote",
        "is_sent_start", "is_space", "lefts", "lemma_", "like_num", "lower_", "pos_", "rights", "tag_", "text",
        "whitespace_",
    )  # fmt: skip

    doc: Doc
    i: int
    idx: int
    text: str
    whitespace_: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    is_alpha: bool
    is_punct: bool
    is_quote: bool
    is_space: bool
    like_num: bool
    is_sent_start: bool | None
    head: Token
    lefts: tuple[Token, ...]
    rights: tuple[Token, ...]
    children: tuple[Token, ...]
    _sentence: Span

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    def __lt__(self, other: Token) -> bool:
        return self.idx < other.idx

    @property
    def text_with_ws(self) -> str:
        return self.text + self.whitespace_

    @property
    def sent(self) -> Span:
        """The sentence that the token stands in."""
        return self._sentence

    @property
    def ancestors(self) -> Iterator[Token]:
        """The head, its head and so on."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def subtree(self) -> Iterator[Token]:
        """The token and all that hangs on it; in the order of the text, unless branches cross."""
        for token in self.lefts:
            yield from token.subtree
        yield self
        for token in self.rights:
            yield from token.subtree

    @property
    def left_edge(self) -> Token:
        """The first token of the subtree."""
        return min(self.subtree, key=_position)

    @property
    def right_edge(self) -> Token:
        """The last token of the subtree."""
        return max(self.subtree, key=_position)

    def is_ancestor(self, descendant: Token) -> bool:
        """Whether the other token hangs on this one, however far down."""
        return any(token is self for token in descendant.ancestors)

    def nbor(self, distance: int = 1) -> Token:
        """The token so many places further."""
        return self.doc[self.i + distance]


def _position(token: Token) -> int:
    return token.i


class Span:
    """Tokens ``start`` to ``end`` (exclusive) of a paragraph; ``label_`` is the recogniser's for a name."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label_: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label_

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Span):
            return NotImplemented
        mine, theirs = (self.start, self.end, self.label_), (other.start, other.end, other.label_)
        return self.doc is other.doc and mine == theirs

    def __hash__(self) -> int:
        return hash((id(self.doc), self.start, self.end, self.label_))

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self))
            return Span(self.doc, self.start + start, self.start + max(start, end))
        if not -len(self) <= at < len(self):
            raise IndexError(f"got token {at} of a span of {len(self)}")
        return self.doc.tokens[(self.start if at >= 0 else self.end) + at]

    def __repr__(self) -> str:
        return self.text

    @property
    def start_char(self) -> int:
        tokens = self.doc.tokens
        return tokens[self.start].idx if self.start < len(tokens) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        if self.end <= self.start:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        return self.doc.text[self.start_char : self.end_char]

    @property
    def sent(self) -> Span:
        """The sentence of the first token."""
        return self.doc.tokens[self.start]._sentence

    @property
    def root(self) -> Token:
        """The token nearest to the root of its sentence; the first of several."""
        start, end, tokens = self.start, self.end, self.doc.tokens
        if end - start == 1:
            return tokens[start]
        best, depth = tokens[start], len(tokens)
        for token in tokens[start:end]:
            if token.head is token:
                return token
            if not start <= token.head.i < end:
                steps = _steps_to_root(token)
                if steps < depth:
                    best, depth = token, steps
        return best


def _steps_to_root(token: Token) -> int:
    """How far the token is from the root; marks and white space on which nothing hangs are as far as can be."""
    if (token.is_space or token.is_punct) and not token.children:
        return len(token.doc) - 1
    return sum(1 for _ in token.ancestors)


class Doc:
    """A paragraph. ``user_data`` is for what is worked out of it (:mod:`kg.extract.memo`)."""

    __slots__ = ("_starts", "ents", "sents", "text", "tokens", "user_data")

    def __init__(
        self,
        text: str,
        tokens: list[Token],
        heads: Iterable[int],
        sentences: Iterable[tuple[int, int]],
        names: Iterable[tuple[int, int, str]],
    ) -> None:
        """
        Args:
            text: the paragraph's text.
            tokens: with all but what they have of each other, which is filled in here.
            heads: the index of each token's head.
            sentences: where each sentence starts and ends.
            names: the same for what the recogniser takes for names, with its labels.
        """
        self.text = text
        self.tokens = tokens
        self.user_data: dict[Any, Any] = {}
        self._starts = [token.idx for token in tokens]
        self._hang(heads)
        self.sents = tuple(Span(self, start, end) for start, end in sentences)
        self.ents = tuple(Span(self, start, end, label) for start, end, label in names)
        for sentence in self.sents:
            for token in sentence:
                token._sentence = sentence

    def _hang(self, heads: Iterable[int]) -> None:
        tokens = self.tokens
        lefts: list[list[Token]] = [[] for _ in tokens]
        rights: list[list[Token]] = [[] for _ in tokens]
        for token, head in zip(tokens, heads, strict=True):
            token.doc, token.head = self, tokens[head]
            if head != token.i:
                (lefts if token.i < head else rights)[head].append(token)
        for token, before, behind in zip(tokens, lefts, rights, strict=True):
            token.lefts, token.rights = tuple(before), tuple(behind)
            token.children = token.lefts + token.rights

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def __repr__(self) -> str:
        return self.text

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, int):
            return self.tokens[at]
        start, end, _ = at.indices(len(self.tokens))
        return Span(self, start, end if end > start else start)

    def char_span(
        self, start: int, end: int, *, alignment_mode: Literal["strict", "expand", "contract"] = "strict"
    ) -> Span | None:
        """The tokens that these characters are, touch, or hold whole; None if there are none, or if they begin or end
        outside the paragraph.

        Raises:
            IndexError: the characters end before they start.
        """
        first, last = self._token_at(start), self._token_at(end - 1)
        if first is None or last is None:
            return None
        if alignment_mode == "strict" and (start, end) != (first.idx, last.idx + len(last.text)):
            return None
        if alignment_mode == "contract":
            begin = first.i + (first.idx < start)
            stop = last.i + (end >= last.idx + len(last.text))
            return Span(self, begin, stop) if begin < stop else None
        at_space = start == first.idx + len(first.text)
        if first.i + at_space > last.i + 1:
            raise IndexError(f"got characters from {start} to {end}, which are none")
        return Span(self, first.i + at_space, last.i + 1)

    def _token_at(self, char: int) -> Token | None:
        """The token of a character; a space behind a token is the token's."""
        at = bisect_right(self._starts, char) - 1
        if at < 0:
            return None
        token = self.tokens[at]
        return token if char < token.idx + len(token.text) + len(token.whitespace_) else None
